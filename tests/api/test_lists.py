"""The API's lists: filters as on the site, pages by cursor in both directions, and no parameter that it does not know."""

from __future__ import annotations

import datetime as dt
import gzip
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.api import cursors
from articles.api.index import is_address
from articles.api.operations import OPERATIONS, shelf
from articles.editions.models import EditionCorrection
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from newsroom.urls import urlpatterns
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def get(rest="reports/", **query):
    return Client().get(f"{API}{rest}", query)


def headlines(answer):
    return [each["headline"] for each in answer.json()["results"]]


@pytest.fixture
def five(reporter, editor, publisher):
    """Five reports, a day apart, the newest last: 0 and 1 under a tag, 1 in Arabic, 2 by a name, 3 on Kenya, 4 an opinion."""
    tags = [Tag.objects.create(name=name, slug=name.lower()) for name in ("Law", "Prison")]
    byline = Byline.objects.create(name="A Name", slug="a-name")
    kenya = factories.region("KE")
    differing = [
        {"tags": tags[:1]}, {"tags": tags, "language": "ar"}, {"credits": [{"byline": byline}], "byline_mode": "named"},
        {"regions": [kenya], "dateline_region": kenya}, {"kind": "opinion"},
    ]  # fmt: skip
    first = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    return [
        factories.live(reporter, editor, publisher, at=first + dt.timedelta(days=number), headline=f"Number {number}", slug=f"number-{number}", **each)
        for number, each in enumerate(differing)
    ]  # fmt: skip


FILTERED = {
    "": "43210", "language=en": "4320", "language=ar": "1", "language=es": "", "region=africa": "43210", "region=kenya": "3", "region=france": "",
    "region=nowhere-at-all": "", "tag=law": "10", "tag=law,prison": "1", "tag=law,nothing": "", "author=a-name": "2", "kind=opinion": "4",
    "kind=news&region=nigeria": "210", "from=2026-03-03": "432", "to=2026-03-02": "10", "from=2026-03-02&to=2026-03-03": "21", "corrected=yes": "",
    "from=0001-01-01&to=9999-12-31": "43210", "from=9999-12-31": "",
}  # fmt: skip


def test_a_list_is_narrowed_as_on_the_site_in_either_order(five):
    plain = {query: "".join(each[-1] for each in headlines(Client().get(f"{API}reports/?{query}"))) for query in FILTERED}
    assert plain == FILTERED
    by_change = {
        query: "".join(each[-1] for each in headlines(Client().get(f"{API}reports/?{query}&updated_since=2020-01-01T00:00:00Z"))) for query in FILTERED
    }  # fmt: skip
    assert by_change == {query: "".join(sorted(numbers)) for query, numbers in FILTERED.items()}


def test_pages_lead_on_and_back_by_links_that_stand_in_the_header_too(five):
    for query in ("limit=2", "limit=2&updated_since=2020-01-01T00:00:00Z", "limit=2&region=africa&kind=news", "limit=1&fields=headline"):
        address, forward = f"{API}reports/?{query}", []
        while address:
            answer = Client().get(address)
            forward.append(headlines(answer))
            address, last = answer.json()["next"], answer
        assert len(forward) > 1 and max(map(len, forward)) == int(query[6])
        backward, address = [], last.json()["previous"]
        while address:
            answer = Client().get(address)
            backward.append(headlines(answer))
            address = answer.json()["previous"]
        assert [each for each in reversed(backward) if each] == forward[:-1]
    middle = Client().get(Client().get(f"{API}reports/?limit=2").json()["next"])
    steps = middle.json()
    assert middle.headers["Link"] == f'<{steps["next"]}>; rel="next", <{steps["previous"]}>; rel="prev"'
    assert "Link" not in get(language="es").headers


def test_a_cursor_stays_good_when_its_report_is_withdrawn(five, publisher):
    on = get(limit=2).json()["next"]
    publication.withdraw(five[3], by=publisher, reason="Asked by the family.")
    assert headlines(Client().get(on)) == ["Number 2", "Number 1"]


def test_who_follows_changes_gets_what_is_new(five, reporter, editor, publisher):
    since = get("reports/", updated_since="2020-01-01T00:00:00Z").json()["results"][-1]["updated_at"]
    actions.approve(actions.submit(actions.save(five[0], by=reporter, headline="Number 0 again"), by=reporter), by=editor)
    publication.publish_update(five[0], by=publisher, change="update", correction="The families were heard.")
    changed = headlines(get(updated_since=since))
    assert changed[-1] == "Number 0 again"
    assert headlines(get(updated_since="2999-01-01T00:00:00+02:00")) == []


