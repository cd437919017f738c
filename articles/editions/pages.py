"""One public address: what it answers, in one statement: two would see two newsrooms when a report is published between them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from articles.identity.shell import ShellPieces, shell_for

READ = (
    "SELECT s.number, h.before_head, h.before_main, h.after_main, h.site_name, h.tagline,"
    ' e.head_html, e.main_html, e.listed, e.uuid, a.answer, a."to"'
    " FROM articles_stamp s JOIN articles_shell h ON h.language = %s"
    " LEFT JOIN articles_edition e ON e.path = %s LEFT JOIN articles_address a ON a.path = %s WHERE s.id = 1"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A live edition's page as it was drawn."""

    head_html: str
    main_html: str
    listed: bool
    uuid: UUID


@dataclass(frozen=True, slots=True)
class Once:
    """A path that was public: where its report moved to, or "" when it is gone."""

    to: str


def page_at(path: str, language: str) -> tuple[ShellPieces, Page | Once | None]:
    """The shell of the language, and what the path answers: the page that is live there, what was, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [language, path, path])
        row = cursor.fetchone()
    if row is None:  # the shell was never drawn
        shell_for(language)
        return page_at(path, language)
    *shell, head_html, main_html, listed, uuid, answer, to = row
    if head_html is not None:
        return ShellPieces(*shell), Page(head_html, main_html, listed, uuid if isinstance(uuid, UUID) else UUID(uuid))
    return ShellPieces(*shell), None if answer is None else Once(to)
