"""An archive of a million live reports as readers see it, made by bulk SQL: editions and the rows of their lists, nothing of the desk."""

from __future__ import annotations

import datetime as dt
import random
import time
import uuid

from django.db import connection, transaction

from articles.editions.models import Edition
from articles.migrations import _invariants
from articles.people.models import Byline
from articles.stamp.number import count_up
from articles.taxonomy.models import Region, Tag
from tests.benchmarks.million import say

STEP = 100_000
TAGS, BYLINES = 400, 60
SPAN_SECONDS = 20 * 365 * 86_400
TABLES = ("articles_edition", "articles_editionregion", "articles_editiontag", "articles_editionbyline")
CARD = (
    '<article class="entry" lang="en" dir="ltr">\n<h3 class="entry__head"><a href="/r-1/">A headline of some nine or ten words stands here</a></h3>\n'
    f'<p class="entry__text">{"Some words of the standfirst. " * 14}</p>\n<p class="entry__meta">News</p></article>\n'
)
CHANCE = "((n * {prime} % 1000003) * 31 % 1000003)"
"""A number from 0 to 1,000,002 that looks like chance, the same on both databases."""


def build(number: int) -> None:
    """That many editions over twenty years, in three languages: tags, regions and names as uneven as in life, and some of purpose.

    Tag `rare-a` stands under one report in 20,011, `rare-b` under one in 30,011; `early` under every third of the older half,
    `late` under every third of the newer one, so that no report has both. One report in 97 is corrected, one in 4,001 an opinion.
    """
    began = time.monotonic()
    _model()
    _subjects()
    _quickly()
    _invariants.lift(connection)
    indexes = _indexes()
    with connection.cursor() as cursor:
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for start in range(1, number + 1, STEP):
            with transaction.atomic():
                _rows(cursor, start, min(STEP, number + 1 - start), number)
            say(f"{min(start + STEP - 1, number):,} editions, {time.monotonic() - began:.0f} s")
        cursor.execute("DELETE FROM articles_edition WHERE slug = 'model'")
        for _name, sql in indexes:
            cursor.execute(sql)
        say(f"indexes, {time.monotonic() - began:.0f} s")
        for table in ("bench_row", "bench_tag", "bench_region"):
            cursor.execute(f"DROP TABLE {table}")
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    _invariants.apply(connection)
    with transaction.atomic():
        count_up()
    say(f"Built in {time.monotonic() - began:.0f} s.")


def _model() -> None:
    """The edition whose columns all others have, but for what differs."""
    _invariants.lift(connection)
    now = dt.datetime.now(dt.UTC)
    Edition.objects.create(
        uuid=uuid.uuid4(), language="en", kind="news", headline="A headline", slug="model", content_hash="x", translation_group=uuid.uuid4(),
        dateline_mode="withheld", byline_mode="named", event_precision="unknown", path="/model/", listed=True, published_at=now, updated_at=now,
        format=99, card_html=CARD,
    )  # fmt: skip


def _subjects() -> None:
    """Tags, names, and for each of 4,096 places of a wheel a country: the first has a quarter of it."""
    names = [*(f"tag-{n}" for n in range(1, TAGS + 1)), "early", "late", "rare-a", "rare-b"]
    Tag.objects.bulk_create(Tag(name=name.replace("-", " ").capitalize(), slug=name) for name in names)
    Byline.objects.bulk_create(Byline(name=f"Invented Name {n}", slug=f"name-{n}") for n in range(BYLINES))
    ids = dict(Tag.objects.values_list("slug", "pk"))
    countries = list(Region.objects.filter(kind__in=["country", "territory"]).order_by("path"))
    by_path = dict(Region.objects.values_list("path", "pk"))
    random.Random(7).shuffle(countries)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_row (n bigint PRIMARY KEY, uuid " + ("char(32)" if connection.vendor == "sqlite" else "uuid") + ")"
        )
        cursor.execute("CREATE TABLE bench_tag (place integer PRIMARY KEY, tag_id bigint)")
        cursor.execute("CREATE TABLE bench_region (place integer, region_id bigint, own boolean)")
        cursor.executemany("INSERT INTO bench_tag VALUES (%s, %s)", [(n, ids[f"tag-{n}"]) for n in range(1, TAGS + 1)])
        cursor.executemany("INSERT INTO bench_tag VALUES (%s, %s)", [(9000 + n, ids[name]) for n, name in enumerate(names[TAGS:])])
        wheel = [countries[int(len(countries) * (place / 4096) ** 4)] for place in range(4096)]
        cursor.executemany(
            "INSERT INTO bench_region VALUES (%s, %s, %s)",
            [(place, by_path[path], path == country.path) for place, country in enumerate(wheel) for path in country.lineage_paths()],
        )
        cursor.execute("CREATE INDEX bench_region_place ON bench_region (place)")


