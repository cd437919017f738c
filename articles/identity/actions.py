"""Changes to the site's identity: written, audited, drawn and counted in one transaction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.audit.chain import record
from articles.identity.models import MenuItem, SiteIdentity, SiteText
from articles.identity.shell import draw_shells
from articles.people.models import User
from articles.stamp.number import count_up
from articles.text.sanitise import is_safe_link

OWN_PATH = re.compile(r"\A/(?![/\\])[^\s\\\x00-\x1f\x7f]*\Z")
"""One slash, then neither a second one nor a backslash (browsers read both as another host), no space, no control character."""


def change_identity(
    *, by: User, organisation: str, short_name: str, founded: int | None, licence: str = "", licence_link: str = ""
) -> SiteIdentity:
    """Writes the organisation's name, short name, founding year, and the licence of its reports. Raises ValidationError."""
    identity = SiteIdentity.objects.filter(id=1).first() or SiteIdentity()
    identity.licence, identity.licence_link = licence.strip(), licence_link.strip()
    if identity.licence_link and not identity.licence_link.startswith("https://"):
        check_path(identity.licence_link, field="licence_link")
    if identity.licence_link and not (identity.licence and is_safe_link(identity.licence_link)):
        raise ValidationError({"licence_link": _("Name the licence, and write its whole address, such as https://example.org/licence.")})
    identity.organisation, identity.short_name, identity.founded = organisation.strip(), short_name.strip(), founded
    return _write(identity, by=by)


def change_text(
    language: str, *, by: User, name: str = "", short_name: str = "", tagline: str = "", footer: str = "", terms: str = ""
) -> SiteText:
    """Writes the site's words in one language. Raises ValidationError."""
    text = SiteText.objects.filter(language=language).first() or SiteText(language=language)
    text.name, text.short_name, text.tagline = name.strip(), short_name.strip(), tagline.strip()
    text.footer, text.terms = footer.strip(), terms.strip()
    return _write(text, by=by)


def change_menu(language: str, *, by: User, items: Sequence[Mapping[str, Any]], place: str = MenuItem.Place.MENU) -> None:
    """Replaces the menu (or footer) of one language: items of `label` and `path`, in order. Raises ValidationError."""
    fresh = [MenuItem(language=language, place=place, order=order, **item) for order, item in enumerate(items)]
    for item in fresh:
        item.full_clean()
        check_path(item.path)
    with transaction.atomic():
        MenuItem.objects.filter(language=language, place=place).delete()
        MenuItem.objects.bulk_create(fresh)
        record(by=by, verb="change_menu", target=f"{place}:{language}")
        draw_shells()
        count_up()


def check_path(path: str, *, field: str = "path") -> None:
    """Raises ValidationError unless the address is a path of this site."""
    if not OWN_PATH.match(path):
        raise ValidationError({field: _("Write a path of this site that begins with one slash, such as /reports/.")})


def _write(row: Any, *, by: User) -> Any:
    row.full_clean(validate_unique=False)
    with transaction.atomic():
        row.save()
        record(by=by, verb="change_identity", target=row)
        draw_shells()
        count_up()
    return row
