"""The archive's filter form: drawn once per language and stamp; what a page has chosen is put into it at its places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.editions import addresses
from articles.editions.used import Used
from articles.editions.words import KINDS
from articles.public.filter_words import value_of
from articles.public.filters import ALL_LANGUAGES, LANGUAGES, Asked, used
from articles.public.pages import shell_of
from articles.public.request import ReaderRequest
from articles.text.languages import direction, own_name

PLACE = re.compile(r"<!--at:([^<>]*)-->")
OFTEN = 12
"""So many tags have a box of their own: those with the most reports lately. The others stand in a list."""


@dataclass(frozen=True)
class Form:
    """The form with nothing chosen, and the places in it where something can be: `region=asia` behind that option's value, `tag+` before more boxes."""

    html: str
    places: dict[str, int]

    def filled(self, insertions: dict[str, str]) -> str:
        """The form with texts put in at its places; for a place that it has not, nothing is."""
        there = sorted((self.places[name], text) for name, text in insertions.items() if name in self.places)
        pieces, done = [], 0
        for place, text in there:
            pieces += [self.html[done:place], text]
            done = place
        return "".join([*pieces, self.html[done:]])


_forms: dict[str, tuple[int, Form]] = {}


def forget() -> None:
    """Drops what was drawn: for tests, which count the same stamp twice."""
    _forms.clear()


def form_of(request: ReaderRequest) -> Form:
    """The form in the page's language, drawn once per stamp and process."""
    stamp, kept = shell_of(request).stamp, _forms.get(request.language)
    if kept is None or kept[0] != stamp:
        kept = _forms[request.language] = (stamp, _drawn(request))
    return kept[1]


def form_html(request: ReaderRequest, asked: Asked) -> str:
    """The form with what is chosen."""
    form = form_of(request)
    put: dict[str, str] = {"open": " open"} if asked.given or asked.wrong else {}
    more: dict[str, list[str]] = defaultdict(list)
    for name, text in asked.given:
        place = f"{name}={text}"
        if name in ("from", "to"):
            put[name] = format_html(' value="{}"', text)
        elif place in form.places:
            put[place] = " checked" if name in ("tag", "corrected") else " selected"
        else:
            label = value_of(asked, (name, text), request.language)
            more[f"{name}+"].append(
                _box(text, label) if name == "tag" else format_html('<option value="{}" selected>{}</option>', text, label)
            )
    for name, text in asked.wrong.items():
        put[name] = format_html(' value="{}" aria-invalid="true" aria-describedby="f-{}-wrong"', text, name)
        put[f"{name}!"] = format_html(
            '<p class="field__wrong" id="f-{}-wrong">{}</p>', name, _("“%(text)s” is no day: write it as 2024-03-31.") % {"text": text}
        )
    return form.filled(put | {name: "".join(texts) for name, texts in more.items()})


def _box(slug: str, name: str) -> str:
    return format_html('<label class="pick"><input type="checkbox" name="tag" value="{}" checked> {}</label>', slug, name)


def _drawn(request: ReaderRequest) -> Form:
    there = used(request)
    tags = [each for each in there if each.what == "tag"]
    often = sorted(tags, key=lambda tag: (-tag.rate, -tag.newest_at.timestamp()))[:OFTEN]
    kinds = {each.slug for each in there if each.what == "kind"}
    context = {
        "path": addresses.reports_path(request.language),
        "places": _places(each for each in there if each.what == "region"),
        "often": sorted(often, key=lambda tag: tags.index(tag)),
        "tags": [tag for tag in tags if tag not in often],
        "kinds": [{"slug": kind, "name": label} for kind, label in KINDS.items() if kind in kinds],
        "authors": [each for each in there if each.what == "author"],
        "own_language": own_name(request.language),
        "languages": [{"slug": code, "name": own_name(code), "dir": direction(code)} for code in LANGUAGES if code != request.language],
        "all": ALL_LANGUAGES,
    }
    pieces = PLACE.split(render_to_string("public/_filters.html", context))
    plain, names = pieces[::2], pieces[1::2]
    return Form("".join(plain), dict(zip(names, accumulate(map(len, plain)), strict=False)))


def _places(regions: Iterable[Used]) -> list[dict[str, Any]]:
    """Regions under their continents: the whole of it, the parts of it, then its countries, each by name."""
    groups: dict[str, list[Used]] = defaultdict(list)
    for region in regions:
        groups["/".join(region.path.split("/")[:3])].append(region)
    found: list[dict[str, Any]] = []
    for path, inside in groups.items():
        widest = [each for each in inside if each.path == f"{path}/"]
        countries = ("country", "territory", "admin1")
        rest = sorted((each for each in inside if each not in widest), key=lambda each: (each.kind in countries, each.name.casefold()))
        if rest and widest:
            whole = {"slug": widest[0].slug, "name": _("All of %(place)s") % {"place": widest[0].name}}
            found.append({"label": widest[0].name, "options": [whole, *rest]})
        else:
            found.append({"label": "", "options": [*widest, *rest]})
    return sorted(found, key=lambda group: (bool(group["label"]), group["label"].casefold()))
