"""The site's words come from the desk, each in the page's language or, marked as such, in the main one; the founding year is told once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from articles.audit.models import AuditEvent
from articles.identity.actions import change_identity, change_text
from articles.identity.models import Shell
from articles.identity.texts import Site, site_for
from articles.people.machines import COMMAND_LINE, machine
from articles.stamp.number import current

pytestmark = pytest.mark.django_db


def by():
    return machine(COMMAND_LINE)


def tagline(path):
    found = re.search(r'<p class="mast__tag"><span>(.*?)</span> <a class="mast__lite"', Client().get(path).text)
    return found and found[1]


def test_each_missing_word_falls_back_by_itself():
    change_identity(by=by(), organisation="Lantern Watch Trust", short_name="LW", founded=1995)
    assert site_for("ar") == Site("Lantern Watch Trust", "LW", "", "", "", 1995, "", "", "en", "", "", "")
    change_text("en", by=by(), name="Lantern Watch", tagline="We look", footer="Invented.")
    change_text("ar", by=by(), name="مرصد الفانوس", footer="")
    assert site_for("en") == Site("Lantern Watch", "LW", "We look", "Invented.", "", 1995, "", "", "", "", "", "")
    assert site_for("ar") == Site("مرصد الفانوس", "LW", "We look", "Invented.", "", 1995, "", "", "", "en", "en", "")
    change_text("ar", by=by(), name="مرصد الفانوس", short_name="الفانوس")
    assert (site_for("ar").short_name, site_for("es").short_name) == ("الفانوس", "LW")
    html = Client().get("/ar/").text
    assert '<p class="mast__name"><a href="/ar/" aria-current="page">مرصد الفانوس</a></p>' in html
    assert '<p class="foot__note" lang="en" dir="ltr">Invented.</p>' in html
    assert tagline("/ar/") == '<span lang="en" dir="ltr">We look</span>، منذ ١٩٩٥'


@pytest.mark.parametrize(
    ("words", "founded", "english", "spanish"),
    [
        ("We look", 1995, "We look, since 1995", '<span lang="en" dir="ltr">We look</span>, desde 1995'),
        ("We look since 1995", 1995, "We look since 1995", '<span lang="en" dir="ltr">We look since 1995</span>'),
        ("We look", None, "We look", '<span lang="en" dir="ltr">We look</span>'),
        ("", 1995, "since 1995", "desde 1995"),
        ("", None, None, None),
        ("<b>“Look”</b>", None, "&lt;b&gt;“Look”&lt;/b&gt;", '<span lang="en" dir="ltr">&lt;b&gt;“Look”&lt;/b&gt;</span>'),
    ],
)
def test_the_founding_year_follows_the_tagline_unless_that_tells_it(words, founded, english, spanish):
    change_identity(by=by(), organisation="Lantern Watch", short_name="LW", founded=founded)
    change_text("en", by=by(), tagline=words)
    assert (tagline("/"), tagline("/es/")) == (english, spanish)


def test_a_change_is_one_act_that_every_page_shows_at_once():
    before, events = current(), AuditEvent.objects.count()
    change_identity(by=by(), organisation="Lantern Watch", short_name="LW", founded=None)
    change_text("es", by=by(), name="Farol")
    assert (current(), AuditEvent.objects.count()) == (before + 2, events + 2)
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", "target"))[-2:] == [
        ("change_identity", "identity"), ("change_identity", "site-text:es"),
    ]  # fmt: skip
    assert dict(Shell.objects.values_list("language", "site_name")) == {"en": "Lantern Watch", "es": "Farol", "ar": "Lantern Watch"}
    assert "Lantern Watch</a>" in Client().get("/").text and ">Farol</a>" in Client().get("/es/regions/").text
