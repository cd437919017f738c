"""What a hostile client tries on public addresses: methods, headers, odd paths, broken parts. Every answer is protected."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from articles.answers.sending import PROTECTION
from articles.errands.queue import beat
from articles.images.actions import add
from articles.public.reports import not_found
from articles.workflow import actions, publication
from tests import factories
from tests.public.canary import PLACES, photograph, sent

pytestmark = pytest.mark.django_db
SINGLE = (
    "/desk/",
    "/static/css/site.css",
    "/media/x.jpg",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/healthz",
    "/readyz",
    "/api/v1/",
    "/api/v1/reports/",
    "/api/v1/reports.csv",
)

VARIANTS = (
    "/%2freports/", "/reports//", "/REPORTS/", "/reports/;x", "/en/reports/", "/reports/2026/3/", "/reports/02026/", "/reports/٢٠٢٦/",
    "/./reports/", "/reports/%00/", "/media/%00.jpg", "/regions/nigeria%20/", "/tags/%ff/",
)  # fmt: skip


def fails(_request):
    raise ValueError("no reader may read this")


urlpatterns = [path("fails/", fails), path("api/v1/fails/", fails), path("fine/", lambda request: HttpResponse("fine"))]
handler404 = not_found
handler500 = "articles.public.machines.broken"


@pytest.fixture
def report(reporter, editor, publisher):
    image = add(photograph(60), by=reporter)
    return factories.live(reporter, editor, publisher, images=[{"image": image, "alt": "A valley", "lead": True}])


def media_of(report):
    return "/media/" + Client().get(report.path).text.partition("/media/")[2].partition('"')[0]


def unprotected(response):
    """The headers in which an answer differs from what protects a reader."""
    return {name: response.headers.get(name) for name, value in PROTECTION.items() if response.headers.get(name) != value}


def test_every_sort_of_answer_is_protected(report, reporter, editor, publisher):
    client = Client(raise_request_exception=False)
    withdrawn = factories.live(reporter, editor, publisher, headline="Another")
    publication.withdraw(withdrawn, by=publisher, reason="Asked by the family.")
    old, renamed = report.path, "two-families-must-leave"
    actions.approve(actions.submit(actions.save(report, by=reporter, slug=renamed), by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="silent")
    answers = {
        200: client.get("/reports/"), 301: client.get(old), 304: client.get("/", headers={"If-None-Match": client.get("/").headers["ETag"]}),
        400: client.get("/reports/?" + "a&" * 3000), 404: client.get("/nothing/"), 405: client.post("/reports/"), 410: client.get(withdrawn.path),
    }  # fmt: skip
    with override_settings(ROOT_URLCONF=__name__):
        answers[500] = client.get("/fails/")
        answers["program"] = client.get("/api/v1/fails/")
        answers["file"] = client.get("/static/css/base.css")
        answers["view of no care"] = client.get("/fine/")
    answers["feed"], answers["map"], answers["probe"] = client.get("/feed.rss"), client.get("/sitemap.xml"), client.get("/healthz")
    assert {name: answer.status_code for name, answer in answers.items() if isinstance(name, int)} == {
        code: code for code in answers if isinstance(code, int)
    }
    assert {name: unprotected(answer) for name, answer in answers.items() if unprotected(answer)} == {}
    program = answers["program"]
    assert (program.status_code, program.headers["Content-Type"], program.json()["status"]) == (500, "application/problem+json", 500)
    assert [name for name, answer in answers.items() if answer.cookies or "Cookie" in answer.headers.get("Vary", "")] == []
    assert {name for name in (410, 500, "probe") if answers[name].headers["Cache-Control"] == "no-store"} == {410, 500, "probe"}


def test_a_picture_is_protected_and_shut_in_a_sandbox(report):
    answer = Client().get(media_of(report))
    assert answer.status_code == 200
    assert unprotected(answer) == {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",  # programs that read feeds in a browser show it
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_no_other_method_is_answered(report, method):
    beat("clock")
    taken = [
        each.format(live=report.path, year=2026, month="11")
        for name, places in PLACES.items()
        if name == "api_page" or not name.startswith(("inquiry", "api_"))
        for each in places
    ]
    answers = {address: getattr(Client(), method)(address) for address in taken}
    assert {address for address, answer in answers.items() if answer.status_code != 405} == set()
    assert {answer.headers["Allow"] for answer in answers.values()} == {"GET, HEAD"}
    assert {answer.content for answer in answers.values()} == {b""}


def test_head_is_get_without_a_body_everywhere(report):
    beat("clock")
    for name, places in PLACES.items():
        for address in places:
            address = address.format(live=report.path, uuid=report.uuid, year=2026, month="11")
            got, head = Client().get(address), Client().head(address)
            sent(got)
            assert head.content == b"" and head.status_code == got.status_code, address
            assert name == "inquiry" or dict(head.headers) == dict(got.headers), address


def test_every_reader_gets_the_same_bytes(report, editor, as_user):
    claims = {
        "Accept-Language": "ar", "Authorization": "Basic YTpi", "Cookie": "desk=1; django_language=ar", "User-Agent": "x", "Referer": "https://evil.example/",
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil", "X-Original-URL": "/desk/",
        "X-Rewrite-URL": "/desk/", "X-HTTP-Method-Override": "DELETE", "Forwarded": "host=evil.example", "Host": "evil.example", "Range": "bytes=0-9",
        "If-Modified-Since": "Wed, 25 Nov 2099 07:00:00 GMT", "Content-Type": "application/json", "X-Forwarded-For": "203.0.113.7",
    }  # fmt: skip
    for address in (
        "/",
        "/reports/?region=nigeria",
        report.path,
        "/feed.atom",
        "/api/v1/reports/",
        f"/api/v1/reports/{report.uuid}/",
        "/sitemap.xml",
        "/nothing/",
        "/search/?q=valley",
        "/ar/",
        media_of(report),
    ):
        plain = Client().get(address)
        others = [Client().get(address, headers={name: value}) for name, value in claims.items()] + [as_user(editor).get(address)]
        assert {(answer.status_code, answer.content, str(dict(answer.headers))) for answer in others} == {
            (plain.status_code, plain.content, str(dict(plain.headers)))
        }, address


def test_what_has_one_address_has_none_behind_a_prefix(report):
    for language in ("es", "ar"):
        wanted = Client().get(f"/{language}/nothing/").content
        for address in (*SINGLE, media_of(report), "/es/reports/", "/reports/../desk/", "//desk/", "/Reports/"):
            answer = Client().get(f"/{language}{address}")
            assert (answer.status_code, answer.content == wanted) == (404, True), address


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_address_has_one_form(report, variant):
    assert Client().get(variant).status_code == 404


@pytest.mark.parametrize(
    ("typed", "to"),
    [("/reports", "/reports/"), ("/ar/press", "/ar/press/"), ("/reports/2026/11/x?a=b", "/reports/2026/11/x/?a=b"), ("/desk", "/desk/")],
)
def test_who_forgets_the_last_slash_is_led_on(db, typed, to):
    answer = Client().get(typed)
    assert (answer.status_code, answer.headers["Location"], unprotected(answer)) == (301, to, {})


@pytest.mark.parametrize(
    "typed",
    ["/%2fevil.example/x", "/\\evil.example", "/x.y", "/feed.xml", "/%2fevil.example", "/%2f%2fevil.example", "/%2fevil.example%2f.."],
)
def test_nobody_is_led_off_the_site(db, typed):
    answer = Client().get(typed)
    assert answer.status_code == 404 or re.match(r"/[^/\\]", answer.headers["Location"])


def test_a_database_that_does_not_answer_is_a_plain_page_and_no_detail(report):
    def down(*_anything):
        raise OperationalError("connection to 10.0.0.7 failed for user newsroom")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(down):
        pages = [client.get(address) for address in ("/", report.path, "/nothing/", "/feed.rss", "/ar/reports/")]
        ready, alive = client.get("/readyz"), client.get("/healthz")
    assert {(page.status_code, "10.0.0.7" in page.text, str(unprotected(page))) for page in pages} == {(500, False, "{}")}
    assert "Something broke here" in pages[0].text and "حدث خلل" in pages[0].text
    assert (ready.status_code, ready.content, alive.status_code) == (503, b"the database does not answer\n", 200)
