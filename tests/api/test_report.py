"""One report for machines: what readers may see, and nothing else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from articles.editions.models import Edition, EditionCorrection
from articles.workflow import actions, publication
from tests import factories
from tests.api.reports import full

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def read(report, **query):
    return Client().get(f"/api/v1/reports/{report.uuid}/", query)


def test_a_report_is_told_with_all_that_readers_see(reporter, editor, publisher):
    report = full(reporter, editor, publisher)
    told = read(report).json()
    pictures = told.pop("pictures")
    updated_at = told.pop("updated_at")
    assert updated_at == f"{Edition.objects.get().updated_at:%Y-%m-%dT%H:%M:%SZ}"
    nigeria = {"slug": "nigeria", "name": "Nigeria", "address": f"{SITE}/regions/nigeria/"}
    assert told == {
        "id": str(report.uuid), "api_address": f"{SITE}/api/v1/reports/{report.uuid}/", "address": SITE + report.path, "language": "en", "kind": "news",
        "headline": "Two families told to leave the valley", "standfirst": "The order came on a Tuesday and named no reason.",
        "dateline": {"date": "2026-03-04", "mode": "shown", "place": "Jos", "region": nigeria, "source": None},
        "byline_mode": "named", "bylines": [{"slug": "a-name", "name": "A Name", "role": "author", "address": f"{SITE}/authors/a-name/"}],
        "published_at": "2026-03-04T06:30:00Z", "corrected_at": None, "retracted": False,
        "event": {"date": "2026-03-01", "precision": "month"}, "regions": [{**nigeria, "code": "NG", "primary": True}],
        "tags": [{"slug": "prison", "name": "Prison", "kind": "topic", "address": f"{SITE}/tags/prison/"}],
        "sources": [{
            "kind": "document", "title": "Order", "publisher": "Office", "address": "https://example.org/order", "published_on": None,
            "published_precision": None, "page": None, "accessed_on": "2026-03-05", "archive_address": None,
        }],
        "corrections": [], "translations": [], "call_to_action": {"text": "Ask for the register", "address": "https://example.org/act"},
        "backstory": "We spoke with eleven families.",
        "contact": {
            "name": "Adaeze Notreal", "role": "Press officer", "phone": "+44 20 7946 0000", "email": None, "duty": "Mondays", "zone": "UTC",
            "languages": ["en", "ar"],
        },
        "body_html": f'<p>Two families were told to leave. <a href="{SITE}/about/">Who we are</a>.</p><p>“We were given no paper,” a neighbour says.</p>',
        "body_text": "Two families were told to leave. Who we are.\n“We were given no paper,” a neighbour says.",
    }  # fmt: skip
    (picture,) = pictures
    renditions = picture.pop("renditions")
    assert picture == {"alt": "A valley", "decorative": False, "caption": "The valley.", "credit": "Drawn", "lead": True}
    assert renditions and {Client().get(each["address"]).status_code for each in renditions} == {200}
    assert {tuple(each) for each in renditions} == {("address", "name", "format", "width_px", "height_px")}


@pytest.mark.parametrize(
    ("mode", "region"), [("coarse", {"slug": "nigeria", "name": "Nigeria", "address": f"{SITE}/regions/nigeria/"}), ("withheld", None)]
)
def test_what_is_withheld_is_in_no_field(reporter, editor, publisher, mode, region):
    report = full(reporter, editor, publisher, dateline_mode=mode, dateline_place="Secretville", byline_mode="withheld")
    answer = read(report)
    told = answer.json()
    assert told["dateline"] == {"date": "2026-03-04", "mode": mode, "place": None, "region": region, "source": None}
    assert (told["byline_mode"], told["bylines"]) == ("withheld", [])
    assert "Secretville" not in answer.text and "A Name" not in answer.text and "hidden@example.org" not in answer.text
    everywhere = [Client().get(f"/api/v1/{rest}").getvalue().decode() for rest in ("reports/", "reports.csv", "reports.ndjson")]
    assert [text for text in everywhere if "Secretville" in text or "A Name" in text] == []


def test_fields_are_chosen_and_come_in_the_order_asked_for(reporter, editor, publisher):
    report = full(reporter, editor, publisher)
    assert list(read(report, fields="headline,id,tags").json()) == ["headline", "id", "tags"]


def test_a_translation_is_told_while_it_is_public_and_named_in_its_own_language(reporter, editor, publisher):
    report = full(reporter, editor, publisher)
    arabic = full(
        reporter, editor, publisher, language="ar", headline="طلب من عائلتين", slug="arabic", translation_group=report.translation_group
    )
    assert read(report).json()["translations"] == [
        {
            "id": str(arabic.uuid), "language": "ar", "headline": "طلب من عائلتين", "address": SITE + arabic.path,
            "api_address": f"{SITE}/api/v1/reports/{arabic.uuid}/",
        }
    ]  # fmt: skip
    told = read(arabic).json()
    assert (told["tags"][0]["name"], told["regions"][0]["name"]) == ("سجن", "نيجيريا")
    publication.withdraw(arabic, by=publisher, reason="Asked by the family.")
    assert read(report).json()["translations"] == []


def test_a_correction_and_what_took_its_place_are_told(reporter, editor, publisher):
    report = full(reporter, editor, publisher)
    with factories.triggers_lifted():
        first, second = (
            EditionCorrection.objects.create(
                uuid=uuid4(), report_uuid=report.uuid, language="en", path=report.path, kind=kind, text=text, position="bottom", supersedes=supersedes,
                published_at=timezone.now(),
            )
            for kind, text, supersedes in [("correction", "It was a Monday.", None), ("retraction", "It was not so.", None)]
        )  # fmt: skip
        EditionCorrection.objects.filter(pk=second.pk).update(supersedes=first.uuid)
    told = read(report).json()
    assert told["retracted"] is True
    assert [{**each, "published_at": ""} for each in told["corrections"]] == [
        {
            "id": str(first.uuid), "kind": "correction", "text": "It was a Monday.", "published_at": "", "supersedes": None,
            "superseded_by": str(second.uuid),
        },
        {"id": str(second.uuid), "kind": "retraction", "text": "It was not so.", "published_at": "", "supersedes": str(first.uuid), "superseded_by": None},
    ]  # fmt: skip


def test_what_was_withdrawn_is_gone_and_what_never_was_public_is_as_any_random_id(reporter, editor, publisher):
    withdrawn, draft = full(reporter, editor, publisher), factories.draft(reporter)
    publication.withdraw(withdrawn, by=publisher, reason="Asked by the family.")
    gone = read(withdrawn)
    assert (gone.status_code, gone.headers["Content-Type"], gone.headers["Cache-Control"]) == (410, "application/problem+json", "no-store")
    assert gone.json() == {"type": f"{SITE}/api/#errors", "title": "Gone", "status": 410, "detail": "This report is no longer public."}
    answers = [
        read(draft),
        Client().get(f"/api/v1/reports/{uuid4()}/"),
        Client().get("/api/v1/reports/x/"),
        Client().get("/api/v1/nothing"),
    ]
    assert {(answer.status_code, answer.content, str(dict(answer.headers))) for answer in answers} == {
        (404, answers[0].content, str(dict(answers[0].headers)))
    }


def test_a_change_at_the_desk_changes_no_byte(reporter, editor, publisher):
    report = full(reporter, editor, publisher)
    before = read(report)
    actions.save(report, by=reporter, headline="Not yet")
    after = read(report)
    assert (after.content, dict(after.headers)) == (before.content, dict(before.headers))


@pytest.mark.parametrize("query", ["", "fields=id,headline"])
def test_one_report_takes_two_statements(reporter, editor, publisher, django_assert_max_num_queries, query):
    report = full(reporter, editor, publisher)
    with django_assert_max_num_queries(2):
        assert Client().get(f"/api/v1/reports/{report.uuid}/?{query}").status_code == 200