def _quickly() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
        else:
            cursor.execute("SET session_replication_role = replica")  # keys are not looked up: they are right by how they are made
            cursor.execute("SET maintenance_work_mem = '512MB'")


def _rows(cursor, start: int, count: int, number: int) -> None:
    sqlite = connection.vendor == "sqlite"
    new_uuid = "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()"
    if sqlite:
        cursor.execute(
            f"WITH RECURSIVE s(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM s WHERE n < {start + count - 1})"
            f" INSERT INTO bench_row SELECT n, {new_uuid} FROM s"
        )
    else:
        cursor.execute(f"INSERT INTO bench_row SELECT n, {new_uuid} FROM generate_series({start}::bigint, {start + count - 1}) n")
    since = int(time.time()) - SPAN_SECONDS - 86_400
    seconds = f"{since} + n * {SPAN_SECONDS // number}"
    at = f"datetime({seconds}, 'unixepoch')" if sqlite else f"to_timestamp({seconds})"
    languages = "CASE WHEN n % 10 < 6 THEN 'en' WHEN n % 10 < 9 THEN 'es' ELSE 'ar' END"
    differs = {
        "uuid": "b.uuid", "translation_group": "b.uuid", "language": languages, "slug": "'r-' || n",
        "path": "CASE WHEN n % 10 < 6 THEN '' WHEN n % 10 < 9 THEN '/es' ELSE '/ar' END || '/reports/2020/01/r-' || n || '/'",
        "kind": "CASE WHEN n % 4001 = 0 THEN 'opinion' WHEN n % 100 < 70 THEN 'news' WHEN n % 100 < 95 THEN 'report' ELSE 'interview' END",
        "published_at": at, "updated_at": at, "corrected_at": f"CASE WHEN n % 97 = 0 THEN {at} END",
    }  # fmt: skip
    columns = [field.column for field in Edition._meta.concrete_fields]
    taken = ", ".join(differs.get(column, f"m.{column}") for column in columns)
    these = f"b.n >= {start} AND b.n < {start + count}"
    cursor.execute(
        f"INSERT INTO articles_edition ({', '.join(columns)}) SELECT {taken} FROM bench_row b CROSS JOIN articles_edition m"
        f" WHERE m.slug = 'model' AND {these}"
    )
    of_all = f"b.uuid, {languages}, {at}, b.uuid FROM bench_row b"
    half = number // 2
    for chosen in (
        *(f"1 + CAST(power({CHANCE.format(prime=prime)} / 1000003.0, 3) * {TAGS} AS integer)" for prime in (7919, 104_729)),
        f"1 + {CHANCE.format(prime=15_485_863)} % {TAGS}",
        f"CASE WHEN n % 3 = 0 THEN CASE WHEN n < {half} THEN 9000 ELSE 9001 END END",
        "CASE WHEN n % 20011 = 0 THEN 9002 END",
        "CASE WHEN n % 30011 = 0 THEN 9003 END",
    ):
        if not sqlite:
            chosen = chosen.replace("CAST(power", "floor(power").replace(" AS integer)", ")::integer")  # PostgreSQL's cast rounds
        cursor.execute(
            'INSERT INTO articles_editiontag (tag_id, "order", edition_id, language, published_at, uuid)'
            f" SELECT t.tag_id, 0, {of_all} JOIN bench_tag t ON t.place = {chosen} WHERE {these} ON CONFLICT DO NOTHING"
        )
    cursor.execute(
        'INSERT INTO articles_editionregion (region_id, is_own, is_primary, "order", edition_id, language, published_at, uuid)'
        f" SELECT r.region_id, r.own, r.own, 0, {of_all} JOIN bench_region r ON r.place = {CHANCE.format(prime=32_452_843)} % 4096 WHERE {these}"
    )
    first = Byline.objects.order_by("pk").filter(slug="name-0").values_list("pk", flat=True)[0]
    cursor.execute(
        'INSERT INTO articles_editionbyline (byline_id, role, first, "order", edition_id, language, published_at, uuid)'
        f" SELECT {first} + n / 10 * 31 % {BYLINES}, 'author', {'1' if sqlite else 'true'}, 0, {of_all} WHERE {these}"
    )


def _indexes() -> list[tuple[str, str]]:
    """(name, statement) of the indexes that can be left out while rows come in."""
    named = ", ".join(f"'{table}'" for table in TABLES)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({named}) AND sql IS NOT NULL AND name NOT LIKE '%_once'"
            )
        else:
            cursor.execute(
                f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({named})"
                " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
            )
        return list(cursor.fetchall())
