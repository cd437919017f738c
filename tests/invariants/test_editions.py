"""What readers get is what was approved and published: each column and each row beside an edition, tried by raw SQL."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from articles.editions.models import (
    Address,
    Edition,
    EditionByline,
    EditionCitation,
    EditionCorrection,
    EditionImage,
    EditionRegion,
    EditionTag,
    EditionVersion,
)
from articles.people.models import Byline
from articles.reports.models import PublicState, Report
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories
from tests.invariants.raw import done, insert, raw_row, refused

pytestmark = pytest.mark.django_db
PARTS = {
    EditionRegion: {"region_id": None, "is_own": None, "is_primary": None, "language": "ar", "published_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    EditionTag: {"tag_id": None, "language": "ar", "published_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    EditionByline: {"byline_id": None, "role": "editing", "language": "ar"},
    EditionCitation: {
        "kind": "media", "title": "Forged", "publisher": "Forged", "address": "https://forged.example/", "published_on": None,
        "published_precision": "year", "page": "9", "accessed_on": "2020-01-01", "archive_address": "https://forged.example/", "order": 7,
    },
    EditionImage: {"sha256": "0" * 64, "alt": "", "caption": "Forged", "credit": "Forged", "decorative": True, "lead": False, "order": 7},
}  # fmt: skip


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Edition, *PARTS, EditionVersion, Address)]


def test_an_edition_needs_a_matching_sign_off(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    other = factories.draft(reporter, headline="Never approved")
    before = everything()
    refused("UPDATE articles_edition SET content_hash = %s", ["f" * 64])
    forged = raw_row("articles_edition") | {"path": "/reports/2026/01/never/", "content_hash": other.content_hash}
    forged["uuid"] = other.uuid.hex if connection.vendor == "sqlite" else other.uuid
    refused(*insert("articles_edition", forged))
    assert everything() == before
    assert Report.objects.get(pk=report.pk).public_state == PublicState.LIVE


def test_every_approved_column_of_an_edition_is_held_to_the_approval(full):
    before = everything()
    forged = {
        **dict.fromkeys(["headline", "standfirst", "body", "call_to_action", "call_to_action_link", "dateline_place", "dateline_source"], "forged"),
        "backstory": "forged",
        **dict.fromkeys(["dateline_on", "event_on"], "2020-01-01"), **dict.fromkeys(["contact_id", "dateline_region_id"], None),
        "language": "ar", "kind": "opinion", "slug": "forged", "byline_mode": "organisation", "dateline_mode": "coarse",
        "event_precision": "year", "content_hash": "0" * 64, "path": "/reports/2020/01/forged/", "listed": False,
        "published_at": "2020-01-01 00:00:00+00", "translation_group": "0" * 32, "uuid": "0" * 32,
    }  # fmt: skip
    free = {
        "updated_at",
        "corrected_at",
        "format",
        "head_html",
        "main_html",
        "card_html",
        "rss_xml",
        "atom_xml",
        "json_item",
        "feed_html",
        "placard",
        "placard_of",
    }
    assert {field.column for field in Edition._meta.concrete_fields} == forged.keys() | free
    for column, value in forged.items():
        refused(f"UPDATE articles_edition SET {column} = %s", [value])
    assert everything() == before
    done("UPDATE articles_edition SET main_html = 'redrawn', format = 9")


def test_every_row_beside_an_edition_is_held_to_the_approval(full):
    other_tag, other_byline = Tag.objects.create(name="Other"), Byline.objects.create(name="Other", slug="other")
    swapped = {"region_id": factories.region("TD").pk, "tag_id": other_tag.pk, "byline_id": other_byline.pk}
    before = everything()
    for model, forged in PARTS.items():
        assert model.objects.exists()
        table = model._meta.db_table
        for column, value in forged.items():
            target = "is_primary" if column in ("is_own", "is_primary") else None
            value = False if target else swapped.get(column, value)
            where = " WHERE is_primary" if model is EditionRegion else ""
            refused(f'UPDATE {table} SET "{column}" = %s{where}', [value], match="sign-off covers")
        refused(f"DELETE FROM {table}", match="goes only with")
        row = raw_row(table) | {"order": 40} | ({"is_own": True} if model is EditionRegion else {})
        row.pop("id")
        refused(*insert(table, {name: swapped.get(name, value) for name, value in row.items()}))
    assert everything() == before


def test_a_picture_of_an_edition_is_not_swapped(full):
    before = everything()
    row = raw_row("articles_editionimage")
    forged = str(row["renditions"]).replace("'", '"').replace(EditionImage.objects.get().renditions[0]["file"], f"{'0' * 64}.jpg")
    refused("UPDATE articles_editionimage SET renditions = %s", [forged], match="sign-off covers")
    assert everything() == before


def test_the_edition_of_a_live_report_does_not_vanish(full):
    before = everything()
    refused("DELETE FROM articles_edition")
    assert everything() == before


def test_what_was_withdrawn_does_not_come_back_behind_the_workflow(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    row = raw_row("articles_edition")
    publication.withdraw(report, by=publisher, reason="A source asked.")
    refused(*insert("articles_edition", row), match="not withdrawn")
    refused("DELETE FROM articles_withdrawal", match="append-only")
    refused("UPDATE articles_withdrawal SET reason = ''", match="append-only")
    assert Edition.objects.count() == 0
    publication.publish(report, by=publisher)
    assert Edition.objects.count() == 1


def test_a_voided_approval_covers_nothing(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    row = raw_row("articles_edition")
    publication.take_down(report, by=publisher, reason="A danger.")
    refused(*insert("articles_edition", row))
    assert Edition.objects.count() == 0


def test_an_approved_text_that_nobody_published_has_no_edition(reporter, editor, publisher):
    live = factories.live(reporter, editor, publisher)
    row = raw_row("articles_edition")
    report = actions.save(live, by=reporter, headline="A second headline")
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    before = everything()
    refused(
        "UPDATE articles_edition SET headline = %s, content_hash = %s", [report.headline, report.content_hash], match="newest published"
    )
    assert everything() == before and raw_row("articles_edition") == row


def test_versions_and_corrections_of_an_edition_are_not_invented(corrected):
    version, correction = raw_row("articles_editionversion"), raw_row("articles_editioncorrection")
    version.pop("id")
    refused(*insert("articles_editionversion", version | {"number": 9, "headline": "Never"}), match="text of an edition")
    new = "0" * 32
    refused(*insert("articles_editioncorrection", correction | {"uuid": new}), match="the desk decided")
    desk = raw_row("articles_correction") | {"uuid": new, "to_revision_id": corrected.revisions.filter(kind="save")[0].pk}
    desk.pop("id")
    refused(*insert("articles_correction", desk), match="published revision")
    assert (EditionVersion.objects.count(), EditionCorrection.objects.count()) == (2, 1)


def test_an_address_is_not_taken_twice_nor_given_away_nor_misled(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher, at=dt.datetime(2024, 1, 2, tzinfo=dt.UTC))
    address = raw_row("articles_address")
    fresh = {name: value for name, value in address.items() if name != "id"} | {"report_uuid": "0" * 32}
    refused(*insert("articles_address", fresh))
    refused(*insert("articles_address", fresh | {"path": "/x/", "answer": "moved", "to": report.path}), match="same report")
    refused("UPDATE articles_address SET report_uuid = %s", ["0" * 32], match="for ever")
    refused("UPDATE articles_address SET path = '/elsewhere/'", match="for ever")
    refused("UPDATE articles_address SET answer = 'moved', \"to\" = '/elsewhere/'", match="same report")
    refused("DELETE FROM articles_address", match="never given up")
    if connection.vendor == "sqlite":
        refused(*insert("articles_address", fresh, verb="INSERT OR REPLACE"), match="already")
    assert raw_row("articles_address") == address


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no UPDATE OR REPLACE")
def test_an_edition_does_not_replace_another(reporter, editor, publisher):
    first = factories.live(reporter, editor, publisher)
    factories.live(reporter, editor, publisher, headline="A second report")
    before = everything()
    refused("UPDATE OR REPLACE articles_edition SET path = %s WHERE path <> %s", [first.path, first.path])
    refused(*insert("articles_edition", raw_row("articles_edition"), verb="INSERT OR REPLACE"), match="already")
    assert everything() == before


def test_an_edition_is_not_dated_ahead(reporter, editor, publisher):
    factories.live(reporter, editor, publisher)
    before = everything()
    refused("UPDATE articles_edition SET published_at = %s", [timezone.now() + dt.timedelta(days=1)], match="first publication")
    assert everything() == before
