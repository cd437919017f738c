"""What a list holds, however many conditions it has: held against reading all of it, through a window that is much smaller than the archive."""

from __future__ import annotations

import datetime as dt
from itertools import product
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions import lists, selections
from articles.editions.models import Edition, EditionByline, EditionRegion, EditionTag
from articles.editions.selections import Selection
from articles.people.models import Byline
from articles.taxonomy.models import Region, Tag
from tests import factories

pytestmark = pytest.mark.django_db
START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
CONDITIONS = {"tags": ((), ("law",), ("faith", "law")), "region": (None, "nigeria"), "byline": (None, "a-name"), "kind": ("", "opinion"),
              "corrected": (False, True), "also": ((), ("ar", "es"))}  # fmt: skip


def made(number):
    """What the edition of that number has: always the same, and nothing in step with anything else."""
    return {
        "uuid": UUID(int=(number * 7919 % 101 << 100) + number), "language": ("en", "en", "es", "ar")[number * 5 % 7 % 4],
        "kind": ("news", "opinion", "news", "page")[number * 3 % 11 % 4], "at": START + dt.timedelta(hours=number // 3 * 3),
        "tags": [slug for slug, every in (("law", 2), ("faith", 3), ("rare", 31)) if number % every == 0],
        "regions": ["nigeria"] if number * 13 % 5 < 3 else [], "bylines": ["a-name"] if number % 7 < 4 else [], "corrected": number * 11 % 8 < 4,
    }  # fmt: skip


@pytest.fixture
def archive(monkeypatch):
    """160 editions, three to an instant, some of them pages; a window of nine rows."""
    monkeypatch.setattr(selections, "WINDOW", 9)
    tags = {slug: Tag.objects.create(name=slug, slug=slug) for slug in ("law", "faith", "rare")}
    byline = Byline.objects.create(name="A Name", slug="a-name")
    regions = {"nigeria": Region.objects.get(slug="nigeria")}
    rows = [made(number) for number in range(160)]
    with factories.triggers_lifted():
        Edition.objects.bulk_create(
            Edition(
                uuid=row["uuid"], language=row["language"], kind=row["kind"], headline="x", slug="x", content_hash="x", translation_group=row["uuid"],
                dateline_mode="withheld", byline_mode="named", event_precision="unknown", path=f"/{row['uuid']}/", listed=row["kind"] != "page",
                published_at=row["at"], updated_at=row["at"], corrected_at=row["at"] if row["corrected"] else None, card_html=row["uuid"].hex,
            )
            for row in rows
        )  # fmt: skip
        for row in rows:
            place = {"edition_id": row["uuid"], "uuid": row["uuid"], "language": row["language"], "published_at": row["at"]}
            EditionTag.objects.bulk_create(EditionTag(tag=tags[slug], **place) for slug in row["tags"])
            EditionRegion.objects.bulk_create(EditionRegion(region=regions[slug], is_own=True, **place) for slug in row["regions"])
            EditionByline.objects.bulk_create(
                EditionByline(byline=byline, role=role, first=role == "author", **place)
                for _slug in row["bylines"]
                for role in ("author", "editing")
            )
    return rows, {**{slug: tag.pk for slug, tag in tags.items()}, "nigeria": regions["nigeria"].pk, "a-name": byline.pk}


def chosen(combination, ids):
    """The selection of a combination of CONDITIONS."""
    given = dict(zip(CONDITIONS, combination, strict=True))
    return Selection(
        "en", region=ids.get(given["region"]), tags=tuple(ids[slug] for slug in given["tags"]), byline=ids.get(given["byline"]), kind=given["kind"],
        corrected=given["corrected"], also=given["also"],
    )  # fmt: skip


def expected(combination, rows):
    """What such a list holds, newest first, found by looking at every edition."""
    given = dict(zip(CONDITIONS, combination, strict=True))
    found = [
        row for row in rows
        if row["kind"] != "page" and row["language"] in ("en", *given["also"]) and set(given["tags"]) <= set(row["tags"])
        and (not given["region"] or given["region"] in row["regions"]) and (not given["byline"] or given["byline"] in row["bylines"])
        and given["kind"] in ("", row["kind"]) and (row["corrected"] or not given["corrected"])
    ]  # fmt: skip
    return [row["uuid"] for row in sorted(found, key=lambda row: (row["at"], row["uuid"]), reverse=True)]


def walked(selection, *, limit=4):
    """All of a list, walked to its end, and back from there."""
    there, page, steps = [], lists.page_of(selection, limit=limit), 0
    while True:
        there += [card.uuid for card in page.cards]
        newer, steps = page.newer, steps + 1
        if not page.older:
            break
        page = lists.page_of(selection, after=page.older, limit=limit)
    back = [card.uuid for card in page.cards]
    while newer:
        page = lists.page_of(selection, before=newer, limit=limit)
        back = [card.uuid for card in page.cards] + back
        newer, steps = page.newer, steps + 1
        assert steps < 400
    return there, back


@pytest.mark.parametrize("leads", [None, "nigeria"])
def test_every_combination_is_walked_there_and_back_without_gap_or_repetition(archive, leads):
    rows, ids = archive
    wrong = {}
    for combination in product(*CONDITIONS.values()):
        selection = chosen(combination, ids)
        if leads and selection.region:
            selection = selection.within(order=(("region", selection.region),))
        wanted = expected(combination, rows)
        if (found := walked(selection)) != (wanted, wanted):
            wrong[combination] = (wanted, found)
    assert wrong == {}


def test_of_what_leads_no_more_is_examined_than_the_window_holds(archive):
    rows, ids = archive
    rare = Selection("en", tags=(ids["rare"],), region=ids["nigeria"], kind="opinion")
    assert lists.page_of(rare).stopped_at is None and lists.page_of(rare).older == ""
    region = ("region", ids["nigeria"])
    page = lists.page_of(rare.within(order=(region,)))
    places = sorted(((row["at"], row["uuid"]) for row in rows if row["language"] == "en" and "nigeria" in row["regions"]), reverse=True)
    assert (page.cards, page.stopped_at) == ((), places[9][0])
    assert lists.tally_of(rare.within(order=(region,))) == lists.Tally(0, at_least=True)


def test_a_list_is_counted_up_to_a_thousand_and_no_farther_than_the_window(archive, monkeypatch):
    rows, ids = archive
    law = expected((("law",), None, None, "", False, ()), rows)
    tagged = Selection("en", tags=(ids["law"],))
    assert lists.tally_of(tagged).at_least
    monkeypatch.setattr(selections, "WINDOW", 1000)
    assert lists.tally_of(tagged) == lists.Tally(len(law))
    monkeypatch.setattr(lists, "MOST_COUNTED", len(law) - 1)
    assert lists.tally_of(tagged) == lists.Tally(len(law) - 1, at_least=True)
    monkeypatch.setattr(lists, "MOST_COUNTED", len(law))
    assert lists.tally_of(tagged) == lists.Tally(len(law))


def test_which_of_several_lists_hold_anything_is_one_question(archive, django_assert_num_queries):
    _rows, ids = archive
    nothing = Selection("en", tags=(ids["law"],), since=START + dt.timedelta(days=900))
    with django_assert_num_queries(1):
        assert lists.filled([Selection("en"), nothing, Selection("en", tags=(ids["law"],)), nothing]) == [True, False, True, False]
    with django_assert_num_queries(0):
        assert lists.filled([]) == []


def test_each_condition_is_looked_up_in_an_index_and_nothing_is_sorted(archive):
    """With a hundred rows PostgreSQL would read them all: it is told that this costs much."""
    _rows, ids = archive
    every = Selection("en", tags=(ids["rare"], ids["law"]), region=ids["nigeria"], byline=ids["a-name"], kind="opinion", corrected=True)
    used = {"edition_tag_list", "edition_region_list", "edition_byline_list", "edition_by_kind", "edition_corrected"}
    with CaptureQueriesContext(connection) as captured:
        lists.page_of(every)
        lists.page_of(every.within(also=("ar", "es")), after=lists.key_of(lists.page_of(Selection("en")).cards[0]))
        lists.page_of(Selection("en", kind="opinion"))
        lists.page_of(Selection("en", corrected=True))
        lists.tally_of(Selection("en", kind="news", corrected=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE articles_edition, articles_editiontag, articles_editionregion, articles_editionbyline")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plans = []
        for query in captured:
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + query["sql"])
            plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    if connection.vendor == "postgresql":
        used.remove("edition_by_kind")  # among so few, the edition's key is as good
    assert {index for index in used if index not in plans[0]} == set()
    assert [plan for plan in plans if "Sort  " in plan or "TEMP B-TREE" in plan or "Seq Scan" in plan] == []
