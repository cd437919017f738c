"""A desk of a million reports, made by bulk SQL: states, languages, people and words as an old newsroom might have them."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from articles.migrations import _invariants
from articles.migrations._tables.desk_words import FACTS
from articles.people import roles
from articles.people.models import User
from articles.reports import words
from articles.reports.models import Report, SignOff
from articles.workflow import actions

PEOPLE = 200
TEXTS = 2000
STEP = 100_000
SPAN_SECONDS = 20 * 365 * 86_400
VOCABULARY = 40_000
STATES = """CASE WHEN n % 1000 < 10 THEN {draft} WHEN n % 1000 < 15 THEN {review} WHEN n % 1000 < 17 THEN {asked} ELSE {approved} END"""
"""Of a thousand reports ten are drafts, five in review, two sent back, one approved, one scheduled, twenty withdrawn; the others live."""


def build(number: int) -> dict[str, User]:
    """That many reports. Returns the people who look at them: an editor, a reporter with one in twenty, a translator of two languages."""
    began = time.monotonic()
    cast = people()
    crowd = [User.objects.create_user(f"colleague-{each}", is_staff=True) for each in range(PEOPLE)]
    model = actions.create(by=cast["reporter"], language="en", headline="The first", body="<p>Begun.</p>", standfirst="So.")
    texts(random.Random(7))
    with triggers_and_indexes_down():
        for start in range(1, number + 1, STEP):
            with transaction.atomic():
                reports(model, crowd, cast["reporter"], start, min(STEP, number + 1 - start))
            say(f"{min(start + STEP - 1, number):,} reports, {time.monotonic() - began:.0f} s")
        with transaction.atomic():
            sign_offs(crowd)
    say(f"indexes, {time.monotonic() - began:.0f} s")
    search(began)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_text")
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    say(f"Built in {time.monotonic() - began:.0f} s.")
    return cast


def people() -> dict[str, User]:
    from django.contrib.auth.models import Group  # noqa: PLC0415 - after the settings

    cast = {}
    for name, role in (
        ("editor", roles.EDITOR),
        ("reporter", roles.REPORTER),
        ("translator", roles.TRANSLATOR),
        ("publisher", roles.PUBLISHER),
    ):
        cast[name] = User.objects.create_user(f"bench-{name}", is_staff=True, languages=["es", "ar"] if name == "translator" else [])
        cast[name].groups.add(Group.objects.get(name=role))
    return cast


def texts(rnd: random.Random) -> None:
    """The bodies that reports take turns with, and their words as the index holds them. Word number n is as frequent as 1/n."""
    syllables = "ba ko ri te lo mu na se di fa".split()
    vocabulary = ["".join(syllables[int(digit)] for digit in f"{number:05}") for number in range(VOCABULARY)]
    weights = [1 / (number + 2) for number in range(VOCABULARY)]
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE bench_text (number integer PRIMARY KEY, headline text, body text, words {'text' if sqlite else 'text[]'})"
        )
        for number in range(TEXTS):
            headline = " ".join(rnd.choices(vocabulary, weights, k=6))
            body = " ".join(rnd.choices(vocabulary, weights, k=140))
            found = words.words_of(headline, "", body, language="en")
            cursor.execute(
                "INSERT INTO bench_text VALUES (%s, %s, %s, %s)", [number, headline, f"<p>{body}</p>", " ".join(found) if sqlite else found]
            )


def reports(model: Report, crowd: list[User], reporter: User, start: int, count: int) -> None:
    """Rows as the model, with what differs set; columns that it does not name are the model's."""
    sqlite = connection.vendor == "sqlite"
    at = (lambda seconds: f"datetime({seconds}, 'unixepoch')") if sqlite else (lambda seconds: f"to_timestamp({seconds})")
    new_uuid = "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()"
    since = int(time.time()) - SPAN_SECONDS
    saved = f"{since} + (n * 7919 % 1000003) * {SPAN_SECONDS // 1_000_003}"
    person = f"{crowd[0].pk} + n * 31 % {PEOPLE}"
    edit = STATES.format(draft="'draft'", review="'in_review'", asked="'changes_requested'", approved="'approved'")
    public = (
        "CASE WHEN n % 1000 < 18 THEN 'unpublished' WHEN n % 1000 < 19 THEN 'scheduled' WHEN n % 1000 < 39 THEN 'withdrawn' ELSE 'live' END"
    )
    differs = {
        "uuid": new_uuid,
        "translation_group": new_uuid,
        "language": "CASE WHEN n % 10 < 6 THEN 'en' WHEN n % 10 < 9 THEN 'es' ELSE 'ar' END",
        "kind": "CASE WHEN n % 100 < 70 THEN 'news' WHEN n % 100 < 99 THEN 'report' ELSE 'interview' END",
        "headline": "t.headline || ' number' || n",
        "slug": "'r-' || n",
        "body": "t.body",
        "edit_state": edit,
        "public_state": public,
        "published_at": f"CASE WHEN n % 1000 >= 19 THEN {at(saved)} END",
        "path": "'/r-' || n || '/'",
        "live_hash": "CASE WHEN n % 1000 >= 39 AND n % 5000 <> 40 THEN m.content_hash ELSE 'x' END",
        "publish_at": f"CASE WHEN n % 1000 = 18 THEN {at(f'{int(time.time())} + n')} END",
        "scheduled_hash": "'x'",
        "scheduled_by_id": str(crowd[0].pk),
        "due_at": f"CASE WHEN n % 1000 < 17 THEN {at(f'{int(time.time())} + (n * 7919 % 1000003 - 500000) * 5')} END",
        "assigned_to_id": f"CASE WHEN n % 7 = 0 THEN {person} WHEN n % 401 = 0 THEN {reporter.pk} END",
        "created_by_id": f"CASE WHEN n % 20 = 0 THEN {reporter.pk} ELSE {person} END",
        "created_at": at(saved),
        "saved_at": at(saved),
    }
    columns = [field.column for field in Report._meta.concrete_fields if field.column != "id"]
    taken = ", ".join(differs.get(column, f"m.{column}") for column in columns)
    series = (
        f"WITH RECURSIVE s(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM s WHERE n < {start + count - 1})"
        if sqlite
        else f"WITH s AS (SELECT n FROM generate_series({start}::bigint, {start + count - 1}) n)"
    )
    if sqlite:
        insert = f"{series} INSERT INTO articles_report ({', '.join(columns)})"
    else:
        insert = f"INSERT INTO articles_report ({', '.join(columns)}) {series}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{insert} SELECT {taken} FROM s JOIN bench_text t ON t.number = s.n % {TEXTS} CROSS JOIN articles_report m WHERE m.id = {model.pk}"
        )


