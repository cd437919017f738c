"""Which tables the public side may name."""

from __future__ import annotations

import re

from django.apps import apps

PUBLIC_ROOMS = {"editions", "taxonomy", "identity", "stamp", "contacts", "search"}
PUBLIC_MODELS = {"Byline"}
FORM_ROOMS = {"inquiries", "errands", "audit"}
"""What the inquiry's door writes."""


def desk_tables(*, at_the_form: bool = False) -> set[str]:
    """The tables that no public page may read; the inquiry's form writes some of them."""
    rooms = PUBLIC_ROOMS | (FORM_ROOMS if at_the_form else set())
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if not _is_public(model, rooms)}


def naming_the_desk(*, at_the_form: bool = False) -> re.Pattern[str]:
    """Finds the name of a desk's table in a statement."""
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(desk_tables(at_the_form=at_the_form)))) + r")\b")


def _is_public(model: type, rooms: set[str]) -> bool:
    room = model.__module__.split(".")[1] if model.__module__.startswith("articles.") else ""
    owner = model._meta.auto_created or model  # type: ignore[attr-defined]  # a model
    return room in rooms or owner.__name__ in PUBLIC_MODELS
