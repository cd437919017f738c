"""Two published texts as a page shows them: what was taken out and put in, and where only a link or the form of a word changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.text.comparison import (
    PUT_IN,
    REFORMED,
    SAME,
    TAKEN_OUT,
    Budget,
    Compared,
    Comparison,
    Run,
    compare,
    compare_html,
    compare_text,
)
from articles.text.passages import BREAK, Mark, lines_of, passages_of

LONGEST_COMPARED = 200_000
"""Characters of both texts; longer ones are shown as taken out and put in."""
MOST_STEPS = 300_000
"""About a sixth of a second for a page that anybody can ask for; beyond it whole paragraphs are told."""

FORMS: dict[str, str | Promise] = {
    "strong": gettext_lazy("Bold"), "b": gettext_lazy("Bold"), "em": gettext_lazy("Italic"), "i": gettext_lazy("Italic"),
    "sup": gettext_lazy("Raised"), "sub": gettext_lazy("Lowered"), "p": gettext_lazy("Paragraph"), "h2": gettext_lazy("Heading"),
    "h3": gettext_lazy("Smaller heading"), "ul": gettext_lazy("List"), "ol": gettext_lazy("Numbered list"),
    "blockquote": gettext_lazy("Quotation"), "hr": gettext_lazy("Line"),
}  # fmt: skip
KEPT = {"strong", "b", "em", "i", "sup", "sub", "cite", "q"}


@dataclass(frozen=True)
class Span:
    """A run of words as HTML: `how` is "" (the same), del, ins or form; what is said of it; whether a space stands before it."""

    how: str
    html: SafeString
    said: tuple[str, ...] = ()
    spaced: bool = True


@dataclass(frozen=True)
class Shown:
    """A paragraph: its kind, its own language and direction, what became of it as a whole, its runs."""

    kind: str
    lang: str
    dir: str
    said: tuple[str, ...]
    spans: tuple[Span, ...]


def texts_compared(old: str, new: str, *, budget: Budget) -> list[Shown]:
    """Two plain texts."""
    if len(old) + len(new) > LONGEST_COMPARED:
        return _whole(compare(lines_of(old), (), budget=Budget()), compare((), lines_of(new), budget=Budget()))
    return _whole(compare_text(old, new, budget=budget))


def bodies_compared(old: str, new: str, *, budget: Budget) -> list[Shown]:
    """Two bodies."""
    if len(old) + len(new) > LONGEST_COMPARED:
        return _whole(compare(passages_of(old), (), budget=Budget()), compare((), passages_of(new), budget=Budget()))
    return _whole(compare_html(old, new, budget=budget))


def _whole(*found: Comparison) -> list[Shown]:
    return [_shown(each) for comparison in found for each in comparison.passages]


def _shown(each: Compared) -> Shown:
    said = []
    if each.moved_within and each.before:
        said.append(_("%(before)s → %(after)s") % {"before": _kind(each.before.within), "after": _kind(each.passage.within)})
    if each.turned and each.before:
        old, new = (" ".join(value for _name, value in passage.attributes) or "–" for passage in (each.before, each.passage))
        said.append(_("language or direction: %(before)s → %(after)s") % {"before": old, "after": new})
    kind, attributes = each.passage.within[-1], dict(each.passage.attributes)
    spans = tuple(_span(run) for run in each.runs)
    if kind == "hr":
        how = each.how if each.how in (PUT_IN, TAKEN_OUT) else ""
        spans = (Span(how, format_html("— {} —", FORMS["hr"])),)
    return Shown(kind, attributes.get("lang", ""), attributes.get("dir", ""), tuple(said), spans)


def _span(run: Run) -> Span:
    html = format_html_join("", "{}", ((_marked(text, marks),) for text, marks in run.pieces))
    return Span("" if run.how == SAME else run.how, html, tuple(_said(run)) if run.how == REFORMED else (), run.spaced)


def _marked(text: str, marks: Iterable[Mark]) -> SafeString:
    lines = text.split(BREAK)
    html = format_html_join("", "{}{}", ((format_html("<{}>", "br") if number else "", line) for number, line in enumerate(lines)))
    for mark in reversed(tuple(marks)):
        if mark.tag in KEPT:
            html = format_html("<{0}>{1}</{0}>", mark.tag, html)
        elif mark.get("lang") or mark.get("dir"):
            html = format_html('<bdi lang="{}" dir="{}">{}</bdi>', mark.get("lang"), mark.get("dir") or "auto", html)
    return html


def _said(run: Run) -> list[str]:
    lost, gained = ([mark.get("href") for mark in marks if mark.tag == "a"] for marks in (run.lost, run.gained))
    said = []
    if lost and gained:
        said.append(_("link: %(before)s → %(after)s") % {"before": lost[0], "after": gained[0]})
    elif gained:
        said.append(_("link added: %(link)s") % {"link": gained[0]})
    elif lost:
        said.append(_("link removed: %(link)s") % {"link": lost[0]})
    said += [_("added: %(form)s") % {"form": _form(mark)} for mark in run.gained if mark.tag != "a"]
    said += [_("removed: %(form)s") % {"form": _form(mark)} for mark in run.lost if mark.tag != "a"]
    return said + ([_("space")] if run.respaced else [])


def _form(mark: Mark) -> str:
    """What a mark is called; one without a name by what it says."""
    return str(FORMS.get(mark.tag) or " ".join(value for _name, value in mark.attributes) or mark.tag)


def _kind(within: tuple[str, ...]) -> str:
    """Where a passage stands, the outermost first: “Quotation, List”."""
    return ", ".join(str(FORMS[tag]) for tag in [tag for tag in within if tag not in ("p", "li")] or ["p"])
