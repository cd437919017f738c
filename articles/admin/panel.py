"""The panel beside a report: where it stands, what this person can do next, and why each other button is off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.corrections.models import Correction
from articles.people.models import User
from articles.people.roles import holds
from articles.reports.models import EditState, PublicState, Report
from articles.safety.finding import Finding
from articles.workflow import actions, guards, publication
from articles.workflow.refusals import Reason
from articles.workflow.transitions import TRANSITIONS

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
        ("reason",),
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
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

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
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        ACTS[self.verb].do(report, by=by, version=self.cleaned_data["seen_version"], **given)

    @property
    def done(self) -> str:
        return str(ACTS[self.verb].done)


@dataclass(frozen=True)
class Move:
    """One button: its form, and the reasons why it is off."""

    verb: str
    label: str | Promise
    hint: str | Promise
    form: ActForm
    reasons: list[Reason]


@dataclass(frozen=True)
class Panel:
    steps: list[tuple[str, bool]]
    stands: str
    following: str
    moves: list[Move]
    off: list[Move]
    findings: list[Finding]
    comments: list[Any]
    withdrawals: list[Any]
    revisions: list[Any]


def panel(report: Report, *, by: User, act: ActForm | None = None) -> Panel:
    """All that the panel shows to this person. `act` is a form that was refused, shown again with what was typed."""
    moves = []
    for verb, what in ACTS.items():
        transition = TRANSITIONS[verb]
        reasons = guards.reasons_against(report, verb, by=by)
        form = act if act is not None and act.verb == verb else ActForm(verb=verb, initial={"seen_version": report.lock_version})
        if form is act:
            form.data = {**form.data.dict(), form.add_prefix("seen_version"): report.lock_version}  # type: ignore[attr-defined]  # a QueryDict
        moves.append(
            (transition.starts_from(report) and holds(by, *transition.roles), Move(verb, transition.label, what.hint, form, reasons))
        )
    return Panel(
        steps=_steps(report),
        stands=_stands(report),
        following=_following(report),
        moves=[move for likely, move in moves if likely or move.form is act],
        off=[move for likely, move in moves if not likely and move.form is not act],
        findings=guards.findings(report),
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


def _stands(report: Report) -> str:
    edit, public = report.get_edit_state_display(), report.get_public_state_display()
    if report.public_state == PublicState.LIVE and report.live_hash != report.content_hash:
        return _("Live, with changes at the desk that are not public: %(edit)s.") % {"edit": edit}
    return f"{edit} · {public}"


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
