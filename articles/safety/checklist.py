"""The checklist of a report: every requirement that applies, how it stands and what mends it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from articles.reports.models import Report
from articles.safety.finding import Finding
from articles.safety.material import Material, material
from articles.safety.models import Assurance, Requirement
from articles.safety.requirements.alt_text import AltText
from articles.safety.requirements.base import Rule
from articles.safety.requirements.citations import Citations
from articles.safety.requirements.consent import Consent
from articles.safety.requirements.credit import Credited
from articles.safety.requirements.headline_length import HeadlineLength
from articles.safety.requirements.links import Links
from articles.safety.requirements.region import InARegion
from articles.safety.requirements.right_of_reply import RightOfReply
from articles.safety.requirements.rights import Rights

RULES: tuple[Rule, ...] = (
    InARegion(), AltText(), Rights(), Credited(), Links(), HeadlineLength(), Citations(), RightOfReply(), Consent(),
)  # fmt: skip
OK, BLOCKS, ADVISED, WAIVED = "ok", "blocks", "advised", "waived"


@dataclass(frozen=True)
class Entry:
    """One requirement of a report: `state` is OK, BLOCKS, ADVISED (not met, and only recommended) or WAIVED."""

    code: str
    required: bool
    state: str
    findings: tuple[Finding, ...]
    waiver: Assurance | None

    @property
    def label(self) -> str:
        return str(Requirement.Code(self.code).label)


def checklist(report: Report, *, at: dt.datetime | None = None) -> list[Entry]:
    """Every requirement that is not off and has something to ask of this report, in a fixed order. Six statements."""
    rows = {row.code: row for row in Requirement.objects.filter(kind=report.kind)}
    levels = {rule.code: rows[rule.code].level if rule.code in rows else rule.level_for(report.kind) for rule in RULES}
    headline = rows.get(Requirement.Code.HEADLINE_LENGTH)
    most = headline.max_characters if headline else None
    found = material(report, at=at or timezone.now(), max_characters=most or HeadlineLength.MAX_CHARACTERS)
    return [
        _entry(rule, found, required=levels[rule.code] == Requirement.Level.REQUIRED)
        for rule in RULES
        if levels[rule.code] != Requirement.Level.OFF and rule.applies(found)
    ]


def blocking(report: Report, *, at: dt.datetime | None = None) -> list[Finding]:
    """What the required ones find. Empty: nothing of the checklist stands in the way."""
    return [finding for entry in checklist(report, at=at) if entry.state == BLOCKS for finding in entry.findings]


def _entry(rule: Rule, found: Material, *, required: bool) -> Entry:
    waiver = found.waiver(rule.code)
    findings = () if waiver else tuple(Finding(rule.code, field, sentence, required) for field, sentence in rule.lacks(found))
    state = WAIVED if waiver else OK if not findings else BLOCKS if required else ADVISED
    return Entry(rule.code, required, state, findings, waiver)
