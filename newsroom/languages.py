"""The languages that a site is written in: from their codes to what Django's LANGUAGES wants."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    "ar": _("Arabic"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "ko": _("Korean"),
    "my": _("Burmese"),
    "zh-hans": _("Simplified Chinese"),
}
"""Those that come with a translated interface."""


def offered(codes: list[str], *, main: str) -> list[tuple[str, Promise | str]]:
    """(code, name) of each code, in its order, the main language first if it is not among them; codes are lower case, as in addresses.

    Raises ImproperlyConfigured with a sentence for a code that is no language of CLDR, and when there is none.
    """
    wanted = list(dict.fromkeys(code.strip().lower().replace("_", "-") for code in codes if code.strip()))
    if main not in wanted:
        wanted.insert(0, main)
    return [
        (code, NAMES[code] if code in NAMES else _own_name(code)) for code in wanted
    ]  # no truth asked of a lazy text: settings load first


def _own_name(code: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError) as error:
        raise ImproperlyConfigured(
            f"LANGUAGES names “{code}”, which is no language's code. Write codes with commas between, such as en,ar,zh-hans."
        ) from error
