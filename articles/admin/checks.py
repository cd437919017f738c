"""Checks and consent of one report: its checklist, and the facts that people vouch for. Reachable by whoever may read the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.again import asks_again
from articles.admin.report_pages import page, report_or_404
from articles.admin.requests import who
from articles.people.models import User
from articles.reports.models import Report
from articles.safety import checklist
from articles.safety.models import Assurance
from articles.workflow.permissions import check_can_vouch
from articles.workflow.refusals import Forbidden, Refused
from articles.workflow.vouching import ANSWERS, vouch

STATES: dict[str, tuple[str | Promise, str]] = {
    checklist.OK: (gettext_lazy("Done"), "passes"),
    checklist.BLOCKS: (gettext_lazy("Missing: stops the report"), "stops"),
    checklist.ADVISED: (gettext_lazy("Missing: recommended only"), "warns"),
    checklist.WAIVED: (gettext_lazy("Waived"), "passes"),
}
HINTS: dict[str, str | Promise] = {
    Assurance.Subject.RIGHT_OF_REPLY: gettext_lazy("Asked for when the report makes an allegation. Name an office rather than a person."),
    Assurance.Subject.CONSENT: gettext_lazy("Of people who are named or can be recognised in pictures. Do not write their names here."),
    Assurance.Subject.CITATIONS: gettext_lazy(
        "A source that readers must not see is entered among the sources and not shown. Waive it only when there is none."
    ),
}
MOST_ROWS = 50


class AssuranceForm(forms.Form):
    answer = forms.ChoiceField(label=gettext_lazy("What is so"))
    asked = forms.CharField(
        label=gettext_lazy("Who was asked"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    asked_on = forms.DateField(
        label=gettext_lazy("Asked on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label=gettext_lazy("Reason, or where the answer is published"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, subject: str, answers: list[str]) -> None:
        super().__init__(data, prefix=subject)
        choices = [(each, Assurance.Answer(each).label) for each in answers]
        self.fields["answer"].choices = choices if len(choices) == 1 else [("", "–"), *choices]  # type: ignore[attr-defined]  # it has choices
        if subject != Assurance.Subject.RIGHT_OF_REPLY:
            del self.fields["asked"], self.fields["asked_on"]
            self.fields["text"].label = _("Reason")

    def refuse(self, refusal: Refused) -> None:
        """Puts the reasons to the fields they name."""
        for reason in refusal.reasons:
            self.add_error(reason.field if reason.field in self.fields else None, str(reason))


@dataclass(frozen=True)
class Block:
    """One subject: what is recorded of it, and the form for another fact (None for who may not record)."""

    code: str
    label: str
    hint: str | Promise
    form: AssuranceForm | None
    recorded: list[Assurance]


def waives(request: HttpRequest, **_words: Any) -> bool:
    """Whether a check that is required would be waived."""
    return Assurance.Answer.WAIVED in (request.POST.get(f"{subject}-answer") for subject in ANSWERS)


@asks_again(waives)
def checks_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist with its facts; a POST records one."""
    report = report_or_404(request, pk)
    form, status = None, 200
    if request.method == "POST":
        subject = request.POST.get("subject", "")
        if subject not in ANSWERS:
            raise Http404
        answers = _answers(who(request), report, subject)
        if not answers:
            raise PermissionDenied
        form, status = AssuranceForm(request.POST, subject=subject, answers=answers), 400
        if form.is_valid():
            try:
                vouch(report, by=who(request), subject=subject, **form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
                status = 403 if isinstance(refusal, Forbidden) else 400
            else:
                messages.success(request, _("Recorded. Approvals stand; the checklist is asked anew at each step."))
                return HttpResponseRedirect(reverse("admin:articles_report_checks", args=[report.pk]))
    context = {
        "title": _("Checks and consent"),
        "entries": checklist_of(report),
        "blocks": [_block(report, subject, by=who(request), given=form) for subject in ANSWERS],
        "wrong": form is not None,
    }
    return page(request, "checks", report, status=status, **context)


@dataclass(frozen=True)
class Shown:
    """One requirement as pages show it."""

    code: str
    label: str
    required: bool
    state: str | Promise
    css: str
    findings: tuple[Any, ...]
    waiver: Assurance | None

    @property
    def is_recorded(self) -> bool:
        """Whether it is mended by a fact, on the page of checks."""
        return self.code in ANSWERS


def checklist_of(report: Report) -> list[Shown]:
    """The report's checklist, what stops first as it stands."""
    return [
        Shown(entry.code, entry.label, entry.required, *STATES[entry.state], entry.findings, entry.waiver)
        for entry in checklist.checklist(report)
    ]


def _answers(person: User, report: Report, subject: str) -> list[str]:
    found = []
    for answer in ANSWERS[subject]:
        try:
            check_can_vouch(person, report, answer=answer)
        except Forbidden:
            continue
        found.append(str(answer))
    return found if found != [Assurance.Answer.TAKEN_BACK] else []


def _block(report: Report, subject: str, *, by: User, given: AssuranceForm | None) -> Block:
    answers = _answers(by, report, subject)
    form = given if given is not None and given.prefix == subject else AssuranceForm(subject=subject, answers=answers)
    recorded = list(report.assurances.filter(subject=subject).select_related("person")[:MOST_ROWS])
    return Block(str(subject), str(Assurance.Subject(subject).label), HINTS[subject], form if answers else None, recorded)
