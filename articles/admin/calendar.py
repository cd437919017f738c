"""The calendar: what is due, scheduled, under embargo, expiring or published on each day, in the editor's own zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.admin.board import chosen_of
from articles.admin.requests import who
from articles.admin.site import desk
from articles.people.models import User
from articles.reports.models import EditState, Kind, PublicState, Report
from articles.reports.paging import keys_by_day
from articles.workflow.permissions import parts_visible_to, reads_reports, visible_to

SHOWN = {"month": 5, "week": 20, "day": 200}
"""Of one fact on one day."""
YEARS = range(1990, 2101)
NOT_OVER = (PublicState.UNPUBLISHED, PublicState.SCHEDULED, PublicState.LIVE)


@dataclass(frozen=True)
class Fact:
    """What a report has to do with a day: the column that says when, and which reports it is asked of."""

    name: str
    label: str | Promise
    column: str
    of: Q


FACTS = (
    Fact("due", gettext_lazy("Due"), "due_at", ~Q(edit_state=EditState.APPROVED)),
    Fact("scheduled", gettext_lazy("Goes out"), "publish_at", Q(public_state=PublicState.SCHEDULED)),
    Fact(
        "embargo",
        gettext_lazy("Embargo ends"),
        "embargo_until",
        ~Q(public_state=PublicState.LIVE) & ~Q(public_state=PublicState.TAKEN_DOWN),
    ),
    Fact("expiring", gettext_lazy("Expires"), "expire_at", Q(public_state__in=NOT_OVER)),
    Fact("published", gettext_lazy("Published"), "published_at", Q(public_state=PublicState.LIVE)),
)


@dataclass(frozen=True)
class Item:
    at: dt.datetime
    fact: Fact
    report: Report
    late: bool


@dataclass
class Day:
    on: dt.date
    inside: bool
    today: bool
    items: list[Item] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True)
class Span:
    """The days that are shown, and the addresses of those before and after them."""

    view: str
    title: str
    days: list[dt.date]
    inside: Sequence[dt.date]
    before: str
    after: str


@require_safe
@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, a week or a day; narrowed by whose, language, kind and fact."""
    person = who(request)
    if not reads_reports(person):
        raise PermissionDenied
    now = timezone.localtime()
    span = span_of(request.GET, today=now.date())
    chosen, facts = chosen_of(request.GET), _facts_of(request.GET)
    kept = [(name, value) for name, value in chosen.items() if value]
    kept += [("fact", fact.name) for fact in facts] if len(facts) < len(FACTS) else []
    context = {
        **desk.each_context(request),
        "title": span.title,
        "span": span,
        "days": days_of(person, span, facts, now=now, **chosen),
        "weekdays": [date_format(day, "D") for day in span.days[:7]],
        "kept": f"&{urlencode(kept)}" if kept else "",
        "at": {"month": f"{_middle(span):%Y-%m}", "week": str(_middle(span)), "day": str(_middle(span))},
        "today": str(now.date()),
        "zone": timezone.get_current_timezone_name(),
        "chosen": chosen,
        "facts": [(fact, fact in facts) for fact in FACTS],
        "whose": [("mine", _("Begun by me")), ("assigned", _("Assigned to me"))],
        "languages": settings.LANGUAGES,
        "kinds": Kind.choices,
    }
    request.current_app = desk.name
    return TemplateResponse(request, "admin/calendar.html", context)


def span_of(given: QueryDict, *, today: dt.date) -> Span:
    """What was asked for: `day` or `week` (a date in it) or `month` (2026-11); this month for anything else."""
    if day := _date(given.get("day", "")):
        return Span(
            "day", date_format(day, "l, j F Y"), [day], [day], f"day={day - dt.timedelta(days=1)}", f"day={day + dt.timedelta(days=1)}"
        )
    if day := _date(given.get("week", "")):
        start = _week_start(day)
        days = [start + dt.timedelta(days=each) for each in range(7)]
        title = _("%(first)s to %(last)s") % {"first": date_format(start, "j F"), "last": date_format(days[-1], "j F Y")}
        return Span("week", title, days, days, f"week={start - dt.timedelta(days=7)}", f"week={start + dt.timedelta(days=7)}")
    first = _date(f"{given.get('month', '')}-01") or today.replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    before = (first - dt.timedelta(days=1)).replace(day=1)
    start = _week_start(first)
    weeks = -(-(after - start).days // 7)
    days = [start + dt.timedelta(days=each) for each in range(7 * weeks)]
    inside = [day for day in days if first <= day < after]
    return Span("month", date_format(first, "F Y"), days, inside, f"month={before:%Y-%m}", f"month={after:%Y-%m}")


def days_of(
    person: User, span: Span, facts: Sequence[Fact], *, now: dt.datetime, whose: str = "", language: str = "", kind: str = ""
) -> list[Day]:
    """Each day with its reports in the order of their times; each fact of a day is bounded, and says when there is more."""
    narrowed: dict[str, object] = {"created_by" if whose == "mine" else "assigned_to": person} if whose else {}
    narrowed |= {name: value for name, value in (("language", language), ("kind", kind)) if value}
    parts = [part.filter(**narrowed) for part in parts_visible_to(person)]
    zone, most = timezone.get_current_timezone(), SHOWN[span.view]
    bounds = [dt.datetime.combine(day, dt.time(), zone) for day in [*span.days, span.days[-1] + dt.timedelta(days=1)]]
    keys = {fact: keys_by_day([part.filter(fact.of) for part in parts], fact.column, bounds, limit=most + 1) for fact in facts}
    rows = _rows(visible_to(person), {key for found in keys.values() for key in found})
    days = {day: Day(day, day in span.inside, day == now.date()) for day in span.days}
    for fact, found in keys.items():
        for key in found:
            if key in rows:
                at = timezone.localtime(getattr(rows[key], fact.column))
                days[at.date()].items.append(Item(at, fact, rows[key], late=fact.name == "due" and at < now))
    for day in days.values():
        day.items.sort(key=lambda item: (item.at, item.report.pk))
        for fact in facts:
            of_fact = [item for item in day.items if item.fact is fact]
            for item in of_fact[most:]:
                day.items.remove(item)
            day.more |= len(of_fact) > most
    return list(days.values())


def _rows(visible: QuerySet[Report], keys: set[int]) -> dict[int, Report]:
    """The reports of the keys, which are read in pieces: a database bears only so many parameters."""
    found: dict[int, Report] = {}
    rest = sorted(keys)
    while rest:
        piece, rest = rest[:5000], rest[5000:]
        found |= {row.pk: row for row in visible.filter(pk__in=piece).defer("body", "internal_note").order_by()}
    return found


def _facts_of(given: QueryDict) -> list[Fact]:
    asked = set(given.getlist("fact"))
    return [fact for fact in FACTS if fact.name in asked] or list(FACTS)


def _middle(span: Span) -> dt.date:
    return span.inside[len(span.inside) // 2] if span.view == "week" else span.inside[0]


def _week_start(day: dt.date) -> dt.date:
    """The first day of its week as the desk's language has it: Sunday is 0."""
    first = int(get_format("FIRST_DAY_OF_WEEK"))
    return day - dt.timedelta(days=(day.isoweekday() - first) % 7)


def _date(text: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and found.year in YEARS else None
