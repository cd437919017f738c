"""Two people in one report: what each changed is put together, what both changed is asked, and nothing typed is lost on the way."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from articles.audit.models import AuditEvent
from articles.people.models import Byline
from articles.reports.models import Citation, Credit, Draftlet, Report, Revision
from articles.taxonomy.models import Region, Tag
from articles.workflow import actions
from tests import factories
from tests.admin.browserless import fields_of

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (
    "<p>Two families were told to leave.</p>",
    "<p>Nobody gave a reason for it.</p>",
    "<p>The office was closed on Friday.</p>",
)
BODY = ONE + TWO + THREE


def address(report):
    return reverse("admin:articles_report_change", args=[report.pk])


def written():
    return list(Report.objects.values()), Revision.objects.count(), AuditEvent.objects.count(), list(Citation.objects.values())


def opened(client, report):
    return fields_of(client.get(address(report)).text)


def choices(page):
    """Every conflict's name, in the order of the page."""
    return list(dict.fromkeys(re.findall(r'name="(choose-\w+)"', page)))


def put_together(client, report, answer, how="save", **chosen):
    """Presses the button of the conflict page as a browser without a script does."""
    sent = fields_of(answer.text) | {name: [what] for name, what in chosen.items()} | {"_merged": [how]}
    return client.post(address(report), sent)


def saved(*names):
    return Report.objects.values_list(*names).get()


@pytest.fixture
def report(reporter):
    return factories.draft(reporter, body=BODY, citations=[{"title": "A decree"}])


def test_what_two_people_changed_in_different_places_is_put_together_and_saved(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["My headline"], "body": [ONE.replace("told", "ordered") + TWO + THREE]}
    actions.save(report, by=editor, standfirst="Their standfirst.", body=ONE + TWO.replace("a reason", "any reason") + THREE)
    before = written()

    answer = client.post(address(report), mine)

    assert answer.status_code == 409 and written() == before
    assert "You changed different places: they are put together by themselves." in answer.text and choices(answer.text) == []
    assert put_together(client, report, answer).status_code == 302
    assert saved("headline", "standfirst", "body") == (
        "My headline",
        "Their standfirst.",
        ONE.replace("told", "ordered") + TWO.replace("a reason", "any reason") + THREE,
    )
    assert Draftlet.objects.count() == 0


def test_what_both_changed_is_asked_and_nothing_is_saved_before_it_is_chosen(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["Mine"], "body": [ONE.replace("leave", "leave the valley") + TWO + THREE]}
    actions.save(report, by=editor, headline="Theirs", body=ONE.replace("leave", "leave at once") + TWO + THREE)
    before = written()

    answer = client.post(address(report), mine)
    first, second = choices(answer.text)
    assert "2 places were changed by both of you" in answer.text
    undecided = put_together(client, report, answer, **{first: "theirs"})

    assert undecided.status_code == 409 and "Choose in each place below" in undecided.text
    assert fields_of(undecided.text)[first] == ["theirs"]
    forged = put_together(client, report, answer, **{first: "both", second: "neither"})  # one field cannot be both
    assert forged.status_code == 409 and not {first, second} & fields_of(forged.text).keys()
    assert written() == before
    assert put_together(client, report, undecided, **{second: "both"}).status_code == 302
    assert saved("headline", "body") == (
        "Theirs",
        ONE.replace("leave", "leave at once") + ONE.replace("leave", "leave the valley") + TWO + THREE,
    )


