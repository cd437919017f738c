"""Notices by mail: at least once, each with one Message-ID and one row in the log, and nothing of the report unless the site allows it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.notices.models import Event, NoticeMail
from articles.people.models import User
from articles.reports.models import Report

log = logging.getLogger("newsroom.mail")

MOST_TRIES = 10


def send(batch: str, *, may_read: Callable[[User, Report], bool]) -> None:
    """Sends what is unsent of the batch. A row is marked right after its mail was taken: only a server that dies between the two
    sends the same mail, with the same Message-ID (RFC 5322, 3.6.4), again.

    Whoever was deactivated, lost the right to read the report or has no address any more gets nothing, and the log says so.
    Raises the last failure when any mail could not be sent, so that the errand is tried again; after ten tries a mail is given up.
    """
    failure: Exception | None = None
    for mail in NoticeMail.objects.filter(batch=batch, sent_at=None, dropped_at=None).select_related("person", "report").order_by("pk"):
        row = NoticeMail.objects.filter(pk=mail.pk, sent_at=None)
        person, report = mail.person, mail.report
        may = person.is_active and person.is_staff and person.email and (report is None or may_read(person, report))
        if not may or mail.tries >= MOST_TRIES:
            row.update(dropped_at=timezone.now())
            continue
        row.update(tries=F("tries") + 1)
        try:
            message(mail).send()
        except Exception as error:
            failure = error
            log.error("the mail to %s could not be sent: %s", person.audit_code, type(error).__name__)
            continue
        row.update(sent_at=timezone.now())
    if failure:
        raise failure


def message(mail: NoticeMail) -> EmailMessage:
    """The mail in its receiver's language, marked as sent by a program (RFC 3834, 5)."""
    named = settings.NOTICES_NAME_REPORTS and mail.report is not None
    with override(mail.person.language or settings.MAIN_LANGUAGE):
        event = str(Event(mail.event).label)
        path = f"/desk/articles/report/{mail.report_id}/change/" if named else "/desk/notices/"
        body = {"event": event, "address": settings.SITE_URL + path, "choose": f"{settings.SITE_URL}/desk/notices/mail/"}
        subject = _("%(event)s: %(report)s") % {"event": event, "report": mail.report} if named else event
        return EmailMessage(
            subject=" ".join(subject.split()),
            body=render_to_string("mail/notice.txt", {**body, "headline": str(mail.report) if named else ""}),
            to=[mail.person.email],
            headers={
                "Message-ID": f"<{mail.message_id}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
            },
        )
