"""The words a reader sees for the codes that editions carry. The desk has its own list: the public side imports nothing of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

KINDS = {
    "news": _("News"),
    "report": _("Report"),
    "statement": _("Statement"),
    "urgent action": _("Urgent action"),
    "interview": _("Interview"),
    "opinion": _("Opinion"),
    "press release": _("Press release"),
    "explainer": _("Explainer"),
    "page": _("Page"),
    "profile": _("Profile"),
}
PLAIN_KINDS = frozenset({"page", "profile"})
"""Kinds without dateline, byline and place in lists."""

ROLES = {
    "author": "",
    "reporting": pgettext_lazy("credit", "reporting"),
    "photography": pgettext_lazy("credit", "photography"),
    "translation": pgettext_lazy("credit", "translation"),
    "editing": pgettext_lazy("credit", "editing"),
    "research": pgettext_lazy("credit", "research"),
}
CORRECTIONS = {
    "correction": _("Correction"),
    "clarification": _("Clarification"),
    "update": _("Update"),
    "apology": _("Apology"),
    "retraction": _("Retraction"),
}


def comma() -> str:
    """What stands between the parts of a list in the language of now: Arabic and Persian, Chinese and Burmese have their own."""
    return pgettext("between parts of a sentence", ", ")


def joined(parts: Iterable[str]) -> str:
    """Parts of a list or a sentence, one after the other; those that are empty are left out."""
    return comma().join(part for part in parts if part)
