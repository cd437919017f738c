"""Preview links: their page at the desk, and what people without an account get."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from articles.audit.models import AuditEvent
from articles.reports.models import Report
from articles.reports.preview_links import PreviewLink
from articles.workflow import actions, previews
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_link_is_made_at_the_desk_shown_once_opened_by_anybody_and_revoked(as_user, reporter):
    report = factories.draft(reporter, citations=[{"title": "A neighbour", "public": False}], internal_note="Call her at night")
    desk, at = as_user(reporter), f"/desk/articles/report/{report.pk}/links/"

    made = desk.post(at, {"label": "A lawyer", "hours": "48"})
    path = re.search(r'value="https?://[^/"]+(/desk/preview/[\w-]{22}/)"', made.text)[1]
    assert path not in desk.get(at).text and "A lawyer" in desk.get(at).text
    actions.save(report, by=reporter, headline="Changed afterwards")
    answer = Client().get(path)

    assert answer.status_code == 200 and answer.cookies == {}
    assert "Preview: this is not published." in answer.text and "Two families told to leave the valley" in answer.text
    assert not any(word in answer.text for word in ("Changed afterwards", "A neighbour", "Call her at night", "A lawyer"))
    assert {name: answer.headers[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")} == {
        "Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'") and "Vary" not in answer.headers
    Client().head(path)
    assert PreviewLink.objects.get().opens == 1

    assert desk.post(f"{at}{PreviewLink.objects.get().pk}/revoke/").status_code == 302
    assert Client().get(path).status_code == 404
    assert list(AuditEvent.objects.order_by("-seq").values_list("verb", flat=True)[:3]) == [
        "revoke_preview_link",
        "save",
        "make_preview_link",
    ]


def test_a_token_that_leads_nowhere_says_nothing_of_why(reporter, editor, publisher, django_assert_max_num_queries):
    report = factories.draft(reporter)
    _link, expired = previews.make(report, by=reporter, label="x", hours=1, at=report.created_at.replace(year=2020))
    link, revoked = previews.make(report, by=reporter, label="x", hours=1)
    previews.revoke(link, by=reporter)
    answers = [Client().get(f"/desk/preview/{token}/") for token in (expired, revoked, "A" * 22, "..%2F", "x/y", "é" * 22, "a" * 5000)]
    answers.append(Client().get("/desk/preview/"))

    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, str(answer.headers)) for answer in answers}) == 1
    assert answers[0].headers["Cache-Control"] == "no-store, private" and answers[0].cookies == {}
    assert PreviewLink.objects.filter(opens__gt=0).count() == 0


def test_what_is_refused_on_the_page_is_a_sentence_and_writes_nothing(as_user, reporter, second_reporter, auditor):
    report, other = factories.draft(reporter), factories.draft(second_reporter, headline="Another")
    link, _token = previews.make(other, by=second_reporter, label="x", hours=1)
    at = f"/desk/articles/report/{report.pk}/links/"
    before = list(PreviewLink.objects.values()), AuditEvent.objects.count(), Report.objects.count()

    assert as_user(reporter).post(at, {"label": "", "hours": "48"}).status_code == 400
    assert as_user(reporter).post(at, {"label": "A lawyer", "hours": "9999"}).status_code == 400
    assert as_user(reporter).post(f"{at}{link.pk}/revoke/").status_code == 404
    assert as_user(second_reporter).post(at, {"label": "A lawyer", "hours": "48"}).status_code == 404
    answer = as_user(auditor).post(at, {"label": "A lawyer", "hours": "48"})
    assert (answer.status_code, "Writers and editors of the report make its links." in answer.text) == (403, True)
    assert (list(PreviewLink.objects.values()), AuditEvent.objects.count(), Report.objects.count()) == before
