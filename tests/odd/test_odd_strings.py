"""Odd inputs through every form and query string: an answer, never a 5xx, and never long to wait for."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.utils.http import urlencode as django_urlencode

from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.people.machines import COMMAND_LINE, machine
from articles.reports.models import Report
from articles.workflow.actions import create
from articles.workflow.refusals import Refused
from tests import factories
from tests.odd.strings import odd_strings

pytestmark = [pytest.mark.django_db, pytest.mark.long]
LONGEST_S = 2.0  # of processor time: with one client on a quiet machine that is what one waits
CERTIFICATE = Path("tests/contacts/certificates/valid.asc").read_text()


@pytest.fixture
def slowest(reporter, editor, publisher):
    """Asks, and fails on a 5xx or an answer that took too long; keeps the slowest."""
    factories.live(reporter, editor, publisher)
    times = {}

    def ask(method, address, *args, **kwargs):
        began = time.process_time()
        response = method(address, *args, **kwargs)
        times[address[:200]] = time.process_time() - began
        assert response.status_code < 500, (response.status_code, address[:300], args)
        assert times[address[:200]] < LONGEST_S, (address[:200], args)
        return response

    return ask


def test_query_strings_of_the_public_side(slowest):
    client = Client()
    names = {
        "/reports/": ("after", "before", "region", "tag", "author", "kind", "from", "to"),
        "/search/": ("q", "after"),
        "/press/": ("region", "language"),
        "/press/inquiry/": ("region", "report"),
        "/oembed": ("url", "format", "maxwidth"),
        "/regions/nigeria/": ("after", "before"),
        "/ar/search/": ("q",),
    }
    for text in odd_strings():
        for address, fields in names.items():
            query = django_urlencode({field: text[:1500].encode("utf-8", "replace").decode() for field in fields})
            slowest(client.get, f"{address}?{query}"[:12_000])


def test_paths_of_the_public_side(slowest):
    client = Client()
    for text in odd_strings():
        safe = quote(text[:300].encode("utf-8", "replace"))
        for shape in ("/{}", "/{}/", "/reports/2026/11/{}/", "/regions/{}/", "/tags/{}/", "/authors/{}/", "/media/{}", "/ar/{}/"):
            response = slowest(client.get, shape.format(safe))
            assert response.status_code in (200, 301, 302, 400, 404, 410), (shape, text[:50])


def test_the_inquiry_form(slowest):
    save_contact(MediaContact(), by=machine(COMMAND_LINE), name="Officer", certificate=CERTIFICATE)
    client = Client()
    fields = (
        "topic",
        "outlet",
        "name",
        "reach",
        "deadline_on",
        "deadline_time",
        "deadline_zone",
        "language",
        "region",
        "message",
        "report",
        "website",
        "token",
    )
    for text in odd_strings():
        body = urlencode(dict.fromkeys(fields, text[:5000]), errors="replace")
        slowest(client.post, "/press/inquiry/", body, content_type="application/x-www-form-urlencoded")


def test_texts_of_a_report_are_kept_or_refused_with_a_sentence(reporter):
    kept = 0
    for text in odd_strings():
        clean = text.encode("utf-8", "replace").decode()
        try:
            create(
                by=reporter,
                language="en",
                headline=clean,
                standfirst=clean,
                body=f"<p>{clean}</p>",
                dateline_place=clean,
                internal_note=clean,
            )
            kept += 1
        except Refused as refusal:
            assert str(refusal)
    assert kept == Report.objects.count() > 300
