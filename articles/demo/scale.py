"""Any number of generated reports, written in batches with triggers and constraints in force."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.audit.chain import record
from articles.demo import facts
from articles.editions.drawing import draw
from articles.editions.models import (
    Address,
    Edition,
    EditionByline,
    EditionRegion,
    EditionTag,
    EditionVersion,
)
from articles.editions.parts import Credited, NamedRegion, NamedTag, Parts
from articles.identity.texts import site_for
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline, User
from articles.reports import words
from articles.reports.models import Credit, EditState, PublicState, Report, ReportRegion, Revision, SignOff, TaggedReport
from articles.reports.revisions import digest
from articles.reports.snapshot import SCHEMA, content_hash
from articles.search import index
from articles.stamp.number import count_up
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.names import region_names, tag_names
from articles.taxonomy.slugs import propose_slug
from articles.workflow.composition import Composition, compose

BATCH = 500
SPAN_DAYS = 6000
SYLLABLES = "ba be bo da de di do fa fe ga go ha he ka ke ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si so ta te ti to va ve wa we ya yo za".split()
COMMON = "the of and to in that was for on were with they by at from his her this had are but said who their been one all when no if out so up what about into than then two could other time new people after first also made many must before through back years where much way well down should because each just those how too good very make still own see men work long day get here between both life being under never same another know while last might us great old year off come since against go came right used take three".split()


@dataclass
class _Made:
    """One generated report on its way through the tables."""

    report: Report
    public: dict[str, Any]
    region: Region
    tags: list[Tag]
    byline: Byline
    at: dt.datetime
    revision: Revision | None = None
    composition: Composition | None = None


def add_reports(number: int, *, tell: Callable[[int], None] = lambda done: None, seed: int = 7) -> int:
    """Adds live reports, in the main language, spread over regions, tags and years; `tell` hears how many are done."""
    rnd = random.Random(f"{seed} {Report.objects.count()}")  # noqa: S311 - texts for a test of scale
    vocabulary = _vocabulary(rnd)
    world = _World()
    done = 0
    while done < number:
        size = min(BATCH, number - done)
        _write([_generate(rnd, vocabulary, world, done + step, number) for step in range(size)], world)
        done += size
        tell(done)
    return done


def count_rows() -> None:
    """Has the database look at what it holds now: its planner would go on by what it held before."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _World:
    """What the reports refer to, read once."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.regions = list(Region.objects.filter(kind="country").order_by("path"))
        self.tags = list(Tag.objects.order_by("pk"))
        self.bylines = [
            Byline.objects.get_or_create(slug=propose_slug(name), defaults={"name": name})[0]
            for name in (*(each["name"] for each in facts.CONTACTS.values()), *(f"Invented Author {number}" for number in range(1, 25)))
        ]
        self.site = site_for("en")
        self.region_names = region_names(self.regions, "en")
        self.tag_names = tag_names(self.tags, "en")
        by_path = dict(Region.objects.values_list("path", "pk"))
        self.lineages = {region.pk: [by_path[path] for path in region.lineage_paths()] for region in self.regions}
        people = {person.username: person for person in User.objects.filter(username__in=("reporter", "editor"))}
        self.reporter, self.editor = people["reporter"], people["editor"]

    def lineage(self, regions: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(pk for region in regions for pk in self.lineages[region]))

    def parts(self, made: _Made, edition: Edition) -> Parts:
        """What `editions.parts.gather` would read for it, one statement at a time."""
        edition.dateline_region = made.region
        region = NamedRegion(made.region, self.region_names[made.region.pk], True)
        return Parts(
            edition=edition,
            site=self.site,
            regions=[region],
            dateline_region=NamedRegion(made.region, region.name),
            tags=[NamedTag(tag, self.tag_names[tag.pk]) for tag in made.tags],
            bylines=[Credited(made.byline, "author")],
        )


def _generate(rnd: random.Random, words: list[str], world: _World, step: int, number: int) -> _Made:
    region, byline = rnd.choice(world.regions), rnd.choice(world.bylines)
    tags = sorted(rnd.sample(world.tags, min(3, len(world.tags))), key=lambda tag: tag.slug)
    at = (
        world.now
        - dt.timedelta(days=SPAN_DAYS)
        + dt.timedelta(days=SPAN_DAYS - 1) * (step / number)
        + dt.timedelta(seconds=rnd.random() * 60)
    )
    headline = _phrase(rnd, words, 8).capitalize()
    report = Report(
        language="en",
        kind=rnd.choice(("news", "news", "news", "report", "statement", "interview")),
        headline=headline[:200],
        standfirst=_sentence(rnd, words)[:400],
        body="".join(f"<p>{' '.join(_sentence(rnd, words) for _ in range(5))}</p>" for _ in range(6)),
        dateline_on=at.date(),
        dateline_place=rnd.choice(words).capitalize(),
        dateline_region=region,
        byline_mode="named",
        edit_state=EditState.IN_REVIEW,
        created_by=world.reporter,
    )
    report.slug = f"{propose_slug(headline)[:60].strip('-')}-{report.uuid.hex[:10]}"
    public = {
        "language": "en", "kind": report.kind, "headline": report.headline, "slug": report.slug, "standfirst": report.standfirst, "body": report.body,
        "dateline": {
            "mode": "shown", "on": at.date().isoformat(), "place": report.dateline_place, "region": {"id": region.pk, "name": region.name}, "source": "",
        },
        "byline_mode": "named",
        "bylines": [{"id": byline.pk, "name": byline.name, "role": "author"}],
        "event": {"on": None, "precision": "unknown"},
        "regions": [{"id": region.pk, "name": region.name, "primary": True}],
        "tags": [{"id": tag.pk, "name": tag.name} for tag in tags],
        "citations": [], "pictures": [], "contact": None,
        "call_to_action": {"text": "", "link": ""},
    }  # fmt: skip
    report.content_hash = content_hash(public)
    return _Made(report, public, region, tags, byline, at)


@transaction.atomic
def _write(batch: list[_Made], world: _World) -> None:
    """Report, revision, sign-offs, edition, address, search: in the order in which the triggers allow them."""
    Report.objects.bulk_create([made.report for made in batch])
    ReportRegion.objects.bulk_create([ReportRegion(report=made.report, region=made.region, is_primary=True) for made in batch])
    TaggedReport.objects.bulk_create([TaggedReport(content_object=made.report, tag=tag) for made in batch for tag in made.tags])
    words.put_many([made.report for made in batch])
    Credit.objects.bulk_create([Credit(report=made.report, byline=made.byline) for made in batch])
    _sign(batch, world)
    for made in batch:
        made.composition = compose(
            made.report, made.public, hash_=made.report.content_hash, published_at=made.at, at=made.at, lineage=world.lineage
        )
        draw(world.parts(made, made.composition.edition))
    compositions = [made.composition for made in batch if made.composition]
    editions = [composition.edition for composition in compositions]
    Edition.objects.bulk_create(editions)
    EditionRegion.objects.bulk_create([row for composition in compositions for row in composition.regions])
    EditionTag.objects.bulk_create([row for composition in compositions for row in composition.tags])
    EditionByline.objects.bulk_create([row for composition in compositions for row in composition.bylines])
    EditionVersion.objects.bulk_create(_versions(editions))
    Address.objects.bulk_create(
        [Address(path=each.path, report_uuid=each.uuid, answer="live", since=each.published_at) for each in editions]
    )
    index.put_many(editions)
    live = Edition.objects.filter(uuid=OuterRef("uuid"))
    Report.objects.filter(pk__in=[made.report.pk for made in batch]).update(
        edit_state=EditState.APPROVED, public_state=PublicState.LIVE, round=2,
        **{column: Subquery(live.values(of)[:1]) for column, of in (("published_at", "published_at"), ("path", "path"), ("live_hash", "content_hash"))},
    )  # fmt: skip
    record(by=machine(COMMAND_LINE), verb="generate", target="reports", facts={"number": len(batch)})
    count_up()


def _sign(batch: list[_Made], world: _World) -> None:
    for made in batch:
        content = {"schema": SCHEMA, "public": made.public, "desk": {}}
        made.revision = Revision(
            report=made.report,
            number=1,
            round=1,
            content=content,
            content_hash=made.report.content_hash,
            author=world.reporter,
            at=made.at,
            kind="publish",
        )
        made.revision.digest = digest(made.revision)
    Revision.objects.bulk_create([made.revision for made in batch if made.revision])
    SignOff.objects.bulk_create(
        [SignOff(report=made.report, round=1, person=world.reporter, part="wrote", rule_id="four eyes", at=made.at) for made in batch]
    )
    SignOff.objects.bulk_create(
        [
            SignOff(
                report=made.report, round=1, person=world.editor, part="approved", revision=made.revision,
                content_hash=made.report.content_hash, rule_id="four eyes", at=made.at,
            )
            for made in batch
        ]
    )  # fmt: skip


def _versions(editions: list[Edition]) -> Iterator[EditionVersion]:
    for edition in editions:
        uuid: UUID = edition.uuid
        yield EditionVersion(
            report_uuid=uuid, number=1, content_hash=edition.content_hash, headline=edition.headline,
            standfirst=edition.standfirst, body=edition.body, published_at=edition.published_at,
        )  # fmt: skip


def _vocabulary(rnd: random.Random) -> list[str]:
    return ["".join(rnd.choice(SYLLABLES) for _ in range(rnd.choice((2, 2, 3, 3, 4)))) for _ in range(6000)]


def _phrase(rnd: random.Random, words: list[str], most: int) -> str:
    return " ".join(
        rnd.choice(COMMON) if rnd.random() < 0.45 else words[int(len(words) * rnd.random() ** 2)] for _ in range(rnd.randint(5, most))
    )


def _sentence(rnd: random.Random, words: list[str]) -> str:
    return _phrase(rnd, words, 22).capitalize() + "."
