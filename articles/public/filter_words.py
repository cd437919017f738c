"""What a filtered list shows, said in words: as a sentence, and piece by piece with the address that takes each away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.editions import dates, selections
from articles.editions.lists import ListPage, Tally
from articles.editions.words import KINDS, joined
from articles.public.filters import ALL_LANGUAGES, SUBJECTS, Asked, Given
from articles.text.languages import direction, own_name


@dataclass(frozen=True)
class Chosen:
    """One filter that is set: what it is called, its value, and the address of the list without it."""

    label: str
    value: str
    remove_path: str
    lang: str = ""
    dir: str = ""


def address_of(path: str, given: Given) -> str:
    """The canonical address of a list: its filters in one order."""
    return f"{path}?{urlencode(given)}" if given else path


def chosen(asked: Asked, path: str, language: str) -> list[Chosen]:
    """What is set, filter by filter, each tag alone."""
    labels = {
        "region": _("Region"), "tag": _("Tag"), "kind": _("Kind"), "author": _("Author"), "language": _("Language"),
        "corrected": _("Corrections"), "from": _("From"), "to": _("To"),
    }  # fmt: skip
    shown = []
    for one in asked.given:
        rest = tuple(each for each in asked.given if each != one)
        code = one[1] if one[0] == "language" and one[1] != ALL_LANGUAGES else ""
        shown.append(Chosen(labels[one[0]], value_of(asked, one, language), address_of(path, rest), code, direction(code) if code else ""))
    return shown


def value_of(asked: Asked, one: tuple[str, str], language: str) -> str:
    """The value of a filter as readers know it."""
    name, text = one
    if name in SUBJECTS:
        return asked.found[one].name if one in asked.found else text
    if name == "kind":
        return str(KINDS[text])
    if name == "language":
        return _("All languages") if text == ALL_LANGUAGES else own_name(text)
    if name == "corrected":
        return _("Corrected since publication")
    return dates.day(dt.date.fromisoformat(text), language)


def phrases(asked: Asked, language: str) -> dict[str, str]:
    """{filter: the part of a sentence that follows “Reports”}, in the order in which they are said."""
    values = {name: [value_of(asked, each, language) for each in asked.given if each[0] == name] for name, _text in asked.given}
    said = {
        "region": pgettext("after: Reports", "from %(place)s"),
        "tag": pgettext("after: Reports", "tagged %(tags)s"),
        "kind": pgettext("after: Reports", "of the kind “%(kind)s”"),
        "author": pgettext("after: Reports", "by %(name)s"),
        "language": pgettext("after: Reports", "in %(language)s"),
        "from": pgettext("after: Reports", "since %(day)s"),
        "to": pgettext("after: Reports", "until %(day)s"),
        "corrected": pgettext("after: Reports", "corrected since publication"),
    }
    locale, code = dates.locale_of(language), asked.value("language")
    if code == ALL_LANGUAGES:
        said["language"] = pgettext("after: Reports", "in all languages")
    elif code:
        values["language"] = [dates.locale_of(code).get_display_name(locale) or code]
    found = {}
    for name, phrase in said.items():
        if name in values:
            text = format_list(values[name], locale=locale)
            found[name] = phrase % dict.fromkeys(("place", "tags", "kind", "name", "language", "day"), text)
    return found


def sentence(asked: Asked, language: str, tally: Tally | None = None) -> str:
    """“12 reports from Asia, tagged law and prison”; without a number where nothing was counted."""
    which = joined(phrases(asked, language).values())
    if tally is None:
        return _("Reports %(which)s") % {"which": which}
    if not tally.number and not tally.at_least:
        return _("No report %(which)s") % {"which": which}
    number = {"number": figure(tally.number, language), "which": which}
    if tally.at_least:
        return _("At least %(number)s reports %(which)s") % number
    return ngettext("%(number)s report %(which)s", "%(number)s reports %(which)s", tally.number) % number


def looked_through(asked: Asked, page: ListPage[Any], *, after: str, before: str, language: str) -> str:
    """How far the list was read before its page was full; "" where it was read as far as was needed."""
    if page.stopped_at is None or asked.selection is None:
        return ""
    what, value = asked.selection.conditions()[0]
    leading = [each for each in asked.given if each[0] == what and (each not in asked.found or asked.found[each].pk == value)]
    about = replace(asked, given=tuple(leading))
    said = {
        "number": figure(selections.WINDOW, language),
        "reports": sentence(about, language) if leading else _("Reports"),
        "day": dates.day(timezone.localtime(page.stopped_at, timezone.get_default_timezone()).date(), language),
    }
    if before:
        return _("%(reports)s: looked through %(number)s more, up to %(day)s.") % said
    if after:
        return _("%(reports)s: looked through %(number)s more, back to %(day)s.") % said
    return _("%(reports)s: looked through the newest %(number)s, back to %(day)s.") % said


def figure(number: int, language: str) -> str:
    """A number as the language writes it."""
    return dates.digits(format_decimal(number, locale=dates.locale_of(language)), language)
