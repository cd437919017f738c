"""The list of reports: pages by place in both directions, and search over all texts, for each person what they may read; by an index throughout."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.people import roles
from articles.reports import paging, words
from articles.reports.models import Report
from articles.taxonomy.models import Tag, TagName
from articles.workflow import actions
from articles.workflow.permissions import parts_visible_to, visible_to
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/desk/articles/report/"


def shown(page):
    return re.findall(r'dir="auto">([^<]+)</a>', page.text)


def linked(page, rel):
    found = re.search(rf'<a href="([^"]+)" rel="{rel}"', page.text)
    return found and LIST + found[1].replace("&amp;", "&")


def many(number, **fields):
    """Reports of which each three were saved at the same moment."""
    at = timezone.now().replace(microsecond=123456) - dt.timedelta(days=2)
    rows = Report.objects.bulk_create(Report(**{"headline": f"Report {each}", "language": "en", **fields}) for each in range(number))
    for each, row in enumerate(rows):
        Report.objects.filter(pk=row.pk).update(saved_at=at + dt.timedelta(minutes=each // 3))
    words.put_many(rows)
    return rows


def walked(client, address, rel, most=20):
    """The headlines of every page from an address on, and the address of the last."""
    found = []
    while len(found) < most:
        page = client.get(address)
        assert page.status_code == 200
        found.append(shown(page))
        if not linked(page, rel):
            break
        address = linked(page, rel)
    return found, address


@pytest.mark.parametrize("query", ["", "?q=report", "?edit_state__exact=draft", "?q=report&kind__exact=news&whose=mine"])
@pytest.mark.parametrize("role", [roles.EDITOR, roles.REPORTER])
def test_pages_lead_through_the_whole_list_and_back(as_user, cast, role, query):
    person = cast("person", role)
    many(120, created_by=person, assigned_to=person)
    client = as_user(person)

    down, last = walked(client, LIST + query, "next")
    up, _first = walked(client, last, "prev")

    assert [len(page) for page in down] == [50, 50, 20]
    assert [each for page in down for each in page] == [f"Report {each}" for each in range(119, -1, -1)]
    assert up[1] == down[1] and up[2] == down[0]
    assert linked(client.get(last), "next") is None and linked(client.get(LIST + query), "prev") is None


def test_a_page_stays_where_it_is_when_a_report_is_saved_meanwhile(as_user, editor):
    rows = many(110, created_by=editor)
    client = as_user(editor)
    second = linked(client.get(LIST), "next")
    before = shown(client.get(second))

    actions.save(rows[100], by=editor, headline="Saved now")

    assert shown(client.get(second)) == before
    assert shown(client.get(LIST))[0] == "Saved now"


@pytest.mark.parametrize(
    "place", ["x", "1", "1_2_3", "-1_2", "9" * 30 + "_1", "1_" + "9" * 30, "999999999999999999_1", "%00", "١_٢", "1_2&before=zz"]
)
def test_a_forged_place_leads_to_a_page_of_the_list(as_user, editor, place):
    many(3, created_by=editor)

    for query in ("", "&q=report"):
        for name in ("after", "before"):
            page = as_user(editor).get(f"{LIST}?{name}={place}{query}")
            assert page.status_code == 200 and set(shown(page)) <= {"Report 0", "Report 1", "Report 2"}


def test_the_parts_hold_what_is_visible_and_each_report_once(cast, reporter, second_reporter):
    person = cast("both", roles.REPORTER, roles.TRANSLATOR, languages=["es", "ar"])
    own = factories.draft(person, headline="Own", language="en", assigned_to=person)
    ours = factories.draft(person, headline="Own Spanish", language="es")
    factories.draft(second_reporter, headline="Not mine")
    arabic = factories.draft(reporter, headline="Arabic", language="ar", slug=None)

    for each in (person, reporter, second_reporter, cast("nobody")):
        parts = parts_visible_to(each)
        assert {row.pk for part in parts for row in part} == set(visible_to(each).values_list("pk", flat=True))
    rows = paging.first(parts_visible_to(person), visible_to(person), "-saved_at", "-id", limit=10)
    assert rows == [arabic, ours, own]


def test_search_reads_headline_standfirst_body_and_tags_of_drafts_in_every_script(as_user, editor):
    tag = Tag.objects.create(name="Enforced disappearance")
    TagName.objects.create(tag=tag, language="es", name="Desaparición forzada")
    factories.draft(editor, headline="Plain", body="<p>An <em>Éloïse</em>‑like detail, &amp; U.S. papers</p>", tags=[tag])
    factories.draft(editor, headline="Other", standfirst="Zeugen sprachen in Łódź.")
    factories.draft(editor, headline="Arabic", language="ar", body="<p>أُغلقت المَدرسة</p>")
    factories.draft(editor, headline="Burmese", body="<p>မြန်မာနိုင်ငံ</p>")
    factories.draft(editor, headline="Chinese", body="<p>他们被迫离开山谷。</p>")
    factories.draft(editor, headline="Hindi", body="<p>गाँव ख़ाली हो गया</p>")
    factories.draft(editor, headline="𞤊𞤵𞤤𞤬𞤵𞤤𞤣𞤫")
    client = as_user(editor)

    def found(text):
        return shown(client.get(LIST, {"q": text}))

    asked = [
        "eloise",
        "us papers",
        "DETAIL papers",
        "lodz",
        "المدرسه",
        "မြန်မာ",
        "离开山谷",
        "गाँव",
        "𞤊𞤵𞤤",
        "disapp",
        "desaparicion FORZ",
        "plain enforced",
    ]
    names = ["Plain", "Plain", "Plain", "Other", "Arabic", "Burmese", "Chinese", "Hindi", "𞤊𞤵𞤤𞤬𞤵𞤤𞤣𞤫", "Plain", "Plain", "Plain"]
    assert {text: found(text) for text in asked} == {text: [name] for text, name in zip(asked, names, strict=True)}
    for text in ("absent", "em", "amp", "离山", '"', "'", "NEAR(a b)", "plain OR other", "zz*", "p", "\ue000eapproved", "\\'"):
        assert found(text) == [], text


def test_a_tag_that_is_renamed_or_merged_is_found_by_its_name_of_now(as_user, editor):
    old, new = Tag.objects.create(name="Relocation"), Tag.objects.create(name="Displacement")
    factories.draft(editor, headline="Tagged", tags=[old])
    Tag.objects.filter(pk=old.pk).update(name="Removal")
    client = as_user(editor)

    assert [shown(client.get(LIST, {"q": text})) for text in ("relocation", "removal", "displacement")] == [[], ["Tagged"], []]
    Tag.objects.filter(pk=old.pk).update(merged_into=new)
    assert shown(client.get(LIST, {"q": "displacement"})) == ["Tagged"]


def test_search_follows_each_save_and_state_and_forgets_a_report_that_goes(as_user, reporter, editor):
    report = factories.draft(reporter, headline="The first thought", body="<p>Zebra</p>")
    client = as_user(editor)

    def found(**query):
        return shown(client.get(LIST, query))

    actions.save(report, by=reporter, headline="The second thought", body="<p>Giraffe</p>")
    assert [found(q=each) for each in ("first", "zebra", "second", "giraffe")] == [[], [], ["The second thought"], ["The second thought"]]
    actions.submit(report, by=reporter)
    assert found(q="giraffe", edit_state__exact="draft") == [] and found(q="giraffe", edit_state__exact="in_review") == [
        "The second thought"
    ]
    Report.objects.filter(pk=report.pk).update(kind="urgent action")  # no act of ours: the index follows the row
    assert found(q="giraffe", kind__exact="urgent action") == ["The second thought"] and found(q="giraffe", kind__exact="news") == []

    gone = many(1, created_by=editor, headline="Leopard")[0]
    assert words.matching(words.asked("leopard"), limit=5) == [gone.pk]
    Report.objects.filter(pk=gone.pk).delete()
    assert words.matching(words.asked("leopard"), limit=5) == []


def test_a_save_that_fails_leaves_the_index_as_it_was(as_user, editor):
    report = factories.draft(editor, headline="Stands")
    with pytest.raises(TypeError):
        actions.save(report, by=editor, headline="Fails", citations=[{"nothing": "known"}])
    assert [shown(as_user(editor).get(LIST, {"q": each})) for each in ("stands", "fails")] == [["Stands"], []]


def test_search_shows_nobody_what_they_may_not_read_even_when_the_index_is_wrong(as_user, cast, reporter, second_reporter):
    report = factories.draft(reporter, headline="A secret source", language="en")
    translator = cast("translator of es", roles.TRANSLATOR, languages=["es"])

    for person in (second_reporter, translator):
        assert shown(as_user(person).get(LIST, {"q": "secret"})) == []
    with connection.cursor() as cursor:
        key = "rowid" if connection.vendor == "sqlite" else "report_id"
        marks = " ".join(words.fact(*each) for each in (("c", second_reporter.pk), ("l", "es")))
        value = "%s" if connection.vendor == "sqlite" else "string_to_array(%s, ' ')"
        cursor.execute(f"UPDATE articles_deskwords SET facts = {value} WHERE {key} = %s", [marks, report.pk])
    for person in (second_reporter, translator):
        assert shown(as_user(person).get(LIST, {"q": "secret"})) == []


def test_no_page_of_the_list_counts_or_skips_and_each_takes_a_dozen_statements(as_user, cast):
    for name, given in (
        ("jack of all trades", roles.ROLES),
        ("editor", [roles.EDITOR]),
        ("reporter", [roles.REPORTER]),
        ("both", [roles.REPORTER, roles.TRANSLATOR]),
    ):
        person = cast(f"a {name}", *given, languages=["en", "es", "ar"])
        many(101, created_by=person, assigned_to=person)
        client = as_user(person)
        older = linked(client.get(LIST), "next")
        for address in (
            LIST,
            older,
            linked(client.get(older), "prev"),
            f"{LIST}?edit_state__exact=draft",
            f"{LIST}?q=report",
            f"{LIST}?q=/a/b/",
        ):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            sql = [each["sql"] for each in seen.captured_queries]
            assert len(sql) <= 12 + (roles.ADMINISTRATOR in given), sql  # who may add texts of the site is told whether one is missing
            assert not [each for each in sql if "OFFSET" in each.upper() or ("COUNT(" in each.upper() and "articles_report" in each)]


def test_every_part_of_a_page_follows_an_index_in_its_order(reporter, editor):
    many(900, created_by=editor)
    many(30, created_by=reporter)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "ANALYZE articles_report; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    place = paging.Place.of(Report.objects.all()[10])
    for narrowed in ({}, {"created_by": reporter}, {"assigned_to": reporter}, {"language": "es"}, {"edit_state": "draft"}, {"public_state": "live"},
                     {"language": "es", "edit_state": "draft"}, {"language": "es", "public_state": "live"},
                     {"created_by": reporter, "public_state": "live"}, {"created_by": reporter, "edit_state": "draft"}):  # fmt: skip
        rows = Report.objects.filter(**narrowed)
        for part, order in ((paging._older(rows, place), ("-saved_at", "-id")), (paging._newer(rows, place), ("saved_at", "id"))):
            plan = part.order_by(*order)[:51].explain()
            assert re.search(r"USING (COVERING )?INDEX report_|Index Scan (Backward )?using report_", plan), plan
            assert "TEMP B-TREE" not in plan and not re.search(r"\bSort\b", plan), plan
            if connection.vendor == "sqlite":
                assert "saved_at" in plan, plan  # the index is entered at the place, not at its end


def test_search_reads_the_index_of_words():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT rowid FROM articles_deskwords WHERE articles_deskwords MATCH '\"a\"' AND rowid < 9 ORDER BY rowid DESC"
            )
            assert "TEMP B-TREE" not in (plan := str(cursor.fetchall())) and "VIRTUAL TABLE INDEX" in plan
        else:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            cursor.execute("EXPLAIN SELECT report_id FROM articles_deskwords WHERE words @@ '''a'''::tsquery AND facts @> ARRAY['c1']")
            assert "articles_deskwords_words" in str(cursor.fetchall())
