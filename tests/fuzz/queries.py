"""Odd addresses: every public place with query strings, and paths, that nobody would type."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from articles.api.operations import OPERATIONS
from articles.editions.models import Edition, EditionByline, EditionRegion, EditionTag
from tests.odd.strings import odd_strings
from tests.public.canary import ODD, PLACES

NAMES = (
    "region", "tag", "author", "kind", "from", "to", "after", "before", "q", "language", "corrected", "month", "lite", "report", "sort", "format", "page",
    "limit", "cursor", "fields", "updated_since", "width", "x", "", "تاريخ", "region[]", "__class__",
)  # fmt: skip
"""Parameters that some address takes, and some that none does."""


def places() -> list[str]:
    """Addresses of every kind, in each language, each with something to show."""
    editions = list(Edition.objects.filter(listed=True).order_by("-published_at")[:40])
    parts = {"live": [each.path for each in editions], "uuid": [str(each.uuid) for each in editions]}
    parts |= {"year": ["2023", "2026", "0000", "9999"], "month": ["01", "12", "13"]}
    found = [each for kind in PLACES.values() for each in kind] + [
        f"/api/v1/{each.path.replace('{id}', '{uuid}')}" for each in OPERATIONS.values()
    ]
    made = [each.format(**{name: values[number % len(values)] for name, values in parts.items()}) for number in range(6) for each in found]
    made += [
        f"/{language}{each}" for language in ("es", "ar") for each in made if not each.startswith(("/api/v1", "/media", "/es/", "/ar/"))
    ]
    made += [f"/regions/{slug}/" for slug in _slugs(EditionRegion, "region")] + [f"/tags/{slug}/" for slug in _slugs(EditionTag, "tag")]
    return sorted(set(made) | {f"/authors/{slug}/" for slug in _slugs(EditionByline, "byline")})


def odd_addresses(rnd: random.Random) -> Iterator[tuple[str, str, str]]:
    """(method, path, query) without an end; the same for the same seed."""
    known, values = places(), _values()
    while True:
        path = rnd.choice(known)
        if rnd.random() < 0.1:
            path = _bent(rnd, path)
        query = rnd.choice(ODD) if rnd.random() < 0.1 else "&".join(_pair(rnd, values) for _ in range(rnd.choice((0, 1, 1, 2, 2, 3, 5, 9))))
        yield ("HEAD" if rnd.random() < 0.05 else "GET"), path, query


def _slugs(rows: type, name: str) -> Sequence[str]:
    return list(rows._default_manager.values_list(f"{name}__slug", flat=True).distinct().order_by(f"{name}__slug")[:15])  # type: ignore[attr-defined]  # a model


def _values() -> list[str]:
    """Right values, nearly right ones, and what breaks parsers."""
    right = [
        *_slugs(EditionRegion, "region"),
        *_slugs(EditionTag, "tag"),
        *_slugs(EditionByline, "byline"),
        "news",
        "opinion",
        "en",
        "ar",
        "yes",
        "all",
    ]
    right += [
        "2020-01-01",
        "2026-11-27",
        "2026-11",
        "2026-03-04T06:30:00Z",
        "20",
        "100",
        "id,headline",
        "valley",
        '"the valley"',
        "the -valley",
    ]
    edges = [
        "0001-01-01",
        "9999-12-31",
        "0000-00-00",
        "2026-02-30",
        "9999-12-31T23:59:60Z",
        "0001-01-01T00:00:00+23:59",
        "-1",
        "0",
        "1e9",
        "٣",
        "½",
        "9" * 400,
    ]
    edges += [
        "0" * 18 + "-" + "0" * 32,
        "9" * 18 + "-" + "f" * 32,
        "_" * 32,
        "A" * 32,
        "a" * 5000,
        "%",
        "\x00",
        "\ud800",
        "../../etc/passwd",
        "' OR 1=1 --",
    ]
    edges += [
        '"' * 50,
        "(" * 200,
        "a* OR b NEAR c",
        "NOT NOT",
        "-",
        "*",
        "{{7*7}}",
        "<script>",
        "\u202e\u2066",
        "\ufeff",
        "a,b,c,d,e,f",
        ",",
    ]
    return [*right * 3, *edges, *odd_strings()]


def _pair(rnd: random.Random, values: Sequence[str]) -> str:
    name, value = rnd.choice(NAMES), rnd.choice(values)
    if rnd.random() < 0.1:
        value = (
            value[: rnd.randint(0, len(value))]
            + chr(rnd.choice((0, 9, 10, 13, 37, 127, 0x200F, 0xFFFD, 0x1F600)))
            + value[rnd.randint(0, len(value)) :]
        )
    written = quote(value.encode("utf-8", "surrogatepass"), safe="" if rnd.random() < 0.5 else "/:,@+")
    if rnd.random() < 0.05:
        written += rnd.choice(("%", "%zz", "%ff%fe", "%ed%a0%80", ";", "="))
    return quote(name) + ("" if rnd.random() < 0.03 else "=") + written


def _bent(rnd: random.Random, path: str) -> str:
    place = rnd.randint(0, len(path))
    extra = rnd.choice(("/", "//", "..", "\x00", " ", "é", "%", "٢", "\udcff", "A" * 300, ";x", "\\", "{", "-", "?"))
    return path[:place] + extra + path[place + rnd.randint(0, 2) :]
