"""Which page says how the newsroom works: named at the desk for each language, shown to machines while the page is public."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from articles.audit.chain import record
from articles.identity.models import PolicyPage
from articles.identity.shell import draw_shells
from articles.people.models import User
from articles.stamp.number import count_up


def change_policies(language: str, *, by: User, pages: Mapping[str, tuple[UUID, str]]) -> None:
    """Puts the given pages, each a report's uuid and path by its policy, in place of those that the language has."""
    with transaction.atomic():
        PolicyPage.objects.filter(language=language).delete()
        PolicyPage.objects.bulk_create(
            PolicyPage(language=language, policy=policy, report_uuid=uuid, path=path) for policy, (uuid, path) in sorted(pages.items())
        )
        record(by=by, verb="change_policies", target=f"site-text:{language}")
        draw_shells()
        count_up()


def page_stands_at(uuid: UUID, path: str) -> None:
    """Within an act on a page: it is public at that path, or no more when there is none. The act counts the stamp."""
    if PolicyPage.objects.filter(report_uuid=uuid).exclude(path=path).update(path=path):
        draw_shells()
