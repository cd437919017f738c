"""Links: what is well formed and what is not, without asking any of them."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.safety.checklist import RULES
from articles.safety.requirements.links import fault
from articles.workflow import guards
from tests import factories

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
GOOD = (
    "https://example.org/", "http://example.org:8080/a?b=c#d", "https://xn--mnchen-3ya.example/", "/reports/2026/03/a-church/", "/desks/",
    "mailto:press@example.org", "https://93.184.216.34/", "http://testserver/reports/", "https://example.org/desk/",
)  # fmt: skip
BAD = {
    "https://example.org/a b": "space", "https://": "well formed", "https://example": "well formed", "https://a..example.org/": "well formed",
    "https://[::1": "well formed", "https://example.org:port/": "well formed", "mailto:nobody": "well formed", "ftp://example.org/": "begins with",
    "javascript:alert(1)": "begins with", "https://user:word@example.org/": "password", "https://user@example.org/": "password",
    "http://localhost/": "own network", "http://10.0.0.8/": "own network", "http://[fe80::1]/": "own network", "https://wiki.internal/": "own network",
    "/desk/": "desk", "/desk": "desk", "/desk/articles/report/1/change/": "desk", "http://testserver/desk/": "desk", "/DESK/": "desk",
    "https://testserver/desk?x=1": "desk",
}  # fmt: skip


@pytest.mark.parametrize("link", GOOD)
def test_a_well_formed_link_passes(link):
    assert fault(link) is None


@pytest.mark.parametrize("link", BAD)
def test_a_link_that_leads_nowhere_is_named(link):
    assert BAD[link] in str(fault(link))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": '<p>See <a href="/desk/">this</a>.</p>'}, "body"),
        (
            {"body": '<p>See <a href="#n2">a source</a>.</p>', "citations": [{"title": "Order 14"}, {"title": "Hidden", "public": False}]},
            "body",
        ),
        ({"call_to_action": "Write.", "call_to_action_link": "http://intranet.local/"}, "call_to_action_link"),
        ({"citations": [{"title": "Order 14", "address": "http://10.1.1.1/"}]}, "citations"),
        ({"citations": [{"title": "Order 14", "archive_address": "ftp://example.org/a"}]}, "citations"),
    ],
)
def test_every_link_of_a_report_is_looked_at(reporter, editor, changes, field):
    report = factories.in_review(reporter, **changes)

    assert [reason.field for reason in guards.checklist_reasons(report, at=NOW)] == [field]


@pytest.mark.django_db
def test_a_link_to_a_source_that_is_shown_passes(reporter, editor):
    report = factories.in_review(reporter, body='<p>See <a href="#n1">a source</a>.</p>', citations=[{"title": "Order 14"}])

    assert guards.checklist_reasons(report, at=NOW) == []


def test_each_requirement_has_one_rule():
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(set(type(codes[0])))
