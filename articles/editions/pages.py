"""One public address: what it answers. The report's page is one statement; what is not live asks the register."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from articles.editions.models import Address
from articles.identity.shell import ShellPieces, shell_for

READ = (
    "SELECT s.number, h.before_head, h.before_main, h.after_main, h.site_name, e.head_html, e.main_html, e.listed"
    " FROM articles_stamp s JOIN articles_shell h ON h.language = %s LEFT JOIN articles_edition e ON e.path = %s WHERE s.id = 1"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A live edition's page as it was drawn."""

    head_html: str
    main_html: str
    listed: bool


def page_at(path: str, language: str) -> tuple[ShellPieces, Page | None]:
    """The shell of the language, and the page that is live at the path: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [language, path])
        row = cursor.fetchone()
    if row is None:  # the shell was never drawn
        shell_for(language)
        return page_at(path, language)
    *shell, head_html, main_html, listed = row
    return ShellPieces(*shell), None if head_html is None else Page(head_html, main_html, listed)


def once_at(path: str) -> Address | None:
    """The register's entry of a path that was public once: moved, or gone."""
    return Address.objects.filter(path=path).exclude(answer=Address.Answer.LIVE).first()
