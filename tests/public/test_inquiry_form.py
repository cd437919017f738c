"""The form's shape: what is refused, with which sentence, and what becomes of a deadline in its zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.utils.translation import override

from articles.public.inquiry_form import SALT, InquiryForm, TooOld, TooQuick, new_token, read_token
from articles.text.zones import zones_by_continent

pytestmark = pytest.mark.django_db
AT = dt.datetime(2030, 3, 4, 9, 41, tzinfo=dt.UTC)
GOOD = {
    "topic": "interview",
    "outlet": "The Lantern Gazette",
    "name": "Nora Notreal",
    "reach": "+44 20 7946 0199",
    "language": "en",
    "message": "Who told them?",
}


def form(site="en", **changes):
    return InquiryForm({**GOOD, **changes}, site_language=site, at=AT)


def wrong(**changes):
    return {name: list(sentences) for name, sentences in form(**changes).errors.items()}


def deadline(on, time="", zone="UTC"):
    given = form(deadline_on=on, deadline_time=time, deadline_zone=zone)
    return given.cleaned_data["deadline_at"] if given.is_valid() else {name: list(each) for name, each in given.errors.items()}


def test_each_missing_answer_is_asked_for_by_name():
    assert wrong(topic="", outlet="", name=" ", reach="", language="", message="\n") == {
        "topic": ["This field is required."],
        "outlet": ["Say for whom you write, or write “freelance”."],
        "name": ["Say whom we should ask for."],
        "reach": ["Give one way to reach you: we keep no other."],
        "language": ["This field is required."],
        "message": ["Write what you want to know."],
    }


def test_answers_that_no_form_offers_are_refused():
    found = wrong(topic="tip", language="xx", region="atlantis", deadline_zone="Mars/Olympus")
    assert found.keys() == {"topic", "language", "region", "deadline_zone"}
    assert found["deadline_zone"] == ["Choose one of the time zones in the list."]


def test_a_message_is_measured_as_browsers_measure_it():
    assert form(message="a\r\n" * 2000).is_valid()
    assert not form(message="a" * 4001).is_valid()
    assert form(message="نَ" * 2000).is_valid()


def test_lines_and_joiners_are_kept_and_what_commands_a_terminal_is_not():
    given = form(name="Nora\r\nBcc: all@example.org", reach="a\x1b[2Jb\x9bc", message="می‌خواهم\r\nthe\x07 second\ttab", report=" /x/ ")
    assert given.is_valid()
    assert given.text() == {
        **GOOD,
        "name": "Nora Bcc: all@example.org",
        "reach": "a[2Jbc",
        "message": "می‌خواهم\nthe second\ttab",
        "region": "",
        "report": "/x/",
        "deadline": "",
        "zone": "",
    }


def test_a_deadline_is_read_in_its_own_zone():
    assert deadline("2030-03-05", "17:30", "Asia/Kathmandu") == dt.datetime(2030, 3, 5, 11, 45, tzinfo=dt.UTC)
    assert deadline("2030-03-05", "", "America/New_York") == dt.datetime(2030, 3, 6, 4, 59, tzinfo=dt.UTC)
    assert deadline("2030-03-04", "18:42", "Asia/Tokyo") == dt.datetime(2030, 3, 4, 9, 42, tzinfo=dt.UTC)
    assert deadline("") is None
    given = form(deadline_on="2030-03-05", deadline_time="17:30", deadline_zone="Asia/Kathmandu")
    assert given.is_valid()
    assert (given.text()["deadline"], given.text()["zone"]) == ("2030-03-05T17:30+05:45", "Asia/Kathmandu")


def test_of_two_equal_hours_the_earlier_counts_and_an_hour_that_is_skipped_is_said():
    assert deadline("2030-10-27", "02:30", "Europe/Berlin") == dt.datetime(2030, 10, 27, 0, 30, tzinfo=dt.UTC)
    assert deadline("2030-03-31", "02:30", "Europe/Berlin") == {
        "deadline_time": ["The clocks go forward that day, and skip this time: give another."]
    }
    assert deadline("2030-03-31", "03:00", "Europe/Berlin") == dt.datetime(2030, 3, 31, 1, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("2030-03-04", "18:41", "Asia/Tokyo"), {"deadline_on": ["This deadline has passed: give one that is to come, or none."]}),
        (("1999-01-01", "10:00"), {"deadline_on": ["This deadline has passed: give one that is to come, or none."]}),
        (("0001-01-01", "00:00", "Asia/Tokyo"), {"deadline_on": ["This deadline has passed: give one that is to come, or none."]}),
        (("9999-12-31", "23:59", "America/Adak"), {"deadline_on": ["This deadline is many years away: is the year right?"]}),
        (("03/04/2030", ""), {"deadline_on": ["Write the day as year, month, day: 2030-11-30."]}),
        (("2030-02-30", ""), {"deadline_on": ["Write the day as year, month, day: 2030-11-30."]}),
        (("2030-03-05", "half past"), {"deadline_time": ["Write the time with hours and minutes: 17:30."]}),
        (("", "17:30"), {"deadline_on": ["Give the day of the deadline too, or leave both empty."]}),
        (("2030-03-05", "17:30", ""), {"deadline_zone": ["Choose the time zone of your deadline."]}),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_with_its_reason(given, expected):
    assert deadline(*given) == expected


def test_a_token_is_good_once_from_three_seconds_to_two_hours():
    token = new_token(at=AT)
    ages = {age: AT + dt.timedelta(seconds=age) for age in (0, 2, 3, 7200, 7201)}
    for age in (0, 2):
        with pytest.raises(TooQuick):
            read_token(token, at=ages[age])
    assert read_token(token, at=ages[3]) == read_token(token, at=ages[7200])
    assert read_token(token, at=ages[3]).digest != read_token(new_token(at=AT), at=ages[3]).digest
    with pytest.raises(TooOld):
        read_token(token, at=ages[7201])


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x" * 300,
        new_token(at=AT)[:-1],
        signing.dumps(["nonce", int(AT.timestamp())], salt="another form"),
        signing.dumps(["nonce", int(AT.timestamp())], salt=SALT, key="another key"),
        signing.dumps(["nonce"], salt=SALT),
        signing.dumps(["nonce", 1e30], salt=SALT),
        signing.dumps(None, salt=SALT),
    ],
    ids=["empty", "too long", "cut", "another salt", "another key", "no time", "no such time", "nothing"],
)
def test_a_token_that_is_not_ours_is_refused(token):
    with pytest.raises(TooOld):
        read_token(token, at=AT + dt.timedelta(seconds=10))


@pytest.mark.parametrize("language", ["en", "es", "ar", "xx"])
def test_every_zone_is_listed_once_under_its_continent_and_can_be_used(language):
    groups = zones_by_continent(language)
    zones = [zone for _continent, cities in groups for zone, _city in cities]
    assert len(zones) == len(set(zones)) > 400
    assert {ZoneInfo(zone).key for zone in zones} == set(zones)
    assert {"Africa/Lagos", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Pacific/Auckland"} <= set(zones)
    assert all(len({city for _zone, city in cities}) == len(cities) for _continent, cities in groups)


def test_the_lists_speak_the_readers_language():
    with override("ar"):
        given = form("ar")
        regions, zones = dict(given.fields["region"].choices), dict(given.fields["deadline_zone"].choices)
    assert (regions["nigeria"], dict(zones["أفريقيا"])["Africa/Lagos"]) == ("نيجيريا", "لاغوس")
