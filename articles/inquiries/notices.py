"""The mail that says that an inquiry waits, and nothing of it."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.inquiries.models import MediaInquiry
from articles.people.models import User
from articles.people.roles import PRESS_OFFICER

log = logging.getLogger("newsroom.mail")


def send_waiting(payload: dict[str, Any]) -> None:
    """Mails every press officer with an address, when something waits: the same subject and text each time, in the officer's language.

    Raises the last failure when no officer at all could be mailed; one bad address does not send the others the same mail again.
    """
    if not MediaInquiry.objects.filter(status=MediaInquiry.Status.WAITING).exists():
        return
    failure, sent = None, 0
    for officer in User.objects.filter(is_active=True, groups__name=PRESS_OFFICER).exclude(email="").order_by("pk"):
        try:
            sent += _mail(officer).send()
        except Exception as error:
            failure = error
            log.error("the mail to %s could not be sent: %s", officer.audit_code, type(error).__name__)
    if failure and not sent:
        raise failure


def _mail(officer: User) -> EmailMessage:
    with override(officer.language or settings.MAIN_LANGUAGE):
        return EmailMessage(
            subject=_("A media inquiry waits"),
            body=render_to_string("mail/inquiry_waiting.txt", {"address": f"{settings.SITE_URL}/desk/articles/mediainquiry/"}),
            to=[officer.email],
        )
