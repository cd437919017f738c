"""What ends an approval and every extra sign-off: any change of what readers get, and nothing else."""

from __future__ import annotations

import datetime as dt
import io

import PIL.Image
import pytest
from django.db import transaction
from django.utils import timezone

from articles.contacts.models import MediaContact
from articles.images.actions import add
from articles.people import roles
from articles.people.models import Byline
from articles.reports.models import EditState, Report, Revision
from articles.taxonomy.models import Tag
from articles.workflow import actions, assigning, claiming, guards
from articles.workflow.restoring import restore
from articles.workflow.vouching import vouch
from tests import factories
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def picture(by, colour):
    file = io.BytesIO()
    PIL.Image.new("RGB", (700, 450), colour).save(file, "JPEG")
    file.seek(0)
    return add(file, by=by, credit="Own drawing")


@pytest.fixture
def there(reporter, editor, safety_officer, cast):
    """An approved report with every part, its extra sign-offs, and what its rows were made of."""
    lawyer = cast("lawyer", roles.LEGAL_REVIEWER)
    images = [{"image": picture(reporter, colour), "alt": f"A {colour} valley", "caption": "The valley"} for colour in ("red", "blue")]
    parts = {
        "images": images,
        "citations": [{"kind": "official", "title": "Order 14"}, {"kind": "media", "title": "A newspaper"}],
        "credits": [{"byline": Byline.objects.create(name=name, slug=name.lower())} for name in ("Ana", "Ben")],
        "tags": [Tag.objects.create(name="Land")],
        "regions": [factories.region("NG"), factories.region("GH")],
    }
    report = factories.in_review(
        reporter, severity="high", makes_allegation=True, byline_mode="named", primary_region=parts["regions"][0], **parts
    )
    vouch(report, by=editor, subject="right_of_reply", answer="declined", asked="The district", asked_on=dt.date(2026, 3, 4))
    vouch(report, by=editor, subject="consent", answer="not_needed", text="Nobody can be recognised.")
    claiming.sign_off_legal(report, by=lawyer)
    claiming.sign_off_safety(report, by=safety_officer)
    return actions.approve(report, by=editor), parts


def changed(rows, place, **facts):
    return [{**row, **(facts if number == place else {})} for number, row in enumerate(rows)]


VOIDS = {
    "headline": lambda p: {"headline": "Another headline"},
    "standfirst": lambda p: {"standfirst": "Another standfirst."},
    "body": lambda p: {"body": factories.BODY + "<p>One more.</p>"},
    "form of a word": lambda p: {"body": factories.BODY.replace("Friday", "<strong>Friday</strong>")},
    "slug": lambda p: {"slug": "another-address"},
    "kind": lambda p: {"kind": "report"},
    "dateline's date": lambda p: {"dateline_on": dt.date(2026, 3, 5)},
    "dateline's place": lambda p: {"dateline_place": "Kano"},
    "dateline's mode": lambda p: {"dateline_mode": "coarse"},
    "dateline's source": lambda p: {"dateline_source": "An agency"},
    "byline's mode": lambda p: {"byline_mode": "withheld"},
    "event": lambda p: {"event_on": dt.date(2026, 3, 1), "event_precision": "day"},
    "call to action": lambda p: {"call_to_action": "Write to the district."},
    "how it was reported": lambda p: {"backstory": "We asked the district twice."},
    "contact": lambda p: {"contact": MediaContact.objects.create(name="Desk", languages=["en"])},
    "alternative text": lambda p: {"images": changed(p["images"], 0, alt="Another view")},
    "caption": lambda p: {"images": changed(p["images"], 1, caption="Another caption")},
    "decorative": lambda p: {"images": changed(p["images"], 0, decorative=True, alt="")},
    "lead picture": lambda p: {"images": changed(p["images"], 1, lead=True)},
    "order of pictures": lambda p: {"images": p["images"][::-1]},
    "a picture less": lambda p: {"images": p["images"][:1]},
    "a tag more": lambda p: {"tags": [*p["tags"], Tag.objects.create(name="Schools")]},
    "a tag less": lambda p: {"tags": []},
    "a region less": lambda p: {"regions": p["regions"][:1]},
    "main region": lambda p: {"regions": p["regions"], "primary_region": p["regions"][1]},
    "a credit shown": lambda p: {"credits": changed(p["credits"], 1, shown=False)},
    "a credit's role": lambda p: {"credits": changed(p["credits"], 1, role="research")},
    "order of credits": lambda p: {"credits": p["credits"][::-1]},
    "a source's title": lambda p: {"citations": changed(p["citations"], 0, title="Order 15")},
    "a source hidden": lambda p: {"citations": changed(p["citations"], 0, public=False)},
}
LEAVES = {
    "nothing": lambda p: {},
    "internal note": lambda p: {"internal_note": "Call the lawyer."},
    "assignment": lambda p: {"assigned_to": Report.objects.get().created_by},
    "due date": lambda p: {"due_at": LATER},
    "expiry": lambda p: {"expire_at": LATER},
    "embargo": lambda p: {"embargo_until": LATER},
    "the same body": lambda p: {"body": factories.BODY},
    "the same pictures": lambda p: {"images": p["images"]},
}


def test_a_change_that_readers_see_ends_approval_and_sign_offs(there, reporter):
    report, parts = there
    for what, change in VOIDS.items():
        with transaction.atomic():
            fresh = actions.save(report, by=reporter, **change(parts))
            assert (fresh.edit_state, fresh.content_hash == report.content_hash) == (EditState.DRAFT, False), what
            assert not fresh.extra_sign_offs.filter(voided_at=None).exists(), what
            assert not guards.approved_sign_offs(fresh).filter(content_hash=fresh.content_hash).exists(), what
            transaction.set_rollback(True)


def test_a_change_that_readers_do_not_see_ends_nothing(there, reporter):
    report, parts = there
    for what, change in LEAVES.items():
        with transaction.atomic():
            fresh = actions.save(report, by=reporter, **change(parts))
            assert (fresh.edit_state, fresh.extra_sign_offs.filter(voided_at=None).count()) == (EditState.APPROVED, 2), what
            transaction.set_rollback(True)


def test_an_assignment_ends_nothing(there, publisher, reporter):
    report, _parts = there
    report = assigning.assign(report, by=publisher, assigned_to=reporter, due_at=timezone.now())
    assert (report.edit_state, report.extra_sign_offs.filter(voided_at=None).count()) == (EditState.APPROVED, 2)


def test_who_restores_a_revision_wrote_it_and_approves_nothing_of_it(there, reporter, editor, second_editor):
    report, _parts = there
    report = actions.save(report, by=reporter, headline="Another headline")
    first = Revision.objects.get(report=report, number=1)
    report, _lost = restore(report, first, by=second_editor, version=report.lock_version)
    report = actions.submit(report, by=reporter)
    assert "You wrote part" in refused(actions.approve, report, by=second_editor)[0][1]
    assert list(guards.reviewers(report)) == [editor]


def test_who_translated_approves_no_translation_of_theirs_and_who_wrote_the_source_may(cast, reporter, editor, second_editor):
    both = cast("translating-editor", roles.TRANSLATOR, roles.EDITOR, languages=["ar"])
    source = factories.approved(second_editor, editor)
    translation = factories.in_review(both, language="ar", translation_group=source.translation_group, headline="قيل لعائلتين")
    assert "You wrote part" in refused(actions.approve, translation, by=both)[0][1]
    assert actions.approve(translation, by=second_editor).edit_state == EditState.APPROVED
