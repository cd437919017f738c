"""No rule of WCAG 2.2 AA is broken and nothing scrolls sideways: a few pages of each side. The whole matrix is in test_accessibility_matrix.py."""

from __future__ import annotations

import pytest

from articles.inquiries.actions import receive
from tests import factories
from tests.browser import axe
from tests.browser.desk import with_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FEW = [(1280, "light"), (320, "dark")]


def test_axe_and_the_ruler_find_what_is_wrong(window, watch):
    page = window(bypass_csp=True)
    page.goto("/search/")
    assert axe.survey(page, "search", screens=FEW) == []

    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('h1').setAttribute('style', 'color: #ccc')")
    page.evaluate("document.querySelector('footer').setAttribute('style', 'inline-size: 40rem')")

    found = axe.survey(page, "search", screens=[(320, "light")])
    assert [line.split(": ")[1] for line in found[:3]] == ["color-contrast", "label", "640 px of 320"]


def test_a_few_public_pages_are_accessible(window, watch, reporter, editor, publisher):
    with_key()
    english = factories.live(reporter, editor, publisher)
    arabic = factories.live(reporter, editor, publisher, language="ar", headline="عائلتان تُجبران على الرحيل", dateline_place="")
    page = window(bypass_csp=True)
    watch.expected.add((400, "/press/inquiry/"))
    found = []

    for path in ("/", "/reports/?kind=news", english.path, arabic.path):
        page.goto(path)
        found += axe.survey(page, path, screens=FEW)
    page.goto("/press/inquiry/")
    page.get_by_role("button", name="Send the inquiry").click()
    page.get_by_role("alert").wait_for()
    found += axe.survey(page, "the inquiry with errors", screens=FEW)

    assert found == []


def test_a_few_pages_of_the_desk_are_accessible(window, watch, reporter, editor, press_officer):
    with_key()
    report = factories.in_review(reporter)
    receive({"message": "When?"}, topic="facts", language="en")
    found = []

    for person, paths in {
        None: ["/desk/accounts/login/"],
        editor: ["/desk/", "/desk/articles/report/", f"/desk/articles/report/{report.pk}/change/"],
        press_officer: ["/desk/articles/mediainquiry/"],
    }.items():
        page = window(person=person, bypass_csp=True)
        for path in paths:
            page.goto(path)
            found += axe.survey(page, path, screens=FEW)

    assert found == []
