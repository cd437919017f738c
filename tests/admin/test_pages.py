"""Preview, history, warnings: what the desk shows of a report, and to whom."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.editions.models import Address, Edition
from articles.errands.models import Heartbeat
from articles.people.models import Byline
from articles.reports.models import Report, Revision
from articles.taxonomy.models import Region
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ("change/", "history/", "preview/", "revisions/", "revisions/1/", "revisions/compare/")


def written():
    return [model.objects.count() for model in (Report, Revision, Edition, Address, AuditEvent)]


def test_the_preview_is_the_page_that_publishing_makes(as_user, client, reporter, editor, publisher, monkeypatch):
    report, now = factories.approved(reporter, editor), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)  # both show the minute
    previewed = as_user(reporter).get(f"/desk/articles/report/{report.pk}/preview/")
    publication.publish(report, by=publisher)
    public = client.get(Report.objects.get().path)

    main = re.compile(r"<main.*</main>", re.S)
    assert main.search(previewed.text)[0] == main.search(public.text)[0]


def test_the_preview_is_kept_nowhere_and_runs_nothing(as_user, reporter):
    report = factories.draft(reporter)
    before = written()

    answer = as_user(reporter).get(f"/desk/articles/report/{report.pk}/preview/")

    headers = answer.headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"].startswith("noindex") and headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'") and "script" not in headers["Content-Security-Policy"]
    assert re.findall(r'<script(?! type="application/ld\+json")', answer.text) == []
    assert written() == before


def test_a_draft_with_nothing_in_it_has_a_preview_too(as_user, editor):
    report = actions.create(by=editor, language="ar")
    assert as_user(editor).get(f"/desk/articles/report/{report.pk}/preview/").status_code == 200


def test_what_a_person_may_not_read_is_not_there_for_them(as_user, client, reporter, second_reporter, translator, press_officer, superuser):
    report = factories.draft(reporter, headline="Unheard of")
    paths = [f"/desk/articles/report/{report.pk}/{page}" for page in PAGES]

    for person in (second_reporter, translator, press_officer, superuser):
        answers = [as_user(person).get(path) for path in paths]
        assert [answer.status_code for answer in answers] == [404] * len(PAGES), person
        assert not any("Unheard" in answer.text for answer in answers)
        missing = as_user(person).get("/desk/articles/report/999999/change/")
        assert missing.text == answers[0].text
    assert [client.get(path).status_code for path in paths] == [302] * len(PAGES)
    assert as_user(reporter).get(f"/desk/articles/report/{report.pk}/preview/x.css", follow=True).status_code == 404


def test_the_history_tells_who_did_what_and_why_and_leads_to_each_change(as_user, reporter, editor, publisher):
    report = factories.in_review(reporter)
    report = actions.request_changes(report, by=editor, comment="Who are “they”?")
    report = actions.save(report, by=reporter, standfirst="The district order came on a Tuesday and named no reason.")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    publication.publish(report, by=publisher)
    publication.withdraw(Report.objects.get(), by=publisher, reason="A source asked.")
    client = as_user(editor)

    page = client.get(f"/desk/articles/report/{report.pk}/history/").text
    rows = [
        [re.sub(r"<[^>]+>|\s+", " ", cell).split() for cell in re.findall(r"<td>(.*?)</td>", row, re.S)]
        for row in page.partition("</tbody>")[0].split("<tr>")[2:]
    ]
    assert [" ".join(word for cell in row[1:] for word in cell) for row in rows] == [
        "publisher Withdrew A source asked.",
        "publisher Published Revision 5",
        "editor Approved",
        "reporter Submitted for review Revision 4",
        "reporter Saved Revision 3",
        "editor Requested changes Who are “they”?",
        "reporter Submitted for review Revision 2",
        "reporter Began the report Revision 1",
    ]

    change = client.get(f"/desk/articles/report/{report.pk}/revisions/3/").text
    assert re.findall(r'<section class="difference"><h2>([^<]+)</h2>', change) == ["Standfirst"]
    assert [re.sub(r"<bdi.*?</bdi>", "", word) for word in re.findall(r"<(?:ins|del)>(.*?)</(?:ins|del)>", change)] == ["district"]
    assert client.get(f"/desk/articles/report/{report.pk}/revisions/6/").status_code == 404


def test_names_that_readers_see_are_audited_and_their_history_told(as_user, editor, publisher):
    client = as_user(editor)
    made = client.post("/desk/articles/byline/add/", {"name": "Rana Notreal", "slug": "rana-notreal"})
    byline = Byline.objects.get()
    region = Region.objects.get(iso_alpha2="NG")

    page = as_user(publisher).get(f"/desk/articles/byline/{byline.pk}/history/").text

    assert made.status_code == 302
    assert AuditEvent.objects.values_list("verb", "by", "target").first() == ("add_public_fact", editor.audit_code, byline.audit_code)
    assert "<td>editor</td><td>Added</td>" in page
    assert "Nothing was done with it at the desk yet." in client.get(f"/desk/articles/region/{region.pk}/history/").text


def test_what_no_page_may_hold_is_left_out_of_names_that_readers_see(as_user, editor):
    client = as_user(editor)
    client.post("/desk/articles/byline/add/", {"name": " Rana\x07 \x9fNotreal\ufffe", "slug": "rana-notreal"})
    assert Byline.objects.get().name == "Rana Notreal"

    nothing = client.post("/desk/articles/byline/add/", {"name": "\x07", "slug": "nobody"})
    assert "This field cannot be blank." in nothing.text
    assert Byline.objects.count() == 1


def test_every_page_warns_when_the_clock_is_silent_and_when_four_eyes_are_off(as_user, editor):
    client = as_user(editor)

    def warnings():
        return re.findall(r'desk-warning" role="status">([^.:]+)', client.get("/desk/articles/report/").text)

    Heartbeat.objects.update_or_create(name="clock", defaults={"at": timezone.now() - dt.timedelta(seconds=100)})
    assert warnings() == []
    Heartbeat.objects.update(at=timezone.now() - dt.timedelta(seconds=130))
    assert warnings() == ["The clock is not running"]
    call_command("four_eyes", "off")
    assert warnings() == ["Four eyes are off", "The clock is not running"]
    call_command("four_eyes", "on")
    assert warnings() == ["The clock is not running"]


def test_texts_carry_their_language_and_direction_whatever_the_desk_speaks(as_user, editor):
    report = factories.draft(editor, language="ar", headline="عائلتان تُجبران على الرحيل")
    client = as_user(editor)

    assert f'<a href="/desk/articles/report/{report.pk}/change/" lang="ar" dir="auto">' in client.get("/desk/articles/report/").text
    page = client.get(f"/desk/articles/report/{report.pk}/change/").text
    for name in ("headline", "standfirst", "body"):
        field = re.search(rf'<textarea name="{name}"[^>]*>', page)[0]
        assert 'lang="ar"' in field and 'dir="auto"' in field, name


def test_the_panel_says_who_approved(as_user, reporter, editor, publisher):
    report = factories.approved(reporter, editor)

    page = as_user(publisher).get(f"/desk/articles/report/{report.pk}/change/").text

    assert "editor approved revision 2 on" in page
