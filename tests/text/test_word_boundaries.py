"""Words end where UAX #29 ends them: compared with an implementation of the standard, over texts in many scripts and over generated ones."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.wordbreak import word_boundaries

from articles.text.analyser import UNSPACED, fold, words

TEXTS = {
    "Latin": "Two families (told to leave) can't; l'État n’est pas là. Zoë Müller-Łukasz: 3,000 or 3.14, example.org, U.S. and C.I.A.!",
    "Cyrillic": "Журналист арестован в Минске 12 мая; «дело» о публикации.",
    "Greek": "Ο δημοσιογράφος συνελήφθη στην Αθήνα· «γιατί;»",
    "Arabic": "قال الجيران إنّ القرية فارغة. مدرسة الإيمان أُغلقت، والمعلّمون رحلوا؟",
    "Farsi": "آنها نمی‌توانند به خانه‌هایشان برگردند؛ زندان‌ها پر است.",
    "Hebrew": "הָעִתּוֹנַאי נעצר בלילה, צה״ל הכחיש.",
    "Devanagari": "पत्रकार को गिरफ़्तार किया गया। वह दिल्ली में है॥ क़ानून",
    "Ethiopic": "ጋዜጠኛው ታሰረ፤ ለምን፧",
    "Armenian": "Լրագրողը ձերբակալվել է։",
    "Georgian": "ჟურნალისტი დააკავეს.",
    "Tibetan": "བོད་ཡིག།",
}
MIDDLE = set("'’.:·,;״׳․﹒＇．·")
"""What stands inside a word of the standard and parts ours."""


def within(text):
    """Our words that do not lie in one of the standard's: the standard ends a word inside them."""
    ends = set(word_boundaries(text))
    return [
        word.surface for word in words(text)
        if not UNSPACED.search(fold(word.surface)) and any(at in ends for at in range(word.start + 1, word.end))
    ]  # fmt: skip


def joined(text):
    """The standard's words that hold several of ours, though nothing stands between them."""
    ends = sorted(set(word_boundaries(text)))
    ours = [(word.start, word.end) for word in words(text)]
    found = []
    for start, end in itertools.pairwise(ends):
        inside = [each for each in ours if start <= each[0] and each[1] <= end]
        between = [text[one[1] : two[0]] for one, two in itertools.pairwise(inside)]
        found += [text[start:end] for gap in between if not gap or set(gap) - MIDDLE]
    return found


@pytest.mark.parametrize("script", TEXTS)
def test_no_word_reaches_over_an_end_of_the_standard_or_stops_before_it(script):
    assert within(TEXTS[script]) == []
    assert joined(TEXTS[script]) == []


LETTERS = st.characters(categories=("Lu", "Ll", "Lo", "Mn", "Mc", "Nd", "Zs", "Po", "Pd"), max_codepoint=0x2FFF)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text(LETTERS, max_size=40))
def test_generated_texts_have_no_word_over_an_end_of_the_standard(text):
    assert within(text) == []
