"""What may stand in an address: each parameter declared once, read by it and described by it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.api import cursors
from articles.api.cursors import FIRST, LAST, Cursor
from articles.editions.words import CORRECTIONS, KINDS, PLAIN_KINDS
from articles.text.slugs import LONGEST

Text = str | Promise
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}):([0-9]{2})(\.[0-9]+)?([Zz]|[+ -][0-9]{2}:[0-9]{2})")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
NEWS_KINDS = [kind for kind in KINDS if kind not in PLAIN_KINDS]
PER_PAGE, MOST_PER_PAGE = 20, 100
MOST_TAGS = 5


class Wrong(Exception):
    """A parameter that the address may not have, or not so: its name, and a sentence that says what is wrong."""

    def __init__(self, parameter: str, sentence: str) -> None:
        super().__init__(sentence)
        self.parameter, self.sentence = parameter, sentence


@dataclass(frozen=True)
class Parameter:
    """One parameter. `read` makes its value of the text in the address, or raises Wrong; `schema` says the same to machines."""

    name: str
    about: Text
    schema: dict[str, Any]
    read: Callable[[str, str], Any]
    example: str

    @property
    def is_list(self) -> bool:
        return bool(self.schema.get("type") == "array")


def read_cursor(name: str, text: str) -> Cursor:
    if not re.fullmatch(cursors.SHAPE[1:-1], text):
        raise Wrong(name, _("It is not a cursor that we gave out: follow “next” and “previous” as they stand."))
    return cursors.read(text)


def read_place(name: str, text: str) -> tuple[str, str]:
    """A place in a list of short names: on which side of one."""
    side, _dot, slug = text.partition(".")
    if side not in ("after", "before") or len(text) > LONGEST + 10 or not re.fullmatch(SLUG[1:-1], slug):
        raise Wrong(name, _("It is not a cursor that we gave out: follow “next” and “previous” as they stand."))
    return side, slug


def read_slug(name: str, text: str) -> str:
    if len(text) > LONGEST or not re.fullmatch(SLUG[1:-1], text):
        raise Wrong(name, _("It is not the short name of anything: it has the letters a–z, figures and single hyphens, as in north-korea."))
    return text


def read_slugs(name: str, text: str) -> tuple[str, ...]:
    slugs = tuple(read_slug(name, each) for each in text.split(","))
    if len(slugs) > MOST_TAGS or len(set(slugs)) < len(slugs):
        raise Wrong(name, _("It takes up to %(most)d short names, each once, with commas between them.") % {"most": MOST_TAGS})
    return slugs


def read_uuid(name: str, text: str) -> UUID:
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text.lower()):
        raise Wrong(name, _("It is not an id: take it from a report’s “id”."))
    return UUID(text)


def read_day(name: str, text: str) -> dt.date:
    try:
        if DAY.fullmatch(text):
            return min(max(dt.date.fromisoformat(text), dt.date(2, 1, 1)), dt.date(9998, 12, 31))
    except ValueError:
        pass
    raise Wrong(name, _("It is not a day: write it as 2026-03-04."))


def read_moment(name: str, text: str) -> dt.datetime:
    try:
        if found := MOMENT.fullmatch(text):
            day, minute, second, fraction, zone = found.groups()
            second = "59" if second == "60" else second  # a leap second (RFC 3339, 5.6)
            zone = "+00:00" if zone in "Zz" else zone.replace(" ", "+")  # a plus that was not escaped
            at = dt.datetime.fromisoformat(f"{day}T{minute}:{second}{fraction or ''}{zone}")
            return min(max(at, FIRST), LAST).astimezone(dt.UTC)
    except ValueError:
        pass
    raise Wrong(name, _("It is not a time: write it as 2026-03-04T06:30:00Z."))


def read_limit(name: str, text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,2}", text, re.ASCII) or int(text) > MOST_PER_PAGE:
        raise Wrong(name, _("It is a number from 1 to %(most)d.") % {"most": MOST_PER_PAGE})
    return int(text)


def one_of(choices: Iterable[str]) -> Callable[[str, str], str]:
    """A reader that takes nothing but the choices."""
    allowed = list(choices)

    def read(name: str, text: str) -> str:
        if text not in allowed:
            raise Wrong(name, _("It is one of: %(choices)s.") % {"choices": ", ".join(allowed)})
        return text

    return read


def fields_of(names: Iterable[str]) -> Parameter:
    """The choice of fields among those of a resource."""
    allowed = list(names)

    def read(name: str, text: str) -> tuple[str, ...]:
        chosen = tuple(text.split(","))
        for each in chosen:
            if each not in allowed:
                raise Wrong(
                    name,
                    _("There is no field “%(field)s” here. There are: %(fields)s.") % {"field": each[:80], "fields": ", ".join(allowed)},
                )
        if len(set(chosen)) < len(chosen):
            raise Wrong(name, _("A field is named twice."))
        return chosen

    about = gettext_lazy("Only these fields, in this order, with commas between them. All of them without it.")
    items = {"type": "string", "enum": allowed}
    return Parameter("fields", about, {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}, read, ",".join(allowed[:2]))


_slug = {"type": "string", "pattern": SLUG, "maxLength": LONGEST}
LANGUAGE = Parameter(
    "language", gettext_lazy("Only what is in this language. All languages without it."), {"type": "string", "enum": LANGUAGES}, one_of(LANGUAGES),
    settings.MAIN_LANGUAGE,
)  # fmt: skip
REGION = Parameter("region", gettext_lazy("Only what is about this region, or about a place in it."), _slug, read_slug, "western-africa")
TAG = Parameter(
    "tag", gettext_lazy("Only what has this tag; several, with commas between them: only what has all of them."),
    {"type": "array", "items": _slug, "minItems": 1, "maxItems": MOST_TAGS, "uniqueItems": True}, read_slugs, "prison",
)  # fmt: skip
AUTHOR = Parameter("author", gettext_lazy("Only what this name stands under."), _slug, read_slug, "a-name")
KIND = Parameter("kind", gettext_lazy("Only this kind."), {"type": "string", "enum": NEWS_KINDS}, one_of(NEWS_KINDS), "statement")
CORRECTION_KIND = replace(KIND, schema={"type": "string", "enum": list(CORRECTIONS)}, read=one_of(CORRECTIONS), example="correction")
CORRECTED = Parameter(
    "corrected", gettext_lazy("“yes”: only what was corrected."), {"type": "string", "enum": ["yes"]}, one_of(["yes"]), "yes"
)
FROM = Parameter(
    "from", gettext_lazy("Only what was first published on this day or later, in the newsroom’s time zone."),
    {"type": "string", "format": "date"}, read_day, "2026-01-01",
)  # fmt: skip
TO = replace(FROM, name="to", about=gettext_lazy("Only what was first published on this day or before."), example="2026-12-31")
UPDATED_SINCE = Parameter(
    "updated_since",
    gettext_lazy("Only what was changed at this time or later. What changed first then stands first, so that one can follow what is new."),
    {"type": "string", "format": "date-time"}, read_moment, "2026-03-04T06:30:00Z",
)  # fmt: skip
ID = Parameter(
    "id", gettext_lazy("The report’s id."), {"type": "string", "format": "uuid"}, read_uuid, "0c9e7a4e-1f0e-4b0e-9c55-2f4b3f8a6d11"
)
REPORT = Parameter(
    "report", gettext_lazy("Only the corrections of this report, by its id."), {"type": "string", "format": "uuid"}, read_uuid,
    "0c9e7a4e-1f0e-4b0e-9c55-2f4b3f8a6d11",
)  # fmt: skip
LIMIT = Parameter(
    "limit", gettext_lazy("How many at most on one page."), {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
    read_limit, "50",
)  # fmt: skip
CURSOR = Parameter(
    "cursor", gettext_lazy("Where the page begins: taken from “next” or “previous” of another page; it stays good."),
    {"type": "string", "pattern": cursors.SHAPE}, read_cursor, Cursor(dt.datetime(2026, 3, 4, 6, 30, tzinfo=dt.UTC), UUID(int=1)).written(),
)  # fmt: skip


def read_all(request: HttpRequest, parameters: Iterable[Parameter]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that the address gives, and their texts. Raises Wrong for a parameter that is not declared, is repeated, or is wrong."""
    declared = {each.name: each for each in parameters}
    try:
        asked: Mapping[str, list[str]] = dict(request.GET.lists())
    except TooManyFieldsSent:
        raise Wrong("", _("There are too many parameters.")) from None
    for name, texts in asked.items():
        if name not in declared:
            known = _("There are: %(names)s.") % {"names": ", ".join(declared)} if declared else _("There is none here.")
            raise Wrong(name[:80], _("There is no such parameter here.") + " " + known)
        if len(texts) > 1:
            raise Wrong(name, _("It is given more than once."))
    given = {name: texts[0] for name, texts in asked.items()}
    return {name: declared[name].read(name, text) for name, text in given.items()}, given
