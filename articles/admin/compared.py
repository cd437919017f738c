"""Two revisions of a report as the desk shows them side by side: field by field, row by row, and what was said of each word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.history import LABELS, NAMES, told_value
from articles.admin.report_forms import WORDS
from articles.people.models import Byline, User
from articles.reports.models import Citation, Report, ReportImage
from articles.reports.snapshot import all_citations
from articles.taxonomy.models import Region
from articles.text.comparison import REFORMED, SAME, Budget, Compared, Comparison, Run, aligned, compare_html, compare_text
from articles.text.passages import BREAK, Mark

FEW = 3  # so many unchanged passages in a row are shown; of more, the first and the last


@dataclass
class Span:
    """A run of words as HTML, what happened to it, and what is said of it."""

    how: str
    spaced: bool
    html: SafeString
    said: list[str]


@dataclass
class Shown:
    """A passage: its kind in the page's classes, what happened to it, in words, and its runs."""

    how: str
    kind: str
    dir: str
    lang: str
    said: list[str]
    spans: list[Span]


@dataclass
class Fold:
    """Passages in a row, folded when they are many and none of them changed."""

    folded: bool
    passages: list[Shown]


@dataclass
class Told:
    """A field that differs."""

    label: str
    folds: list[Fold]
    coarse: bool = False
    only_markup: bool = False


@dataclass
class Row:
    """A picture, tag, region, credit or source: put in, taken out, or changed in the facts told."""

    how: str
    title: str
    said: list[str] = field(default_factory=list)
    facts: list[Told] = field(default_factory=list)
    thumb: int | None = None


@dataclass
class Rows:
    label: str
    rows: list[Row]


@dataclass
class Differences:
    fields: list[Told]
    rows: list[Rows]

    def __bool__(self) -> bool:
        return bool(self.fields or self.rows)


def differences_of(old: dict[str, Any], new: dict[str, Any], *, thumbs: Collection[int] = ()) -> Differences:
    """Everything in which two readable contents differ; of the pictures in `thumbs` (their keys) the thumbnail is shown."""
    names = _Names(old, new, thumbs=thumbs)
    before, after = names.plain(old), names.plain(new)
    fields = [text_told(label, before[label], after[label]) for label in after if before[label] != after[label]]
    bodies = old["public"]["body"], new["public"]["body"]
    if bodies[0] != bodies[1]:
        fields.append(body_told(*bodies))
    rows = []
    for label, ordered, made in (
        (NAMES["pictures"], True, names.pictures),
        (NAMES["regions"], False, names.regions),
        (NAMES["tags"], False, names.tags),
        (NAMES["bylines"], True, names.credits),
        (NAMES["citations"], True, names.citations),
    ):
        if found := list(_rows(made(old), made(new), ordered=ordered)):
            rows.append(Rows(str(label), found))
    return Differences(fields, rows)


