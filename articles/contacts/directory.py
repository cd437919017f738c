"""Which contact for which region and language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.taxonomy.models import Region


@dataclass(frozen=True)
class Recipient:
    """A contact who can be sealed to now: by which certificate, and the part of it to encrypt to."""

    contact: MediaContact
    fingerprint: str
    sealable: bytes


def for_region(region: Region | None, language: str | None = None) -> list[MediaContact]:
    """The active contacts for a region, the narrowest first, then those of no region; those who speak the language before others."""
    contacts = list(MediaContact.objects.filter(active=True).prefetch_related("regions"))
    lineage = region.lineage_paths() if region else []

    def distance(contact: MediaContact) -> int | None:
        paths = {each.path for each in contact.regions.all()}
        near = [len(lineage) - lineage.index(path) for path in paths if path in lineage]
        return min(near) if near else (None if paths else len(lineage) + 1)

    found = [(step, contact) for contact in contacts if (step := distance(contact)) is not None]
    return [contact for step, contact in sorted(found, key=lambda pair: (language not in pair[1].languages, pair[0], pair[1].order))]


def sealable(contacts: Iterable[MediaContact] | None = None, *, at: dt.datetime | None = None) -> list[Recipient]:
    """Those of the contacts, or of all active ones, whose certificate can be sealed to at that time."""
    contacts = MediaContact.objects.filter(active=True) if contacts is None else contacts
    judged = [(contact, examine(contact.certificate, at=at)) for contact in contacts if contact.certificate]
    return [Recipient(contact, verdict.fingerprint, verdict.sealable) for contact, verdict in judged if verdict.usable]
