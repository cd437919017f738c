"""The panel beside a report: where it stands, what this person can do next, and why each other button is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.admin.checks import Shown, checklist_of
from articles.admin.moves import ACTS, TICKS, ActForm
from articles.admin.report_forms import ROWS, ReportForm
from articles.admin.reviews import ReviewShown, review_of
from articles.admin.takedowns import Takedown, takedown_shown
from articles.people.models import User
from articles.people.roles import PUBLISHER, holds
from articles.reports.models import EditState, PublicState, Report, Revision
from articles.safety.finding import Finding
from articles.text.moments import moment
from articles.workflow import guards
from articles.workflow.refusals import Reason
from articles.workflow.transitions import TRANSITIONS

NAMED = 4
QUIET = (
    "take_down", "withdraw", "unschedule", "request_changes", "set_expiry", "ask_reinstatement", "reinstate", "take_over", "give_back", "assign",
)  # fmt: skip
"""Buttons that stand back behind the one that leads on."""


@dataclass(frozen=True)
class Why:
    """A sentence, and where on the page it can be mended: the id of the place and what it is called."""

    sentence: str
    blocks: bool = True
    anchor: str = ""
    place: str = ""


def why(reason: Reason | Finding, form: ReportForm | None) -> Why:
    """A reason or a finding as the page shows it; without a form there is nowhere to go."""
    head, _dot, tail = reason.field.partition(".")
    anchor, place = "", reason.field
    if part := PARTS.get(head):
        anchor, place = part, str(ROWS[part])
    elif form:
        for name in (reason.field, f"{head}_{tail}", head):
            if name in form.fields:
                anchor, place = f"row-{form[name].auto_id}", str(form[name].label)
                break
    return Why(str(reason.sentence), getattr(reason, "blocks", True), anchor if form else "", place)


PARTS = {"images": "pictures", "pictures": "pictures", "citations": "citations", "bylines": "credits"}


@dataclass(frozen=True)
class Move:
    """One button: its form, and the reasons why it is off."""

    verb: str
    label: str | Promise
    hint: str | Promise
    form: ActForm
    reasons: list[Why]

    @property
    def is_grave(self) -> bool:
        """Whether the button stands back behind the one that leads on."""
        return self.verb in QUIET


@dataclass(frozen=True)
class Panel:
    steps: list[tuple[str, bool]]
    stands: str
    last: str
    following: str
    people: list[str]
    moves: list[Move]
    off: list[Move]
    findings: list[Why]
    checklist: list[Shown]
    refused: ActForm | None
    review: ReviewShown
    assignment: Move
    withdrawals: list[Any]
    takedown: Takedown | None
    revisions: list[Any]


def panel(
    report: Report, *, by: User, form: ReportForm | None = None, act: ActForm | None = None, typed: Mapping[str, str] | None = None
) -> Panel:
    """All that the panel shows to this person. `form` is the report's, when they may change it; `act` a form that was refused;
    `typed` fills the other acts' forms again.
    """
    moves, review = [], review_of(report)
    for verb, what in ACTS.items():
        transition = TRANSITIONS[verb]
        kept = {name: (typed or {}).get(f"{verb}-{name}", "") for name in (*what.fields, "zone") if name not in TICKS}
        given = {name: value for name, value in kept.items() if value}
        initial = {"assigned_to": report.assigned_to_id, "due_at": report.due_at, **given, "seen_version": report.lock_version}
        own = act if act is not None and act.verb == verb else ActForm(verb=verb, report=report, initial=initial)
        if own is act:  # its button means what is shown now
            own.data = {**own.data.dict(), own.add_prefix("seen_version"): report.lock_version}  # type: ignore[attr-defined]  # a QueryDict
        reasons = [why(reason, form) for reason in guards.reasons_against(report, verb, by=by)]
        likely = transition.starts_from(report) and holds(by, *transition.roles) and review.offers(verb, by=by)
        if verb == "publish_update" and report.live_hash == report.content_hash:
            likely = False  # what is live is the same: its five fields would only be in the way
        moves.append((likely, Move(verb, transition.label, what.hint, own, reasons)))
    assignment = next(move for _likely, move in moves if move.verb == "assign")
    moves = [(likely, move) for likely, move in moves if move is not assignment]
    return Panel(
        steps=_steps(report),
        stands=stands_at(report),
        last=_last(report),
        following=_following(report),
        people=_people(report),
        moves=[move for likely, move in moves if likely or move.form is act],
        off=[move for likely, move in moves if not likely and move.form is not act],
        findings=[why(finding, form) for finding in guards.findings(report)],
        checklist=[replace(each, findings=tuple(why(one, form) for one in each.findings)) for each in checklist_of(report)],
        refused=act if act is not None and act.errors else None,
        review=review,
        assignment=assignment,
        withdrawals=list(report.withdrawals.select_related("person")[:5]),
        takedown=takedown_shown(report),
        revisions=list(report.revisions.select_related("author").defer("content").order_by("-number")[:10]),
    )


def _steps(report: Report) -> list[tuple[str, bool]]:
    now = {EditState.DRAFT: 0, EditState.CHANGES_REQUESTED: 0, EditState.IN_REVIEW: 1, EditState.APPROVED: 2}[EditState(report.edit_state)]
    if report.public_state == PublicState.LIVE and report.live_hash == report.content_hash:
        now = 3
    labels = (_("Draft"), _("In review"), _("Approved"), _("Live"))
    return [(label, number == now) for number, label in enumerate(labels)]


def stands_at(report: Report) -> str:
    """Both states in a few words."""
    edit, public = report.get_edit_state_display(), report.get_public_state_display()
    if report.public_state == PublicState.UNPUBLISHED:
        return edit
    if report.public_state == PublicState.LIVE:
        return public if report.live_hash == report.content_hash else _("Live, with changes that are not: %(edit)s") % {"edit": edit}
    return f"{public} · {edit}"


def _following(report: Report) -> str:
    if report.public_state == PublicState.TAKEN_DOWN:
        return _("Readers have lost it. Somebody else looks at the takedown; two people together can bring the report back.")
    if report.public_state == PublicState.SCHEDULED:
        return _("The clock releases it, or a publisher unschedules it.")
    if report.public_state == PublicState.LIVE and report.live_hash == report.content_hash:
        return _("Readers see this text. A change is saved here, reviewed, and published as an update.")
    return {
        EditState.DRAFT: _("Its writer saves and submits it for review."),
        EditState.CHANGES_REQUESTED: _("Its writer changes what was asked for and submits it again."),
        EditState.IN_REVIEW: _("An editor who wrote none of it approves it, or asks for changes."),
        EditState.APPROVED: _("A publisher publishes or schedules it."),
    }[EditState(report.edit_state)]


def _last(report: Report) -> str:
    """Who did what last: the approval that stands, or else the newest revision."""
    revision = report.revisions.select_related("author").defer("content").order_by("-number").first()
    if revision is None:
        return ""
    approval = guards.approved_sign_offs(report).filter(revision=revision).select_related("person").first()
    if approval:
        said = _("%(who)s approved revision %(number)d on %(at)s.")
        return said % {"who": approval.person, "number": revision.number, "at": moment(approval.at, "day")}
    said = {
        Revision.Kind.SAVE: _("%(who)s saved revision %(number)d on %(at)s."),
        Revision.Kind.SUBMIT: _("%(who)s sent revision %(number)d to review on %(at)s."),
        Revision.Kind.PUBLISH: _("%(who)s published revision %(number)d on %(at)s."),
    }[Revision.Kind(revision.kind)]
    return said % {"who": revision.author, "number": revision.number, "at": moment(revision.at, "day")}


def _people(report: Report) -> list[str]:
    """Who can take the next step, a few of them by name."""
    active = User.objects.filter(is_active=True, is_machine=False).order_by("first_name", "username")
    if report.edit_state == EditState.IN_REVIEW:
        people = guards.reviewers(report).order_by("first_name", "username")
    elif report.edit_state == EditState.APPROVED and report.live_hash != report.content_hash:
        people = active.filter(groups__name=PUBLISHER)
    else:
        return []
    return [str(person) for person in people[:NAMED]]
