"""Restoring a revision: the same report again, by a save like any other; what cannot come back is said before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.editions.models import Edition
from articles.images.models import Image
from articles.people.models import Byline
from articles.reports.models import Report, Revision
from articles.reports.snapshot import content_hash, readable, snapshot
from articles.taxonomy.models import Tag
from articles.workflow import actions
from articles.workflow.refusals import Conflict, Refused
from articles.workflow.restoring import restoration, restore
from tests import factories

pytestmark = pytest.mark.django_db


def newest(report):
    return report.revisions.latest("number")


def a_picture(by, number):
    return Image.objects.create(
        master=f"m{number}", sha256=f"{number:064}", content_hash=f"{number:064}", width_px=9, height_px=9, title=f"P{number}", added_by=by
    )


def whole(value):
    """A content without what stays as it is today."""
    desk = {name: each for name, each in value["desk"].items() if name not in ("embargo_until", "expire_at", "due_at", "assigned_to")}
    return {"public": value["public"], "desk": desk}


def world(by):
    return {
        "tags": [Tag.objects.create(name=f"Tag {number}") for number in range(3)],
        "regions": [factories.region(code) for code in ("NG", "ML", "TD")],
        "images": [a_picture(by, number) for number in range(1, 4)],
        "bylines": [Byline.objects.create(name=f"Name {number}", slug=f"name-{number}") for number in range(3)],
        "contacts": [None, MediaContact.objects.create(name="Press")],
    }


def changes_from(there):
    text = st.text(st.sampled_from("abc é“<&َ "), max_size=12)
    some = lambda rows: st.lists(st.sampled_from(rows), unique=True, max_size=3)  # noqa: E731 - read where it is used
    days = st.sampled_from([None, dt.date(2026, 1, 2), dt.date(2025, 12, 31)])
    citation = st.fixed_dictionaries(
        {"title": st.sampled_from(["A", "B", "C"]), "public": st.booleans(), "published_on": days, "page": text}
    )
    picture = {"alt": text, "caption": text, "decorative": st.booleans()}
    return st.fixed_dictionaries(
        {
            "headline": text.map(lambda each: f"H {each}"), "standfirst": text, "body": text.map(lambda each: f"<p>x <strong>{len(each)}</strong></p>"),
            "dateline_mode": st.sampled_from(["shown", "coarse", "withheld"]), "dateline_place": text, "dateline_on": days, "event_on": days,
            "byline_mode": st.sampled_from(["named", "organisation", "withheld"]), "internal_note": text, "call_to_action": text, "backstory": text,
            "contact": st.sampled_from(there["contacts"]), "tags": some(there["tags"]), "regions": some(there["regions"]),
            "credits": some(there["bylines"]).flatmap(lambda rows: st.tuples(*(
                st.fixed_dictionaries({"byline": st.just(row), "role": st.sampled_from(["author", "editing"]), "shown": st.booleans()}) for row in rows
            ))),
            "citations": st.lists(citation, max_size=4),
            "images": some(there["images"]).flatmap(lambda rows: st.tuples(*(st.fixed_dictionaries({"image": st.just(row), **picture}) for row in rows))),
        }
    )  # fmt: skip


def test_save_change_restore_gives_the_same_report_again(editor):
    there = world(editor)
    report = actions.create(by=editor, language="en")

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(first=changes_from(there), second=changes_from(there))
    def law(first, second):
        saved = actions.save(report, by=editor, **first)
        revision, before = newest(saved), whole(snapshot(saved))
        actions.save(saved, by=editor, **second)
        changed = Report.objects.get(pk=report.pk)
        if whole(snapshot(changed)) == before:
            return
        restored, lost = restore(changed, revision, by=editor, version=changed.lock_version)
        assert lost == []
        assert restored.content_hash == revision.content_hash == content_hash(snapshot(restored)["public"])
        assert whole(snapshot(restored)) == before

    law()


def test_restoring_makes_a_revision_lets_the_approval_fall_and_leaves_what_is_live(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    first = report.revisions.get(number=1)
    report = actions.save(report, by=reporter, headline="Another headline", due_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    report = actions.approve(actions.submit(report, by=reporter), by=editor)
    edition, revisions = Edition.objects.get(), report.revisions.count()

    restored, _lost = restore(report, first, by=reporter, version=report.lock_version)

    assert (restored.edit_state, restored.headline, restored.due_at.year) == ("draft", "Two families told to leave the valley", 2027)
    assert restored.slug == report.slug
    assert report.revisions.count() == revisions + 1
    assert Edition.objects.get().content_hash == edition.content_hash and Report.objects.get(pk=report.pk).public_state == "live"
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.facts) == ("save", {"hash": restored.content_hash, "restored": 1})


def test_what_does_not_come_back_is_said_in_sentences(editor):
    there = world(editor)
    old, new = there["tags"][:2]
    report = factories.draft(
        editor, tags=[old], contact=there["contacts"][1], images=[{"image": each} for each in there["images"][:2]],
        credits=[{"byline": there["bylines"][0]}], byline_mode="named",
    )  # fmt: skip
    first = newest(report)
    report = actions.save(report, by=editor, tags=[], contact=None, images=[], credits=[], headline="Other")
    Tag.objects.filter(pk=old.pk).update(merged_into=new)
    MediaContact.objects.update(active=False)
    there["bylines"][0].delete()
    there["images"][0].delete()
    Image.objects.filter(pk=there["images"][1].pk).update(credit="Photograph: N.")
    factories.region().names.all().delete()

    found = restoration(report, first, by=editor)

    assert found.lost == [
        "The tag “Tag 0” was merged into “Tag 1”: that one comes in its place.",
        "The byline “Name 0” is no longer there: the credit does not come back.",
        "The media contact “Press” is no longer at work: the report comes back without one.",
        f"Picture {first.content['public']['pictures'][0]['image']} is no longer there, or not yours to use: the report comes back without it.",
        f"Picture {first.content['public']['pictures'][1]['image']} or its credit was changed since: it comes back as it is now.",
    ]
    restored, lost = restore(report, first, by=editor, version=report.lock_version)
    assert lost == found.lost and [row.tag.name for row in restored.tagged.all()] == ["Tag 1"]


def test_a_picture_of_somebody_else_does_not_come_back_to_who_may_not_use_it(reporter, editor):
    report = factories.draft(reporter)
    report = actions.save(report, by=editor, images=[{"image": a_picture(editor, 1)}])
    with_picture = newest(report)
    report = actions.save(report, by=editor, images=[])

    assert "not yours to use" in restoration(report, with_picture, by=reporter).lost[0]
    assert restoration(report, with_picture, by=editor).lost == []


def test_refusals_are_sentences_and_write_nothing(reporter, editor, publisher):
    other = newest(factories.draft(editor, headline="Another report"))
    report = actions.save(factories.draft(reporter), by=reporter, headline="Changed")
    first = report.revisions.get(number=1)
    purged = Revision(report=report, number=1, content={}, content_hash=first.content_hash)
    newer = Revision(report=report, number=1, content={**first.content, "schema": 99})
    before = [model.objects.count() for model in (Revision, AuditEvent)]

    for revision, version, error, words in (
        (other, report.lock_version, Refused, "another report"),
        (purged, report.lock_version, Refused, "purged"),
        (newer, report.lock_version, Refused, "another version of Newsroom"),
        (newest(report), report.lock_version, Refused, "nothing to restore"),
        (first, report.lock_version - 1, Conflict, "Somebody else changed"),
    ):
        with pytest.raises(error, match=words):
            restore(report, revision, by=reporter, version=version)
    scheduled = actions.approve(actions.submit(report, by=reporter), by=editor)
    scheduled = actions.schedule(scheduled, by=publisher, publish_at=factories.in_a_week())
    between = [model.objects.count() for model in (Revision, AuditEvent)]
    with pytest.raises(Refused, match="unschedule it first"):
        restore(scheduled, first, by=reporter, version=scheduled.lock_version)
    assert [model.objects.count() for model in (Revision, AuditEvent)] == between
    assert (between[0] - before[0], Report.objects.get(pk=report.pk).headline) == (1, "Changed")


def test_a_revision_of_the_first_schema_is_read_as_it_was(editor):
    report = factories.draft(editor, citations=[{"title": "A", "public": False}, {"title": "B"}])
    content = newest(report).content
    desk = {name: value for name, value in content["desk"].items() if name != "translated_from"}
    desk["private_citations"] = [{name: value for name, value in row.items() if name != "place"} for row in desk["private_citations"]]
    old = Revision(report=report, number=1, content={**content, "schema": 1, "desk": desk})

    assert (newest(report).schema, content["schema"]) == (3, 3)
    assert readable(old.content)["desk"]["private_citations"][0]["place"] == 1
    report = actions.save(report, by=editor, headline="Other", citations=[])
    assert [row["title"] for row in restoration(report, old, by=editor).changes["citations"]] == ["B", "A"]
