"""Translations: begun from a revision of their source, told when that has moved on, and brought up to date.

A translation is a report of its own in the translation group of its source; `translated_from` names the revision it was made from.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.corrections.models import Correction
from articles.editions.models import Edition
from articles.people.models import User
from articles.reports.models import PublicState, Report, Revision
from articles.text.languages import own_name
from articles.workflow import actions
from articles.workflow.permissions import can_view, check_can_view
from articles.workflow.refusals import Conflict, Reason, Refused

NEUTRAL = (
    "kind", "dateline_on", "dateline_place", "dateline_region", "dateline_source", "dateline_mode", "byline_mode", "event_on",
    "event_precision", "contact", "call_to_action_link", "severity", "makes_allegation", "embargo_until", "expire_at",
)  # fmt: skip
"""What a translation takes over from its source: facts, and what keeps people safe. The words are the translator's."""
CITED = (
    "kind", "title", "publisher", "address", "published_on", "published_precision", "page", "accessed_on", "archive_address", "public",
)  # fmt: skip
NOT_TRANSLATED = frozenset({"language", "slug", "byline_mode", "bylines"})
MOST_READ = 200
"""So many revisions are read to find the one with which a translation fell behind."""


def translate(source: Report, *, by: User, language: str, at: dt.datetime | None = None) -> Report:
    """A new draft in that language, made from the source's newest revision: its facts are taken over, its texts left empty."""
    check_can_view(by, source)
    if there := version_in(source, language):
        sentence = _("This report has a version in %(language)s already: open that one.")
        raise Refused([Reason(sentence % {"language": own_name(there.language)}, "language")])
    with transaction.atomic():
        source = Report.objects.select_for_update(of=("self",)).get(pk=source.pk)
        if source.public_state == PublicState.TAKEN_DOWN:
            raise Refused([Reason(_("The report was taken down: it is not translated until two people have brought it back."))])
        revision = newest(source)
        taken: dict[str, Any] = {name: getattr(source, name) for name in NEUTRAL}
        regions = source.report_regions.select_related("region").order_by("-is_primary", "region__path")
        report = actions.create(
            by=by,
            language=language,
            translation_group=source.translation_group,
            at=at,
            **taken,
            translated_from=revision,
            regions=[row.region for row in regions],
            tags=[row.tag for row in source.tagged.select_related("tag").order_by("tag__slug")],
            credits=[{"byline": row.byline, "role": row.role, "shown": row.shown} for row in source.credits.select_related("byline")],
            citations=[{name: getattr(row, name) for name in CITED} for row in source.citations.all()],
            images=[
                {"image": row.image, "decorative": row.decorative, "lead": row.lead} for row in source.report_images.select_related("image")
            ],
        )
        record(by=by, verb="translate", target=report, facts={"from": source.audit_code, "revision": revision.number}, at=at)
    return report


def bring_up_to_date(report: Report, *, by: User, source_number: int, version: int, at: dt.datetime | None = None) -> Report:
    """Notes that the translation says what its source says now. `source_number` is the source's revision that the person saw.

    It is a save that changes nothing a reader gets: an approval stands.
    """
    if report.translated_from is None:
        raise Refused([Reason(_("This report is no translation: there is nothing to bring up to date."))])
    with transaction.atomic():
        source = Report.objects.get(pk=report.translated_from.report_id)
        revision = newest(source)
        if revision.number != source_number:
            raise Conflict([Reason(_("The source was changed once more meanwhile: look at what changed, then repeat the step."))])
        report = actions.save(report, by=by, version=version, at=at, translated_from=revision)
        record(by=by, verb="bring_up_to_date", target=report, facts={"from": source.audit_code, "revision": revision.number}, at=at)
    return report


def newest(report: Report) -> Revision:
    """The report's newest revision."""
    return report.revisions.order_by("-number")[0]


def version_in(report: Report, language: str) -> Report | None:
    """The report in that language: one of its translations, its source, or itself."""
    return Report.objects.filter(translation_group=report.translation_group, language=language).first()


def family(report: Report) -> list[Report]:
    """The report and its other languages, in the order in which they were begun."""
    group = Report.objects.filter(translation_group=report.translation_group).select_related("assigned_to", "created_by")
    return list(group.defer("body", "internal_note").order_by("pk"))


@dataclass(frozen=True)
class Standing:
    """How a translation stands to its source: `since` when it is out of date, what became of the source, and the two revisions."""

    source: Report
    made_from: Revision
    newest: Revision
    since: dt.datetime | None
    corrected: bool
    gone: str

    @property
    def behind(self) -> bool:
        return self.since is not None


def standing(report: Report) -> Standing | None:
    """How the report stands to what it was translated from; None when it is no translation."""
    if report.translated_from_id is None:
        return None
    made_from = Revision.objects.select_related("report").get(pk=report.translated_from_id)
    source = made_from.report
    last = newest(source)
    told_at = Edition.objects.filter(uuid=report.uuid).values_list("updated_at", flat=True).first() or report.created_at
    corrections = Correction.objects.filter(report=source).exclude(kind=Correction.Kind.UPDATE)
    later = Q(to_revision__number__gt=made_from.number) | Q(published_at__gt=told_at)  # or a note beside a text that did not change
    gone = {PublicState.WITHDRAWN: "withdrawn", PublicState.TAKEN_DOWN: "taken_down"}.get(PublicState(source.public_state), "")
    retracted = Correction.objects.filter(report=source, kind=Correction.Kind.RETRACTION).exists()
    return Standing(
        source, made_from, last, _since(made_from, last), corrections.filter(later).exists(), gone or ("retracted" if retracted else "")
    )


def may_read_source(person: User, report: Report, found: Standing) -> bool:
    """Whether the person sees the public part of what this was translated from: who may open the translation, until the source is
    taken down; then only who may open the source."""
    if found.source.public_state == PublicState.TAKEN_DOWN:
        return can_view(person, found.source)
    return can_view(person, report)


def matter(content: dict[str, Any]) -> dict[str, Any]:
    """Of a revision's content what a translation has to follow: not its language, its address and who is named."""
    return {name: value for name, value in content.get("public", {}).items() if name not in NOT_TRANSLATED}


def _since(made_from: Revision, last: Revision) -> dt.datetime | None:
    """When the source first said something else than the revision that was translated; None while it says the same."""
    if last.content_hash == made_from.content_hash or matter(last.content) == matter(made_from.content):
        return None
    told = matter(made_from.content)
    later = Revision.objects.filter(report=made_from.report_id, number__gt=made_from.number, number__lt=last.number)
    for revision in later.exclude(content_hash=made_from.content_hash).order_by("number")[:MOST_READ]:
        if matter(revision.content) != told:
            return revision.at
    return last.at
