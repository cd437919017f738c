"""Nothing of what is not public reaches a reader: every address is crawled, under a guard on every statement."""

from __future__ import annotations

import datetime as dt
import io
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture

from articles.images.actions import add
from articles.people.models import Byline
from articles.reports.models import Report
from articles.taxonomy.models import Tag, TagName
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db

ODD = (
    "", "?page=2", "?after=x", "?before=0", "?status=draft", "?region=nigeria", "?tag=secret-tag", "?author=secret-author", "?kind=news",
    "?from=2020-01-01&to=2030-01-01", "?q=canary", "?format=json", "?preview=1", "?lite", "?language=ar", "?month=2026-03", "?include=drafts",
)  # fmt: skip
START = (
    "/", "/reports/", "/reports/2026/", "/reports/2026/03/", "/regions/", "/regions/nigeria/", "/regions/kenya/", "/regions/africa/", "/tags/",
    "/tags/secret-tag/", "/authors/secret-author/", "/search/", "/corrections/", "/press/", "/press/inquiry/", "/feed.rss", "/feed.atom", "/sitemap.xml",
    "/sitemap.xml?month=2026-11", "/sitemap.xml?month=sections", "/robots.txt", "/.well-known/security.txt", "/nothing-here/", "/ar/", "/es/reports/",
)  # fmt: skip


def canary(name):
    return f"canary{name}"


def photograph(shade):
    buffer = io.BytesIO()
    Picture.new("RGB", (64, 48), (shade, 90, 120)).save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


def fields(name, by, shade):
    """A report with the canary in every field that takes words."""
    word = canary(name)
    tag, _made = Tag.objects.get_or_create(name="Secret tag canarytag", slug="secret-tag")
    TagName.objects.get_or_create(tag=tag, language="ar", defaults={"name": "canarytagname"})
    byline, _made = Byline.objects.get_or_create(name="Secret canarybyline", slug="secret-author")
    image = add(photograph(shade), by=by, credit=f"{word} credit", creator=f"{word} creator", licence=f"{word} licence")
    return {
        "headline": f"{word} headline", "standfirst": f"{word} standfirst", "body": f"<p>{word} body</p>", "slug": f"{word}-slug",
        "dateline_place": f"{word} place", "dateline_source": f"{word} source", "call_to_action": f"{word} action",
        "call_to_action_link": f"https://example.org/{word}", "internal_note": f"{word} note",
        "dateline_region": factories.region("KE"), "regions": [factories.region("KE")], "tags": [tag],
        "credits": [{"byline": byline}], "byline_mode": "named",
        "citations": [{"title": f"{word} title", "publisher": f"{word} publisher", "address": f"https://example.org/{word}", "page": f"{word}"}],
        "images": [{"image": image, "alt": f"{word} alt", "caption": f"{word} caption", "lead": True}],
    }  # fmt: skip


@pytest.fixture
def hidden(reporter, editor, publisher):
    """One report in each state that readers must not know of, beside one that they may."""
    factories.live(reporter, editor, publisher)
    factories.draft(reporter, **fields("draft", reporter, 10))
    factories.in_review(reporter, **fields("review", reporter, 20))
    scheduled = factories.approved(reporter, editor, **fields("scheduled", reporter, 30))
    actions.schedule(scheduled, by=publisher, publish_at=timezone.now() + dt.timedelta(days=1))
    withdrawn = factories.live(reporter, editor, publisher, **fields("withdrawn", reporter, 40))
    path = withdrawn.path
    publication.withdraw(withdrawn, by=publisher, reason="canaryreason")
    changed = Report.objects.get(slug="two-families-told-to-leave-the-valley")
    actions.save(changed, by=reporter, standfirst="canarychange", internal_note="canarynote")
    return path


