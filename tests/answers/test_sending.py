"""What every answer of the public doors carries, and how it is sent."""

from __future__ import annotations

import gzip
import time

import pytest
from django.test import RequestFactory, override_settings

from articles.answers import sending
from articles.answers.sending import PROTECTION, respond

BODY = b"<!doctype html>" + b"<p>They rang at six.</p>" * 100


def request(path: str = "/reports/", **headers: str):
    made = RequestFactory().get(path, **{f"HTTP_{name.upper()}": value for name, value in headers.items()})
    made.language = "en"
    return made


def test_an_answer_carries_the_headers_that_protect_a_reader():
    response = respond(request(), BODY)
    assert {name: response.headers[name] for name in PROTECTION} == PROTECTION
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Encoding"


def test_the_same_bytes_have_the_same_tag_and_others_another():
    assert respond(request(), BODY).headers["ETag"] == respond(request(), BODY).headers["ETag"]
    assert respond(request(), BODY).headers["ETag"] != respond(request(), BODY + b"!").headers["ETag"]


def test_compressed_bytes_are_the_same_at_any_time_and_have_their_own_tag():
    sending._kept.clear()
    first = respond(request(accept_encoding="gzip, br"), BODY)
    sending._kept.clear()
    time.sleep(1.1)  # gzip writes whole seconds, were it to write a time
    second = respond(request(accept_encoding="gzip"), BODY)
    assert first.content == second.content and gzip.decompress(first.content) == BODY
    assert first.headers["ETag"] == second.headers["ETag"] != respond(request(), BODY).headers["ETag"]
    assert first.headers["Content-Encoding"] == "gzip" and first.headers["Content-Length"] == str(len(first.content))


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0"])
def test_who_does_not_take_gzip_gets_plain_bytes(accepted):
    response = respond(request(accept_encoding=accepted), BODY)
    assert response.content == BODY and "Content-Encoding" not in response.headers


@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '{} , W/"x"'])
def test_a_known_tag_is_answered_304_without_body(coding, form):
    tag = respond(request(accept_encoding=coding), BODY).headers["ETag"]
    response = respond(request(accept_encoding=coding, if_none_match=form.format(tag)), BODY)
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == tag
    assert response.headers["Content-Security-Policy"] == PROTECTION["Content-Security-Policy"]
    assert "Content-Encoding" not in response.headers


def test_a_page_that_is_gone_is_never_304():
    tag = respond(request(), BODY, status=410).headers["ETag"]
    assert respond(request(if_none_match=tag), BODY, status=410).status_code == 410


def test_what_is_not_to_be_stored_is_neither_tagged_nor_compressed():
    response = respond(request(accept_encoding="gzip"), BODY, no_store=True)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content == BODY and "ETag" not in response.headers


def test_head_has_the_headers_of_get_and_no_body():
    asked = RequestFactory().head("/reports/")
    asked.language = "en"
    response, full = respond(asked, BODY), respond(request(), BODY)
    assert response.content == b""
    assert dict(response.headers) == dict(full.headers)


def test_the_onion_address_is_told_over_https_alone_without_the_query():
    secure = RequestFactory().get("/ar/reports/", {"q": "secret"}, secure=True)
    with override_settings(ONION_URL="http://example.onion"):
        assert respond(secure, BODY).headers["Onion-Location"] == "http://example.onion/ar/reports/"
        assert "Onion-Location" not in respond(request(), BODY).headers
    assert "Onion-Location" not in respond(secure, BODY).headers


def test_ready_bytes_are_kept_within_their_budget(monkeypatch, settings):
    settings.KEEP_PAGES = True
    sending._kept.clear()
    monkeypatch.setattr(sending, "_kept_bytes", 0)
    monkeypatch.setattr(sending, "MOST_KEPT", 300)
    for number in range(50):
        respond(request(accept_encoding="gzip"), BODY + str(number).encode())
    assert 0 < sum(map(len, sending._kept.values())) <= 300
    sending._kept.clear()
    monkeypatch.undo()
