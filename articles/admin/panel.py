"""The panel beside a report: where it stands, what this person can do next, and why each other button is off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.report_forms import ROWS, ReportForm
from articles.corrections.models import Correction
from articles.people.models import User
from articles.people.roles import EDITOR, PUBLISHER, holds
from articles.reports.models import EditState, PublicState, Report, Revision
from articles.safety.finding import Finding
from articles.workflow import actions, guards, publication
from articles.workflow.refusals import Reason
from articles.workflow.transitions import TRANSITIONS

NAMED = 4
CHANGES = [("silent", gettext_lazy("Silent: a typing error, nothing that a reader must know")), *Correction.Kind.choices]


@dataclass(frozen=True)
class Act:
    """What a button does: the act, the fields it needs, and what the desk says afterwards."""

    do: Callable[..., Any]
    fields: tuple[str, ...]
    done: str | Promise
    hint: str | Promise


ACTS: dict[str, Act] = {
    "submit": Act(
        actions.submit,
        (),
        gettext_lazy("Submitted: another editor can review it now."),
        gettext_lazy("An editor who wrote none of it reviews it."),
    ),
    "request_changes": Act(
        actions.request_changes,
        ("comment",),
        gettext_lazy("Sent back with your comment."),
        gettext_lazy("Goes back to its writers with your comment."),
    ),
    "approve": Act(
        actions.approve,
        (),
        gettext_lazy("Approved: a publisher can publish it now."),
        gettext_lazy("Binds your name to exactly this text."),
    ),
    "publish": Act(
        publication.publish,
        ("first_published_at",),
        gettext_lazy("Published."),
        gettext_lazy("Readers see it at once. A date in the past is for older texts only."),
    ),
    "schedule": Act(
        actions.schedule,
        ("publish_at",),
        gettext_lazy("Scheduled."),
        gettext_lazy("The clock publishes it then, after looking at everything again."),
    ),
    "unschedule": Act(actions.unschedule, (), gettext_lazy("Unscheduled."), gettext_lazy("The approval stands.")),
    "publish_update": Act(
        publication.publish_update,
        ("change", "correction", "position"),
        gettext_lazy("The update is live."),
        gettext_lazy("Replaces the live text. Say what readers should know of the change."),
    ),
    "withdraw": Act(
        publication.withdraw,
        ("reason",),
        gettext_lazy("Withdrawn: its address now says that it is gone."),
        gettext_lazy("Quiet and reversible. Its address says that it is gone."),
    ),
    "take_down": Act(
        publication.take_down,
        ("reason", "sure"),
        gettext_lazy("Taken down. A second person must look at this within 24 hours."),
        gettext_lazy("At once and alone, when somebody is in danger. Approvals become void; two people must agree to bring it back."),
    ),
}


class ActForm(forms.Form):
    """The fields of one act; `prefix` keeps them apart from the report's own."""

    comment = forms.CharField(
        label=gettext_lazy("What should change"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    publish_at = forms.DateTimeField(
        label=gettext_lazy("When (UTC)"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    first_published_at = forms.DateTimeField(
        label=gettext_lazy("First published (UTC), if in the past"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    change = forms.ChoiceField(label=gettext_lazy("This update is"), choices=CHANGES)
    correction = forms.CharField(
        label=gettext_lazy("What readers are told"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    position = forms.ChoiceField(label=gettext_lazy("Where the note stands"), choices=Correction.Position.choices, required=False)
    sure = forms.BooleanField(
        label=gettext_lazy("Yes: readers lose it now, its approvals are void, and it cannot simply be published again"),
        error_messages={"required": gettext_lazy("Confirm it with the tick: this cannot simply be undone.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, verb: str, **kwargs: Any) -> None:
        super().__init__(data, prefix=verb, **kwargs)
        self.verb = verb
        self.known = verb in ACTS
        kept = (*(ACTS[verb].fields if self.known else ()), "seen_version")
        self.fields = {name: field for name, field in self.fields.items() if name in kept}
        for field in self.fields.values():
            field.widget.attrs["form"] = "report_form"  # the panel stands beside that form, and its buttons send it

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "position" in self.fields and not cleaned.get("position"):
            cleaned["position"] = Correction.Position.TOP
        return cleaned

    def act(self, report: Report, *, by: User) -> None:
        """Does it. Raises what the act raises."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("seen_version", "sure")}
        ACTS[self.verb].do(report, by=by, version=self.cleaned_data["seen_version"], **given)

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """Puts the reasons of a refusal to the fields they name, the others above the button."""
        self.is_valid()
        for reason in reasons:
            self.add_error(reason.field if reason.field in self.fields else None, str(reason))

    @property
    def done(self) -> str:
        return str(ACTS[self.verb].done)

    @property
    def label(self) -> str | Promise:
        return TRANSITIONS[self.verb].label


TYPED = ("comment", "reason", "correction", "publish_at", "first_published_at")


def typed_in(data: Mapping[str, str], *, besides: str = "") -> bool:
    """Whether something was typed into the fields of an act, other than the one named."""
    return any(
        data.get(f"{verb}-{name}", "").strip() for verb, what in ACTS.items() if verb != besides for name in what.fields if name in TYPED
    )


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
        return self.verb in ("take_down", "withdraw", "unschedule", "request_changes")


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
    refused: ActForm | None
    comments: list[Any]
    withdrawals: list[Any]
    revisions: list[Any]


def panel(
    report: Report, *, by: User, form: ReportForm | None = None, act: ActForm | None = None, typed: Mapping[str, str] | None = None
) -> Panel:
    """All that the panel shows to this person. `form` is the report's, when they may change it; `act` a form that was refused;
    `typed` fills the other acts' forms again.
    """
    moves = []
    for verb, what in ACTS.items():
        transition = TRANSITIONS[verb]
        kept = {name: (typed or {}).get(f"{verb}-{name}", "") for name in what.fields if name != "sure"}
        given = {name: value for name, value in kept.items() if value}
        own = act if act is not None and act.verb == verb else ActForm(verb=verb, initial={**given, "seen_version": report.lock_version})
        if own is act:  # its button means what is shown now
            own.data = {**own.data.dict(), own.add_prefix("seen_version"): report.lock_version}  # type: ignore[attr-defined]  # a QueryDict
        reasons = [why(reason, form) for reason in guards.reasons_against(report, verb, by=by)]
        moves.append(
            (transition.starts_from(report) and holds(by, *transition.roles), Move(verb, transition.label, what.hint, own, reasons))
        )
    return Panel(
        steps=_steps(report),
        stands=stands_at(report),
        last=_last(report),
        following=_following(report),
        people=_people(report),
        moves=[move for likely, move in moves if likely or move.form is act],
        off=[move for likely, move in moves if not likely and move.form is not act],
        findings=[why(finding, form) for finding in guards.findings(report)],
        refused=act if act is not None and act.errors else None,
        comments=list(report.review_comments.select_related("person", "revision")[:20]),
        withdrawals=list(report.withdrawals.select_related("person")[:5]),
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
        said = _("%(who)s approved revision %(number)d on %(at)s UTC.")
        return said % {"who": approval.person, "number": revision.number, "at": _moment(approval.at)}
    said = {
        Revision.Kind.SAVE: _("%(who)s saved revision %(number)d on %(at)s UTC."),
        Revision.Kind.SUBMIT: _("%(who)s sent revision %(number)d to review on %(at)s UTC."),
        Revision.Kind.PUBLISH: _("%(who)s published revision %(number)d on %(at)s UTC."),
    }[Revision.Kind(revision.kind)]
    return said % {"who": revision.author, "number": revision.number, "at": _moment(revision.at)}


def _moment(at: dt.datetime) -> str:
    return f"{date_format(at, 'j F')}, {time_format(at, 'H:i')}"


def _people(report: Report) -> list[str]:
    """Who can take the next step, a few of them by name."""
    active = User.objects.filter(is_active=True, is_machine=False).order_by("first_name", "username")
    if report.edit_state == EditState.IN_REVIEW:
        wrote = report.sign_offs.filter(round=report.round).values("person")
        people = active.filter(groups__name=EDITOR).exclude(pk__in=wrote)
    elif report.edit_state == EditState.APPROVED and report.live_hash != report.content_hash:
        people = active.filter(groups__name=PUBLISHER)
    else:
        return []
    return [str(person) for person in people[:NAMED]]