def crawl(client, more=()):
    """Every address that is reached from the start, with odd parameters: {address: response}."""
    seen, todo = {}, [*START, *more]
    while todo:
        address = todo.pop()
        if address in seen or len(seen) > 1500:
            continue
        response = seen[address] = client.get(address)
        text = response.content.decode(errors="replace")
        if "?" not in address:
            todo += [address + odd for odd in ODD if odd]
        found = re.findall(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|<link>([^<]+)</link>', text)
        for link in {part for parts in found for part in parts if part}:
            split = urlsplit(urljoin(f"http://testserver{address}", link.replace("&amp;", "&")))
            if split.netloc == "testserver" and not split.path.startswith(("/desk", "/static")):
                todo.append(split.path + (f"?{split.query}" if split.query else ""))
    return seen


def test_no_reader_finds_a_word_of_what_is_not_public(hidden, behind_the_wall):
    client = Client()
    with behind_the_wall():
        seen = crawl(client, more=[hidden, "/reports/2026/11/canarydraft-slug/", "/canarydraft-slug/"])
    assert len(seen) > 300
    leaks = [
        (address, match)
        for address, response in seen.items()
        for match in re.findall(r"canary\w*", response.content.decode(errors="replace") + str(response.headers))
        if not re.search(r"canary", address) or match not in address
        if not (match == "canary" and "q=canary" in address)
    ]
    assert leaks == []
    assert {response.status_code for response in seen.values()} <= {200, 301, 404, 410}


def test_the_tripwire_works(reporter, editor, publisher, behind_the_wall):
    """The crawl would find a live canary, and the guard a statement on the desk's tables."""
    factories.live(reporter, editor, publisher, **fields("live", reporter, 50))
    with behind_the_wall():
        seen = crawl(Client())
    assert any("canarylive" in response.content.decode(errors="replace") for response in seen.values())
    with pytest.raises(pytest.fail.Exception, match="reads the desk"), behind_the_wall():
        Report.objects.count()


def test_saving_a_draft_changes_no_byte_and_no_etag(hidden, reporter):
    client = Client()
    skipped = ("/press/inquiry/",)
    before = {address: (response.content, response.headers.get("ETag")) for address, response in crawl(client).items()}
    draft = Report.objects.get(slug="canarydraft-slug")
    actions.save(draft, by=reporter, headline="canary again")
    factories.draft(reporter, headline="canary anew")
    after = {address: (response.content, response.headers.get("ETag")) for address, response in crawl(client).items()}
    assert before.keys() == after.keys()
    assert [address for address in before if before[address] != after[address] and not address.startswith(skipped)] == []


def test_a_draft_answers_as_any_random_address(hidden):
    client = Client()
    wanted = client.get("/reports/2026/11/no-such-report-anywhere/")
    assert wanted.status_code == 404
    for address in (
        "/reports/2026/11/canarydraft-slug/",
        "/reports/2026/11/canaryscheduled-slug/",
        "/tags/secret-tag/",
        "/authors/secret-author/",
        "/media/x.jpg",
    ):
        for method in (client.get, client.head):
            response = method(address)
            assert (response.status_code, response.headers["ETag"]) == (404, wanted.headers["ETag"]), address
        assert client.get(address).content == wanted.content


def test_a_withdrawn_address_says_gone_and_nothing_else(hidden):
    client = Client()
    response = client.get(hidden)
    assert response.status_code == 410
    assert "canary" not in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(hidden, headers={"If-None-Match": "*"}).status_code == 410


def test_readers_get_the_same_bytes_with_and_without_a_session(hidden, editor, as_user):
    staff = as_user(editor)
    for address in ("/", "/reports/", Report.objects.get(public_state="live").path):
        anonymous = Client().get(address)
        assert staff.get(address).content == anonymous.content
        assert not anonymous.cookies and "Cookie" not in anonymous.headers.get("Vary", "")


def test_no_public_answer_sets_a_cookie_or_runs_a_script(hidden):
    for address, response in crawl(Client()).items():
        assert not response.cookies, address
        policy = response.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy, address
        assert "<script" not in response.content.decode(errors="replace").replace('<script type="application/ld+json">', ""), address
