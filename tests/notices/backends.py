"""Mail servers that fail."""

from __future__ import annotations

from django.core.mail.backends.locmem import EmailBackend


class Refusing(EmailBackend):
    """Takes no mail to one address."""

    def send_messages(self, messages):
        if any(message.to == ["editor@example.org"] for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


class DyingAfter(EmailBackend):
    """The server takes the mail, and the process that sent it dies before it can note so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt
