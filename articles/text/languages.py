"""Facts of a language."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global


@lru_cache(maxsize=64)
def direction(code: str) -> str:
    """`rtl` or `ltr`, by CLDR."""
    try:
        return Locale.parse(code, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache(maxsize=64)
def own_name(code: str) -> str:
    """The language's name in itself: English, español, العربية."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


TERRITORIES = {"ar": "AR"}
"""Where Open Graph's list of locales says otherwise than CLDR."""


@lru_cache(maxsize=64)
def open_graph_locale(code: str) -> str:
    """The language with the territory that most of its readers live in, as `og:locale` wants it: `en_US`; "" when CLDR knows none."""
    language = code.replace("-", "_")
    known = get_global("likely_subtags").get(language) or get_global("likely_subtags").get(language.partition("_")[0], "")
    territory = TERRITORIES.get(code) or next((part for part in known.split("_")[1:] if len(part) == 2 and part.isupper()), "")
    return f"{language.partition('_')[0]}_{territory}" if territory else ""


COMMON = {
    "en": "the and of to in was were that with their has who for they from by have is been not are his it said",
    "es": "el la los las de que y en con una fue por para del se un su al lo más como han sus",
    "fr": "le la les des et que dans une pour avec est ont du au sur qui par il été aux son sa ce pas",
    "pt": "o os as de que e em com uma foi por para do da dos das não no na um ao mais seu são",
    "it": "il di che e gli della per una con del non sono nel alla più dei delle anche è si",
    "de": "der die und das den von zu mit ist des im nicht sich auf dem ein eine wurde auch sie",
    "nl": "de het een van en dat is niet met voor op zijn door aan werd te ook bij",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam pada akan oleh telah",
    "tr": "ve bir bu için ile olarak da de olan gibi daha sonra kadar",
}
"""Words that each language cannot do without."""
OTHER_ARABIC_SCRIPT = frozenset("پچژگکیڑٹڈںےھہۆێڕڵې")
"""Letters that Persian, Urdu, Kurdish and Pashto write and Arabic does not."""


def guess(text: str) -> str:
    """The language that the text is in, of those in COMMON and Arabic; `und` in another script, "" when its words do not show it."""
    text = text[:20_000]
    letters = [char for char in text if char.isalpha()]
    arabic = [char for char in letters if "\u0600" <= char <= "\u06ff"]
    if len(arabic) * 2 > len(letters):
        return "und" if sum(char in OTHER_ARABIC_SCRIPT for char in arabic) * 50 > len(arabic) else "ar"
    if sum(char < "\u0250" or "\u1e00" <= char < "\u1f00" for char in letters) * 2 < len(letters):
        return "und"
    words = re.findall(r"[^\W\d_]+", text.casefold())
    scores = sorted(((sum(word in common for word in words), code) for code, common in _common().items()), reverse=True)
    (best, code), (second, _other) = scores[:2]
    return code if best > second and best * 4 >= second * 5 and (best > 1 or not second) else ""


@lru_cache(maxsize=1)
def _common() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in COMMON.items()}
