"""The desk's pages are valid HTML, with one first heading, and each id stands once."""

from __future__ import annotations

import pytest

from articles.inquiries.actions import receive
from articles.workflow import actions, publication
from tests import factories
from tests.browser.desk import with_key
from tests.markup import flaws

pytestmark = pytest.mark.django_db


def test_the_desks_pages_are_valid_html(as_user, reporter, editor, second_editor, publisher, press_officer, administrator, auditor):
    contact, _key = with_key()
    receive({"message": "When?"}, topic="facts", language="en")
    draft, review = factories.draft(reporter), factories.in_review(reporter)
    changes = actions.request_changes(factories.in_review(reporter), by=editor, comment="Say <when>.")
    live = factories.live(reporter, editor, publisher)
    gone = factories.live(reporter, editor, publisher, headline="<b>Bold</b> & “quoted”")
    publication.withdraw(gone, by=publisher, reason="Asked by the family.")
    edits = [f"articles/report/{report.pk}/change/" for report in (draft, review, changes, live, gone)]
    pages = {
        reporter: ["", "articles/report/add/", "paste/", "articles/image/add/", edits[0]],
        editor: ["", "articles/report/", "articles/report/?q=valley", *edits, f"articles/report/{live.pk}/history/", "articles/image/",
                 "articles/tag/", "articles/tag/add/", "articles/byline/add/", "articles/region/1/change/", "accounts/2fa/", "accounts/logout/"],
        publisher: edits,
        press_officer: ["", "articles/mediainquiry/", f"articles/mediacontact/{contact.pk}/change/"],
        administrator: ["articles/user/", "articles/user/add/", f"articles/user/{editor.pk}/change/", "articles/siteidentity/1/change/"],
        auditor: ["articles/auditevent/", edits[3]],
    }  # fmt: skip
    found = []

    for person, paths in pages.items():
        client = as_user(person)
        for path in paths:
            answer = client.get(f"/desk/{path}")
            assert answer.status_code == 200, path
            found += flaws(answer, path)
    client = as_user(reporter)
    text = "10/18/2023 Nigeria (X) – Some text.\n\nMore.\n\nFor media interviews: [email protected]"
    found += flaws(client.post("/desk/paste/", {"text": text}), "paste, recognised")
    found += flaws(client.post("/desk/articles/report/add/", {"language": "en", "headline": "x" * 300, "tags": "none"}), "add, refused")
    found += flaws(client.get(f"/desk/articles/report/{draft.pk}/preview/"), "preview")

    assert found == []


def test_the_page_to_sign_in_is_valid_html(client):
    assert flaws(client.get("/desk/accounts/login/"), "login") == []
    assert flaws(client.post("/desk/accounts/login/", {"login": "x", "password": "y"}), "login, refused") == []