def changed_names(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The names of the fields in which two readable contents differ, in a word each."""
    parts = [{**each["desk"], **each["public"]} for each in (old, new)]
    kept = {name: (name,) for name in NAMES} | {
        "dateline": ("dateline", "dateline_place", "dateline_region"),
        "bylines": ("bylines", "credits"),
    }
    named = [(names, str(NAMES[name])) for name, names in kept.items()] + [(("assigned_to",), _("Assigned to"))]
    return [label for names, label in named if any(parts[0].get(name) != parts[1].get(name) for name in names)]


class _Names:
    """Reads contents as plain words, with the names of what they only number."""

    def __init__(self, *contents: dict[str, Any], thumbs: Collection[int]) -> None:
        self.thumbs = thumbs
        desks = [each["desk"] for each in contents]
        self.region_names = Region.objects.in_bulk([each["dateline_region"] for each in desks if each["dateline_region"]])
        self.people = User.objects.in_bulk([each["assigned_to"] for each in desks if each["assigned_to"]])
        self.bylines = Byline.objects.in_bulk([row["byline"] for each in desks for row in each["credits"]])

    def plain(self, content: dict[str, Any]) -> dict[str, str]:
        public, desk = content["public"], content["desk"]
        event, dateline, region = public["event"], public["dateline"], desk["dateline_region"]

        def label(name: str) -> str:
            return f"{NAMES['dateline']}: {Report._meta.get_field(name).verbose_name}"  # type: ignore[union-attr]  # a field of its own

        return {
            **{str(NAMES[name]): told_value(public[name], name) for name in ("headline", "standfirst", "slug", "kind", "language")},
            label("dateline_on"): told_value(dateline["on"]),
            label("dateline_mode"): told_value(dateline["mode"], "mode"),
            label("dateline_place"): desk["dateline_place"],
            label("dateline_region"): str(self.region_names.get(region, region)) if region else "",
            label("dateline_source"): desk["dateline_source"],
            str(NAMES["byline_mode"]): told_value(public["byline_mode"], "byline_mode"),
            str(NAMES["event"]): told_value(event) if event["on"] else "",
            str(NAMES["contact"]): told_value(public["contact"]),
            str(NAMES["call_to_action"]): "\n".join(filter(None, public["call_to_action"].values())),
            str(NAMES["backstory"]): public.get("backstory", ""),
            **{
                str(NAMES[name]): told_value(desk[name], name)
                for name in ("severity", "makes_allegation", "internal_note", "embargo_until", "expire_at", "due_at")
            },
            str(_("Assigned to")): str(self.people.get(desk["assigned_to"], desk["assigned_to"] or "")),
        }

    def pictures(self, content: dict[str, Any]) -> list[_Row]:
        facts = ("alt", "caption", "decorative", "lead")
        return [
            _Row(
                row["image"],
                _("Picture %(number)d") % {"number": row["image"]},
                {**_facts(ReportImage, row, facts), _("Credit"): row["credit"]},
                row["image"] if row["image"] in self.thumbs else None,
            )
            for row in content["public"]["pictures"]
        ]

    def regions(self, content: dict[str, Any]) -> list[_Row]:
        return [_Row(row["id"], row["name"], {_("main"): told_value(row["primary"])}) for row in content["public"]["regions"]]

    def tags(self, content: dict[str, Any]) -> list[_Row]:
        return [_Row(row["id"], row["name"], {}) for row in content["public"]["tags"]]

    def credits(self, content: dict[str, Any]) -> list[_Row]:
        names = {row["id"]: row["name"] for row in content["public"]["bylines"]}
        return [
            _Row(
                (row["byline"], row["role"]),
                f"{names.get(row['byline']) or self.bylines.get(row['byline'], row['byline'])} ({LABELS['role'].get(row['role'], row['role'])})",
                {_("shown to readers"): told_value(row["shown"])},
            )
            for row in content["desk"]["credits"]
        ]

    def citations(self, content: dict[str, Any]) -> list[_Row]:
        rows, seen = [], set()
        for row in all_citations(content):
            key = row["address"] or row["title"]
            while key in seen:
                key += " "
            seen.add(key)
            rows.append(_Row(key, row["title"], _facts(Citation, row, row.keys())))
        return rows


@dataclass
class _Row:
    key: object
    title: str
    facts: dict[str, str]
    thumb: int | None = None


def _facts(model: Any, row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {capfirst(str(model._meta.get_field(name).verbose_name)): told_value(row[name], name) for name in names}


def _rows(old: list[_Row], new: list[_Row], *, ordered: bool) -> Iterator[Row]:
    """Rows that came, went or changed. One moved if it does not stand in the longest order that both share."""
    before, after = {row.key: row for row in old}, {row.key: row for row in new}
    kept = [[row.key for row in rows if row.key in before and row.key in after] for rows in (old, new)]
    still = {kept[1][b + place] for _a, b, length in aligned(*kept, budget=Budget()) for place in range(length)}
    for row in old:
        if row.key not in after:
            yield Row("del", row.title, thumb=row.thumb)
    for place, row in enumerate(new, start=1):
        was = before.get(row.key)
        if was is None:
            facts = [text_told(label, text, text) for label, text in row.facts.items() if text and text != row.title]
            yield Row("ins", row.title, facts=facts, thumb=row.thumb)
            continue
        facts = [text_told(label, was.facts[label], text) for label, text in row.facts.items() if was.facts[label] != text]
        said = [_("moved to place %(place)d") % {"place": place}] if ordered and row.key not in still else []
        if was.title != row.title and not facts:
            facts = [text_told(_("Name"), was.title, row.title)]
        if facts or said:
            yield Row("changed", row.title, said, facts, row.thumb)


def text_told(label: str, old: str, new: str) -> Told:
    """Two plain texts compared, line by line."""
    found = compare_text(old, new)
    return Told(label, _folds(found), found.coarse)


def body_told(old: str, new: str) -> Told:
    """Two bodies compared."""
    found = compare_html(old, new)
    return Told(str(NAMES["body"]), _folds(found), found.coarse, only_markup=not found.differs)


def _folds(found: Comparison) -> list[Fold]:
    folds: list[Fold] = []
    row: list[Compared] = []
    for each in [*found.passages, None]:
        if each and each.how == SAME:
            row.append(each)
            continue
        if len(row) > FEW:
            folds += [Fold(False, [_shown(row[0])]), Fold(True, [_shown(same) for same in row[1:-1]]), Fold(False, [_shown(row[-1])])]
        elif row:
            folds.append(Fold(False, [_shown(same) for same in row]))
        row = []
        if each:
            folds.append(Fold(False, [_shown(each)]))
    return folds


def _shown(each: Compared) -> Shown:
    attributes = dict(each.passage.attributes)
    said = []
    if each.moved_within and each.before:
        said.append(_("%(before)s → %(after)s") % {"before": _kind(each.before.within), "after": _kind(each.passage.within)})
    if each.turned and each.before:
        old, new = (" ".join(value for _name, value in each_.attributes) or "–" for each_ in (each.before, each.passage))
        said.append(_("language or direction: %(before)s → %(after)s") % {"before": old, "after": new})
    spans = [_span(run) for run in each.runs]
    return Shown(each.how, each.passage.within[-1], attributes.get("dir", ""), attributes.get("lang", ""), said, spans)


def _kind(within: tuple[str, ...]) -> str:
    """Where a passage stands, the outermost first: “Quotation, List”."""
    tags = [tag for tag in within if tag not in ("p", "li")] or ["p"]
    return ", ".join(str(WORDS[NAMED[tag]]) for tag in tags)


NAMED = {
    "p": "paragraph", "h2": "heading2", "h3": "heading3", "ul": "bulletList", "ol": "orderedList", "blockquote": "blockquote",
    "hr": "horizontalRule", "strong": "bold", "b": "bold", "em": "italic", "i": "italic", "sup": "superscript", "sub": "subscript",
}  # fmt: skip
KEPT = {"strong", "b", "em", "i", "sup", "sub", "cite", "q"}


def _span(run: Run) -> Span:
    html = format_html_join("", "{}", ((_marked(text, marks),) for text, marks in run.pieces))
    return Span(run.how, run.spaced, html, _said(run) if run.how == REFORMED else [])


def _marked(text: str, marks: tuple[Mark, ...]) -> SafeString:
    lines = text.split(BREAK)
    html = format_html_join("", "{}{}", ((format_html("<{}>", "br") if number else "", line) for number, line in enumerate(lines)))
    for mark in reversed(marks):
        if mark.tag in KEPT:
            html = format_html("<{0}>{1}</{0}>", mark.tag, html)
        elif mark.tag == "a":
            html = format_html('<span class="linked">{}</span>', html)
        elif mark.get("lang") or mark.get("dir"):
            html = format_html('<bdi lang="{}" dir="{}">{}</bdi>', mark.get("lang"), mark.get("dir") or "auto", html)
    return html


def _said(run: Run) -> list[str]:
    links = [[mark.get("href") for mark in marks if mark.tag == "a"] for marks in (run.lost, run.gained)]
    said = []
    if links[0] and links[1]:
        said.append(_("link: %(before)s → %(after)s") % {"before": links[0][0], "after": links[1][0]})
    elif links[1]:
        said.append(_("link added: %(link)s") % {"link": links[1][0]})
    elif links[0]:
        said.append(_("link removed: %(link)s") % {"link": links[0][0]})
    said += [_("added: %(form)s") % {"form": _form(mark)} for mark in run.gained if mark.tag != "a"]
    said += [_("removed: %(form)s") % {"form": _form(mark)} for mark in run.lost if mark.tag != "a"]
    return said + ([_("space")] if run.respaced else [])


def _form(mark: Mark) -> str:
    """What a mark is called: “bold”; those without a name by their element and what it says."""
    if mark.tag in NAMED:
        return str(WORDS[NAMED[mark.tag]]).lower() + (" (b)" if mark.tag == "b" else " (i)" if mark.tag == "i" else "")
    return " ".join((f"<{mark.tag}>", *(value for _name, value in mark.attributes)))
