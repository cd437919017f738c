"""Everything that is drawn of one edition, gathered: its rows, saved or not, with the names a reader sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from articles.contacts.models import MediaContact
from articles.editions.models import (
    Edition,
    EditionByline,
    EditionCitation,
    EditionCorrection,
    EditionImage,
    EditionRegion,
    EditionTag,
)
from articles.editions.words import joined
from articles.identity.texts import Site, site_for
from articles.people.models import Byline
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.names import region_names, tag_names
from articles.taxonomy.slugs import propose_slug
from articles.text.languages import direction, own_name

Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class NamedRegion:
    """A region of the report, by its name in the report's language."""

    region: Region
    name: str
    is_primary: bool = False


@dataclass(frozen=True)
class NamedTag:
    tag: Tag
    name: str


@dataclass(frozen=True)
class Credited:
    """A byline and what the person did: `author`, `reporting`, …"""

    byline: Byline
    role: str


@dataclass(frozen=True)
class Translation:
    """The same report in another language, live now."""

    language: str
    own_name: str
    path: str
    headline: str

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class ContactEntry:
    """A media contact as readers see it; `anchor` is its place on the press page. No e-mail unless the contact chose to show it."""

    anchor: str
    name: str
    role: str
    languages: str
    duty: str
    zone: str
    phone: str
    email: str


@dataclass
class Parts:
    """One edition with all that is drawn of it. Lists stand in the order they are shown."""

    edition: Edition
    site: Site
    regions: list[NamedRegion] = field(default_factory=list)
    dateline_region: NamedRegion | None = None
    tags: list[NamedTag] = field(default_factory=list)
    bylines: list[Credited] = field(default_factory=list)
    citations: list[EditionCitation] = field(default_factory=list)
    images: list[EditionImage] = field(default_factory=list)
    corrections: list[EditionCorrection] = field(default_factory=list)
    translations: list[Translation] = field(default_factory=list)
    contact: ContactEntry | None = None


def gather(
    edition: Edition,
    *,
    regions: Iterable[EditionRegion] = (),
    tags: Iterable[EditionTag] = (),
    bylines: Iterable[EditionByline] = (),
    citations: Iterable[EditionCitation] = (),
    images: Iterable[EditionImage] = (),
) -> Parts:
    """The parts of an edition whose rows are given, saved or not. Corrections and translations are those that are public now."""
    language = edition.language
    own_regions = [row for row in regions if row.is_own]
    dateline_region = edition.dateline_region
    found = {region.pk: region for region in Region.objects.filter(pk__in=[row.region_id for row in own_regions])}
    if dateline_region:
        found[dateline_region.pk] = dateline_region
    names = region_names(list(found.values()), language)
    tag_rows = list(tags)
    found_tags = Tag.objects.in_bulk([row.tag_id for row in tag_rows])
    names_of_tags = tag_names(list(found_tags.values()), language)
    byline_rows = list(bylines)
    found_bylines = Byline.objects.in_bulk([row.byline_id for row in byline_rows])
    return Parts(
        edition=edition,
        site=site_for(language),
        regions=[NamedRegion(found[row.region_id], names[row.region_id], row.is_primary) for row in _in_order(own_regions)],
        dateline_region=NamedRegion(dateline_region, names[dateline_region.pk]) if dateline_region else None,
        tags=[NamedTag(found_tags[row.tag_id], names_of_tags[row.tag_id]) for row in _in_order(tag_rows)],
        bylines=[Credited(found_bylines[row.byline_id], row.role) for row in _in_order(byline_rows)],
        citations=_in_order(citations),
        images=_in_order(images),
        corrections=list(EditionCorrection.objects.filter(report_uuid=edition.uuid).in_succession().order_by("published_at", "uuid")),
        translations=translations_of(edition),
        contact=contact_entry(edition.contact) if edition.contact and edition.contact.active else None,
    )


def load(edition: Edition) -> Parts:
    """The parts of a saved edition."""
    return gather(
        edition,
        regions=edition.edition_regions.all(),
        tags=edition.edition_tags.all(),
        bylines=edition.edition_bylines.all(),
        citations=edition.edition_citations.all(),
        images=edition.edition_images.all(),
    )


def contact_entry(contact: MediaContact) -> ContactEntry:
    """What readers may know of a contact."""
    return ContactEntry(
        anchor=f"contact-{propose_slug(contact.name)}",
        name=contact.name,
        role=contact.role,
        languages=joined(own_name(code) for code in contact.languages),
        duty=contact.duty,
        zone=contact.zone,
        phone=contact.phone,
        email=contact.email if contact.show_email else "",
    )


def translations_of(edition: Edition) -> list[Translation]:
    """The live editions of the same report in other languages, in the order of their codes."""
    rows = Edition.objects.filter(translation_group=edition.translation_group).exclude(uuid=edition.uuid)
    return [
        Translation(language, own_name(language), path, headline)
        for language, path, headline in rows.order_by("language").values_list("language", "path", "headline")
    ]


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.order)
