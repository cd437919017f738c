"""A newsroom without a name yet, with a menu that leads everywhere."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from articles.identity.models import MenuItem, SiteIdentity
from articles.identity.shell import draw_shells


def seed() -> None:
    """Makes identity and menus that are missing; draws the shells."""
    SiteIdentity.objects.get_or_create(id=1, defaults={"organisation": "Newsroom", "short_name": "Newsroom"})
    for language, _name in settings.LANGUAGES:
        if not MenuItem.objects.filter(language=language).exists():
            prefix = "/" if language == settings.MAIN_LANGUAGE else f"/{language}/"
            with translation.override(language):
                items = [(_("Reports"), "reports/"), (_("Regions"), "regions/"), (_("For journalists"), "press/"), (_("Search"), "search/")]
                MenuItem.objects.bulk_create(
                    MenuItem(language=language, label=label, path=f"{prefix}{rest}", order=order)
                    for order, (label, rest) in enumerate(items)
                )
    draw_shells()
