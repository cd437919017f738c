"""A public archive to search in: reports in five languages whose words are as frequent as in real texts, with the index that publishing would write."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from itertools import accumulate, pairwise
from urllib.parse import quote
from uuid import UUID

from django.db import connection, transaction

from articles.demo.scale import count_rows
from articles.editions.models import Edition, EditionRegion, EditionTag
from articles.identity.shell import draw_shells
from articles.migrations import _invariants
from articles.search import index, vocabulary
from articles.search.models import SearchEntry
from articles.search.terms import Terms, facts_of, marks_of, terms_of, weighed
from articles.taxonomy.models import Region, Tag

SHARES = {"en": 50, "es": 15, "ar": 15, "fr": 10, "zh-hans": 10}
SYLLABLES = {
    "en": "ba ko ri te lo mu na se di fa".split(),
    "es": "ca lo ri to ña mu pá se do fi".split(),
    "fr": "ba que ri té lo mou na cé di fau".split(),
    "ar": "با كو ري تي لو مو نا سي دي فا".split(),
    "zh-hans": "".join(map(chr, range(0x4E00, 0x4E0A))),
}
VOCABULARY, TEXTS, LENGTH, BATCH = 20_000, 120, 200, 5000
EPOCH = dt.datetime(2006, 1, 1, tzinfo=dt.UTC)
KINDS = ("news", "news", "news", "report", "statement", "interview")


class Corpus:
    """So many reports; word number n of a language is as frequent as 1/n, and each report has a word of its own in its headline."""

    def __init__(self, reports: int) -> None:
        self.reports, self.rnd = reports, random.Random(7)
        self.vocabularies = {language: self._vocabulary(language) for language in SHARES}
        self.regions = list(Region.objects.filter(kind="country").order_by("path"))
        by_path = dict(Region.objects.values_list("path", "pk"))
        self.lineages = {region.pk: [by_path[path] for path in region.lineage_paths()] for region in self.regions}
        self.tags = [Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}") for number in range(40)]

    def _vocabulary(self, language: str) -> list[str]:
        if language == "zh-hans":
            return [chr(0x4E00 + number // 2 % 3000) + chr(0x5000 + number * 7 % 4001) for number in range(VOCABULARY)]
        return ["".join(SYLLABLES[language][int(digit)] for digit in f"{number:05}") for number in range(VOCABULARY)]

    def write(self) -> None:
        """Editions, their lists and the index, in batches, triggers lifted."""
        frequencies = list(accumulate(1 / (number + 2) for number in range(VOCABULARY)))
        texts = {language: [self._text(language, frequencies) for _each in range(TEXTS)] for language in SHARES}
        self.phrases = self._rare_phrases([edition.body for edition, _terms in texts["en"]])
        languages = [language for language, share in SHARES.items() for _each in range(share)]
        _invariants.lift(connection)
        for start in range(0, self.reports, BATCH):
            with transaction.atomic():
                self._write(range(start, min(start + BATCH, self.reports)), languages, texts)
        _invariants.apply(connection)
        draw_shells()
        count_rows()

    def _rare_phrases(self, bodies: list[str]) -> list[str]:
        """Eight pairs of rare words that stand beside each other in some text."""
        rank = {word: number for number, word in enumerate(self.vocabularies["en"])}
        pairs = {pair for body in bodies for paragraph in body.split(".</p>") for pair in pairwise(paragraph.removeprefix("<p>").split())}
        return [" ".join(pair) for pair in sorted(pairs, key=lambda pair: (-min(rank[each] for each in pair), pair))[:8]]

    def _text(self, language: str, frequencies: list[float]) -> tuple[Edition, Terms]:
        def drawn(size: int) -> str:
            gap = "" if language == "zh-hans" else " "
            return gap.join(self.rnd.choices(self.vocabularies[language], cum_weights=frequencies, k=size))

        body = "".join(f"<p>{drawn(LENGTH // 5)}.</p>" for _each in range(5))
        edition = Edition(
            language=language, headline=drawn(6), standfirst=drawn(14), body=body, dateline_mode="withheld", published_at=EPOCH
        )
        return edition, terms_of(edition, regions=[], tags=[], bylines=[])

    def _write(self, numbers: range, languages: list[str], texts: dict[str, list[tuple[Edition, Terms]]]) -> None:
        editions, regions, tags, entries, rows = [], [], [], [], []
        words: dict[str, Counter[str]] = {language: Counter() for language in SHARES}
        for number in numbers:
            language = languages[number * 37 % 100]
            model, terms = texts[language][number % TEXTS]
            own = own_word(number)
            uuid, at = UUID(int=number + 1), EPOCH + dt.timedelta(minutes=100 * number)
            region, two = self.regions[number * 31 % len(self.regions)], (self.tags[number % 40], self.tags[number * 7 % 39])
            edition = Edition(
                uuid=uuid, language=language, kind=KINDS[number % 6], headline=f"{model.headline} {own}", slug=f"r-{number}",
                standfirst=model.standfirst, body=model.body, content_hash="x", translation_group=uuid, dateline_mode="withheld",
                byline_mode="organisation", event_precision="unknown", path=f"/r-{number}/", listed=True, published_at=at, updated_at=at, format=9,
            )  # fmt: skip
            edition.card_html = (
                f'<article class="entry" lang="{language}"><h3 class="entry__head"><a href="{edition.path}">{edition.headline}</a></h3>'
                f'<p class="entry__text">{edition.standfirst}</p><p class="entry__meta">News</p></article>'
            )
            editions.append(edition)
            lineage = self.lineages[region.pk]
            place = {"edition": edition, "language": language, "published_at": at, "uuid": uuid}
            regions += [EditionRegion(region_id=pk, is_own=pk == region.pk, **place) for pk in lineage]
            tags += [EditionTag(tag=tag, **place) for tag in dict.fromkeys(two)]
            facts = facts_of(edition, regions=lineage, tags=[tag.pk for tag in two], bylines=[])
            headline, *others = terms.fields
            key = int((at - index.EPOCH) / dt.timedelta(microseconds=1))
            own_marks = marks_of((own,), own, language)
            weights = "".join(f" {each}=80" for each in (own, *own_marks)) + weighed(terms.weights)
            entries.append(SearchEntry(id=key, uuid=uuid, format=index.FORMAT, facts=" ".join(facts), weights=weights))
            rows.append(
                (
                    key,
                    Terms([[*headline, own], *others], [*facts, *own_marks, *(mark for mark in terms.marks if mark[0] != "\ue000")], facts),
                )
            )
            words[language].update(vocabulary.words_in(weights))
        for made in (editions, regions, tags, entries):
            type(made[0])._default_manager.bulk_create(made, batch_size=2000)
        index._write(rows)
        for language, counted in words.items():
            vocabulary.add(language, counted)

    def size(self) -> str:
        """How large the index is."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM articles_searchword")
            return f"{cursor.fetchone()[0]:,} different words"

    def questions(self) -> dict[str, list[str]]:
        """{what: addresses} of every sort of question; the words differ within a sort."""
        en, es, ar, zh = (self.vocabularies[language] for language in ("en", "es", "ar", "zh-hans"))
        own = [own_word(number) for number in range(1, 90_000, 8101)]
        tag, region = f"&tag={self.tags[5].slug}", f"&region={self.regions[31].slug}"

        def ask(*texts: str, more: str = "", path: str = "/search/") -> list[str]:
            return [f"{path}?q={quote(text)}{more}" for text in texts]

        return {
            "a rare word": ask(*en[15_000:15_010]),
            "a word of one report": ask(*own),
            "a word of every report": ask(*en[:5]),
            "a common word": ask(*en[40:50]),
            "two common words": ask(*(f"{one} {two}" for one, two in zip(en[0:10], en[20:30], strict=True))),
            "a common and a rare word": ask(*(f"{one} {two}" for one, two in zip(en[0:10], en[9000:9010], strict=True))),
            "a phrase of common words": ask(*(f'"{one} {two}"' for one, two in pairwise(en[:9]))),
            "a phrase that is rare": ask(*(f'"{pair}"' for pair in self.phrases)),
            "a common word without another": ask(*(f"{one} -{two}" for one, two in zip(en[5:10], en[0:5], strict=True))),
            "a common word, place and tag": [*ask(*en[:5], more=tag), *ask(*en[:5], more=region)],
            "a common word, a year": ask(*en[:5], more="&year=2011"),
            "a common word in all languages": ask(*en[:5], more="&language=all"),
            "a mistyped word": ask(*(word[:3] + "x" + word[4:] for word in en[10:20]), *(word[1:] for word in own)),
            "Spanish": ask(*es[3:8], path="/es/search/"),
            "Arabic": ask(*ar[3:8], path="/ar/search/"),
            "Chinese": ask(
                *(word[0] for word in zh[:5]), *zh[3:8], *("".join(zh[at : at + 2]) for at in range(5)), path="/zh-hans/search/"
            ),
        }


def own_word(number: int) -> str:
    """A word that only this report has, as names are; no stemmer shortens it."""
    return "q" + "".join("abdeginoru"[int(digit)] + "lmnrst"[int(digit) % 6] for digit in f"{number:06}"[::-1])[:12] + "k"
