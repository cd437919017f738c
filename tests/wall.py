"""Which tables the public side may name."""

from __future__ import annotations

from django.apps import apps

PUBLIC_ROOMS = {"editions", "taxonomy", "identity", "stamp", "contacts", "search"}
PUBLIC_MODELS = {"Byline"}
FORM_ROOMS = {"inquiries", "errands", "audit"}
"""What the inquiry's door writes."""


def desk_tables() -> set[str]:
    """The tables that no public page may read."""
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True) if not _is_public(model)}


def _is_public(model: type) -> bool:
    room = model.__module__.split(".")[1] if model.__module__.startswith("articles.") else ""
    owner = model._meta.auto_created or model  # type: ignore[attr-defined]  # a model
    return room in PUBLIC_ROOMS or owner.__name__ in PUBLIC_MODELS
