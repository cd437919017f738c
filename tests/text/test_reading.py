"""How long a text takes to read, in scripts with and without spaces."""

from __future__ import annotations

import pytest

from articles.text.reading import reading_minutes


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("", "en", 1),
        ("word " * 228 * 5, "en", 5),
        ("word — " * 228 * 5, "en", 5),
        ("كلمة " * 138 * 3, "ar", 3),
        ("palabra " * 218 * 4, "es-MX", 4),
        ("слово " * 184 * 2, "uk", 2),
        ("字" * 255 * 6, "zh", 6),
        ("字" * 255 * 6, "zh-Hant", 6),
        ("漢字かな" * 357, "ja", 4),
        ("낱말 " * 184 * 2, "ko", 2),
        ("ထိုင်ခုံ" * 863, "my", 8),
        ("字" * 255 + "word " * 184, "zh", 2),
    ],
)
def test_a_text_takes_as_many_minutes_as_its_script_is_read_in(text, language, minutes):
    assert reading_minutes(f"<p>{text}</p>", language) == minutes


def test_markup_is_not_read():
    assert reading_minutes('<p lang="en">' + '<a href="https://example.org/a-b-c">word</a> ' * 228 * 2 + "</p>", "en") == 2
