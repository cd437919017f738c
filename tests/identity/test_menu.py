"""Menus and footers: in the order given, per language, within this site."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.audit.models import AuditEvent
from articles.identity.actions import change_menu
from articles.identity.models import MenuItem
from articles.people.machines import COMMAND_LINE, machine
from articles.stamp.number import current

pytestmark = pytest.mark.django_db


def items(*pairs):
    return [{"label": label, "path": path} for label, path in pairs]


def shown(path):
    """(path, label, language) of the links of the menu, and of those of the footer that the desk gave."""
    html = Client().get(path).text
    menu, footer = (
        html.partition('class="menu__list"')[2].partition("</nav>")[0],
        html.partition('aria-labelledby="foot-work"')[2].partition("</section>")[0],
    )
    find = re.compile(r'<li><a href="([^"]+)"(?: lang="(\w+)" dir="\w+")?(?: aria-current="page")?>([^<]*)</a>')
    return [found.groups() for found in find.finditer(menu)], [found.groups() for found in find.finditer(footer)][:-1]


def test_a_menu_is_replaced_whole_and_in_order():
    by, before = machine(COMMAND_LINE), current()
    change_menu("en", by=by, items=items(("Zeal & <b>", "/tags/?q=1&b=2"), ("About", "/about/"), ("Reports", "/reports/")))
    change_menu("en", by=by, items=items(("Ethics", "/ethics/")), place="footer")
    assert shown("/") == (
        [("/tags/?q=1&amp;b=2", None, "Zeal &amp; &lt;b&gt;"), ("/about/", None, "About"), ("/reports/", None, "Reports")],
        [("/ethics/", None, "Ethics")],
    )
    change_menu("en", by=by, items=items(("Reports", "/reports/")))
    assert shown("/regions/")[0] == [("/reports/", None, "Reports")]
    assert current() == before + 3
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", "target"))[-3:] == [
        ("change_menu", "menu:en"), ("change_menu", "footer:en"), ("change_menu", "menu:en"),
    ]  # fmt: skip


def test_an_empty_menu_is_that_of_the_main_language_and_says_so():
    by = machine(COMMAND_LINE)
    change_menu("en", by=by, items=items(("Reports", "/reports/")))
    change_menu("ar", by=by, items=[])
    change_menu("ar", by=by, items=items(("الأخلاقيات", "/ar/ethics/")), place="footer")
    assert shown("/ar/") == ([("/reports/", "en", "Reports")], [("/ar/ethics/", None, "الأخلاقيات")])


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "reports/", "", "/a b/", "/a\n", "/\t/evil",
        "/a\\b", "/a\x00", "/\u2028",
    ],
)  # fmt: skip
def test_a_path_that_is_not_of_this_site_is_refused_and_nothing_is_written(path):
    before = (list(MenuItem.objects.values_list()), current(), AuditEvent.objects.count())
    with pytest.raises(ValidationError):
        change_menu("en", by=machine(COMMAND_LINE), items=items(("Reports", "/reports/"), ("Elsewhere", path)))
    assert (list(MenuItem.objects.values_list()), current(), AuditEvent.objects.count()) == before
