"""The pages of one report, beside its form: address, view, name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import path

from articles.admin.checks import checks_view
from articles.admin.comments import comments_view
from articles.admin.drafts import draft_view
from articles.admin.embargo_groups import group_view
from articles.admin.presence import presence_view
from articles.admin.preview import preview_view
from articles.admin.preview_links import links_view, revoke_view
from articles.admin.revisions import compare_view, restore_view, revision_view, revisions_view
from articles.admin.translations import brought_view, translations_view

PAGES: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("draft/", draft_view, "draft"),
    ("presence/", presence_view, "presence"),
    ("preview/", preview_view, "preview"),
    ("revisions/", revisions_view, "revisions"),
    ("revisions/compare/", compare_view, "compare"),
    ("checks/", checks_view, "checks"),
    ("comments/", comments_view, "comments"),
    ("translations/", translations_view, "translations"),
    ("translations/brought/", brought_view, "brought"),
    ("group/", group_view, "group"),
    ("links/", links_view, "links"),
    ("links/<int:number>/revoke/", revoke_view, "link_revoke"),
    ("revisions/<int:number>/", revision_view, "revision"),
    ("revisions/<int:number>/restore/", restore_view, "restore"),
)
"""(under the report's address, view(request, pk, …), name after `articles_report_`)"""


def report_urls(view: Callable[..., Any]) -> list[Any]:
    """Their patterns, each wrapped by the desk's `admin_view`."""
    return [path(f"<int:pk>/{route}", view(function), name=f"articles_report_{name}") for route, function, name in PAGES]