def test_regions_and_tags_are_those_in_use_with_their_names(five):
    regions = get("regions/").json()["results"]
    assert [each["slug"] for each in regions] == [
        "africa", "eastern-africa", "kenya", "nigeria", "sub-saharan-africa", "western-africa", "world",
    ]  # fmt: skip
    nigeria = regions[3]
    assert nigeria == {
        "slug": "nigeria", "names": {"en": "Nigeria", "es": "Nigeria", "ar": "نيجيريا"}, "kind": "country", "languages": ["en", "ar"],
        "addresses": {"en": "http://testserver/regions/nigeria/", "ar": "http://testserver/ar/regions/nigeria/"},
        "reports": "http://testserver/api/v1/reports/?region=nigeria", "within": "western-africa", "iso_alpha2": "NG", "iso_alpha3": "NGA", "un_m49": "566",
        "centre": nigeria["centre"],
    }  # fmt: skip
    assert [each["slug"] for each in get("regions/", language="ar").json()["results"]] == [
        "africa", "nigeria", "sub-saharan-africa", "western-africa", "world",
    ]  # fmt: skip
    first = get("tags/", limit=1).json()
    second = Client().get(first["next"]).json()
    assert ([each["slug"] for each in (*first["results"], *second["results"])], second["next"]) == (["law", "prison"], None)
    assert Client().get(second["previous"]).json() == first
    assert get("tags/", fields="slug").json()["results"] == [{"slug": "law"}, {"slug": "prison"}]


def test_a_correction_stays_and_names_its_report_while_that_is_public(five, publisher):
    with factories.triggers_lifted():
        for number, report in enumerate(five[:2]):
            EditionCorrection.objects.create(
                uuid=uuid4(), report_uuid=report.uuid, language=report.language, path=report.path, kind="correction", text=f"Not {number}.",
                position="bottom", published_at=report.published_at,
            )  # fmt: skip
    named = get("corrections/", report=str(five[0].uuid))
    assert [each["text"] for each in named.json()["results"]] == ["Not 0."]
    assert named.json()["results"][0]["report"] == {
        "id": str(five[0].uuid), "headline": "Number 0", "address": f"http://testserver{five[0].path}",
        "api_address": f"http://testserver/api/v1/reports/{five[0].uuid}/",
    }  # fmt: skip
    publication.withdraw(five[0], by=publisher, reason="Asked by the family.")
    after = get("corrections/")
    assert [(each["text"], each["report"] and each["report"]["headline"]) for each in after.json()["results"]] == [
        ("Not 1.", "Number 1"),
        ("Not 0.", None),
    ]
    assert str(five[0].uuid) not in after.text
    assert get("corrections/", report=str(five[0].uuid)).json() == get("corrections/", report=str(uuid4())).json()
    assert [each["text"] for each in get("corrections/", language="ar", kind="correction", to="2026-03-02").json()["results"]] == ["Not 1."]
    page = get("corrections/", limit=1).json()
    assert Client().get(Client().get(page["next"]).json()["previous"]).json()["results"] == page["results"]


WRONG = {
    "x=1": "x", "Region=kenya": "Region", "region=kenya&region=kenya": "region", "region=": "region", "region=Kenya": "region", "region=ke%00nya": "region",
    "region=" + "a" * 81: "region", "tag=law,": "tag", "tag=law,law": "tag", "tag=a,b,c,d,e,f": "tag", "kind=page": "kind", "kind=": "kind",
    "language=de": "language", "author=a_name": "author", "from=2026-3-1": "from", "from=20260301": "from", "to=2026-02-30": "to", "to=٢٠٢٦-٠٣-٠١": "to",
    "corrected=1": "corrected", "updated_since=yesterday": "updated_since", "updated_since=2026-03-04": "updated_since",
    "updated_since=2026-03-04T06:30:00": "updated_since", "limit=0": "limit", "limit=101": "limit", "limit=-1": "limit", "limit=1e1": "limit",
    "limit=٣": "limit", "limit=02": "limit", "cursor=x": "cursor", "cursor=" + "=" * 32: "cursor", "fields=": "fields", "fields=id,id": "fields",
    "fields=body": "fields", "fields=id,": "fields", "after=1": "after", "%ff=1": "\ufffd",
}  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_parameter_is_refused_by_its_name_and_nothing_is_looked_up(query):
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(f"{API}reports/?{query}")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["parameter"]) == (
        400,
        "application/problem+json",
        WRONG[query],
    )
    assert answer.json()["detail"].endswith(".")
    assert len(asked) == 0


