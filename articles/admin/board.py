"""The board: reports by where they stand, a few in each column, narrowed by whose, language and kind."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.admin.requests import who
from articles.admin.reviews import with_reviews
from articles.admin.site import desk
from articles.people.models import User
from articles.reports.models import EditState, Kind, PublicState, Report
from articles.reports.paging import first
from articles.workflow.permissions import parts_visible_to, reads_reports, visible_to

SHOWN = 10
NOT_OUT = (PublicState.UNPUBLISHED, PublicState.WITHDRAWN, PublicState.TAKEN_DOWN)
COLUMNS: tuple[tuple[str | Promise, str, str], ...] = (
    (EditState.DRAFT.label, "edit_state", EditState.DRAFT),
    (EditState.IN_REVIEW.label, "edit_state", EditState.IN_REVIEW),
    (EditState.CHANGES_REQUESTED.label, "edit_state", EditState.CHANGES_REQUESTED),
    (EditState.APPROVED.label, "edit_state", EditState.APPROVED),
    (PublicState.SCHEDULED.label, "public_state", PublicState.SCHEDULED),
    (gettext_lazy("Live recently"), "public_state", PublicState.LIVE),
)
"""(heading, field, value), in the order in which a report meets them."""


@dataclass(frozen=True)
class Column:
    heading: str | Promise
    rows: list[Report]
    everything: str

    @property
    def cards(self) -> list[Report]:
        return self.rows[:SHOWN]

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > SHOWN


@require_safe
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Six columns, each bounded: what is beyond them is found in the list."""
    person = who(request)
    if not reads_reports(person):
        raise PermissionDenied
    chosen = chosen_of(request.GET)
    context = {
        **desk.each_context(request),
        "title": _("Board"),
        "columns": columns_of(person, **chosen),
        "chosen": chosen,
        "whose": [("mine", _("Begun by me")), ("assigned", _("Assigned to me"))],
        "languages": settings.LANGUAGES,
        "kinds": Kind.choices,
    }
    request.current_app = desk.name
    return TemplateResponse(request, "admin/board.html", context)


def columns_of(person: User, *, whose: str = "", language: str = "", kind: str = "") -> list[Column]:
    """The columns of what the person may read, the last saved first; what is scheduled, by its time."""
    asked = {"whose": whose, "language__exact": language, "kind__exact": kind}
    narrowed: dict[str, object] = {"created_by" if whose == "mine" else "assigned_to": person} if whose else {}
    narrowed |= {name: value for name, value in (("language", language), ("kind", kind)) if value}
    parts = [_cards(part).filter(**narrowed) for part in parts_visible_to(person)]
    columns = [_column(parts, _cards(visible_to(person)), heading, field, value, asked) for heading, field, value in COLUMNS]
    with_reviews(report for column in columns for report in column.cards)
    return columns


def _cards(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related("assigned_to").defer("body", "internal_note")


def _column(
    parts: list[QuerySet[Report]], among: QuerySet[Report], heading: str | Promise, field: str, value: str, asked: dict[str, str]
) -> Column:
    order = ("publish_at", "id") if value == PublicState.SCHEDULED else ("-saved_at", "-id")
    found = [part.filter(**{field: value}) for part in parts]
    if value == EditState.APPROVED:  # what is scheduled or live stands further on
        found = [part.filter(public_state=state) for part in found for state in NOT_OUT]
    rows = first(found, among, *order, limit=SHOWN + 1)
    query = urlencode({f"{field}__exact": value, **{name: text for name, text in asked.items() if text}})
    return Column(heading, rows, f"{reverse('admin:articles_report_changelist')}?{query}")


def chosen_of(given: QueryDict) -> dict[str, str]:
    """What was asked for, of what there is; anything else is not asked for."""
    offered = {"whose": {"mine", "assigned"}, "language": set(dict(settings.LANGUAGES)), "kind": set(Kind.values)}
    return {name: str(given[name]) if given.get(name) in values else "" for name, values in offered.items()}
