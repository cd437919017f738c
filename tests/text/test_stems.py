"""Stems: the forms of a word share one; different words and names keep apart."""

from __future__ import annotations

import pytest

from articles.text.stems import stems

SAME = [
    ("en", "arrest arrested arrests arresting ARRESTED"),
    ("en", "family families"),
    ("es", "detención detenciones detencion"),
    ("es", "niño niños ninos"),
    ("fr", "détention détentions detention"),
    ("fr", "église églises EGLISES"),
    ("de", "Häftling Häftlinge Haftlinge"),
    ("ru", "журналист журналиста журналистов"),
    ("el", "φυλακή φυλακές ΦΥΛΑΚΗ"),
    ("ar", "مدرسة المدرسة والمدرسة بالمدرسة مَدْرَسَة"),
    ("ar", "معتقل المعتقل المعتقلون معتقلين"),
    ("ar", "وزارة الوزارة"),
    ("fa", "زندان زندانها زندان‌ها زندان‌های"),
    ("hi", "पत्रकार पत्रकारों"),
    ("tr", "kilise kiliseler"),
    ("id", "penjara dipenjara memenjarakan"),
    ("pt", "igreja igrejas"),
]
APART = [
    ("en", "police policies"),
    ("en", "Iran Iranian"),
    ("es", "preso prensa"),
    ("ar", "فلسطين وليد"),
    ("ar", "وزير زير"),
    ("fa", "شهر شعر"),
]
NONE = [
    ("ko", "평양에서"), ("zh-hans", "北京"), ("my", "မြန်မာ"), ("en", "2023"), ("en", "covid-19"), ("en", "’"), ("en", ""), ("en", "x" * 41),
    ("", "arrested"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "forms"), SAME)
def test_the_forms_of_a_word_share_a_stem(language, forms):
    first, *others = forms.split()
    assert [form for form in others if not set(stems(first, language)) & set(stems(form, language))] == []


@pytest.mark.parametrize(("language", "pair"), APART)
def test_different_words_share_none(language, pair):
    one, other = pair.split()
    assert set(stems(one, language)) & set(stems(other, language)) == set()


@pytest.mark.parametrize(("language", "word"), NONE)
def test_what_has_no_stem_has_none(language, word):
    assert stems(word, language) == ()
