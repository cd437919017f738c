"""The index of the public search: written with each edition, in its transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from articles.editions.models import Edition, EditionByline, EditionRegion, EditionTag
from articles.errands.queue import enqueue
from articles.search import cleaning, vocabulary
from articles.search.models import SearchEntry
from articles.search.terms import Terms, terms_of, weighed

FORMAT = 2
"""Raise it when an edition's terms change: `reindex` finds what is older."""
BATCH, BATCHES = 100, 10
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MOST_OF_A_WORD = 255
"""A tsvector holds so many places of one word."""


def put(edition: Edition) -> None:
    """Indexes the edition, in place of what was indexed of it before. Pages and profiles are found too."""
    put_many([edition])


def put_many(editions: Sequence[Edition]) -> None:
    """Indexes many editions at once, whose regions, tags and bylines are written already."""
    uuids = [edition.uuid for edition in editions]
    before = dict(SearchEntry.objects.filter(uuid__in=uuids).values_list("uuid", "weights"))
    _forget(uuids)
    keys = _free_keys(editions)
    read = [(keys[edition.uuid], edition, terms) for edition, terms in zip(editions, _terms(editions), strict=True)]
    entries = [
        SearchEntry(id=key, uuid=edition.uuid, format=FORMAT, facts=" ".join(terms.facts), weights=weighed(terms.weights))
        for key, edition, terms in read
    ]
    SearchEntry.objects.bulk_create(entries)
    _write([(key, terms) for key, _edition, terms in read])
    languages: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for entry, edition in zip(entries, editions, strict=True):
        was, now = languages[edition.language]
        was.append(before.get(edition.uuid, ""))
        now.append(entry.weights)
    for language, (was, now) in sorted(languages.items()):
        vocabulary.add(language, vocabulary.changes(was, now))


def remove(edition: Edition) -> None:
    """Forgets the edition."""
    remove_many([edition])


def remove_many(editions: Sequence[Edition]) -> None:
    """Forgets the editions and the words that stand in no other."""
    before = dict(SearchEntry.objects.filter(uuid__in=[each.uuid for each in editions]).values_list("uuid", "weights"))
    for language in sorted({edition.language for edition in editions}):
        was = [before[edition.uuid] for edition in editions if edition.language == language and edition.uuid in before]
        vocabulary.add(language, vocabulary.changes(was, []))
    _forget([edition.uuid for edition in editions])


def reindex(*, batch: int = BATCH) -> int:
    """Indexes the newest editions whose terms are of an older format again, in one transaction; returns how many were looked at.

    One that is being published at this moment is passed over: its publication indexes it, and waiting for it would wait for ever.
    """
    with transaction.atomic():
        vocabulary.lock()
        found = list(SearchEntry.objects.filter(format__lt=FORMAT).order_by("format", "-id").values_list("uuid", flat=True)[:batch])
        editions = list(Edition.objects.filter(uuid__in=found).select_for_update(of=("self",), skip_locked=True))
        live = set(Edition.objects.filter(uuid__in=found).values_list("uuid", flat=True))
        SearchEntry.objects.filter(uuid__in=set(found) - live).delete()
        if editions:
            put_many(editions)
    return len(found)


def make_older() -> None:
    """Makes everything due to be indexed again."""
    SearchEntry.objects.update(format=0)


def ask_for_reindex() -> bool:
    """Asks the clock to index anew what is of an older format; whether there is any."""
    older = SearchEntry.objects.filter(format__lt=FORMAT).exists()
    if older:
        enqueue("reindex", key=f"reindex to {FORMAT}")
    return older


def run_errand(payload: dict[str, Any]) -> None:
    """Some batches of a reindex; asks for the next if there is more."""
    if all(reindex() == BATCH for _each in range(BATCHES)):
        enqueue("reindex", key=f"reindex to {FORMAT}")


def _terms(editions: Sequence[Edition]) -> list[Terms]:
    uuids = [edition.uuid for edition in editions]
    regions, tags = _under(EditionRegion, "region", uuids), _under(EditionTag, "tag", uuids)
    bylines = _under(EditionByline, "byline", uuids)
    return [
        terms_of(edition, regions=regions[edition.uuid], tags=tags[edition.uuid], bylines=bylines[edition.uuid]) for edition in editions
    ]


def _under(model: Any, what: str, uuids: Sequence[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = defaultdict(list)
    for uuid, pk in model.objects.filter(edition__in=uuids).values_list("edition", what):
        found[uuid].append(pk)
    return found


def _write(rows: Sequence[tuple[int, Terms]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO articles_searchwords (rowid, headline, standfirst, body, place, marks) VALUES (%s, %s, %s, %s, %s, %s)",
                [(key, *(" ".join(words) for words in (*terms.fields, terms.marks))) for key, terms in rows],
            )
        else:
            cursor.executemany(
                "UPDATE articles_searchentry SET vector = %s::tsvector WHERE id = %s", [(_vector(terms), key) for key, terms in rows]
            )


def _forget(uuids: Iterable[UUID]) -> None:
    entries = SearchEntry.objects.filter(uuid__in=list(uuids))
    if connection.vendor == "sqlite":
        keys = list(entries.values_list("id", flat=True))
        if keys:
            cleaning.ask()
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM articles_searchwords WHERE rowid = %s", [(key,) for key in keys])
    entries.delete()


def _free_keys(editions: Sequence[Edition]) -> dict[UUID, int]:
    wanted: dict[UUID, int] = {edition.uuid: int((edition.published_at - EPOCH) / dt.timedelta(microseconds=1)) for edition in editions}
    low, high = min(wanted.values()), max(wanted.values()) + 2 * len(wanted) + 1000
    taken = (
        set(SearchEntry.objects.filter(id__range=(low, high)).values_list("id", flat=True))
        if len(wanted) == 1
        else (set(SearchEntry.objects.filter(id__in=list(wanted.values())).values_list("id", flat=True)))
    )
    keys = {}
    for uuid, key in sorted(wanted.items(), key=lambda pair: (pair[1], pair[0])):
        while key in taken:
            key += 1
        taken.add(key)
        keys[uuid] = key
    return keys


def _vector(terms: Terms) -> str:
    """A tsvector written out: the words with their places, the marks without."""
    places: dict[str, list[int]] = {}
    position = 0
    for words in terms.fields:
        for word in words:
            position += 1
            at = places.setdefault(word, [])
            if len(at) < MOST_OF_A_WORD:
                at.append(position)
        position += 2  # no phrase across two fields
    placed = [f"{quoted(word)}:{','.join(map(str, at))}" for word, at in places.items()]
    return " ".join([*placed, *(quoted(mark) for mark in terms.marks)])


def quoted(word: str) -> str:
    """The word as a lexeme of a tsvector or tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
