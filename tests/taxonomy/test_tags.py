"""Tags, and the short names of addresses."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st
from taggit.utils import parse_tags

from articles.taxonomy.models import Tag, TagName
from articles.taxonomy.names import tag_names
from articles.taxonomy.slugs import RESERVED, numbered, propose_slug
from articles.taxonomy.tagging import comma_tags
from articles.text.slugs import SHAPE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("rent control", ["rent control"]),
        ("rent control, arrest", ["arrest", "rent control"]),
        ("سجن، محاكمة", ["سجن", "محاكمة"]),
        ("逮捕、裁判", ["裁判", "逮捕"]),
        (' , "quoted words",, ', ['"quoted words"']),
        ("", []),
    ],
)
def test_commas_alone_stand_between_tags(text, names):
    assert comma_tags(text) == names
    assert parse_tags(text) == names


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Two families told to leave", "two-families-told-to-leave"),
        ("L’Église d'Orient", "leglise-dorient"),
        ("Права человека", "prava-cheloveka"),
        ("كوريا", "kwry"),
        ("मानव", "manv"),
        ("★ …", ""),
        ("", ""),
        ("  --  ", ""),
    ],
)
def test_a_slug_is_proposed_in_any_script(text, slug):
    assert propose_slug(text) == slug


def test_a_long_slug_is_cut_at_a_word():
    assert propose_slug("word " * 40) == "-".join(["word"] * 16)
    assert propose_slug("x" * 200) == "x" * 80
    assert numbered("-".join(["word"] * 16), 12) == "-".join(["word"] * 15) + "-12"


@given(st.text(max_size=300))
def test_a_proposed_slug_has_the_shape_or_is_empty(text):
    slug = propose_slug(text)

    assert slug == "" or (re.match(SHAPE, slug) and len(slug) <= 80)
    assert slug == "" or re.match(SHAPE, numbered(slug, 1234))


def test_first_segments_and_language_codes_are_reserved():
    first = {str(each.pattern).strip("^$\\").split("/")[0] for each in get_resolver().url_patterns}
    words = {word.split(".")[0] for word in first if word and not set("<[") & set(word) and not word.startswith(".")}

    assert words - RESERVED == set()
    assert {"en", "es", "ar"} <= RESERVED


@pytest.mark.django_db
def test_a_tag_gets_a_slug_of_its_name_and_a_number_where_it_is_taken():
    assert Tag.objects.create(name="Права человека").slug == "prava-cheloveka"
    assert Tag.objects.create(name="Prava cheloveka!").slug == "prava-cheloveka-2"
    assert Tag.objects.create(name="★").slug == "tag"


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["Arrest", "a--b", "-a", "a-", "a_b", "سجن", "a b"])
def test_a_tag_of_another_shape_is_refused(slug):
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        Tag.objects.bulk_create([Tag(name="Arrest", slug=slug)])
    assert not Tag.objects.exists()


@pytest.mark.django_db
def test_a_tag_is_not_merged_into_itself_or_into_a_merged_one():
    one, two, three = (Tag.objects.create(name=name) for name in ("one", "two", "three"))
    Tag.objects.filter(pk=two.pk).update(merged_into=three)

    for pk, into in ((one.pk, one), (one.pk, two)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tag.objects.filter(pk=pk).update(merged_into=into)
    assert Tag.objects.get(pk=one.pk).merged_into is None


@pytest.mark.django_db
def test_tags_are_named_in_one_query_and_fall_back_to_the_main_language(django_assert_num_queries):
    prison, trial = Tag.objects.create(name="prison"), Tag.objects.create(name="trial")
    TagName.objects.create(tag=prison, language="ar", name="سجن")

    with django_assert_num_queries(1):
        assert tag_names([prison, trial], "ar") == {prison.pk: "سجن", trial.pk: "trial"}
