"""How long a text takes to read.

The speeds are those of Trauzettel-Klosinski and Dietz, "Standardized Assessment of Reading Performance: The New International Reading
Speed Texts IReST", Investigative Ophthalmology & Visual Science 53 (2012), 5452–5461, table 2: one text in 17 languages, read by the same
method, so that a report and its translations get times that can be compared. They were read aloud; silent reading of prose is as fast
in English (228 words a minute there, 238 in Brysbaert's review of 190 studies, Journal of Memory and Language 109, 2019). A language
that was not among them gets the mean of all.
"""

from __future__ import annotations

import re

from articles.text.plain import plain_text

WORDS_PER_MINUTE = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "nl": 202, "pl": 166, "pt": 181, "ru": 184,
    "sl": 180, "sv": 199, "tr": 166,
}  # fmt: skip
MEAN_WORDS = 184
# Han as in Chinese text; Japanese mixes it with kana and is read faster by the character.
CHARACTERS_PER_MINUTE = {"ja": 357}
HAN_CHARACTERS = 255
# Thai, Lao, Burmese and Khmer write no spaces, but letters: the mean of the alphabets.
MEAN_LETTERS = 863
HAN = re.compile("[\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9fe\uaa60-\uaa7f]")
WORD = re.compile(r"\S*\w\S*")


def reading_minutes(html: str, language: str) -> int:
    """Whole minutes, at least one: words of scripts with spaces, characters of those without."""
    text = plain_text(html)
    own = language.partition("-")[0]
    text, characters = HAN.subn(" ", text)
    text, letters = UNSPACED.subn(" ", text)
    words = len(WORD.findall(text))
    minutes = (
        words / WORDS_PER_MINUTE.get(own, MEAN_WORDS) + characters / CHARACTERS_PER_MINUTE.get(own, HAN_CHARACTERS) + letters / MEAN_LETTERS
    )
    return max(1, round(minutes))
