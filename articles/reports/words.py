"""The words of headlines, by which the desk finds a report among a million: an index of its own, written with each save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.reports.models import Report
from articles.text.analyser import tokens

LONGEST = 40
MOST_WORDS = 8
NEWEST = 5000
"""Of the reports that hold the rarest word asked for, so many of the newest are looked through: the cost has an end."""


class HeadlineWord(models.Model):
    """One word of a report's headline as it is compared; the desk's search reads it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=LONGEST, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "report"], name="word_once_per_headline")]

    def __str__(self) -> str:
        return self.word


def put(report: Report) -> None:
    """Indexes the headline, in place of what was indexed of it before. Call it in the transaction of the save."""
    wanted = _words(report.headline, report.language)
    standing = set(HeadlineWord.objects.filter(report=report).values_list("word", flat=True))
    if standing - wanted:
        HeadlineWord.objects.filter(report=report, word__in=standing - wanted).delete()
    HeadlineWord.objects.bulk_create([HeadlineWord(report=report, word=word) for word in sorted(wanted - standing)])


def put_many(reports: Sequence[Report]) -> None:
    """Indexes the headlines of new reports."""
    HeadlineWord.objects.bulk_create(
        [HeadlineWord(report=report, word=word) for report in reports for word in sorted(_words(report.headline, report.language))]
    )


def found(reports: QuerySet[Report], text: str) -> QuerySet[Report]:
    """Of the reports those whose headline has all the words, the last of them perhaps only begun; or the one of an address."""
    address = text.strip().rstrip("/")
    if "/" in address:
        return reports.filter(slug=address.rpartition("/")[2])
    words = list(dict.fromkeys(word[:LONGEST] for word in tokens(text, "")))[:MOST_WORDS]
    if not words:
        return reports.none()
    conditions = [Q(word=word) for word in words[:-1]] + [_begins_with(words[-1]) if len(words[-1]) > 2 else Q(word=words[-1])]
    holding = [_holding(condition) for condition in conditions]
    kept = reports.filter(pk__in=min(holding, key=len))
    for condition, held in zip(conditions, holding, strict=True):
        if len(held) == NEWEST:  # there may be more than were read
            kept = kept.filter(Exists(HeadlineWord.objects.filter(condition, report=OuterRef("pk"))))
        else:
            kept = kept.filter(pk__in=held)
    return kept


def _words(headline: str, language: str) -> set[str]:
    return {word[:LONGEST] for word in tokens(headline, language)}


def _holding(condition: Q) -> list[int]:
    return list(HeadlineWord.objects.filter(condition).order_by("-report").values_list("report", flat=True)[:NEWEST])


def _begins_with(word: str) -> Q:
    """SQLite cannot use an index for LIKE; PostgreSQL has one with varchar_pattern_ops, whose order is that of bytes."""
    if connection.vendor == "sqlite":
        return Q(word__gte=word, word__lt=f"{word}\U0010ffff")
    return Q(word__startswith=word)
