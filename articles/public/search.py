"""Search for readers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.editions import addresses
from articles.editions.words import KINDS
from articles.public.pages import page_response, shell_of
from articles.public.request import ReaderRequest
from articles.search.facets import Facets, Narrowed
from articles.search.names import Names, names_for
from articles.search.query import Found
from articles.search.query import search as find
from articles.text.languages import direction, own_name

LONGEST = 400
ALL = "all"
LABELS = ("language", "region", "tag", "kind", "year")
_names: dict[str, tuple[int, Names]] = {}


@require_safe
def search(request: ReaderRequest) -> HttpResponse:
    """Words in headlines, standfirsts and texts; best first, narrowed by place, tag, kind, year and language."""
    language, path = request.language, addresses.search_path(request.language)
    q = asked_in(request)
    context: dict[str, Any] = {"heading": _("Search"), "q": q, "hidden": [], "chosen": [], "offers": [], "facets": [], "found": None}
    if q:
        names = names_of(request)
        narrowed, given = _narrowed(request, names)
        if narrowed is None:
            found = Found()
        else:
            found = find(q, language=language, after=request.GET.get("after", ""), narrowed=narrowed, names=names)
        context |= {
            "hidden": list(given.items()),
            "chosen": _chosen(path, q, given, names),
            "offers": _offers(q, names, language) if not request.GET.get("after") else [],
            "facets": _facets(found.facets, path, q, given),
            "found": found,
            "cards_html": "".join(hit.card_html for hit in found.hits),
            "more": {"path": _address(path, q, {**given, "after": found.after})} if found.after else None,
            "suggestions": [{"text": each.text, "path": _address(path, each.text, _spoken(given))} for each in found.suggestions],
            "alone": [{"text": word, "number": number, "path": _address(path, word, _spoken(given))} for word, number in found.alone],
            "everywhere": _address(path, q, {"language": ALL}) if given.get("language") != ALL and len(settings.LANGUAGES) > 1 else "",
            "anything": path if not given else _address(path, q, {}),
        }
    title = _("Search: %(words)s") % {"words": q} if q else _("Search")
    return page_response(
        request, title=title, template="public/search.html", context=context, section=path, canonical=path, indexed=not q,
        query=urlencode({"q": q, **dict(context["hidden"])}) if q else "",
    )  # fmt: skip


def asked_in(request: ReaderRequest) -> str:
    """What was typed, as one line of characters that can be seen."""
    spaced = (" " if char.isspace() else char for char in request.GET.get("q", "")[:LONGEST])
    return " ".join("".join(char for char in spaced if char.isprintable()).split())


def names_of(request: ReaderRequest) -> Names:
    """Regions, tags and bylines by their names; read once per stamp and process."""
    stamp = shell_of(request).stamp
    kept = _names.get(request.language)
    if kept is None or kept[0] != stamp:
        kept = _names[request.language] = (stamp, names_for(request.language))
    return kept[1]


def forget() -> None:
    """Drops what was read: for tests, which count the same stamp twice."""
    _names.clear()


def _narrowed(request: ReaderRequest, names: Names) -> tuple[Narrowed | None, dict[str, str]]:
    """By what the address narrows the search, and the parameters that do. None when a slug is used nowhere: nothing fits."""
    data = {name: request.GET.get(name, "")[:80].replace("\x00", "") for name in LABELS}
    codes = {code for code, _name in settings.LANGUAGES} | {ALL}
    spoken = data["language"] if data["language"] in codes and data["language"] != request.language else ""
    kind = data["kind"] if data["kind"] in KINDS else ""
    year = data["year"] if len(data["year"]) == 4 and data["year"].isascii() and data["year"].isdigit() else ""
    given = {"language": spoken, "region": data["region"], "tag": data["tag"], "kind": kind, "year": year}
    given = {name: value for name, value in given.items() if value}
    subjects = {what: names.by_slug(what, given[what]) for what in ("region", "tag") if what in given}
    if None in subjects.values():
        return None, given
    return Narrowed(kind=kind, year=int(year) if year else None, language=spoken, **subjects), given


def _address(path: str, q: str, given: dict[str, str]) -> str:
    return f"{path}?{urlencode({'q': q, **given})}"


def _spoken(given: dict[str, str]) -> dict[str, str]:
    return {"language": given["language"]} if "language" in given else {}


def _label(name: str) -> str:
    labels = {
        "language": _("Language"),
        "region": _("Region"),
        "tag": _("Tag"),
        "kind": _("Kind"),
        "year": _("Year"),
        "byline": _("Author"),
    }
    return labels[name]


def _chosen(path: str, q: str, given: dict[str, str], names: Names) -> list[dict[str, str]]:
    """What the search is narrowed by, each with the address that takes it away."""
    found = []
    for name, value in given.items():
        subject = names.by_slug(name, value) if name in ("region", "tag") else None
        rest = {each: text for each, text in given.items() if each != name}
        shown = _shown(name, value, subject.name if subject else "")
        found.append({"label": _label(name), "remove_path": _address(path, q, rest), **shown})
    return found


def _shown(name: str, value: str, text: str) -> dict[str, str]:
    """How a choice is written: a kind in the page's language, a language in its own."""
    if name == "language":
        return {"value": _("all languages")} if value == ALL else {"value": own_name(value), "lang": value, "dir": direction(value)}
    return {"value": str(KINDS[value]) if name == "kind" else text or value}


def _facets(facets: Facets, path: str, q: str, given: dict[str, str]) -> list[dict[str, Any]]:
    """The choices of each sort with the address that makes them."""
    found = []
    for name in LABELS:
        if choices := getattr(facets, name):
            rows = [
                {"path": _address(path, q, {**given, name: each.value}), "number": each.number, **_shown(name, each.value, each.name)}
                for each in choices
            ]
            found.append({"name": name, "label": _label(name), "choices": rows})
    return found


def _offers(q: str, names: Names, language: str) -> list[dict[str, str]]:
    """The pages of the places, tags and authors that were typed."""
    paths = {"region": addresses.region_path, "tag": addresses.tag_path, "byline": addresses.author_path}
    return [{"name": each.name, "what": _label(each.what), "path": paths[each.what](language, each.slug)} for each in names.offered(q)]
