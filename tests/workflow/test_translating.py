"""Translations: what they take over, when they are out of date, who may write them, and the embargo that they share."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.images.actions import add
from articles.people import roles
from articles.reports.models import EditState, Report, SignOff
from articles.taxonomy.models import Tag
from articles.workflow import actions, drafting, publication, translating
from articles.workflow.permissions import can_view, visible_to
from articles.workflow.refusals import Conflict, Forbidden
from articles.workflow.restoring import restore
from tests import factories
from tests.admin.test_roles import a_picture
from tests.workflow.test_review import refused

pytestmark = pytest.mark.django_db
SOON = timezone.now() + dt.timedelta(days=2)


@pytest.fixture
def source(reporter, editor):
    picture = add(a_picture(), by=reporter)
    return factories.draft(
        reporter,
        tags=[Tag.objects.create(name="Land")],
        citations=[{"title": "A deed"}, {"title": "A neighbour", "public": False}],
        images=[{"image": picture, "alt": "A gate", "caption": "The gate, locked", "lead": True}],
        severity="high",
        makes_allegation=True,
        internal_note="Call her at night",
        call_to_action="Write to the governor",
        backstory="We spoke with eleven families.",
        embargo_until=SOON,
    )


def test_a_translation_takes_over_facts_and_leaves_words_empty(source, editor):
    made = translating.translate(source, by=editor, language="ar")

    assert (made.language, made.translation_group, made.translated_from) == (
        "ar",
        source.translation_group,
        source.revisions.latest("number"),
    )
    texts = ("headline", "standfirst", "body", "call_to_action", "backstory", "internal_note", "slug")
    assert [getattr(made, name) or "" for name in texts] == [""] * len(texts)
    facts = ("kind", "dateline_on", "dateline_place", "dateline_region", "severity", "makes_allegation", "embargo_until", "byline_mode")
    assert [getattr(made, name) for name in facts] == [getattr(source, name) for name in facts]
    assert [tag.name for tag in made.tags.all()] == ["Land"] and list(made.regions.all()) == list(source.regions.all())
    assert [(row.title, row.public) for row in made.citations.all()] == [("A deed", True), ("A neighbour", False)]
    assert [(row.alt, row.caption, row.lead) for row in made.report_images.all()] == [("", "", True)]
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.target, event.facts) == ("translate", made.audit_code, {"from": source.audit_code, "revision": 1})


def test_a_language_that_is_there_is_refused(source, editor, translator):
    made = translating.translate(source, by=editor, language="ar")
    [(field, sentence)] = refused(translating.translate, source, by=editor, language="ar")
    assert field == "language" and "العربية" in sentence
    assert refused(translating.translate, made, by=translator, language="en")[0][0] == "language"
    assert refused(translating.translate, source, by=editor, language="xx") == [("language", "Choose one of the site's languages.")]
    assert translating.version_in(source, "ar") == made


def test_translators_begin_in_their_languages_what_they_may_open(source, editor, translator, cast):
    refused(translating.translate, source, by=translator, language="ar", error=Forbidden)  # an English draft is none of theirs
    both = cast("both", roles.TRANSLATOR, languages=["en", "ar"])
    assert refused(translating.translate, source, by=both, language="es", error=Forbidden)
    assert translating.translate(source, by=both, language="ar").created_by == both


def test_out_of_date_is_said_from_the_change_on_and_ends_when_it_is_brought_up_to_date(source, editor, second_editor, reporter):
    made = translating.translate(source, by=editor, language="ar")
    assert not translating.standing(made).behind
    actions.save(source, by=reporter, internal_note="Another note", slug="a-name-for-the-address")
    assert not translating.standing(made).behind  # nothing that a translation follows
    when = timezone.now()
    actions.save(source, by=reporter, headline="Three families told to leave the valley", at=when)
    actions.save(source, by=reporter, headline="Four families told to leave the valley")
    assert translating.standing(made).since == when

    made = actions.submit(
        actions.save(
            made, by=editor, headline="Four", body="<p>x</p>",
            images=[{"image": row.image, "alt": "باب"} for row in made.report_images.all()],
        ),
        by=editor,
    )  # fmt: skip
    signed = SignOff.objects.count()
    args = {"by": editor, "version": made.lock_version}
    assert refused(translating.bring_up_to_date, made, source_number=3, **args, error=Conflict)
    assert refused(translating.bring_up_to_date, source, source_number=3, **args)[0][1].startswith("This report is no translation")
    made = translating.bring_up_to_date(made, source_number=4, **args)
    assert not translating.standing(made).behind
    assert (made.edit_state, SignOff.objects.count()) == (EditState.IN_REVIEW, signed)
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.facts) == ("bring_up_to_date", {"from": source.audit_code, "revision": 4})


def test_what_became_of_the_source_is_told(reporter, editor, publisher, translator, safety_officer):
    source = factories.live(reporter, editor, publisher)
    made = translating.translate(source, by=editor, language="ar")
    assert (translating.standing(made).gone, translating.standing(made).corrected) == ("", False)
    actions.approve(actions.submit(actions.save(source, by=reporter, headline="One family"), by=reporter), by=editor)
    publication.publish_update(Report.objects.get(pk=source.pk), by=publisher, change="correction", correction="It was one family.")
    assert (translating.standing(made).gone, translating.standing(made).corrected) == ("", True)
    publication.withdraw(source, by=editor, reason="Wrong")
    assert translating.standing(made).gone == "withdrawn"
    assert translating.may_read_source(translator, made, translating.standing(made))
    publication.take_down(source, by=safety_officer, reason="Danger")
    found = translating.standing(made)
    assert found.gone == "taken_down"
    assert not translating.may_read_source(translator, made, found) and translating.may_read_source(editor, made, found)
    assert "taken down" in refused(translating.translate, source, by=editor, language="es")[0][1]


@pytest.mark.parametrize("road", ["save", "submit", "autosave", "restore", "create", "picture", "bring"])
def test_a_translator_writes_in_no_other_language_on_any_road(road, source, editor, second_editor, translator):
    ours, theirs = (translating.translate(source, by=editor, language=each) for each in ("ar", "es"))
    roads = {
        "save": lambda report: actions.save(report, by=translator, headline="A headline"),
        "submit": lambda report: actions.submit(report, by=translator),
        "autosave": lambda report: drafting.autosave(
            report, by=translator, page="p", version=report.lock_version, typed={"headline": ["x"]}
        ),
        "restore": lambda report: restore(report, report.revisions.get(number=1), by=translator, version=report.lock_version),
        "create": lambda report: actions.create(by=translator, language=report.language),
        "picture": lambda report: actions.save(report, by=translator, images=[]),
        "bring": lambda report: translating.bring_up_to_date(report, by=translator, source_number=1, version=report.lock_version),
    }
    if road in ("restore", "submit"):
        ours, theirs = (actions.save(each, by=editor, headline=f"Begun in {each.language}") for each in (ours, theirs))
    refused(roads[road], theirs, error=Forbidden)
    roads[road](ours)
    assert (can_view(translator, ours), can_view(translator, theirs)) == (True, False)
    assert list(visible_to(translator).filter(translation_group=ours.translation_group)) == [ours]


def test_nobody_approves_what_they_translated(source, editor, second_editor, cast):
    both = cast("both", roles.TRANSLATOR, roles.EDITOR, languages=["ar"])
    made = translating.translate(source, by=editor, language="ar")
    texts = {"headline": "أربع عائلات", "body": "<p>نص</p>", "images": [], "makes_allegation": False, "severity": "normal"}
    made = actions.submit(actions.save(made, by=both, **texts), by=both)
    assert "You wrote part of this text" in refused(actions.approve, made, by=both)[0][1]
    assert "You wrote part of this text" in refused(actions.approve, made, by=editor)[0][1]  # who began it carried its facts over


def test_the_embargo_of_one_language_is_that_of_all(source, editor, translator, publisher):
    made = translating.translate(source, by=editor, language="ar")
    later = SOON + dt.timedelta(days=1)
    [(field, sentence)] = refused(actions.save, made, by=translator, embargo_until=later)
    assert field == "embargo_until" and "not yours to change" in sentence
    actions.save(made, by=translator, embargo_until=SOON, headline="عنوان")  # the same as before is no change
    actions.save(made, by=editor, embargo_until=later)
    fresh = Report.objects.get(pk=source.pk)
    assert (fresh.embargo_until, fresh.lock_version, fresh.content_hash) == (later, source.lock_version + 1, source.content_hash)
    assert fresh.revisions.latest("number").content["desk"]["embargo_until"] == later.isoformat()
    assert AuditEvent.objects.latest("seq").verb == "share_embargo"


def test_an_embargo_does_not_move_under_a_scheduled_language(reporter, editor, publisher):
    source = factories.approved(reporter, editor)
    made = translating.translate(source, by=editor, language="ar")
    actions.schedule(source, by=publisher, publish_at=SOON)
    [(field, sentence)] = refused(actions.save, made, by=editor, embargo_until=SOON + dt.timedelta(days=5))
    assert field == "embargo_until" and "unschedule it first" in sentence
