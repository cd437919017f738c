"""The gate over a whole report: every text that goes public is looked at, and what is found stops the act."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from articles.contacts.models import MediaContact
from articles.images.models import Image
from articles.people.models import Byline
from articles.reports.models import EditState, Report, SignOff
from articles.reports.snapshot import public_part
from articles.safety.finding import Outgoing
from articles.safety.gate import scan, texts_of
from articles.taxonomy.models import Tag
from articles.workflow import actions, guards
from articles.workflow.refusals import Refused
from tests import factories

FREE_TEXTS = {
    "headline", "slug", "standfirst", "body", "dateline.place", "dateline.source", "bylines.name", "tags.name", "regions.name", "dateline.region.name",
    "citations.title", "citations.publisher", "citations.address", "citations.page", "citations.archive_address",
    "pictures.alt", "pictures.caption", "pictures.credit", "contact.name", "call_to_action.text", "call_to_action.link", "backstory",
}  # fmt: skip
FACTS = {
    "language", "kind", "dateline.on", "dateline.mode", "byline_mode", "bylines.role", "event.on", "event.precision", "pictures.hash",
    "citations.kind", "citations.published_on", "citations.published_precision", "citations.accessed_on",
}  # fmt: skip


@pytest.fixture
def public(reporter) -> dict[str, Any]:
    """The public part of a report with one of everything."""
    day = dt.date(2026, 3, 3)
    picture = Image.objects.create(
        credit="Own", title="Valley", added_by=reporter, master="b", sha256="b" * 64, content_hash="b" * 64, width_px=9, height_px=9
    )
    report = factories.draft(
        reporter,
        slug="the-valley",
        tags=[Tag.objects.create(name="Land")],
        byline_mode="named",
        credits=[{"byline": Byline.objects.create(name="A. Writer", slug="a-writer")}],
        citations=[
            {
                "title": "Order 14",
                "publisher": "Court",
                "address": "https://court.example/",
                "archive_address": "https://archive.example/",
                "page": "9",
                "published_on": day,
                "accessed_on": day,
            }
        ],
        images=[{"image": picture, "alt": "A valley", "caption": "The valley"}],
        contact=MediaContact.objects.create(name="Desk", languages=["en"]),
        call_to_action="Write.",
        call_to_action_link="https://example.org/",
        backstory="We spoke with eleven families.",
        event_on=day,
        event_precision="day",
        dateline_source="Org",
    )
    return public_part(report)


def _strings(value: Any) -> list[str]:
    """Every string in JSON, by its own parser's account: what stands between quotation marks and is no key."""
    found: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> list[Any]:
        return [each for _key, each in items]

    flat = [json.loads(json.dumps(value), object_pairs_hook=pairs)]
    while flat:
        each = flat.pop()
        flat += each if isinstance(each, list) else []
        found += [each] if isinstance(each, str) else []
    return sorted(found)


def _replaced(public: dict[str, Any], field: str, text: str) -> dict[str, Any]:
    changed = copy.deepcopy(public)
    *folders, name = field.split(".")
    place: Any = changed
    for folder in folders:
        place = place[folder][0] if isinstance(place[folder], list) else place[folder]
    place[name] = text
    return changed


def test_every_text_of_the_public_part_passes_the_gate(public):
    assert sorted(text for _field, text in texts_of(public)) == _strings(public)
    assert {field for field, _text in texts_of(public)} == FREE_TEXTS | FACTS


def test_a_field_that_the_snapshot_gains_passes_the_gate_too(public):
    public["later"] = [{"deep": {"deeper": ["new text"]}}]

    assert ("later.deep.deeper", "new text") in list(texts_of(public))
    assert sorted(text for _field, text in texts_of(public)) == _strings(public)


@pytest.mark.parametrize("field", sorted(FREE_TEXTS))
@pytest.mark.parametrize("written", ["José Ñandú", "jose-nandu", "https://example.org/Jos%C3%A9_%C3%91and%C3%BA"])
def test_what_is_held_back_is_found_in_each_field(public, field, written):
    outgoing = Outgoing(
        texts=tuple(texts_of(_replaced(public, field, written))), withheld_places=("José Ñandú",), withheld_names=("José Ñandú",)
    )

    assert [(finding.check, finding.field, finding.blocks) for finding in scan(outgoing)] == [("withheld", field, True)] * 2


@pytest.mark.parametrize("field", sorted(FREE_TEXTS))
def test_a_character_that_turns_text_is_found_in_each_field(public, field):
    assert [(found.check, found.field) for found in scan(Outgoing(texts=tuple(texts_of(_replaced(public, field, "a\u202eb")))))] == [
        ("bidi", field)
    ]


HELD_BACK: dict[str, Callable[[], dict[str, Any]]] = {
    "the place under a coarse dateline": lambda: {"dateline_mode": "coarse", "standfirst": "The order came to JOS."},
    "the place under a withheld dateline": lambda: {"dateline_mode": "withheld", "body": '<p>See <a href="https://map.example/j%6fs">here</a>.</p>'},
    "coordinates under a coarse dateline": lambda: {"dateline_mode": "coarse", "body": "<p>At 9.8965, 8.8583.</p>"},
    "a writer under the organisation's byline": lambda: {
        "byline_mode": "organisation",
        "credits": [{"byline": Byline.objects.create(name="Ada Obi", slug="ada-obi")}],
        "call_to_action": "Write to Ada Óbi.",
    },
    "a writer under a withheld byline": lambda: {
        "byline_mode": "withheld",
        "credits": [{"byline": Byline.objects.create(name="Ada Obi", slug="ada-obi"), "shown": False}],
        "citations": [{"title": "Notes", "address": "https://example.org/ada-obi"}],
    },
    "a writer who is not shown beside one who is": lambda: {
        "byline_mode": "named",
        "credits": [
            {"byline": Byline.objects.create(name="Ada Obi", slug="ada-obi"), "shown": False},
            {"byline": Byline.objects.create(name="Eze Uba", slug="eze-uba")},
        ],
        "body": "<p>Eze Uba and Ada <b>Obi</b> went there.</p>",
    },
    "turned text": lambda: {"headline": "Two \u202efamilies"},
}  # fmt: skip


@pytest.mark.parametrize("what", HELD_BACK)
def test_nothing_that_is_held_back_is_approved(reporter, editor, what):
    report = factories.in_review(reporter, **HELD_BACK[what]())

    with pytest.raises(Refused):
        actions.approve(report, by=editor)

    assert [finding.blocks for finding in guards.findings(report)] == [True]
    assert Report.objects.get(pk=report.pk).edit_state == EditState.IN_REVIEW
    assert list(SignOff.objects.filter(part=SignOff.Part.APPROVED)) == []


def test_what_is_shown_anyway_may_be_said(reporter, editor):
    byline = Byline.objects.create(name="Ada Obi", slug="ada-obi")
    report = factories.in_review(
        reporter, byline_mode="named", credits=[{"byline": byline}], body="<p>Ada Obi was in Jos, at 9.8965, 8.8583.</p>"
    )

    assert [(finding.check, finding.field, finding.blocks) for finding in guards.findings(report)] == [("coordinates", "body", False)]
    assert actions.approve(report, by=editor).edit_state == EditState.APPROVED
