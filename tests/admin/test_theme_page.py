"""Choosing the site's colours at the desk: looked at before they are saved, refused in words, taken back in two steps."""

from __future__ import annotations

import html

import pytest

from articles.audit.models import AuditEvent
from articles.identity.models import Theme
from articles.identity.theme import change_theme, house_colours
from articles.stamp.number import current
from tests.admin.browserless import fields_of
from tests.identity.test_theme import OURS
from tests.markup import flaws

pytestmark = pytest.mark.django_db
THEMES = "/desk/articles/theme/"
THEME = f"{THEMES}1/change/"


def written():
    return list(Theme.objects.values_list()), current(), AuditEvent.objects.count()


def test_colours_are_looked_at_saved_and_taken_back(as_user, publisher):
    client, before = as_user(publisher), written()
    assert client.get(THEMES).headers["Location"] == THEME and client.get(f"{THEMES}2/change/").status_code == 404
    page = client.get(THEME)
    assert {name: fields_of(page.text)[name][0] for name in OURS} == house_colours() and "reset" not in page.text
    looked = client.post(THEME, {**OURS, "instead_of": "", "_do": "look"})
    assert looked.status_code == 200 and "Not saved yet." in looked.text and written() == before
    sheet = html.unescape(looked.text.partition(f'href="{THEMES}sheet/')[2].partition('"')[0])
    css = client.get(f"{THEMES}sheet/{sheet}").text
    assert ".in-light{color-scheme:light;--paper:#fffdf7" in css and ".in-dark{color-scheme:dark;--paper:#0f1420" in css
    assert client.post(THEME, {**OURS, "instead_of": "", "_do": "save"}).status_code == 302
    hash_ = Theme.objects.get().hash
    asked = client.post(THEME, {"instead_of": hash_, "_do": "reset"})
    assert [*flaws(page, "colours"), *flaws(looked, "looked at"), *flaws(asked, "asked")] == []
    assert "Take the colours of the house again?" in asked.text and Theme.objects.count() == 1
    assert client.post(THEME, {"instead_of": hash_, "_do": "reset-now"}).status_code == 302
    assert Theme.objects.count() == 0 and str(publisher) in client.get(f"{THEMES}1/history/").text


def test_an_unreadable_pair_is_named_keeps_the_choice_and_writes_nothing(as_user, administrator):
    client, before = as_user(administrator), written()
    for act in ("look", "save"):
        answer = client.post(THEME, {**OURS, "light_accent": "#ff9900", "instead_of": "", "_do": act})
        assert answer.status_code == 400 and "Accent (#ff9900) and paper (#fffdf7)" in answer.text
        assert fields_of(answer.text)["light_accent"] == ["#ff9900"]
    assert client.post(THEME, {"_do": "save", "instead_of": "x" * 99, "light_ink": "\x00<b>"}).status_code == 400
    assert written() == before


def test_a_colour_in_the_address_of_the_specimens_is_no_way_into_their_stylesheet(as_user, publisher):
    css = as_user(publisher).get(f"{THEMES}sheet/", {"light_paper": "#fff}body{display:none", "dark_ink": "red"}).text
    assert css == as_user(publisher).get(f"{THEMES}sheet/").text


def test_who_saves_second_sees_the_others_colours(as_user, publisher, administrator):
    change_theme(OURS, by=publisher, instead_of="")
    before = written()
    answer = as_user(administrator).post(THEME, {**OURS, "light_link": "#5b2a86", "instead_of": "", "_do": "save"})
    assert answer.status_code == 409 and "#0b3d91" in answer.text and fields_of(answer.text)["light_link"] == ["#5b2a86"]
    assert written() == before
    again = {**OURS, "light_link": "#5b2a86", "instead_of": fields_of(answer.text)["instead_of"][0], "_do": "save"}
    assert as_user(administrator).post(THEME, again).status_code == 302 and Theme.objects.get().light_link == "#5b2a86"
