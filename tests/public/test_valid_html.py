"""What tests/public/test_page_markup.py leaves out: forms in each state, lists of one subject, a report with all that it can have."""

from __future__ import annotations

import io

import pytest
from django.http import HttpResponse
from PIL import Image as Picture

from articles.contacts.models import MediaContact
from articles.images.actions import add
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from articles.workflow import actions, publication
from tests import factories
from tests.browser.desk import with_key
from tests.markup import flaws

pytestmark = pytest.mark.django_db

BODY = "<h2>Before &amp; after</h2><blockquote><p>“They was [sic] told.”</p></blockquote><ul><li>One</li></ul><p>A&lt;b <a href='https://example.org/'>c</a></p>"


def picture(shade: int) -> io.BytesIO:
    buffer = io.BytesIO()
    Picture.new("RGB", (900, 600), (shade, 80, 70)).save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


def everything(by) -> dict:
    """A report's fields and parts, all of them in use, with letters that HTML must escape."""
    lead, second = (add(picture(shade), by=by, credit='A "quoted" <credit>') for shade in (70, 90))
    contact, _key = with_key(
        role="Press & <desk>", duty="Every day", regions=[factories.region()], email="press@example.org", show_email=True
    )
    return {
        "headline": "“Two” <families> & a 'valley'", "standfirst": "Ten < twelve & more.", "body": BODY, "contact": contact,
        "call_to_action": "Write & ask",
        "backstory": "We asked.\n\nNobody answered <us>.", "call_to_action_link": "https://example.org/?a=1&b=2",
        "event_on": "2026-03-03", "byline_mode": "named",
        "tags": [Tag.objects.create(name="Lists & <records>", slug="lists")],
        "credits": [{"byline": Byline.objects.create(name="Ana <b> O'Neill", slug="ana")}],
        "citations": [{"title": "A & B", "publisher": "<U.N.>", "address": "https://example.org/?x=1&y=2", "page": "3"}],
        "images": [{"image": lead, "alt": 'A "valley"', "caption": "<Caption> & more", "lead": True}, {"image": second, "decorative": True}],
    }  # fmt: skip


@pytest.fixture
def rich(reporter, editor, second_editor, publisher):
    """A live report with everything, in two languages, and corrected."""
    english = factories.live(reporter, editor, publisher, **everything(reporter))
    factories.live(
        reporter, editor, publisher, language="ar", translation_group=english.translation_group, headline="عائلتان <و> واحدة", slug="two-ar",
        tags=list(Tag.objects.all()), byline_mode="withheld", dateline_mode="withheld",
    )  # fmt: skip
    for kind in ("page", "profile"):
        factories.live(reporter, editor, publisher, kind=kind, slug=f"a-{kind}", headline=f"A <{kind}>")
    changed = actions.approve(actions.submit(actions.save(english, by=reporter, standfirst="Ten."), by=reporter), by=second_editor)
    publication.publish_update(changed, by=publisher, change="correction", correction="It was <ten> & not nine.")
    english.refresh_from_db()
    return english


def test_pages_with_all_that_they_can_have_are_valid_html(client, rich):
    paths = [
        rich.path,
        rich.path.replace("/reports", "/ar/reports").rsplit("/", 2)[0] + "/two-ar/",
        "/a-page/",
        "/a-profile/",
        f"{rich.path}republish/",
    ]
    lists = ("", "reports/?tag=lists&author=ana&from=2020-01-01", "regions/africa/", "regions/nigeria/", "tags/lists/", "authors/ana/")
    lists += (
        "corrections/",
        "api/",
        "press/?language=en",
        "press/inquiry/",
        "press/inquiry/sent/",
        f"press/inquiry/?report={rich.uuid}&region=nigeria",
    )
    for prefix in ("/", "/ar/"):
        paths += [prefix + path for path in lists if prefix == "/" or not path.startswith("authors")]
    answers = {path: client.get(path) for path in paths}

    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert [flaw for path, answer in answers.items() for flaw in flaws(answer, path)] == []


@pytest.mark.parametrize("prefix", ["/", "/es/", "/ar/"])
def test_the_inquiry_is_valid_html_in_each_state(client, prefix):
    with_key()
    path = f"{prefix}press/inquiry/"
    form = "application/x-www-form-urlencoded"
    answers = [
        (400, client.post(path, "outlet=%22%3E%3Cb%3E&message=%3C/textarea%3E&deadline_on=x&deadline_time=11:00", content_type=form)),
        (403, client.post(path, "", content_type=form, headers={"Origin": "https://elsewhere.example"})),
        (413, client.post(path, {"message": "x"})),
    ]
    MediaContact.objects.update(certificate="")
    answers.append((200, client.get(path)))

    assert [answer.status_code for _wanted, answer in answers] == [wanted for wanted, _answer in answers]
    assert [flaw for wanted, answer in answers for flaw in flaws(answer, str(wanted))] == []


def test_a_flaw_is_found():
    page = HttpResponse('<!doctype html><html lang="en"><title>x</title><h1 id="a">x</h1><h1 id="a">y</h1><label for="b">z</label></i>')

    found = "\n".join(flaws(page, "x"))

    assert "unexpected-end-tag" in found
    assert found.splitlines()[-3:] == ["x: id a stands twice", "x: b leads nowhere", "x: 2 first headings"]
