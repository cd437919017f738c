"""The buttons of a report: the act that each calls, the fields it asks for, and what the desk says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.moments import MomentField, ZoneField, times_of
from articles.corrections.models import Correction
from articles.people.models import User
from articles.reports.models import PublicState, Report
from articles.text.moments import moment
from articles.workflow import actions, assigning, claiming, expiring, noting, publication, takedowns
from articles.workflow.refusals import Reason
from articles.workflow.transitions import TRANSITIONS

TICKS = ("sure", "instead")
"""Fields that confirm, and say nothing else."""
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
    "claim": Act(
        claiming.claim,
        (),
        gettext_lazy("You are reviewing this: colleagues see it."),
        gettext_lazy("Tells colleagues that you look at it. It keeps nobody from anything."),
    ),
    "take_over": Act(
        claiming.take_over,
        ("instead",),
        gettext_lazy("You are reviewing this now."),
        gettext_lazy("When whoever claimed it cannot go on."),
    ),
    "give_back": Act(
        claiming.give_back,
        (),
        gettext_lazy("Given back: another editor can review it."),
        gettext_lazy("It waits for a reviewer again."),
    ),
    "sign_off_legal": Act(
        claiming.sign_off_legal,
        (),
        gettext_lazy("Signed off: the legal review of this text is done."),
        gettext_lazy("Binds your name to exactly this text; a change makes it void."),
    ),
    "sign_off_safety": Act(
        claiming.sign_off_safety,
        (),
        gettext_lazy("Signed off: the safety review of this text is done."),
        gettext_lazy("Binds your name to exactly this text; a change makes it void."),
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
        ("first_published_at", "expire_at"),
        gettext_lazy("Published."),
        gettext_lazy("Readers see it at once. A date in the past is for older texts only."),
    ),
    "schedule": Act(
        actions.schedule,
        ("publish_at", "expire_at"),
        gettext_lazy("Scheduled."),
        gettext_lazy("The clock publishes it then, after looking at everything again."),
    ),
    "unschedule": Act(actions.unschedule, (), gettext_lazy("Unscheduled."), gettext_lazy("The approval stands.")),
    "publish_update": Act(
        publication.publish_update,
        ("change", "correction", "position", "supersedes"),
        gettext_lazy("The update is live."),
        gettext_lazy("Replaces the live text. Say what readers should know of the change."),
    ),
    "add_note": Act(
        noting.add_note,
        ("change", "correction", "position", "supersedes"),
        gettext_lazy("The note stands beside the text, and on the page of corrections."),
        gettext_lazy("The text stays as it is. The note stays for good; a wrong one is replaced, and both are shown."),
    ),
    "set_expiry": Act(
        expiring.set_expiry,
        ("expire_at",),
        gettext_lazy("Saved: when it expires."),
        gettext_lazy("Readers lose it then, and its address says that it is gone. Blank: never."),
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
    "review_takedown": Act(
        takedowns.review_takedown,
        ("text",),
        gettext_lazy("Recorded: two people have looked at this takedown."),
        gettext_lazy("Says that you looked at it too and found it right. If you do not, speak with who took it down, or ask to reinstate."),
    ),
    "ask_reinstatement": Act(
        takedowns.ask_reinstatement,
        ("reason",),
        gettext_lazy("Asked: another publisher or safety officer can grant it."),
        gettext_lazy("It stays down until another publisher or safety officer grants it."),
    ),
    "reinstate": Act(
        takedowns.reinstate,
        ("reason",),
        gettext_lazy("Reinstated, and not public: it is reviewed and published anew, at the address it had."),
        gettext_lazy(
            "Brings it back among what is not published. Its address says that it is gone until it is approved and published again."
        ),
    ),
    "assign": Act(
        assigning.assign,
        ("assigned_to", "due_at"),
        gettext_lazy("Assigned. No approval falls by it."),
        gettext_lazy("Whoever it is assigned to may open and change it."),
    ),
}

GRAVE = {"publish", "schedule", "publish_update"}
"""What brings a text to readers: whoever does it has lately shown who they are. Taking away does not wait for that."""


class ActForm(forms.Form):
    """The fields of one act; `prefix` keeps them apart from the report's own."""

    comment = forms.CharField(
        label=gettext_lazy("What should change"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    text = forms.CharField(
        label=gettext_lazy("What you found (optional)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    publish_at = MomentField(label=gettext_lazy("When (%(zone)s)"))
    first_published_at = MomentField(label=gettext_lazy("First published (%(zone)s), if in the past"), required=False)
    expire_at = MomentField(label=gettext_lazy("Expires (%(zone)s), if ever"), required=False)
    zone = ZoneField()
    change = forms.ChoiceField(label=gettext_lazy("This update is"), choices=CHANGES)
    correction = forms.CharField(
        label=gettext_lazy("What readers are told"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    position = forms.ChoiceField(label=gettext_lazy("Where the note stands"), choices=Correction.Position.choices, required=False)
    supersedes = forms.ChoiceField(label=gettext_lazy("Replaces an earlier note"), required=False)
    sure = forms.BooleanField(
        label=gettext_lazy("Yes: readers lose it now, its approvals are void, and it cannot simply be published again"),
        error_messages={"required": gettext_lazy("Confirm it with the tick: this cannot simply be undone.")},
    )
    instead = forms.BooleanField(
        label=gettext_lazy("Yes: I review it instead"),
        error_messages={"required": gettext_lazy("Confirm it with the tick: a colleague said that they review this.")},
    )
    assigned_to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Assigned to"), required=False, empty_label="–")
    due_at = MomentField(label=gettext_lazy("Due (%(zone)s)"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, verb: str, report: Report, **kwargs: Any) -> None:
        super().__init__(data, prefix=verb, **kwargs)
        self.initial.setdefault("expire_at", report.expire_at)
        self.verb = verb
        self.known = verb in ACTS
        kept = {*(ACTS[verb].fields if self.known else ()), "seen_version"}
        times = [name for name in kept if isinstance(self.fields[name], MomentField)]
        self.fields = {name: field for name, field in self.fields.items() if name in kept or (times and name == "zone")}
        times_of(self, zone=self.data.get(self.add_prefix("zone"), ""))
        for name in times:
            self.fields[name].label = str(self.fields[name].label) % {"zone": str(self["zone"].value()).replace("_", " ")}
        if "supersedes" in self.fields:
            self._offer_notes(noting.standing(report) if report.public_state == PublicState.LIVE else [])
        if "assigned_to" in self.fields:
            people = User.objects.filter(Q(pk__in=assigning.may_work_on(report).values("pk")) | Q(pk=report.assigned_to_id))
            self.fields["assigned_to"].queryset = people.order_by("first_name", "username")  # type: ignore[attr-defined]  # a field with choices
        for field in self.fields.values():
            field.widget.attrs["form"] = "report_form"  # the panel stands beside that form, and its buttons send it

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "position" in self.fields and not cleaned.get("position"):
            cleaned["position"] = Correction.Position.TOP
        return cleaned

    def _offer_notes(self, notes: Iterable[Correction]) -> None:
        """The notes that this one may replace; without any, nothing is asked. A note without a change of the text is none of silence."""
        choices = [
            (str(each.uuid), f"{each.get_kind_display()}, {moment(each.published_at, 'short')}: {Truncator(each.text).chars(60)}")
            for each in notes
        ]
        if choices:
            cast(forms.ChoiceField, self.fields["supersedes"]).choices = [("", _("None: it stands beside them")), *choices]
        else:
            del self.fields["supersedes"]
        if self.verb == "add_note":
            cast(forms.ChoiceField, self.fields["change"]).choices = Correction.Kind.choices
            self.fields["change"].label = _("This note is")

    def act(self, report: Report, *, by: User) -> None:
        """Does it. Raises what the act raises."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("seen_version", "zone", *TICKS)}
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


TYPED = ("comment", "reason", "text", "correction", "publish_at", "first_published_at")


def typed_in(data: Mapping[str, str], *, besides: str = "") -> bool:
    """Whether something was typed into the fields of an act, other than the one named."""
    return any(
        data.get(f"{verb}-{name}", "").strip() for verb, what in ACTS.items() if verb != besides for name in what.fields if name in TYPED
    )
