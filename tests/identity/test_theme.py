"""The site's own colours: checked as WCAG 2.2 asks, served under their hash, linked only while they stand, gone without a trace."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.audit.models import AuditEvent
from articles.identity.contrast import mixed, ratio, readable, told
from articles.identity.models import Theme
from articles.identity.theme import FIELDS, change_theme, check_colours, colours, house_colours, reset_theme, stylesheet
from articles.stamp.number import current

pytestmark = pytest.mark.django_db
OURS = {
    "light_paper": "#fffdf7", "light_ink": "#1b1b2f", "light_accent": "#0b5d3b", "light_link": "#0b3d91",
    "dark_paper": "#0f1420", "dark_ink": "#e8e8f0", "dark_accent": "#7fd6a8", "dark_link": "#9cc3ff",
}  # fmt: skip

NO_COLOUR = "Write a colour as # and six digits or letters up to f."


def written():
    return list(Theme.objects.values_list()), current(), AuditEvent.objects.count()


def linked():
    return re.findall(r'href="(/theme\.[^"]*)"', Client().get("/").text)


def test_contrast_is_reckoned_as_wcag_says():
    assert (round(ratio("#000000", "#ffffff"), 2), round(ratio("#777777", "#ffffff"), 2), ratio("#123456", "#123456")) == (21.0, 4.48, 1.0)
    assert (told(4.499), told(21.0)) == ("4.49:1", "21.00:1")
    assert (mixed("#000000", "#ffffff", 0.5), mixed("#102030", "#102030", 0.3)) == ("#808080", "#102030")
    grey = readable("#ffffff", "#000000", 4.5)
    assert ratio(grey, "#ffffff") >= 4.5 > ratio(mixed(grey, "#ffffff", 0.02), "#ffffff")


def test_the_colours_of_the_house_pass_their_own_check():
    check_colours(house_colours())
    assert colours() == (house_colours(), "") and linked() == []


def test_colours_are_served_under_their_hash_and_linked_from_every_page(publisher):
    before = current()
    theme = change_theme(OURS, by=publisher, instead_of="")
    assert linked() == [f"/theme.{theme.hash}.css"] and current() == before + 1
    answer = Client().get(linked()[0])
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        200, "text/css; charset=utf-8", "public, max-age=31536000, immutable",
    )  # fmt: skip
    assert answer.text == stylesheet(OURS)
    for name in ("paper:#fffdf7", "ink:#1b1b2f", "needle:#0b5d3b", "link:#0b3d91", "paper:#0f1420", "needle:#7fd6a8", "link:#9cc3ff"):
        assert f"--{name}" in answer.text
    assert list(AuditEvent.objects.order_by("-seq").values_list("verb", "target")[:1]) == [("change_theme", "theme")]
    old = linked()[0]
    change_theme({**OURS, "light_accent": "#7a0c0c"}, by=publisher, instead_of=theme.hash)
    nothing = Client().get("/nothing-at-all/")
    assert [(each.status_code, each.content) for each in map(Client().get, (old, "/theme.0000000000000000.css", f"/ar{linked()[0]}"))][
        :2
    ] == [(404, nothing.content)] * 2
    assert Client().get(f"/ar{linked()[0]}").status_code == 404


def test_every_mixed_colour_keeps_its_contrast():
    for scheme in re.findall(r":root\{(--paper[^}]*)\}", stylesheet(OURS)):
        token = dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", scheme))
        for ground in (token["paper"], token["tint"]):
            assert ratio(token["soft"], ground) >= 4.5 and ratio(token["edge"], ground) >= 3 and ratio(token["ink"], ground) >= 4.5


def test_the_house_is_had_back_and_its_own_colours_are_no_theme(publisher):
    theme = change_theme(OURS, by=publisher, instead_of="")
    reset_theme(by=publisher, instead_of=theme.hash)
    assert (linked(), Theme.objects.count(), AuditEvent.objects.latest("seq").verb) == ([], 0, "reset_theme")
    before = written()
    assert change_theme(house_colours(), by=publisher, instead_of="") is None
    assert written() == before


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ({"light_accent": "#ff9900"}, {"light_accent": ["Accent (#ff9900) and paper (#fffdf7), on light pages: their contrast is 2.10:1, text needs 4.5:1."]}),
        ({"dark_link": "#0f1420"}, {"dark_link": ["Link (#0f1420) and paper (#0f1420), on dark pages: their contrast is 1.00:1, text needs 4.5:1."]}),
        *(({"light_ink": wrong}, {"light_ink": [NO_COLOUR]}) for wrong in ("", "red", "#fff", "#12345g", "#1b1b2f;}", "#1B1B2F")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_pair_and_nothing_is_written(publisher, wrong, sentences):
    before = written()
    with pytest.raises(ValidationError) as refused:
        change_theme({**OURS, **wrong}, by=publisher, instead_of="")
    assert refused.value.message_dict == sentences
    assert written() == before


def test_who_chose_beside_somebody_else_is_refused(publisher, administrator):
    change_theme(OURS, by=publisher, instead_of="")
    before = written()
    for act in (lambda: change_theme(OURS, by=administrator, instead_of=""), lambda: reset_theme(by=administrator, instead_of="0" * 16)):
        with pytest.raises(ValidationError):
            act()
    assert written() == before and set(colours()[0]) == set(FIELDS)