@pytest.mark.parametrize(("chosen", "result"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_put_into_the_form_first_it_can_be_written_on_and_saves_like_any_other(as_user, reporter, editor, report, chosen, result):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["Mine"]}
    actions.save(report, by=editor, headline="Theirs", internal_note="Call back")
    answer = client.post(address(report), mine)
    before = written()

    form = put_together(client, report, answer, how="form", **{choices(answer.text)[0]: chosen})

    assert form.status_code == 200 and "Nothing of it is saved yet." in form.text and written() == before
    kept = fields_of(form.text)
    assert (kept["headline"], kept["internal_note"]) == ([result], ["Call back"])
    assert client.post(address(report), kept | {"standfirst": ["And more."]}).status_code == 302
    assert saved("headline", "standfirst", "internal_note") == (result, "And more.", "Call back")


def test_a_third_save_meanwhile_is_seen_and_choices_of_what_stayed_are_kept(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["Mine"], "standfirst": ["My standfirst"]}
    actions.save(report, by=editor, headline="Theirs", standfirst="Their standfirst")
    answer = client.post(address(report), mine)
    first, second = choices(answer.text)
    actions.save(report, by=editor, standfirst="Their other standfirst")
    before = written()

    again = put_together(client, report, answer, **{first: "mine", second: "theirs"})

    assert again.status_code == 409 and "Their other standfirst" in again.text and written() == before
    [other] = set(choices(again.text)) - {first}
    assert fields_of(again.text)[first] == ["mine"] and other not in fields_of(again.text)
    assert put_together(client, report, again, **{other: "theirs"}).status_code == 302
    assert saved("headline", "standfirst") == ("Mine", "Their other standfirst")


def test_rows_names_and_ticks_are_put_together(as_user, reporter, editor, nigeria):
    names = [Tag.objects.create(name=name) for name in ("Schools", "Land", "Courts")]
    rana, omar = (Byline.objects.create(name=name, slug=name.lower()) for name in ("Rana", "Omar"))
    ghana = Region.objects.get(iso_alpha2="GH")
    report = factories.draft(
        reporter, tags=names[:2], citations=[{"title": "A decree"}, {"title": "A letter"}], credits=[{"byline": rana, "role": "author", "shown": True}]
    )  # fmt: skip
    client = as_user(reporter)
    mine = opened(client, report)
    mine |= {"tags": ["Schools", "Courts"], "makes_allegation": ["on"], "citations-1-page": ["12"], "credits-1-byline": [str(omar.pk)]}
    actions.save(
        report, by=editor, tags=[names[1]], regions=[nigeria, ghana], citations=[{"title": "A letter"}, {"title": "A map"}],
        credits=[{"byline": rana, "role": "research", "shown": False}],
    )  # fmt: skip

    answer = client.post(address(report), mine)

    assert answer.status_code == 409 and choices(answer.text) == []
    assert put_together(client, report, answer).status_code == 302
    assert [tag.name for tag in report.tags.order_by("name")] == ["Courts"]
    assert list(report.citations.values_list("title", "page")) == [("A letter", "12"), ("A map", "")]
    assert list(Credit.objects.values_list("byline__name", "role", "shown").order_by("order")) == [
        ("Rana", "research", False),
        ("Omar", "author", True),
    ]
    assert [row.region for row in report.report_regions.order_by("-is_primary")] == [nigeria, ghana]
    assert saved("makes_allegation") == (True,)


def test_a_row_that_one_took_out_and_the_other_changed_is_asked(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"citations-0-DELETE": ["on"]}
    actions.save(report, by=editor, citations=[{"title": "A decree", "page": "4"}])
    answer = client.post(address(report), mine)
    [key] = choices(answer.text)

    assert "Nothing stands here." in answer.text
    assert put_together(client, report, answer, **{key: "mine"}).status_code == 302
    assert Citation.objects.count() == 0


def test_what_was_typed_is_kept_when_the_page_is_simply_left(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["Mine, typed without a script"]}
    actions.save(report, by=editor, headline="Theirs")

    client.post(address(report), mine)

    assert Draftlet.objects.get().content["fields"]["headline"] == ["Mine, typed without a script"]
    assert "You typed more than is saved" in client.get(address(report)).text
    later = client.post(address(report), {"_continue": "1"})
    [key] = choices(later.text)
    assert put_together(client, report, later, **{key: "mine"}).status_code == 302
    assert (saved("headline"), Draftlet.objects.count()) == (("Mine, typed without a script",), 0)


def test_who_changed_nothing_is_shown_what_is_saved_and_saves_nothing(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report)
    actions.save(report, by=editor, headline="Theirs")
    before = written()

    answer = client.post(address(report), mine, follow=True)

    assert "You changed nothing here. This is what somebody else saved meanwhile." in answer.text
    assert written() == before
    assert client.post(address(report), mine | {"_submit": ["1"]}).status_code == 409  # nobody submits what they have not seen
    assert written() == before


def test_a_draft_in_which_nothing_was_typed_that_is_not_saved_is_not_offered(as_user, reporter, editor, report):
    client = as_user(reporter)
    untouched = opened(client, report)
    client.post(reverse("admin:articles_report_draft", args=[report.pk]), untouched)
    actions.save(report, by=editor, headline="Theirs")

    assert "You typed more than is saved" not in client.get(address(report)).text
    assert client.post(address(report), {"_continue": "1"}).status_code == 302
    assert (Draftlet.objects.count(), saved("headline")) == (0, ("Theirs",))


def test_without_the_text_that_both_began_with_every_difference_is_asked(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["Mine"], "body": [ONE + TWO]}
    actions.save(report, by=editor, standfirst="Theirs")
    before = written()

    for number in ("", "99", "0", "-1", "x", "9" * 30):
        answer = client.post(address(report), mine | {"opened_from": [number], "_merged": ["save"]})
        assert answer.status_code == 409 and written() == before, number
        assert "is not known any more" in answer.text and len(choices(answer.text)) == 3

    other = factories.draft(editor, headline="Canary of another report")
    foreign = client.post(address(report), mine | {"opened_from": [str(other.revisions.get().number)]})
    assert "Canary" not in foreign.text


def test_a_step_on_a_text_that_moved_on_is_not_done_and_loses_no_comment(as_user, reporter, editor):
    report = factories.in_review(reporter)
    client = as_user(editor)
    mine = opened(client, report) | {"standfirst": ["Typed."], "request_changes-comment": ["Why Friday?"]}
    actions.save(report, by=reporter, headline="Theirs")
    before = written()

    answer = client.post(reverse("admin:articles_report_act", args=[report.pk, "request_changes"]), mine)

    assert answer.status_code == 409 and "“Request changes” was not done" in answer.text and written() == before
    assert fields_of(answer.text)["request_changes-comment"] == ["Why Friday?"]
    form = put_together(client, report, answer, how="form")
    assert fields_of(form.text)["request_changes-comment"] == ["Why Friday?"]


def test_what_a_side_wrote_is_shown_as_text(as_user, reporter, editor, report):
    client = as_user(reporter)
    mine = opened(client, report) | {"headline": ["<script>mine</script>"]}
    actions.save(report, by=editor, headline="<script>theirs</script>")

    page = client.post(address(report), mine).text

    assert "<script>mine" not in page and "<script>theirs" not in page
    assert page.count("&lt;script&gt;mine") >= 1


def test_who_may_not_write_puts_nothing_together(as_user, reporter, second_reporter, auditor, report):
    sent = opened(as_user(reporter), report) | {"headline": ["Mine"], "_merged": ["save"], "merged_with": ["0"]}
    before = written()

    assert [as_user(person).post(address(report), sent).status_code for person in (second_reporter, auditor)] == [404, 403]
    assert (written(), Draftlet.objects.count()) == (before, 0)
