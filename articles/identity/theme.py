"""The site's colours: chosen at the desk, checked for contrast, drawn as a stylesheet that goes behind the site's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.audit.chain import record
from articles.identity.contrast import HEX, LARGE, TEXT, mixed, ratio, readable, told
from articles.identity.models import Theme
from articles.identity.shell import draw_shells
from articles.people.models import User
from articles.stamp.number import count_up

SCHEMES = ("light", "dark")
TOKENS = ("paper", "ink", "accent", "link")
FIELDS = tuple(f"{scheme}_{token}" for scheme in SCHEMES for token in TOKENS)
Colours = Mapping[str, str]
NAMES = {
    "paper": gettext_lazy("Paper"),
    "ink": pgettext_lazy("colour of text", "Ink"),
    "accent": gettext_lazy("Accent"),
    "link": gettext_lazy("Link"),
}
SCHEME_NAMES = {"light": gettext_lazy("on light pages"), "dark": gettext_lazy("on dark pages")}
STALE = gettext_lazy("Somebody else changed the colours while you chose yours. Nothing of yours is saved: look at theirs, then save again.")


def house_colours() -> dict[str, str]:
    """The colours of the site's own stylesheet, by field: what a newsroom has that chose none."""
    text = Path(str(finders.find("css/tokens.css"))).read_text(encoding="utf-8")
    light, _sep, dark = text.partition("@media (prefers-color-scheme: dark)")
    found: dict[str, str] = {}
    for scheme, css in (("light", light), ("dark", dark)):
        own = dict(re.findall(r"--(paper|ink|needle):\s*(#[0-9a-f]{6})", css))
        found |= {
            f"{scheme}_paper": own["paper"],
            f"{scheme}_ink": own["ink"],
            f"{scheme}_accent": own["needle"],
            f"{scheme}_link": own["ink"],
        }
    return found


def colours() -> tuple[dict[str, str], str]:
    """The colours as they are, and the hash by which `change_theme` knows them: "" when they are the house's."""
    theme = Theme.objects.filter(id=1).first()
    return ({name: getattr(theme, name) for name in FIELDS}, theme.hash) if theme else (house_colours(), "")


def change_theme(chosen: Colours, *, by: User, instead_of: str) -> Theme | None:
    """Shows the site in these colours; None when they are those of the house. Raises ValidationError by field; then nothing is written."""
    check_colours(chosen)
    if {name: chosen[name] for name in FIELDS} == house_colours():
        reset_theme(by=by, instead_of=instead_of)
        return None
    css = stylesheet(chosen)
    theme = Theme(id=1, css=css, hash=hash_of(css), **{name: chosen[name] for name in FIELDS})
    with transaction.atomic():
        stands = _check_standing(instead_of) is not None
        theme.save(force_insert=not stands, force_update=stands)
        record(by=by, verb="change_theme", target=theme, facts={"hash": theme.hash})
        draw_shells()
        count_up()
    return theme


def reset_theme(*, by: User, instead_of: str) -> None:
    """Shows the site in the colours of the house again. Raises ValidationError when others were chosen meanwhile."""
    with transaction.atomic():
        theme = _check_standing(instead_of)
        if theme is None:
            return
        theme.delete()
        record(by=by, verb="reset_theme", target="theme")
        draw_shells()
        count_up()


def check_colours(chosen: Colours) -> None:
    """Raises ValidationError, by field, for what is no colour and for each pair of colours too close to each other."""
    wrong = {name: [_("Write a colour as # and six digits or letters up to f.")] for name in FIELDS if not HEX.match(chosen.get(name, ""))}
    if wrong:
        raise ValidationError(wrong)
    found: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        for token, sentence in _too_close(chosen, scheme):
            found.setdefault(f"{scheme}_{token}", []).append(sentence)
    if found:
        raise ValidationError(found)


def stylesheet(chosen: Colours) -> str:
    """The theme as CSS: the tokens of both schemes, and more contrast for who asks their system for it."""
    light, dark = _declared(chosen, "light"), _declared(chosen, "dark")
    return (
        f"@layer tokens{{:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        "@media (prefers-contrast:more){:root{--soft:var(--ink);--rule:var(--edge)}}}\n"
    )


def specimen(chosen: Colours) -> str:
    """The tokens of each scheme for one part of a page, `.in-light` and `.in-dark`: the desk shows them side by side."""
    return "".join(f".in-{scheme}{{color-scheme:{scheme};{_declared(chosen, scheme)}}}\n" for scheme in SCHEMES)


def hash_of(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:16]


def _declared(chosen: Colours, scheme: str) -> str:
    return ";".join(f"--{name}:{value}" for name, value in _tokens(chosen, scheme).items())


def _tokens(chosen: Colours, scheme: str) -> dict[str, str]:
    """All colours of a scheme: those chosen, and between paper and ink those that the pages need besides, each with contrast enough."""
    paper, ink, accent, link = (chosen[f"{scheme}_{token}"] for token in TOKENS)
    tint = _tint(paper, ink)
    return {
        "paper": paper,
        "tint": tint,
        "ink": ink,
        "soft": readable(paper, ink, TEXT, on=(paper, tint), begin=0.6),
        "rule": mixed(paper, ink, 0.22),
        "edge": readable(paper, ink, LARGE, on=(paper, tint), begin=0.4),
        "needle": accent,
        "plate": chosen["light_paper"] if scheme == "dark" else "transparent",
        **({} if link == ink else {"link": link}),
    }


def _tint(paper: str, ink: str) -> str:
    """The ground of what is marked."""
    return mixed(paper, ink, 0.05)


def _too_close(chosen: Colours, scheme: str) -> Iterator[tuple[str, str]]:
    """(token, sentence) for each pair that cannot be read."""
    paper, ink = chosen[f"{scheme}_paper"], chosen[f"{scheme}_ink"]
    grounds = {paper: _("paper"), _tint(paper, ink): _("the ground of marked passages")}
    for token in ("ink", "accent", "link"):
        colour = chosen[f"{scheme}_{token}"]
        for ground, name in grounds.items():
            if (found := ratio(colour, ground)) < TEXT:
                yield token, _(
                    "%(token)s (%(colour)s) and %(ground)s (%(other)s), %(scheme)s: their contrast is %(ratio)s, text needs 4.5:1."
                ) % {
                    "token": NAMES[token], "colour": colour, "ground": name, "other": ground, "scheme": SCHEME_NAMES[scheme], "ratio": told(found),
                }  # fmt: skip
                break


def _check_standing(instead_of: str) -> Theme | None:
    theme = Theme.objects.select_for_update().filter(id=1).first()
    if (theme.hash if theme else "") != instead_of:
        raise ValidationError(str(STALE))
    return theme
