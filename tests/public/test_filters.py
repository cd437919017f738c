"""The archive's filters: what they narrow, what the page says of it, where it leads on, and what that costs."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.editions import selections
from articles.people.models import Byline
from articles.public import archive, filter_form, filters, framed
from articles.stamp.number import count_up
from articles.taxonomy.models import Tag, TagName
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db


def headlines(html):
    """The headlines of a page, in their order."""
    return re.findall(r'<h3 class="entry__head"><a href="[^"]+">([^<]+)</a>', html)


def said(html):
    """What the page says of its list: the sentence above it, and what stands behind it."""
    return [unescape(" ".join(text.split())) for text in re.findall(r'<p class="(?:stated|looked)[^"]*">(.*?)</p>', html, re.S)]


def form_of(query):
    """The filter form of a page."""
    return re.search(r'<details class="filters".*?</details>', get(query), re.S)[0]


def get(query, path="/reports/"):
    return Client().get(f"{path}?{query}").text


@pytest.fixture
def some(reporter, editor, publisher):
    """Six reports of 2024, a month apart: A and B English, Es Spanish, Ar Arabic, C of a rare kind and by a name, D corrected."""
    law, faith, prison = (Tag.objects.create(name=name, slug=name.lower()) for name in ("Law", "Faith", "Prison"))
    TagName.objects.create(tag=law, language="ar", name="القانون")
    byline = Byline.objects.create(name="A Name", slug="a-name")
    kenya, nigeria = factories.region("KE"), factories.region("NG")
    rows = [
        ("A", "en", [law, faith], kenya, {}), ("B", "en", [law], nigeria, {}), ("Es", "es", [law, prison], kenya, {}), ("Ar", "ar", [law], nigeria, {}),
        ("C", "en", [faith], nigeria, {"kind": "interview", "credits": [{"byline": byline}], "byline_mode": "named"}), ("D", "en", [law, faith], nigeria, {}),
    ]  # fmt: skip
    for number, (headline, language, tags, region, more) in enumerate(rows, start=1):
        report = factories.live(
            reporter, editor, publisher, headline=headline, slug=f"r-{number}", language=language, tags=tags, regions=[region], dateline_region=region,
            at=dt.datetime(2024, number, 15, 12, tzinfo=dt.UTC), **more,
        )  # fmt: skip
    actions.approve(actions.submit(actions.save(report, by=reporter, standfirst="So."), by=reporter), by=editor)
    publication.publish_update(report, by=publisher, change="correction", correction="It was so.")


def test_several_tags_mean_all_of_them_and_language_and_corrections_narrow_too(some):
    expected = {
        "tag=law": ["D", "B", "A"], "tag=law&tag=faith": ["D", "A"], "tag=faith&tag=law&tag=law": ["D", "A"], "tag=law&tag=prison": [],
        "corrected=yes": ["D"], "corrected=yes&tag=law&region=africa": ["D"], "corrected=yes&region=kenya": [], "corrected=no": ["D", "C", "B", "A"],
        "language=es": ["Es"], "language=ar&tag=law": ["Ar"], "language=all": ["D", "C", "Ar", "Es", "B", "A"], "language=all&tag=prison": ["Es"],
        "language=all&tag=law&region=nigeria": ["D", "Ar", "B"], "language=es&tag=law&tag=prison": ["Es"], "language=en&kind=interview": ["C"],
    }  # fmt: skip
    assert {query: headlines(get(query)) for query in expected} == expected
    assert headlines(get("language=en&tag=law", "/ar/reports/")) == ["D", "B", "A"]


def test_a_report_of_another_language_is_marked_with_its_own(some):
    html = get("language=all")
    assert re.findall(r'<article class="entry" lang="(\w+)" dir="(\w+)">', html) == [
        ("en", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("es", "ltr"), ("en", "ltr"), ("en", "ltr"),
    ]  # fmt: skip
    assert '<html lang="en" dir="ltr">' in html


def test_the_page_says_in_words_what_it_shows_and_counts_it(some):
    expected = {
        "tag=law": "3 reports tagged Law",
        "tag=law&tag=faith&region=africa&corrected=yes": "1 report from Africa, tagged Faith and Law, corrected since publication",
        "kind=interview&author=a-name": "1 report of the kind “Interview”, by A Name",
        "language=es": "1 report in Spanish",
        "language=all": "6 reports in all languages",
        "from=2024-02-01&to=2024-05-31": "2 reports since February 1, 2024, until May 31, 2024",
        "tag=law&tag=prison&language=all": "1 report tagged Law and Prison, in all languages",
        "region=kenya&kind=interview": "No report from Kenya, of the kind “Interview”",
        "tag=atlantis": "No report tagged atlantis",
    }
    assert {query: said(get(query)) for query in expected} == {query: [sentence] for query, sentence in expected.items()}
    assert said(get("")) == []
    assert "<title>3 reports tagged Law –" not in get("tag=law") and "<title>Reports tagged Law – " in get("tag=law")
    assert said(get("tag=law&language=all", "/ar/reports/")) == ["٥ تقارير موسومة بـالقانون، بكل اللغات"]


def test_each_filter_is_taken_away_by_its_own_link_to_the_canonical_address(some):
    html = get("tag=law&region=africa&language=all&tag=faith&x=1&kind=&to=2024-12-31")
    assert re.findall(r'<a href="([^"]+)">remove', unescape(html)) == [
        "/reports/?region=africa&tag=faith&tag=law&to=2024-12-31", "/reports/?language=all&tag=faith&tag=law&to=2024-12-31",
        "/reports/?language=all&region=africa&tag=law&to=2024-12-31", "/reports/?language=all&region=africa&tag=faith&to=2024-12-31",
        "/reports/?language=all&region=africa&tag=faith&tag=law",
    ]  # fmt: skip
    address = "http://testserver/reports/?language=all&region=africa&tag=faith&tag=law&to=2024-12-31"
    assert f'<link rel="canonical" href="{address}">' in unescape(html)


def test_the_form_shows_what_is_chosen_and_keeps_what_it_does_not_offer(some):
    html = form_of("tag=law&tag=atlantis&region=kenya&kind=news&author=nobody&language=ar&corrected=yes&from=2024-01-01")
    assert re.findall(r'<option value="([^"]+)"[^>]* selected>', html) == ["kenya", "news", "nobody", "ar"]
    assert re.findall(r'name="(\w+)" value="([^"]+)" checked>', html) == [("tag", "atlantis"), ("tag", "law"), ("corrected", "yes")]
    assert re.findall(r'type="date" value="([^"]+)"', html) == ["2024-01-01"]
    assert '<details class="filters" open>' in html and '<details class="filters">' in get("")
    plain = form_of("")
    assert not re.search("selected|checked|<!--", plain)
    assert re.findall(r'<optgroup label="([^"]+)"><option value="([^"]+)">([^<]+)<', plain) == [("Africa", "africa", "All of Africa")]


def test_the_form_is_drawn_once_until_the_stamp_moves(some):
    request = RequestFactory().get("/reports/")
    request.language = "en"
    form = filter_form.form_of(request)
    assert filter_form.form_of(request) is form
    count_up()
    again = RequestFactory().get("/reports/")
    again.language = "en"
    assert filter_form.form_of(again) is not form and filter_form.form_of(again) == form


def test_the_tags_with_the_most_reports_lately_have_boxes_and_the_others_a_list(some, monkeypatch):
    monkeypatch.setattr(filter_form, "OFTEN", 1)
    filter_form.forget()
    html = form_of("")
    assert (re.findall(r'type="checkbox" name="tag" value="(\w+)"', html), re.findall(r'<option value="(law|faith|prison)">', html)) == (
        ["faith"],
        ["law"],
    )
    chosen = form_of("tag=law")
    assert re.findall(r'type="checkbox" name="tag" value="(\w+)"( checked)?', chosen) == [("law", " checked"), ("faith", "")]


def test_where_nothing_fits_the_page_leads_to_what_does(some):
    near = {query: re.findall(r'<li><a href="(/reports/[^"]*)">([^<]+)</a>', unescape(get(query))) for query in (
        "region=kenya&kind=interview", "tag=prison", "tag=prison&region=nigeria", "tag=atlantis", "from=2030-01-01", "author=a-name&region=kenya",
    )}  # fmt: skip
    assert near == {
        "region=kenya&kind=interview": [
            ("/reports/?region=kenya", "Reports from Kenya"), ("/reports/?kind=interview", "Reports of the kind “Interview”"),
            ("/reports/?kind=interview&region=sub-saharan-africa", "Reports from Sub-Saharan Africa, of the kind “Interview”"),
            ("/reports/?kind=interview&region=africa", "Reports from Africa, of the kind “Interview”"),
        ],
        "tag=prison": [("/reports/?language=es&tag=prison", "Reports tagged Prison, in Spanish")],
        "tag=prison&region=nigeria": [("/reports/?region=nigeria", "Reports from Nigeria")],
        "tag=atlantis": [],
        "from=2030-01-01": [],
        "author=a-name&region=kenya": [
            ("/reports/?region=kenya", "Reports from Kenya"), ("/reports/?author=a-name", "Reports by A Name"),
            ("/reports/?author=a-name&region=sub-saharan-africa", "Reports from Sub-Saharan Africa, by A Name"),
            ("/reports/?author=a-name&region=africa", "Reports from Africa, by A Name"),
        ],
    }  # fmt: skip
    assert "The first day lies after the last." in get("from=2024-03-02&to=2024-02-01")


def test_what_is_no_day_is_said_beside_its_field_and_narrows_nothing(some):
    for query in ("from=2024-02-30", "to=x", "from=x&to=2030-01-01"):
        html = get(query)
        name = query.partition("=")[0]
        assert f'id="f-{name}-wrong">“{query.partition("=")[2].partition("&")[0]}” is no day: write it as 2024-03-31.</p>' in html
        assert headlines(html) == ["D", "C", "B", "A"]
    assert "is no day" not in get("from=2024-02-29")


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"tag=t{number}" for number in range(990)), "&".join(f"x{number}=1" for number in range(990)), "tag=%00", "tag=%ED%A0%80&region=%ff%fe",
        "region=%E2%80%AEabc", "tag=<b>&region='\"--", "from=99999-01-01", "from=0000-00-00", "to=9999-12-31&from=0001-01-01", f"tag={'x' * 5000}",
        "language=all&language=es&kind=news&kind=interview&region=a&region=kenya", "corrected=1&kind=page", "tag=law&after=999999999999999999-" + "f" * 32,
        "region=" + "%F0%9F%8F%B4" * 100, "from=٢٠٢٤-٠١-٠١",
    ],
)  # fmt: skip
def test_whatever_stands_in_a_query_is_no_error_and_takes_no_more_than_four_statements(some, query):
    forget()
    with CaptureQueriesContext(connection) as captured:
        answer = Client().get(f"/reports/?{query}")
    assert (answer.status_code, len(captured) <= 4) == (200, True), [each["sql"] for each in captured]
    assert "\u202e" not in answer.text and '"<b>"' not in answer.text


def test_more_parameters_than_django_takes_are_refused(some):
    assert Client().get("/reports/?" + "tag=law&" * 10_000).status_code == 400


def test_a_list_that_is_cut_short_says_so_and_goes_on_to_its_end_and_back(some, monkeypatch):
    monkeypatch.setattr(selections, "WINDOW", 1)
    first = get("tag=law&region=kenya")
    assert (headlines(first), said(first)) == (
        [],
        ["Reports tagged Law: looked through the newest 1, back to February 15, 2024. None of them fits."],
    )
    seen, html, steps = headlines(first), first, [first]
    while found := re.search(r'<a href="([^"]+)" rel="next"><b>([^<]+)</b>', html):
        html = Client().get(unescape(found[1])).text
        seen += headlines(html)
        steps.append(html)
    assert seen == ["A"]
    back = headlines(html)
    while found := re.search(r'<a href="([^"]+)" rel="prev">', html):
        html = Client().get(unescape(found[1])).text
        back = headlines(html) + back
    assert back == ["A"]
    assert any("Go on with older ones" in step for step in steps)


def forget():
    """As a process is that has answered nothing under this stamp."""
    filters.forget()
    filter_form.forget()
    framed.frames.clear()
    archive.tallies.clear()


def test_no_filter_and_no_combination_takes_more_than_four_statements(some):
    taken = {}
    queries = [
        "", "tag=law", "tag=law&region=kenya", "tag=prison", "language=all&tag=prison", "language=es", "region=kenya&kind=interview",
        "corrected=yes&tag=faith", "tag=atlantis&language=es", "tag=prison&language=es&region=nigeria",
    ]  # fmt: skip
    for query in queries:
        forget()
        with CaptureQueriesContext(connection) as captured:
            Client().get(f"/reports/?{query}")
        taken[query] = len(captured)
    assert {query: number for query, number in taken.items() if number > 4} == {}
