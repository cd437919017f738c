"""What several browser tests set up at the desk."""

from __future__ import annotations

from typing import Any

from pysequoia import Tsk

from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.people.machines import COMMAND_LINE, machine


def with_key(**facts: Any) -> tuple[MediaContact, Tsk]:
    """A public contact whom inquiries can be sealed to, and the secret key that opens them."""
    key = Tsk.generate("Press desk <press@example.org>")
    given = {"name": "Judith Notreal", "phone": "+44 20 7946 0101", "languages": ["en"], "zone": "UTC", **facts}
    return save_contact(MediaContact(), by=machine(COMMAND_LINE), certificate=str(key.extract_certificate()), **given), key
