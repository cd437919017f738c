"""The pages of a report's revisions: browse, compare, restore."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.images.actions import add
from articles.reports.models import Report, Revision
from articles.taxonomy.models import Tag
from articles.workflow import actions
from tests import factories
from tests.images import files

pytestmark = pytest.mark.django_db


def at(report, rest=""):
    return f"/desk/articles/report/{report.pk}/revisions/{rest}"


def written():
    return [
        *(model.objects.count() for model in (Report, Revision, Edition, AuditEvent)),
        *Report.objects.values_list("headline", "lock_version"),
    ]


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def test_the_list_says_what_changed_what_is_live_and_what_was_approved(as_user, reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    actions.save(report, by=reporter, tags=[Tag.objects.create(name="Schools")], internal_note="Ask again.")

    page = as_user(editor).get(at(report)).text

    rows = [[plain(cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.S)][2:] for row in page.split("<tr>")[2:]]
    assert [(row[0].split(" Compare")[0].removesuffix("Compare with what is live"), row[2], row[3]) for row in rows] == [
        ("Revision 4", "reporter", "SavedTags, Internal note"),
        ("Revision 3 Live", "publisher", "Published"),
        ("Revision 2 Approved", "reporter", "SubmittedShort name in the address"),
        ("Revision 1", "reporter", "Saved"),
    ]


def test_the_list_goes_on_by_number_and_costs_the_same_on_every_page(as_user, editor):
    report = factories.draft(editor)
    for number in range(33):
        report = actions.save(report, by=editor, headline=f"Headline {number}")
    client = as_user(editor)

    first, second = client.get(at(report)).text, client.get(at(report, "?before=5")).text

    assert [int(number) for number in re.findall(r'name="from" value="(\d+)"', first)] == list(range(34, 4, -1))
    assert 'href="?before=5"' in first and "?before=" not in second
    assert [int(number) for number in re.findall(r'name="to" value="(\d+)"', second)] == [4, 3, 2, 1]
    assert client.get(at(report, "?before=x")).status_code == 404
    with CaptureQueriesContext(connection) as full:
        client.get(at(report))
    with CaptureQueriesContext(connection) as short:
        client.get(at(report, "?before=3"))
    assert len(full) == len(short) <= 12


def test_two_revisions_are_compared_word_by_word_with_form_links_rows_and_dateline(as_user, editor):
    schools = Tag.objects.create(name="Schools")
    body = '<p>We saw <strong>them</strong> at the <a href="https://a.org/">school</a>.</p><p>Kept.</p>'
    report = factories.draft(editor, body=body, tags=[schools], citations=[{"title": "Register", "page": "4"}])
    changed = '<p>We saw them at the old <a href="https://b.org/">school</a>.</p><p>Kept.</p>'
    actions.save(
        report, by=editor, body=changed, tags=[], dateline_place="Bukuru", citations=[{"title": "Register", "page": "5", "public": False}]
    )

    page = as_user(editor).get(at(report, "compare/?from=1&to=2")).text
    main = page[page.index('<div id="content-main"') :]

    assert re.findall(r'<section class="difference"><h2>([^<]+)</h2>', main) == ["Dateline: place", "Body", "Tags", "Sources"]
    told = [plain(re.sub(r"<bdi class=.*?</bdi>", "", text)) for text in re.findall(r"<(?:ins|del)[ >].*?</(?:ins|del)>", main)]
    assert told == ["Jos", "Bukuru", "old", "taken out Schools", "4", "5", "yes"]
    assert re.findall(r'<span class="reformed">(.*?)</span> ', main) == ["them", '<span class="linked">school</span>']
    noted = [plain(text) for text in re.findall(r'class="noted"[^>]*>(.*?)</', main)]
    assert noted == ["removed: bold", "link: https://a.org/ → https://b.org/", "taken out"]
    assert main.count("[put in:]") == main.count("<ins>") and main.count("[taken out:]") == main.count("<del>")


def test_pictures_are_compared_with_their_thumbnails_where_one_may_see_them(as_user, reporter, second_reporter, editor):
    kept, taken, new = (add(files.plain(size=(number, 60)), by=editor, title=f"Valley {number}", credit="Own") for number in (80, 81, 82))
    report = factories.draft(reporter, assigned_to=second_reporter, images=[{"image": image, "alt": "A valley"} for image in (kept, taken)])
    actions.save(report, by=editor, images=[{"image": kept, "alt": "A dry valley"}, {"image": new, "alt": "A river"}])
    addresses = {image: reverse("admin:articles_image_thumb", args=[image.pk]) for image in (kept, taken, new)}

    page = as_user(editor).get(at(report, "compare/?from=1&to=2")).text
    theirs = as_user(second_reporter).get(at(report, "compare/?from=1&to=2")).text

    assert [image for image, address in addresses.items() if f'src="{address}"' in page] == [kept, taken, new]
    assert [image for image, address in addresses.items() if f'src="{address}"' in theirs] == [
        kept,
        new,
    ]  # the other stands nowhere of theirs


def test_markup_in_a_text_stays_text(as_user, editor):
    report = factories.draft(editor, headline="<script>alert(1)</script>", internal_note="<b>x</b>")
    actions.save(report, by=editor, headline="<img src=x onerror=alert(1)>", body="<p>&lt;script&gt;</p>")

    page = as_user(editor).get(at(report, "2/")).text

    assert "<img src=x" not in page and "<script>alert" not in page and "&lt;" in page


def test_an_arabic_text_is_compared_in_its_direction(as_user, editor):
    report = factories.draft(editor, language="ar", headline="عائلتان تُجبران على الرحيل")
    actions.save(report, by=editor, headline="ثلاث عائلات تُجبر على الرحيل")

    page = as_user(editor).get(at(report, "2/")).text

    assert '<p class="marked passage passage--p" lang="ar" dir="rtl">' in page
    assert '<bdi class="unseen" lang="en">[put in:] </bdi>' in page


def test_restoring_at_the_desk_saves_and_says_so(as_user, reporter, editor):
    report = actions.save(factories.draft(reporter), by=reporter, headline="Changed")
    client = as_user(reporter)
    page = client.get(at(report, "1/")).text
    seen = re.search(r'name="seen_version" value="(\d+)"', page)[1]

    answer = client.post(at(report, "1/restore/"), {"seen_version": seen}, follow=True)

    assert answer.redirect_chain == [(f"/desk/articles/report/{report.pk}/change/", 302)]
    assert "Revision 1 is restored as a new revision." in answer.text
    assert Report.objects.get().headline == "Two families told to leave the valley"
    assert "Restored revision 1" in client.get(f"/desk/articles/report/{report.pk}/history/").text


def test_what_cannot_be_restored_is_refused_and_nothing_is_written(as_user, reporter, second_reporter, editor, publisher, auditor):
    other = factories.draft(editor, headline="Another report")
    for number in range(4):
        other = actions.save(other, by=editor, headline=f"Another report {number}")
    report = actions.save(factories.draft(reporter), by=reporter, headline="Changed")
    before = written()

    def post(person, rest, version, **form):
        return as_user(person).post(at(report, rest), {"seen_version": version, **form}).status_code

    version = report.lock_version
    assert post(reporter, "5/restore/", version) == 404
    assert post(second_reporter, "1/restore/", version) == 404
    assert post(auditor, "1/restore/", version) == 403
    assert post(reporter, "1/restore/", version + 1) == 409
    assert post(reporter, "1/restore/", "²") == post(reporter, "2/restore/", version) == 400
    assert as_user(reporter).get(at(report, "1/restore/")).status_code == 405
    for query in ("?from=1&to=99", "?from=1&to=live", "?from=x&to=1", "?from=-1&to=1", "?from=1&to=99999999999999999999"):
        assert as_user(reporter).get(at(report, f"compare/{query}")).status_code == 404
    assert written() == before

    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    report = actions.schedule(report, by=publisher, publish_at=factories.in_a_week())
    before = written()
    page = as_user(reporter).get(at(report, "1/")).text
    assert 'aria-disabled="true"' in page and "unschedule it first" in page
    assert post(reporter, "1/restore/", report.lock_version) == 400
    assert written() == before


def test_a_purged_revision_is_said_to_be_purged_and_not_restored(as_user, reporter):
    report = actions.save(factories.draft(reporter), by=reporter, headline="Changed")
    with factories.triggers_lifted():
        Revision.objects.filter(report=report, number=1).update(content={})
    before, client = written(), as_user(reporter)

    assert "The text was purged" in client.get(at(report, "1/")).text
    assert "The text was purged" in client.get(at(report, "compare/?from=1&to=2")).text
    assert "Purged" in client.get(at(report)).text
    answer = client.post(at(report, "1/restore/"), {"seen_version": report.lock_version})
    assert (answer.status_code, "there is nothing to restore" in answer.text) == (400, True)
    assert written() == before
