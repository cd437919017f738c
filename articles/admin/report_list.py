"""The list of reports: pages that follow an index, and search that reads the desk's own index. Nothing is counted, nothing skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.requests import who
from articles.admin.reviews import with_reviews
from articles.admin.takedowns import mark_overdue
from articles.people.models import User
from articles.people.roles import REPORTER, TRANSLATOR, holds
from articles.reports import words
from articles.reports.lists import differing
from articles.reports.models import PublicState, Report
from articles.reports.paging import Place, page_of, whole_numbers
from articles.workflow.permissions import parts_visible_to, reads_all_reports

AFTER, BEFORE = "after", "before"
BLOCKS = (1, 4, 20, 60)
"""How many pages of matches are looked at, step by step, for one page that the list's other filters let through."""
FACTS = {"edit_state__exact": "e", "public_state__exact": "p", "kind__exact": "k", "language__exact": "l"}


@dataclass(frozen=True)
class Shown:
    """The rows of a page and where its neighbours begin; "" where there is none."""

    rows: list[Report]
    newer: str
    older: str


class Whose(admin.SimpleListFilter):
    title = gettext_lazy("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", _("Begun by me")), ("assigned", _("Assigned to me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() == "mine":
            return queryset.filter(created_by=who(request))
        return queryset.filter(assigned_to=who(request)) if self.value() == "assigned" else queryset


class Language(admin.SimpleListFilter):
    """The site's languages; Django's own filter would read the whole table to know which there are."""

    title = gettext_lazy("language")
    parameter_name = "language__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in settings.LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return queryset.filter(language=self.value()) if self.value() else queryset


class Differs(admin.SimpleListFilter):
    title = gettext_lazy("text")
    parameter_name = "differs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("Not what is live"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return differing(queryset.filter(public_state=PublicState.LIVE)) if self.value() == "yes" else queryset


class ReportList(ChangeList):
    """A page by its place: `after` and `before` name a report of the list, or in a search a key."""

    def get_filters_params(self, params: Any = None) -> Any:
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name not in (AFTER, BEFORE)}

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        return ["-saved_at", "-id"]

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """All that is asked for; and beside it the same in parts, each of which follows an index."""
        visible = self.root_queryset
        self.parts = []
        for part in parts_visible_to(who(request)):
            self.root_queryset = part.defer("body", "internal_note")
            self.parts.append(super().get_queryset(request, exclude_parameters))
        self.root_queryset = visible
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        after, before = (str(self.params.pop(name, "")) for name in (AFTER, BEFORE))
        for name in (AFTER, BEFORE):
            self.filter_params.pop(name, None)
        text = self.query.strip()[:200]
        shown = self._found(text, who(request), after, before) if text and "/" not in text else self._listed(text, after, before)
        self.newer = self.get_query_string({BEFORE: shown.newer}) if shown.newer else ""
        self.older = self.get_query_string({AFTER: shown.older}) if shown.older else ""
        self.first = self.get_query_string() if shown.newer else ""
        mark_overdue(shown.rows)
        self.result_list = shown.rows
        with_reviews(shown.rows)
        self.result_count = len(shown.rows)
        self.full_result_count = None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = self.multi_page = False

    def _listed(self, text: str, after: str, before: str) -> Shown:
        """The list in its order; or the reports of one public address."""
        parts = self.parts
        if text:
            slug = text.rstrip("/").rpartition("/")[2]
            parts = [part.filter(language__in=[code for code, _name in settings.LANGUAGES], slug=slug) for part in parts]
        page = page_of(parts, self.queryset, size=self.list_per_page, after=Place.read(after), before=Place.read(before))
        places = [str(Place.of(row)) for row in page.rows] or [""]
        return Shown(page.rows, places[0] if page.newer else "", places[-1] if page.older else "")

    def _found(self, text: str, person: User, after: str, before: str) -> Shown:
        """A page of what has the words, the newest begun first.

        The index knows who may read what and how the list is narrowed; the rows are asked again, so that nothing depends on its being right.
        """
        asked = words.asked(text)
        if not asked:
            return Shown([], "", "")
        facts = [*self._facts(person), *_readable(person)]
        above, below = (None if numbers is None else numbers[0] for numbers in (whole_numbers(before, 1), whole_numbers(after, 1)))
        if above is not None:
            rows, end = self._matches(asked, facts, above=above)
            nearest = rows[: self.list_per_page]
            if end is not None or len(nearest) == self.list_per_page:
                return Shown(nearest[::-1], "" if end is None else _key(nearest, -1, end), _key(nearest, 0, above + 1))
            below = None  # less than a page is left before it: that is the first page
        rows, end = self._matches(asked, facts, below=below)
        shown = rows[: self.list_per_page]
        newer = "" if below is None else _key(shown, 0, below - 1)
        return Shown(shown, newer, "" if end is None else _key(shown if len(rows) > len(shown) else [], -1, end))

    def _matches(
        self, asked: list[list[str]], facts: list[list[str]], *, below: int | None = None, above: int | None = None
    ) -> tuple[list[Report], int | None]:
        """Up to one row more than a page, and the key to go on from (None at the end). Looks at a bounded number of matches."""
        rows: list[Report] = []
        for pages in BLOCKS:
            limit = pages * self.list_per_page + 1
            keys = words.matching(asked, facts, below=below, above=above, limit=limit)
            there = {row.pk: row for row in self.queryset.order_by().filter(pk__in=keys)} if keys else {}
            rows += [there[key] for key in keys if key in there]
            if len(keys) < limit:
                return rows, None
            if len(rows) > self.list_per_page:
                return rows, keys[-1]
            below, above = (keys[-1], None) if above is None else (None, keys[-1])
        return rows, below if above is None else above

    def _facts(self, person: User) -> list[list[str]]:
        """What the filters ask for, as far as the index knows it."""
        found = [[words.fact(FACTS[name], value)] for name, value in self.params.items() if name in FACTS and isinstance(value, str)]
        whose = {"mine": "c", "assigned": "a"}.get(str(self.params.get("whose", "")))
        return [*found, *([[words.fact(whose, person.pk)]] if whose else [])]


def _key(rows: list[Report], which: int, otherwise: int) -> str:
    return str(rows[which].pk if rows else otherwise)


def _readable(person: User) -> list[list[str]]:
    """What the person may read, as the index knows it."""
    if reads_all_reports(person):
        return []
    own = [words.fact("c", person.pk), words.fact("a", person.pk)] if holds(person, REPORTER) else []
    return [[*own, *(words.fact("l", each) for each in (person.languages if holds(person, TRANSLATOR) else ()))]]
