"""The audit, to read: narrowed by person, act, subject and days, a page at a time by place; and the same as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.acts import SAID, said
from articles.admin.base import RoleAdmin
from articles.admin.requests import who
from articles.admin.site import desk
from articles.audit import heads
from articles.audit.chain import record
from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.workflow.permissions import check_can_read_audit, reads_reports, visible_to
from articles.workflow.transitions import TRANSITIONS

A_PAGE = 50
MOST_EXPORTED = 100_000
A_CHUNK = 2_000
REPORT = re.compile(r"\Areport:([0-9a-f-]{36})\Z")
FORMULA = re.compile(r"^[=+\-@\t\r]")
COLUMNS = ("number", "at (UTC)", "who", "code", "act", "verb", "subject", "facts", "digest")


class NarrowForm(forms.Form):
    by = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=64)
    verb = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    target = forms.CharField(label=gettext_lazy("On what (its code)"), required=False, max_length=80)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    use_required_attribute = False

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        people = User.objects.order_by("username")
        self.fields["by"].widget = forms.Select(choices=[("", _("Anybody")), *((each.audit_code, str(each)) for each in people)])
        acts = sorted(((verb, said(verb)) for verb in {*SAID, *TRANSITIONS}), key=lambda act: act[1])
        self.fields["verb"].choices = [("", _("Any act")), *acts]  # type: ignore[attr-defined]  # it has choices
        self.fields["target"].widget.attrs.update({"dir": "ltr", "autocomplete": "off", "placeholder": "report:…"})

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("since") and found.get("until") and found["since"] > found["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return found


@dataclass(frozen=True)
class Shown:
    """An event in words. `report` is the key of the report that it is about, when the person may open it."""

    event: AuditEvent
    who: str
    what: str
    subject: str
    facts: str
    report: int | None = None
    language: str = ""


@admin.register(AuditEvent, site=desk)
class AuditAdmin(RoleAdmin):
    may = staticmethod(check_can_read_audit)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission

    def get_urls(self) -> list[Any]:
        export = path("csv/", self.admin_site.admin_view(self.export_view), name="articles_auditevent_csv")
        return [export, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = NarrowForm(request.GET)
        if set(request.GET) - {*form.fields, "before"}:
            raise DisallowedModelAdminLookup(_("The audit is not narrowed by this."))
        asked = form.cleaned_data if form.is_valid() else None
        before = request.GET.get("before", "")
        last = AuditEvent.objects.filter(seq=int(before)).first() if before.isascii() and before.isdecimal() and len(before) < 19 else None
        found = list(events(asked, before=last)[: A_PAGE + 1]) if asked is not None else []
        narrowed = {name: value for name in form.fields if (value := request.GET.get(name, "").strip())}
        query = urlencode(narrowed)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Audit"),
            "opts": self.opts,
            "form": form,
            "rows": shown(found[:A_PAGE], by=who(request)),
            "narrowed": narrowed,
            "query": query,
            "more": f"?{query}{'&' if query else ''}before={found[A_PAGE - 1].seq}" if len(found) > A_PAGE else "",
            "first": last is None,
            "head": heads.newest(),
            "most": MOST_EXPORTED,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/audit.html", context, status=200 if asked is not None else 400)

    def export_view(self, request: HttpRequest) -> Any:
        """The narrowed list as CSV, newest first. It is a POST: it leaves an event of its own."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = NarrowForm(request.POST)
        if not form.is_valid():
            return HttpResponse(
                _("Narrow the audit again: one of the filters cannot be read."), status=400, content_type="text/plain; charset=utf-8"
            )
        with transaction.atomic():
            record(by=who(request), verb="export_audit", target="audit", facts={"narrowed": any(form.cleaned_data.values())})
        rows = events(form.cleaned_data)[:MOST_EXPORTED]
        response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'
        response["Cache-Control"] = "no-store, private"
        return response


def events(asked: dict[str, Any], *, before: AuditEvent | None = None) -> QuerySet[AuditEvent]:
    """The events asked for, newest first: by their number, or by their time where days are asked for; those after `before` in that order."""
    rows = AuditEvent.objects.filter(**{name: asked[name] for name in ("by", "verb", "target") if asked[name]})
    zone = timezone.get_current_timezone()
    if asked["since"]:
        rows = rows.filter(at__gte=dt.datetime.combine(asked["since"], dt.time.min, zone))
    if asked["until"]:
        rows = rows.filter(at__lt=dt.datetime.combine(asked["until"] + dt.timedelta(days=1), dt.time.min, zone))
    if asked["since"] or asked["until"]:  # an act can be dated back, so that its number says nothing of its time
        if before:
            rows = rows.filter(at__lte=before.at).filter(Q(at__lt=before.at) | Q(seq__lt=before.seq))
        return rows.order_by("-at", "-seq")
    return (rows.filter(seq__lt=before.seq) if before else rows).order_by("-seq")


def shown(found: list[AuditEvent], *, by: User | None) -> list[Shown]:
    """The events in words, with the names of people and, for who may open them, of reports: two queries, however many they are."""
    people = _people(found)
    uuids = [match[1] for event in found if (match := REPORT.match(event.target))]
    reports = {}
    if by is not None and reads_reports(by) and uuids:
        readable = visible_to(by).filter(uuid__in=uuids).only("pk", "uuid", "headline", "language")
        reports = {report.audit_code: report for report in readable}
    rows = []
    for event in found:
        report = reports.get(event.target)
        subject = str(report) if report else people.get(event.target, event.target)
        facts = ", ".join(f"{name} {str(value)[:12] if name == 'hash' else value}" for name, value in sorted(event.facts.items()))
        key, language = (report.pk, report.language if report.headline else "") if report else (None, "")
        rows.append(Shown(event, people.get(event.by, event.by), said(event.verb), subject, facts, key, language))
    return rows


def _people(found: Iterable[AuditEvent]) -> dict[str, str]:
    codes = {code.removeprefix("user:") for event in found for code in (event.by, event.target) if code.startswith("user:")}
    return {person.audit_code: str(person) for person in User.objects.filter(code__in=codes)}


def _lines(rows: QuerySet[AuditEvent]) -> Iterator[str]:
    """The lines of the file, in portions; the byte order mark tells spreadsheets that it is UTF-8."""

    class Line:
        def write(self, text: str) -> str:
            return text

    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(COLUMNS)
    chunk: list[AuditEvent] = []
    for event in rows.iterator(chunk_size=A_CHUNK):
        chunk.append(event)
        if len(chunk) == A_CHUNK:
            yield "".join(writer.writerow(cells) for cells in _cells(chunk))
            chunk = []
    yield "".join(writer.writerow(cells) for cells in _cells(chunk))


def _cells(found: list[AuditEvent]) -> Iterator[list[str]]:
    for row in shown(found, by=None):
        event = row.event
        at = event.at.astimezone(dt.UTC).isoformat(timespec="seconds")
        yield [
            harmless(str(cell)) for cell in (event.seq, at, row.who, event.by, row.what, event.verb, event.target, row.facts, event.digest)
        ]


def harmless(cell: str) -> str:
    """The text, so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if FORMULA.match(cell) else cell
