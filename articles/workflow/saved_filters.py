"""Saved filters: kept, renamed, shared and removed. Each act raises Refused with sentences, and then has written nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.people.models import User
from articles.people.roles import EDITOR, holds
from articles.reports.saved_filters import SavedFilter
from articles.workflow.permissions import reads_reports
from articles.workflow.refusals import Forbidden, Reason, Refused, refuse_if

MOST = 30
LONGEST_NAME, LONGEST_QUERY = 60, 600


def offered_to(person: User) -> QuerySet[SavedFilter]:
    """The person's own, and those shared by people who are still at the desk."""
    return SavedFilter.objects.filter(Q(owner=person) | Q(shared=True, owner__is_active=True)).select_related("owner")


def can_change(person: User, kept: SavedFilter) -> bool:
    """Whether the person may rename or remove it: whose it is, and editors when it is shared."""
    return kept.owner_id == person.pk or (kept.shared and holds(person, EDITOR))


def can_share(person: User) -> bool:
    return holds(person, EDITOR)


def keep(*, by: User, name: str, query: str, shared: bool = False) -> SavedFilter:
    """A new filter."""
    if not reads_reports(by):
        raise Forbidden([Reason(_("Your roles have no part in reports."))])
    name = _checked(name, by=by, shared=shared)
    refuse_if([] if query else [Reason(_("Narrow the list first, then save what it is narrowed to."))])
    refuse_if([] if len(query) <= LONGEST_QUERY else [Reason(_("This search is too long to be saved: shorten it."))])
    with _one_name():
        if SavedFilter.objects.filter(owner=by).count() >= MOST:
            raise Refused([Reason(_("You have 30 saved filters: delete one first."))])
        kept = SavedFilter.objects.create(owner=by, name=name, query=query, shared=shared)
        record(by=by, verb="save_filter", target=kept, facts={"shared": shared})
    return kept


def change(kept: SavedFilter, *, by: User, name: str, shared: bool) -> SavedFilter:
    """Another name; for the desk or not."""
    with _one_name():
        fresh = _locked(kept, by=by)
        if shared != fresh.shared and not can_share(by):
            raise Forbidden([Reason(_("Editors share filters with the desk."))])
        fresh.name, fresh.shared = _checked(name, by=by, shared=False), shared
        fresh.save(update_fields=["name", "shared"])
        record(by=by, verb="change_filter", target=fresh, facts={"shared": shared})
    return fresh


def remove(kept: SavedFilter, *, by: User) -> None:
    """Deletes it; the reports stay as they are."""
    with transaction.atomic():
        fresh = _locked(kept, by=by)
        record(by=by, verb="delete_filter", target=fresh)
        fresh.delete()


def _locked(kept: SavedFilter, *, by: User) -> SavedFilter:
    fresh = SavedFilter.objects.select_for_update().filter(pk=kept.pk).first()
    if fresh is None:
        raise Refused([Reason(_("Somebody has deleted this filter meanwhile."))])
    if not can_change(by, fresh):
        raise Forbidden([Reason(_("This filter is somebody else's."))])
    return fresh


def _checked(name: str, *, by: User, shared: bool) -> str:
    name = " ".join(name.replace("\x00", "").split())
    refuse_if([] if name and len(name) <= LONGEST_NAME else [Reason(_("Give the filter a name of up to 60 characters."), "name")])
    if shared and not can_share(by):
        raise Forbidden([Reason(_("Editors share filters with the desk."))])
    return name


@contextmanager
def _one_name() -> Iterator[None]:
    """A transaction that says in a sentence when the person has a filter of this name."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused([Reason(_("You have a filter of this name: choose another."), "name")]) from error
