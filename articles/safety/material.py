"""What the requirements look at: one report as it stands, read once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from articles.images.models import Image
from articles.reports.models import Citation, Report, ReportImage
from articles.safety.models import Assurance


@dataclass(frozen=True)
class Material:
    report: Report
    pictures: tuple[ReportImage, ...]
    citations: tuple[Citation, ...]
    has_region: bool
    assurances: dict[str, Assurance]
    at: dt.datetime
    max_characters: int

    @property
    def pictures_hash(self) -> str:
        """Stands for exactly these pictures, in whatever order."""
        return hash_of(row.image for row in self.pictures)

    def assurance(self, subject: str) -> Assurance | None:
        """The newest of the subject, unless it was taken back."""
        found = self.assurances.get(subject)
        return None if found is None or found.answer == Assurance.Answer.TAKEN_BACK else found

    def waiver(self, subject: str) -> Assurance | None:
        """The waiver of the subject that stands."""
        found = self.assurance(subject)
        return found if found and found.answer == Assurance.Answer.WAIVED else None


def material(report: Report, *, at: dt.datetime, max_characters: int) -> Material:
    """The material of a report: five statements, however much of it there is."""
    return Material(
        report=report,
        pictures=tuple(report.report_images.select_related("image").prefetch_related("image__renditions")),
        citations=tuple(report.citations.all()),
        has_region=report.report_regions.exists(),
        assurances={each.subject: each for each in report.assurances.select_related("person").order_by("at", "id")},
        at=at,
        max_characters=max_characters,
    )


def hash_of(images: Iterable[Image]) -> str:
    """SHA-256 over the pictures' own hashes, sorted."""
    return hashlib.sha256("\n".join(sorted(image.content_hash for image in images)).encode()).hexdigest()
