"""Changes to the public contacts: written, audited and counted in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.errands.queue import enqueue
from articles.people.models import User
from articles.stamp.number import count_up
from articles.taxonomy.models import Region, Tag


def save_contact(
    contact: MediaContact, *, by: User, regions: Iterable[Region] | None = None, tags: Iterable[Tag] | None = None, **facts: Any
) -> MediaContact:
    """Writes a contact, new or standing; `regions` and `tags` replace the standing ones when given. Raises ValidationError."""
    for name, value in facts.items():
        setattr(contact, name, value)
    contact.certificate = contact.certificate.strip()
    check(contact)
    with transaction.atomic():
        contact.save()
        if regions is not None:
            contact.regions.set(regions)
        if tags is not None:
            contact.tags.set(tags)
        record(by=by, verb="save_contact", target=contact)
        count_up()
        enqueue("redraw", key=f"redraw contact {contact.pk}", payload={"by": "contact", "id": contact.pk})
    return contact


def check(contact: MediaContact) -> None:
    """Raises ValidationError for what a contact must not be: unreachable, in no known zone, with a certificate that cannot be used."""
    contact.full_clean()
    if contact.zone not in available_timezones():
        raise ValidationError({"zone": _("Write a time zone as Europe/Lisbon or UTC.")})
    if contact.show_email and not contact.email:
        raise ValidationError({"email": _("There is no e-mail address to show.")})
    if contact.certificate:
        verdict = examine(contact.certificate)
        if not verdict.usable:
            raise ValidationError({"certificate": verdict.sentence})
