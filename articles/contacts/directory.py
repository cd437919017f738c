"""Which contact for which region and language."""

from __future__ import annotations

from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.taxonomy.models import Region


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


def sealable() -> list[MediaContact]:
    """The active contacts whose certificate can be sealed to now."""
    return [contact for contact in MediaContact.objects.filter(active=True).exclude(certificate="") if examine(contact.certificate).usable]
