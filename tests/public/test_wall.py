"""Nothing of what is not public reaches a reader: every address is crawled, under a guard on every statement."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve

from articles.editions.models import Edition
from articles.reports.models import Report
from articles.workflow import actions
from newsroom.urls import urlpatterns
from tests import factories, wall
from tests.public.canary import PLACES, crawl, fields, hide, said, sent, words_of

pytestmark = pytest.mark.django_db

NO_WORDS = {
    "Report.language", "Report.content_hash", "Report.live_hash", "Report.scheduled_hash",
    "Revision.content_hash", "Revision.previous", "Revision.digest", "SignOff.content_hash", "ApprovalRule.code", "Assurance.pictures_hash",
    "PreviewLink.token_hash", "ExtraSignOff.content_hash", "Presence.page", "StaffSession.mark", "StaffSession.device",
    "AuditHead.digest", "AuditHead.key", "AuditHead.signature",
    "Image.master", "Image.sha256", "Image.content_hash", "Rendition.name", "Rendition.format", "Rendition.file",
    "User.password", "User.code", "User.language", "User.languages", "User.username",
}  # fmt: skip
"""Columns of the desk that hold a code, a hash or a name made by us."""
OTHER_DOORS = ("AuditEvent.", "PurgePermit.", "Errand.", "Heartbeat.", "MediaInquiry.", "InquiryEvent.", "Correction.", "SpentToken.")
"""Tables that no act on a hidden report writes words into; their own rooms prove it."""


@pytest.fixture
def hidden(reporter, editor, publisher):
    return hide(reporter, editor, publisher)


def name_of(address):
    """The name of the URL that answers in the main language; "" of one that none answers: a page of what is not found leads to its folder."""
    try:
        return "" if address.startswith(("/es/", "/ar/")) else resolve(address.partition("?")[0]).url_name
    except Resolver404:
        return ""


def test_no_reader_finds_a_word_of_what_is_not_public(hidden):
    live, withdrawn = hidden
    seen = crawl(live)
    assert {response.status_code for address, response in seen.items() if not address.startswith("/api/v1/")} <= {200, 404}
    assert {response.status_code for address, response in seen.items() if address.startswith("/api/v1/")} == {200, 400, 404}
    assert {name_of(address) for address in seen} == {*PLACES, ""}
    assert len(seen) > 500
    assert [address for address, response in seen.items() if "canary" in said(response).lower()] == []
    assert [address for address, response in seen.items() if "Kenya" in said(response) and "/press/" not in address] == []
    for word in ("canarydraft", "canaryreview", "canaryscheduled", "canarywithdrawn", "canarychange", "canarybyline", "secret tag"):
        assert "<article" not in Client().get("/search/", {"q": word}).text, word
    gone = Client().get(withdrawn.path)
    assert (gone.status_code, "canary" in said(gone)) == (410, False)


def test_every_public_address_has_a_place_in_the_crawl():
    public = {each.name for each in urlpatterns if getattr(each, "name", None) and not each.name.startswith("desk")}
    assert public == PLACES.keys()


def test_the_canary_stands_in_every_field_that_takes_words(hidden):
    desk = words_of(wall.desk_tables())
    silent = {name for name, words in desk.items() if "canary" not in words and not name.startswith(OTHER_DOORS)}
    assert silent == NO_WORDS


def test_no_table_that_readers_are_served_from_holds_the_canary(hidden):
    public = words_of({model._meta.db_table for model in apps.get_models()} - wall.desk_tables())
    assert {name for name, words in public.items() if "canary" in words} == {"Tag.name", "TagName.name", "Byline.name", "Address.path"}
    words = "articles_searchwords" if connection.vendor == "sqlite" else "articles_searchentry"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {words}")
        rows = cursor.fetchall()
        cursor.execute("SELECT * FROM articles_searchword")
        vocabulary = cursor.fetchall()
    assert len(rows) == Edition.objects.count() == 1 and vocabulary
    assert "canary" not in str(rows) + str(vocabulary) and "yranac" not in str(vocabulary)


def test_the_tripwires_work(reporter, editor, publisher):
    """The crawl would find a live canary wherever readers are shown reports, and the guard each statement that it forbids."""
    live = factories.live(reporter, editor, publisher, **fields("live", reporter, 50))
    seen = crawl(live)
    told = {name_of(address) for address, response in seen.items() if "canary" in said(response)}
    assert told >= {
        "home",
        "reports",
        "year",
        "month",
        "report",
        "region",
        "tags",
        "tag",
        "author",
        "feed",
        "region_feed",
        "tag_feed",
        "author_feed",
        "kind_feed",
        "sitemap_part",
    }
    assert told >= {"api_reports", "api_report", "api_reports_csv", "api_reports_ndjson", "api_tags"}
    assert "<article" in Client().get("/search/", {"q": "canarylive"}).text
    assert any(response.headers["Content-Type"] == "image/jpeg" for response in seen.values())
    asked = {
        "/reports/ sends articles_report": Report.objects.first,
        "/reports/ sends COUNT(": Edition.objects.count,
        "/reports/ sends OFFSET": lambda: list(Edition.objects.all()[1:2]),
    }
    for sentence, ask in asked.items():
        with pytest.raises(wall.Crossing) as crossing:
            wall.Guard(lambda _request, ask=ask: HttpResponse(str(ask())))(RequestFactory().get("/reports/"))
        assert str(crossing.value).startswith(sentence)
    stream = wall.Guard(lambda _request: StreamingHttpResponse(str(report) for report in Report.objects.iterator()))
    with pytest.raises(wall.Crossing):
        b"".join(stream(RequestFactory().get("/api/v1/reports.csv")).streaming_content)
    assert wall.Guard(lambda _request: HttpResponse(str(Report.objects.count())))(RequestFactory().get("/desk/")).content == b"1"
    wall.crossings.clear()


def test_saving_a_draft_changes_no_byte_and_no_etag(hidden, reporter):
    live, _withdrawn = hidden
    skipped = ("/press/inquiry/", "/es/press/inquiry/", "/ar/press/inquiry/")  # its form has a token of its own each time
    before = {address: (sent(response), dict(response.headers)) for address, response in crawl(live).items()}
    actions.save(Report.objects.get(slug="canarydraft-slug"), by=reporter, headline="canary again")
    factories.draft(reporter, headline="canary anew")
    after = {address: (sent(response), dict(response.headers)) for address, response in crawl(live).items()}
    assert before.keys() == after.keys()
    assert [address for address in before if before[address] != after[address] and not address.startswith(skipped)] == []


def test_a_draft_answers_as_any_random_address(hidden):
    client, answers = Client(), set()
    for address in (
        "/reports/2026/11/no-such-report-anywhere/", "/reports/2026/03/canarydraft-slug/", "/reports/2026/11/canaryscheduled-slug/", "/canaryreview-slug/",
        "/tags/secret-tag/", "/authors/secret-author/", "/regions/kenya/", "/reports/1999/", "/media/x.jpg", "/media/" + "0" * 40 + ".jpg", "/no.such",
    ):  # fmt: skip
        for method in (client.get, client.head):
            response = method(address, headers={"If-None-Match": "*", "Range": "bytes=0-10"})
            answers.add((response.status_code, response.content if method == client.get else b"", str(sorted(response.headers.items()))))
    assert len(answers) == 2
    assert {status for status, _content, _headers in answers} == {404}
