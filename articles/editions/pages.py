"""One public address: what it answers. The report's page is one statement; what is not live asks the register."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from articles.editions.models import Address

READ = "SELECT head_html, main_html, listed FROM articles_edition WHERE path = %s"


@dataclass(frozen=True, slots=True)
class Page:
    """A live edition's page as it was drawn."""

    head_html: str
    main_html: str
    listed: bool


def page_at(path: str) -> Page | None:
    """The page that is live at the path."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [path])
        row = cursor.fetchone()
    return Page(*row) if row else None


def once_at(path: str) -> Address | None:
    """The register's entry of a path that was public once: moved, or gone."""
    return Address.objects.filter(path=path).exclude(answer=Address.Answer.LIVE).first()
