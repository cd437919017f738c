"""The page that explains the API: its examples answer as it says."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from tests.api.reports import full

SITE = "http://testserver"
pytestmark = pytest.mark.django_db


def test_each_example_to_copy_is_answered(reporter, editor, publisher):
    full(reporter, editor, publisher)
    page = html.unescape(Client().get("/api/").content.decode())
    found = re.findall(r"'(" + re.escape(SITE) + r"/api/[^']*)'", page)
    assert len(found) == 6
    for address in found:
        answer = Client().get(address.removeprefix(SITE))
        assert answer.status_code == 200, address
        assert b"".join(answer)


def test_the_shortened_answer_has_the_names_of_the_whole_one(reporter, editor, publisher):
    full(reporter, editor, publisher)
    page = html.unescape(Client().get("/api/").content.decode())
    shown = re.search(r'<code>(\{"results":.*?)</code>', page, re.DOTALL)
    answer = Client().get("/api/v1/reports/?region=africa&fields=headline,address").json()
    assert shown is not None
    assert set(re.findall(r'"(\w+)":', shown[1])) == {*answer, *answer["results"][0]}
