"""Steps for several reports: each by itself, with its own right, version and refusal; all is said, nothing half done in silence."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from articles.audit.models import AuditEvent
from articles.people import roles
from articles.reports.models import Report, Revision
from articles.taxonomy.models import Tag
from articles.workflow import actions, together
from tests import factories

pytestmark = pytest.mark.django_db
TOGETHER = "/desk/together/"


def chosen(*reports):
    return [f"{report.pk}.{Report.objects.get(pk=report.pk).lock_version}" for report in reports]


def outcomes(page):
    """Headline -> what became of it."""
    assert page.status_code == 200, page.text
    rows = re.findall(r'<li><a href="[^"]+"[^>]*>([^<]+)</a><div class="why">(.*?)</div></li>', page.text, re.S)
    return {headline: re.findall(r"<p[^>]*>([^<]+)</p>", said) for headline, said in rows}


def everything():
    return list(Report.objects.order_by("pk").values()), Revision.objects.count(), AuditEvent.objects.count()


def test_each_report_is_submitted_or_says_why_not_and_none_is_known_of_that_may_not_be(as_user, reporter, second_reporter, editor):
    ready = factories.draft(reporter, headline="Ready")
    empty = factories.draft(reporter, headline="No region", regions=[])
    sent = factories.in_review(reporter, headline="Sent already")
    hidden = factories.draft(second_reporter, headline="Not mine")
    client = as_user(reporter)

    before = client.get(TOGETHER, {"verb": "submit", "report": chosen(ready, empty, sent, hidden)})
    assert [each in before.text for each in ("Ready", "No region", "Sent already", "Not mine")] == [True, True, True, False]
    assert len(re.findall(r'name="report" value="[^"]+" checked', before.text)) == 1

    found = outcomes(client.post(TOGETHER, {"verb": "submit", "report": chosen(ready, empty, sent, hidden)}))

    assert found["Ready"] == ["Done."] and found.keys() == {"Ready", "No region", "Sent already"}
    assert all(len(found[each]) >= 1 and "Done." not in found[each] for each in ("No region", "Sent already"))
    assert dict(Report.objects.values_list("headline", "edit_state")) == {
        "Ready": "in_review", "No region": "draft", "Sent already": "in_review", "Not mine": "draft",
    }  # fmt: skip


def test_reports_are_assigned_dated_tagged_and_untagged(as_user, reporter, editor):
    tag, other = Tag.objects.create(name="Displacement"), Tag.objects.create(name="Courts")
    one, two = factories.draft(reporter, headline="One", tags=[tag]), factories.draft(reporter, headline="Two", tags=[other])
    client = as_user(editor)

    def done(verb, **given):
        return outcomes(client.post(TOGETHER, {"verb": verb, "report": chosen(one, two), **given}))

    assert done("assign", person=reporter.pk) == {"One": ["Done."], "Two": ["Done."]}
    assert done("due", due_at="2027-03-04T12:00", zone="Africa/Nairobi") == {"One": ["Done."], "Two": ["Done."]}
    assert done("add_tag", tag="displacement") == {"One": ["It is so already: nothing was changed."], "Two": ["Done."]}
    assert done("remove_tag", tag="Courts") == {"One": ["It is so already: nothing was changed."], "Two": ["Done."]}
    for report in (one, two):
        report.refresh_from_db()
        assert (report.assigned_to, report.due_at, list(report.tags.all())) == (reporter, dt.datetime(2027, 3, 4, 9, tzinfo=dt.UTC), [tag])
    assert done("assign", person="")["One"] == done("due", due_at="")["Two"] == ["Done."]
    assert set(Report.objects.values_list("assigned_to", "due_at")) == {(None, None)}


def test_a_report_that_was_changed_meanwhile_is_left_as_it_is(as_user, reporter, editor):
    one, two = factories.draft(reporter, headline="One"), factories.draft(reporter, headline="Two")
    stale = chosen(one, two)
    Report.objects.filter(pk=one.pk).update(lock_version=9, headline="Changed meanwhile")

    found = outcomes(as_user(editor).post(TOGETHER, {"verb": "assign", "report": stale, "person": reporter.pk}))

    assert found["Two"] == ["Done."] and "Done." not in found["Changed meanwhile"]
    assert dict(Report.objects.values_list("headline", "assigned_to")) == {"Changed meanwhile": None, "Two": reporter.pk}


def test_the_page_says_whose_approval_falls_and_a_scheduled_report_keeps_its_tags(as_user, reporter, editor, second_editor, publisher):
    tag = Tag.objects.create(name="Courts")
    signed = factories.approved(reporter, editor, headline="Signed")
    timed = factories.approved(reporter, editor, headline="Timed")

    actions.schedule(timed, by=publisher, publish_at=factories.in_a_week())
    client = as_user(second_editor)

    assert "Its approval ends" in client.get(TOGETHER, {"verb": "add_tag", "report": chosen(signed)}).text
    assert "Its approval ends" not in client.get(TOGETHER, {"verb": "assign", "report": chosen(signed)}).text
    found = outcomes(client.post(TOGETHER, {"verb": "add_tag", "tag": "Courts", "report": chosen(signed, timed)}))
    assert found["Signed"] == ["Done."] and "Done." not in found["Timed"]
    assert [Report.objects.get(pk=each.pk).edit_state for each in (signed, timed)] == ["draft", "approved"]
    assert list(Report.objects.get(pk=signed.pk).tags.all()) == [tag] and not Report.objects.get(pk=timed.pk).tags.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"verb": "publish", "report": "mine"}, {"verb": "approve", "report": "mine"}, {"verb": "take_down", "report": "mine"}, {"report": "mine"},
        {"verb": "submit"}, {"verb": "submit", "report": ["x", "1", "-1.2", "1.2.3", "9" * 30 + ".1", "١.٢"]},
        {"verb": "add_tag", "report": "mine", "tag": "No such tag"}, {"verb": "add_tag", "report": "mine", "tag": ""},
        {"verb": "assign", "report": "mine", "person": str(2**70)}, {"verb": "assign", "report": "mine", "person": "clock"},
        {"verb": "due", "report": "mine", "due_at": "soon"}, {"verb": "submit", "report": [f"{each}.0" for each in range(1, 60)]},
    ],
)  # fmt: skip
def test_a_forged_step_is_refused_and_nothing_is_written(as_user, editor, given):
    mine = factories.draft(editor)
    given = {**given, **({"report": chosen(mine)} if given.get("report") == "mine" else {})}
    before = everything()

    answer = as_user(editor).post(TOGETHER, given)

    assert answer.status_code == 400 and ('role="alert"' in answer.text or "errorlist" in answer.text)
    assert everything() == before


def test_only_writers_are_offered_it_and_others_are_refused(as_user, cast, reporter, auditor, publisher):
    report = factories.draft(reporter)
    assert 'id="together"' in as_user(reporter).get("/desk/articles/report/").text
    before = everything()
    for person in (auditor, publisher, cast("press", roles.PRESS_OFFICER)):
        client = as_user(person)
        assert client.post(TOGETHER, {"verb": "submit", "report": chosen(report)}).status_code == 403
        assert 'id="together"' not in client.get("/desk/articles/report/").text
    assert everything() == before


def test_a_translator_acts_on_the_reports_of_their_languages_alone(as_user, cast, reporter):
    spanish, english = factories.draft(reporter, headline="Spanish", language="es"), factories.draft(reporter, headline="English")
    translator = cast("of Spanish", roles.TRANSLATOR, languages=["es"])
    found = outcomes(as_user(translator).post(TOGETHER, {"verb": "assign", "person": reporter.pk, "report": chosen(spanish, english)}))
    assert found == {"Spanish": ["Done."]}
    assert together.MOST == 50


def test_the_field_for_a_tag_begins_empty_and_keeps_what_was_typed(as_user, reporter):
    client, report = as_user(reporter), factories.draft(reporter)
    asked = {"verb": "add_tag", "report": chosen(report)}
    assert 'name="tag" value=""' in client.get(TOGETHER, asked).text
    refused = client.post(TOGETHER, {**asked, "tag": "Nowhere, <b>"})
    assert refused.status_code == 400 and 'value="Nowhere, &lt;b&gt;"' in refused.text
    assert "Tag: There is no tag “Nowhere”" in refused.text.partition('role="alert"')[2].partition("</ul>")[0]
    assert not Report.objects.get(pk=report.pk).tags.exists()
