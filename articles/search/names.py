"""Regions and tags by their names in every language, and bylines: what a search is narrowed by, and the page that a typed name has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import connection

from articles.search.asked import Asked, Term
from articles.search.terms import fact
from articles.taxonomy.names import aliases, key_of

MOST_OFFERED, LONGEST_NAME = 3, 6
_SUBJECT = """
SELECT '{what}' AS what, s.id, s.slug, {kind} AS kind, {codes} AS codes, s.name,
 (SELECT r.id FROM articles_edition{what} r JOIN articles_edition e ON e.uuid = r.edition_id
  WHERE r.{what}_id = s.id AND r.language = %s AND e.listed ORDER BY r.published_at DESC, r.uuid DESC LIMIT 1) AS here
 FROM articles_{what} s WHERE (SELECT r.id FROM articles_edition{what} r WHERE r.{what}_id = s.id ORDER BY r.language LIMIT 1) IS NOT NULL"""
# In that order there is one way to the first row, by the index: without it PostgreSQL reads the whole table for a tag that nothing stands under.
_NAMES = """
SELECT u.what, u.id, u.slug, u.kind, u.codes, u.name, u.here, n.language, n.name
 FROM {what}s u LEFT JOIN articles_{what}name n ON n.{what}_id = u.id"""
_ALONE = " UNION ALL SELECT u.*, NULL, NULL FROM bylines u"
READ = (
    "WITH regions AS MATERIALIZED ("
    + _SUBJECT.format(what="region", kind="s.kind", codes="COALESCE(s.iso_alpha2, '') || ' ' || COALESCE(s.un_m49, '')")
    + "), tags AS MATERIALIZED ("
    + _SUBJECT.format(what="tag", kind="s.kind", codes="''")
    + "), bylines AS MATERIALIZED ("
    + _SUBJECT.format(what="byline", kind="''", codes="''")
    + ")"
    + _NAMES.format(what="region")
    + " UNION ALL "
    + _NAMES.format(what="tag")
    + _ALONE
)


@dataclass(frozen=True)
class Named:
    """A region, tag or byline by its name in the reader's language; `has_page` tells whether reports in that language stand under it."""

    what: str
    pk: int
    slug: str
    kind: str
    name: str
    has_page: bool


@dataclass(frozen=True)
class Names:
    """All regions, tags and bylines under which any report stands."""

    subjects: Mapping[tuple[str, int], Named]
    by_name: Mapping[str, tuple[Named, ...]]

    def by_slug(self, what: str, slug: str) -> Named | None:
        return next((each for each in self.subjects.values() if each.what == what and each.slug == slug), None)

    def offered(self, text: str) -> list[Named]:
        """Those with a page whose name, in any language, is the text or stands in it as whole words; the longest names first."""
        steps = key_of(text).split()
        found: dict[Named, None] = {}
        for size in range(min(len(steps), LONGEST_NAME), 0, -1):
            for at in range(len(steps) - size + 1):
                for each in self.by_name.get(" ".join(steps[at : at + size]), ()):
                    found.setdefault(each)
        return list(found)[:MOST_OFFERED]


def widened(given: Asked, names: Names) -> Asked:
    """The question, in which the name of a place, tag or byline is answered by what stands under it too, whatever its text says."""
    return replace(given, wanted=_widened(given.wanted, names), unwanted=_widened(given.unwanted, names))


def _widened(terms: tuple[Term, ...], names: Names) -> tuple[Term, ...]:
    found = list(terms)
    for size in range(min(len(terms), LONGEST_NAME), 0, -1):
        for at in range(len(terms) - size + 1):
            run = found[at : at + size]
            key = key_of(" ".join(term.written for term in run)) if all(term.written and not term.facts for term in run) else ""
            if subjects := names.by_name.get(key, ()):
                facts = tuple(fact(each.what, each.pk) for each in subjects)
                found[at : at + size] = [replace(term, facts=facts) for term in run]
    return tuple(found)


def names_for(language: str) -> Names:
    """The names as a reader of that language gets them, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [language] * 3)
        rows = cursor.fetchall()
    own = {(what, pk): name for what, pk, *_rest, spoken, name in rows if spoken == language}
    subjects: dict[tuple[str, int], Named] = {}
    keys: dict[str, dict[Named, None]] = defaultdict(dict)
    by_code: dict[str, Named] = {}
    for what, pk, slug, kind, codes, name, here, _spoken, other in rows:
        subject = subjects.setdefault((what, pk), Named(what, pk, slug, kind, own.get((what, pk), name), here is not None))
        if subject.has_page:
            by_code.update(dict.fromkeys(codes.split(), subject))
            for each in (name, other or ""):
                if key := key_of(each):
                    keys[key].setdefault(subject)
    for key, codes in aliases().items():
        for code in codes:
            if code in by_code:
                keys[key].setdefault(by_code[code])
    return Names(subjects, {key: tuple(found) for key, found in keys.items()})
