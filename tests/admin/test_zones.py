"""Times at the desk: typed and read in the zone that each person chose, with UTC beside it; what readers get keeps the site's zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.admin.moments import MomentField
from articles.audit.models import AuditEvent
from articles.editions.models import Edition
from articles.people.models import User
from articles.public import kept
from articles.reports.models import Draftlet, Report
from articles.text.moments import moment
from tests import factories
from tests.admin.browserless import fields_of

pytestmark = pytest.mark.django_db
ACCOUNT = "/desk/accounts/"


@pytest.fixture
def in_berlin(as_user, publisher):
    User.objects.filter(pk=publisher.pk).update(time_zone="Europe/Berlin")
    return as_user(publisher)


def address(report):
    return f"/desk/articles/report/{report.pk}/change/"


def scheduled_at(client, report, when, **more):
    page = client.get(address(report)).text
    given = {"schedule-publish_at": when, "schedule-seen_version": report.lock_version, "schedule-zone": "Europe/Berlin", **more}
    assert 'name="schedule-zone" value="Europe/Berlin"' in page
    return client.post(f"/desk/articles/report/{report.pk}/act/schedule/", given)


def test_a_time_is_told_in_both_zones_and_once_where_they_are_one():
    at = dt.datetime(2026, 3, 4, 22, 30, 5, tzinfo=dt.UTC)

    assert (moment(at), moment(at, "clock"), moment(None)) == ("4 March 2026, 22:30 UTC", "22:30:05 UTC", "")
    with timezone.override(ZoneInfo("Africa/Abidjan")):
        assert moment(at) == "4 March 2026, 22:30 UTC"
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert (moment(at), moment(at, "time")) == ("4 March 2026, 23:30 (22:30 UTC)", "23:30 (22:30 UTC)")
    with timezone.override(ZoneInfo("Asia/Kathmandu")):
        assert moment(at, "day") == "5 March, 04:15 (4 March, 22:30 UTC)"


def test_each_person_chooses_a_zone_and_an_unknown_one_changes_nothing(as_user, editor):
    client = as_user(editor)
    before = AuditEvent.objects.count()

    assert client.post(ACCOUNT, {"language": "", "time_zone": "Mars/Olympus"}).status_code == 400
    assert (User.objects.get(pk=editor.pk).time_zone, AuditEvent.objects.count()) == ("", before)

    assert client.post(ACCOUNT, {"language": "", "time_zone": "Asia/Kathmandu"}).status_code == 302
    assert User.objects.get(pk=editor.pk).time_zone == "Asia/Kathmandu"
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))[before:] == ["choose_time_zone"]


def test_a_zone_that_is_no_more_falls_back_to_the_site_s(as_user, editor):
    User.objects.filter(pk=editor.pk).update(time_zone="Mars/Olympus")

    assert "typed in UTC" in as_user(editor).get("/desk/articles/report/add/").text


def test_a_schedule_is_typed_and_told_in_the_own_zone(in_berlin, as_user, reporter, editor, second_editor):
    report = factories.approved(reporter, editor)

    assert scheduled_at(in_berlin, report, "2030-07-01T08:00").status_code == 302

    assert Report.objects.get().publish_at == dt.datetime(2030, 7, 1, 6, 0, tzinfo=dt.UTC)
    assert "Due 1 July 2030, 08:00 (06:00 UTC), scheduled by publisher." in in_berlin.get(address(report)).text
    assert "Due 1 July 2030, 06:00 UTC, scheduled by publisher." in as_user(second_editor).get(address(report)).text


def test_an_open_page_means_the_zone_that_it_showed(as_user, editor):
    report = factories.draft(editor, expire_at=dt.datetime(2030, 7, 1, 6, 0, tzinfo=dt.UTC))
    client = as_user(editor)
    fields = fields_of(client.get(address(report)).text)
    assert (fields["expire_at"], fields["zone"]) == (["2030-07-01T06:00"], ["UTC"])
    User.objects.filter(pk=editor.pk).update(time_zone="Europe/Berlin")

    assert client.post(address(report), fields | {"embargo_until": ["2030-07-02T06:00"]}).status_code == 302

    saved = Report.objects.get()
    assert (saved.expire_at.hour, saved.embargo_until) == (6, dt.datetime(2030, 7, 2, 6, 0, tzinfo=dt.UTC))
    assert fields_of(client.get(address(report)).text)["expire_at"] == ["2030-07-01T08:00"]


def test_a_draft_that_was_kept_in_another_zone_means_the_same_minute(as_user, editor):
    report = factories.draft(editor)
    client = as_user(editor)
    fields = fields_of(client.get(address(report)).text)
    typed = fields | {"embargo_until": ["2030-07-02T06:00"], "page_key": ["one"]}
    assert client.post(f"/desk/articles/report/{report.pk}/draft/", typed).status_code == 200
    User.objects.filter(pk=editor.pk).update(time_zone="Europe/Berlin")

    page = client.post(address(report), {"_continue": "one"}).text

    assert Draftlet.objects.get().content["fields"]["zone"] == ["UTC"]
    assert "typed in UTC" in page
    assert client.post(address(report), fields_of(page)).status_code == 302
    assert Report.objects.get().embargo_until == dt.datetime(2030, 7, 2, 6, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2030-03-31T02:30", "The clocks go forward that night in Europe/Berlin and skip 02:30: choose a time before or after."),
        ("2030-10-27T02:30", "The clocks go back that night in Europe/Berlin, and 02:30 comes twice, at 00:30 and at 01:30 UTC"),
    ],
)
def test_an_hour_that_never_comes_or_comes_twice_is_refused(in_berlin, reporter, editor, typed, sentence):
    report = factories.approved(reporter, editor)
    before = (list(Report.objects.values()), AuditEvent.objects.count())

    answer = scheduled_at(in_berlin, report, typed)

    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert (list(Report.objects.values()), AuditEvent.objects.count()) == before


def test_a_time_that_nobody_touched_stays_to_the_second_even_in_an_hour_that_comes_twice():
    field = MomentField()
    field.zone, field.standing = "Europe/Berlin", dt.datetime(2030, 10, 27, 1, 30, 59, tzinfo=dt.UTC)

    assert field.clean("2030-10-27T02:30") == field.standing
    field.standing = None
    with pytest.raises(ValidationError):
        field.clean("2030-10-27T02:30")
    for odd in ("9999-12-31T23:59", "0001-01-01T00:00"):
        field.zone = "America/Lima" if odd.startswith("9") else "Asia/Tokyo"
        with pytest.raises(ValidationError):
            field.clean(odd)


def test_readers_get_the_site_s_zone_whoever_publishes(in_berlin, reporter, editor, publisher):
    """Berlin is in the next month already, when this is first published."""
    report = factories.approved(reporter, editor)
    given = {"publish-first_published_at": "2026-02-01T00:30", "publish-zone": "Europe/Berlin", "publish-seen_version": report.lock_version}

    assert in_berlin.post(f"/desk/articles/report/{report.pk}/act/publish/", given).status_code == 302

    edition = Edition.objects.get()
    assert (edition.published_at, edition.path) == (
        dt.datetime(2026, 1, 31, 23, 30, tzinfo=dt.UTC),
        "/reports/2026/01/two-families-told-to-leave-the-valley/",
    )
    drawn = (edition.head_html, edition.main_html, edition.card_html)
    publisher.time_zone = ""
    publisher.save()
    twin = factories.approved(reporter, editor, headline="Twin")
    assert in_berlin.post(f"/desk/articles/report/{twin.pk}/act/publish/", {"publish-seen_version": twin.lock_version}).status_code == 302
    edition.refresh_from_db()
    assert (edition.head_html, edition.main_html, edition.card_html) == drawn
    kept.shelf.clear()
    page = Client().get(edition.path)
    assert page.status_code == 200 and "Set-Cookie" not in page.headers
    with timezone.override(ZoneInfo("Pacific/Kiritimati")):
        kept.shelf.clear()
        assert Client().get(edition.path).content == page.content
