"""The mail that says that an inquiry waits, and nothing of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.inquiries.models import MediaInquiry
from articles.people.models import User
from articles.people.roles import PRESS_OFFICER


def send_waiting(payload: dict[str, Any]) -> None:
    """Mails every press officer with an address, when something waits. The same subject and text each time."""
    if not MediaInquiry.objects.filter(status=MediaInquiry.Status.WAITING).exists():
        return
    officers = User.objects.filter(is_active=True, groups__name=PRESS_OFFICER).exclude(email="").order_by("pk")
    for officer in officers:
        EmailMessage(
            subject=_("A media inquiry waits"),
            body=render_to_string("mail/inquiry_waiting.txt", {"address": f"{settings.SITE_URL}/desk/articles/mediainquiry/"}),
            to=[officer.email],
        ).send()
