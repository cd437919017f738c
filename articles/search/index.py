"""The index of the public search: written with each edition, in its transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from articles.editions.models import Edition
from articles.search.models import SearchEntry
from articles.text.analyser import tokens
from articles.text.plain import plain_text

LANGUAGE_MARK = "\ue000"
"""Before a language code it makes a token that no text has (private use area)."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MAX_POSITION = 16_000  # a tsvector counts to 16,383


def put(edition: Edition) -> None:
    """Indexes the edition, in place of what was indexed of it before. Pages and profiles are found too."""
    put_many([edition])


def put_many(editions: Sequence[Edition]) -> None:
    """Indexes many editions at once."""
    remove_many([edition.uuid for edition in editions])
    keys = _free_keys(editions)
    SearchEntry.objects.bulk_create([SearchEntry(id=keys[edition.uuid], uuid=edition.uuid) for edition in editions])
    rows = [(keys[edition.uuid], *_fields(edition)) for edition in editions]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("DELETE FROM articles_searchwords WHERE rowid = %s", [(key,) for key, *_words in rows])
            cursor.executemany(
                "INSERT INTO articles_searchwords (rowid, headline, standfirst, body, facts) VALUES (%s, %s, %s, %s, %s)",
                [(key, *(" ".join(words) for words in fields)) for key, *fields in rows],
            )
        else:
            cursor.executemany(
                "UPDATE articles_searchentry SET vector = %s::tsvector WHERE id = %s",
                [(_vector(fields), key) for key, *fields in rows],
            )


def remove(edition: Edition) -> None:
    """Forgets the edition."""
    remove_many([edition.uuid])


def remove_many(uuids: Iterable[UUID]) -> None:
    """Forgets editions by their uuid."""
    entries = SearchEntry.objects.filter(uuid__in=list(uuids))
    if connection.vendor == "sqlite":
        keys = list(entries.values_list("id", flat=True))
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


def _fields(edition: Edition) -> tuple[list[str], list[str], list[str], list[str]]:
    language = edition.language
    return (
        tokens(edition.headline, language),
        tokens(edition.standfirst, language),
        tokens(plain_text(edition.body), language),
        [f"{LANGUAGE_MARK}{language}"],
    )


def _vector(fields: Sequence[Sequence[str]]) -> str:
    """A tsvector written out with positions; weights: headline A, standfirst B, body D, facts C."""
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for words, weight in zip(fields, "ABDC", strict=True):
        for word in words:
            position = min(position + 1, MAX_POSITION)
            if len(places[word]) < 255:
                places[word].append(f"{position}{weight}")
        position = min(position + 2, MAX_POSITION)  # no phrase across two fields
    return " ".join(f"{quoted(word)}:{','.join(dict.fromkeys(at))}" for word, at in places.items() if len(word.encode()) < 2000)


def quoted(word: str) -> str:
    """The word as a lexeme of a tsvector or tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
