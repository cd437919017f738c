"""Short names in addresses, from headlines in any script."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from articles.taxonomy.slugs import RESERVED, numbered, propose_slug
from articles.text.slugs import LONGEST, SHAPE, check_slug


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("မြန်မာနိုင်ငံတွင် ဖမ်းဆီး", "mrnmaniunnmtvn-phmchi"),
        ("नेपाल में गिरफ्तारी", "nepal-mem-girphtari"),
        ("كنيسة في جوس", "knysh-fy-jws"),
        ("北京的教会", "beijingdejiaohui"),
        ("北京 教会", "beijing-jiaohui"),
        ("Ärger in Łódź: Straße", "arger-in-lodz-strasse"),
        ("Don’t look — O’Brien’s «case»", "dont-look-obriens-case"),
        ("🎉🔥", "tada-fire"),
        ("  10/18: 3,000 homes  ", "10-18-3-000-homes"),
    ],
)
def test_a_headline_of_any_script_gives_a_slug_of_the_shape(headline, slug):
    assert propose_slug(headline) == slug
    assert re.match(SHAPE, slug)


@pytest.mark.parametrize("headline", ["", "   ", "…—–", "!!!", "\u200f", "\u0301"])
def test_a_headline_without_letters_and_figures_gives_none(headline):
    assert propose_slug(headline) == ""


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("word " * 30, "-".join(["word"] * 16)),
        ("a" * 100, "a" * 80),
        ("a" * 80 + " tail", "a" * 80),
        ("a" * 79 + " tail", "a" * 79),
        ("a " + "b" * 100, "a"),
        ("ab " * 26 + "cd", "-".join(["ab"] * 26) + "-cd"),
    ],
)
def test_a_long_slug_is_cut_at_a_word(headline, slug):
    assert propose_slug(headline) == slug
    assert len(slug) <= LONGEST


@pytest.mark.parametrize("script", ["မြန်မာ ", "北京", "كنيسة ", "नेपाल "])
def test_long_headlines_of_any_script_keep_the_limit_with_a_number_too(script):
    slug = propose_slug(script * 40)

    assert re.match(SHAPE, slug)
    assert len(slug) <= LONGEST
    assert re.match(SHAPE, numbered(slug, 12))
    assert len(numbered(slug, 12)) <= LONGEST
    assert numbered(slug, 12).endswith("-12")


@pytest.mark.parametrize("slug", ["North", "a--b", "-a", "a-", "a_b", "a b", "ä", "a\n", "a/b", "", "１"])
def test_other_shapes_are_refused(slug):
    with pytest.raises(ValidationError):
        check_slug(slug or "-")


def test_what_the_site_uses_itself_is_reserved():
    assert {"reports", "press", "desk", "media", "static", "es", "ar", "en"} <= RESERVED
