"""The chain of revisions: what each save leaves, and how a change behind it shows."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from articles.people import roles
from articles.reports.models import Revision, SignOff
from articles.reports.revisions import all_broken, first_broken
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db


def test_each_save_submission_and_publication_leaves_a_revision(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    actions.save(report, by=editor, internal_note="Call the lawyer.")
    chain = list(report.revisions.order_by("number"))
    assert [(each.number, each.round, each.kind, each.author.username) for each in chain] == [
        (1, 1, "save", "reporter"), (2, 1, "submit", "reporter"), (3, 2, "publish", "publisher"), (4, 2, "save", "editor"),
    ]  # fmt: skip
    assert [each.previous for each in chain] == ["", *(each.digest for each in chain[:3])]
    assert chain[1].content_hash == chain[2].content_hash == chain[3].content_hash != chain[0].content_hash
    assert chain[3].content["desk"]["internal_note"] == "Call the lawyer."
    assert first_broken(report) is None and list(all_broken()) == []


def test_who_saves_a_note_has_not_written_the_text(reporter, editor):
    report = factories.in_review(reporter)
    actions.save(report, by=editor, internal_note="Call the lawyer.")
    assert list(SignOff.objects.values_list("person__username", "part")) == [("reporter", "wrote")]


@pytest.mark.parametrize("change", [
    {"number": 20}, {"content_hash": "0" * 64}, {"previous": "0" * 64}, {"kind": "publish"}, {"digest": "0" * 64},
    {"content": {"schema": 1, "desk": {}, "public": {"headline": "Forged"}}},
])  # fmt: skip
def test_a_revision_changed_behind_the_chain_is_named(reporter, editor, change):
    other = factories.in_review(reporter, headline="An untouched report")
    report = factories.in_review(reporter)
    with factories.triggers_lifted():
        Revision.objects.filter(report=report, number=2).update(**change)
    assert first_broken(report) == 2 and first_broken(other) is None
    assert list(all_broken()) == [(report.audit_code, 2)]


def test_another_author_another_time_or_a_gap_is_named(reporter, editor, publisher):
    report = factories.live(reporter, editor, publisher)
    with factories.triggers_lifted():
        Revision.objects.filter(report=report, number=3).update(author=editor)
        assert first_broken(report) == 3
        Revision.objects.filter(report=report, number=1).delete()
    assert first_broken(report) == 1


def test_a_purged_text_leaves_the_chain_whole(reporter, editor):
    report = factories.in_review(reporter)
    with factories.triggers_lifted():
        Revision.objects.filter(report=report).update(content={})
    assert first_broken(report) is None


def test_a_person_with_two_roles_still_needs_another(reporter, editor, second_editor):
    editor.groups.add(Group.objects.get(name=roles.PUBLISHER))
    report = factories.approved(editor, second_editor)
    edition = publication.publish(report, by=editor)
    assert edition.content_hash == report.content_hash
    assert list(report.revisions.values_list("kind", flat=True)) == ["save", "submit", "publish"]