TAKEN = (
    "from=0001-01-01", "to=9999-12-31", "updated_since=0001-01-01T00:00:00-23:59", "updated_since=9999-12-31T23:59:60Z",
    "updated_since=2026-03-04t06:30:00.1234567z", "updated_since=2026-03-04T06:30:00+01:00", "cursor=" + "_" * 32, "cursor=" + "A" * 32,
    "cursor=" + "z" * 32, "updated_since=0001-01-01T00:00:00Z&cursor=" + "_" * 32, "fields=" + quote("id,headline"), "limit=100", "region=a", "tag=a,b,c,d,e",
)  # fmt: skip


@pytest.mark.parametrize("query", TAKEN)
def test_what_is_odd_and_right_is_taken(query):
    assert Client().get(f"{API}reports/?{query}").status_code == 200


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_address_takes_a_parameter_that_it_does_not_declare(operation):
    path = OPERATIONS[operation].path.format(id=uuid4())
    answer = Client().get(f"{API}{path}", {"preview": "1"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "preview")


def test_too_many_parameters_are_refused():
    answer = Client().get(f"{API}reports/?{'a&' * 3000}")
    assert (answer.status_code, answer.json()["detail"]) == (400, "There are too many parameters.")


def test_every_operation_stands_in_the_addresses():
    routed = {str(each.pattern): each.name for each in urlpatterns if getattr(each, "name", None) and each.name.startswith("api_")}
    declared = {f"api/v1/{each.path.replace('{id}', '<uuid:uuid>')}": name for name, each in OPERATIONS.items()}
    assert routed == {**declared, r"^api/v1/(?P<rest>[\s\S]+)\Z": "api_nothing", "api/": "api_page"}
    assert is_address("reports/") and not is_address("drafts/")


def test_anybody_may_read_from_any_page_and_nobody_may_write(five):
    for path in ("", "reports/", f"reports/{five[0].uuid}/", "reports.csv", "nothing/"):
        got = get(path)
        got.getvalue()
        assert got.headers["Access-Control-Allow-Origin"] == "*" and "Access-Control-Allow-Credentials" not in got.headers
        asked = Client().options(f"{API}{path}", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
        assert (asked.status_code, asked.content, asked.headers["Access-Control-Allow-Methods"]) == (204, b"", "GET, HEAD, OPTIONS")
        for method in ("post", "put", "patch", "delete"):
            refused = getattr(Client(), method)(f"{API}{path}")
            assert (refused.status_code, refused.headers["Allow"], refused.json()["status"]) == (405, "GET, HEAD, OPTIONS", 405)
        head = Client().head(f"{API}{path}")
        assert (head.status_code, head.getvalue(), dict(head.headers)) == (got.status_code, b"", dict(got.headers))
    assert "Access-Control-Allow-Origin" not in Client().get("/reports/").headers


def test_an_answer_is_compressed_kept_and_not_sent_twice(five, settings):
    settings.KEEP_PAGES = True
    shelf.clear()
    packed = Client(headers={"Accept-Encoding": "gzip"}).get(f"{API}reports/?limit=2")
    assert gzip.decompress(packed.content) == get(limit=2).content
    with CaptureQueriesContext(connection) as asked:
        again = get(limit=2)
        same = Client().get(f"{API}reports/?limit=2", headers={"If-None-Match": again.headers["ETag"]})
    assert (len(asked), same.status_code, again.headers["Link"]) == (2, 304, packed.headers["Link"])
    shelf.clear()


def test_a_cursor_is_read_as_it_was_written():
    cursor = cursors.Cursor(dt.datetime(2026, 3, 4, 6, 30, 1, 5, tzinfo=dt.UTC), uuid4(), back=True)
    assert cursors.read(cursor.written()) == cursor


def test_an_address_without_its_last_slash_leads_on():
    answer = Client().get(f"{API}reports?limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{API}reports/?limit=5")
    assert Client().get(f"/ar{API}reports/").content == Client().get("/ar/nothing/").content