def sign_offs(crowd: list[User]) -> None:
    """Who wrote what is at work."""
    rows = Report.objects.filter(edit_state__in=["in_review", "changes_requested"])
    SignOff.objects.bulk_create(
        [
            SignOff(report_id=key, round=round_, person_id=writer, part="wrote", rule_id="four eyes", at=at)
            for key, round_, writer, at in rows.values_list("pk", "round", "created_by", "saved_at")
        ],
        batch_size=5000,
    )


def search(began: float) -> None:
    """The index, from the words of the texts."""
    sqlite = connection.vendor == "sqlite"
    last = Report.objects.order_by("-pk").values_list("pk", flat=True)[0]
    joined = f"FROM articles_report r JOIN bench_text t ON t.number = CAST(substr(r.slug, 3) AS integer) % {TEXTS} WHERE r.slug IS NOT NULL"
    number = "'number' || substr(r.slug, 3)"
    with connection.cursor() as cursor:
        if sqlite:
            for start in range(0, last + 1, STEP):
                cursor.execute(
                    "INSERT INTO articles_deskwords (rowid, words, facts)"
                    f" SELECT r.id, t.words || ' ' || {number}, {FACTS} {joined} AND r.id > {start} AND r.id <= {start + STEP}"
                )
                say(f"words of {min(start + STEP, last):,}, {time.monotonic() - began:.0f} s")
            return
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("DROP INDEX articles_deskwords_words")
        cursor.execute(
            "INSERT INTO articles_deskwords (report_id, words, facts)"
            f" SELECT r.id, array_to_tsvector(t.words || ({number})), string_to_array({FACTS}, ' ') {joined}"
        )
        say(f"words, {time.monotonic() - began:.0f} s")
        cursor.execute("CREATE INDEX articles_deskwords_words ON articles_deskwords USING gin (words, facts)")


@contextmanager
def triggers_and_indexes_down() -> Iterator[None]:
    """Rows come in without them; they are put up over the whole table afterwards."""
    _invariants.lift(connection)
    with connection.cursor() as cursor:
        indexes = _indexes(cursor)
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET maintenance_work_mem = '1GB'")
        for _name, sql in indexes:
            cursor.execute(sql)
    _invariants.apply(connection)


def _indexes(cursor: Any) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'articles_report' AND sql IS NOT NULL")
    else:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'articles_report'"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    return list(cursor.fetchall())


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
