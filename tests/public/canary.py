"""Reports that no reader may know of, with a word that stands nowhere else in each field; and a crawl of every public address."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture

from articles.errands.queue import beat
from articles.images.actions import add
from articles.people.models import Byline, User
from articles.people.roles import SAFETY_OFFICER
from articles.reports.models import Draftlet, Report
from articles.taxonomy.models import Tag, TagName
from articles.workflow import actions, commenting, previews, publication, saved_filters, takedowns
from articles.workflow.vouching import vouch
from tests import factories

ODD = (
    "page=2", "after=x", "before=0", "status=draft", "region=kenya", "region=nigeria", "tag=secret-tag", "author=secret-author", "kind=news",
    "kind=opinion", "from=2020-01-01&to=2030-01-01", "from=2099-01-01", "q=secret", "format=json", "preview=1", "lite", "language=ar",
    "month=2026-03", "include=drafts", "fields=*", "after=000000000000000000-" + "0" * 32, "before=999999999999999999-" + "f" * 32,
)  # fmt: skip
PLACES = {
    "home": ["/"], "reports": ["/reports/"], "year": ["/reports/{year}/"], "month": ["/reports/{year}/{month}/"],
    "report": ["{live}", "/reports/2026/03/nothing/"], "page": ["/nothing-here/"],
    "text": ["{live}report.txt", "/reports/2026/03/nothing/report.txt"], "markdown": ["{live}report.md"], "ninjs": ["{live}ninjs.json"],
    "republish": ["{live}republish/"], "press_kit": ["{live}press-kit.zip"],
    "changes": ["{live}changes/", "{live}changes/?from=1&to=2"], "page_changes": ["/nothing-here/changes/"], "regions": ["/regions/"],
    "region": ["/regions/nigeria/", "/regions/africa/", "/regions/world/", "/regions/kenya/"], "tags": ["/tags/"], "tag": ["/tags/secret-tag/", "/tags/law/"],
    "author": ["/authors/secret-author/", "/authors/a-name/"], "search": ["/search/", "/search/?q=valley", "/search/?q=canrydraft",
    "/search/?q=cnarywithdrawn&language=all", "/search/?q=kenia", "/search/?q=-a"], "corrections": ["/corrections/"],
    "corrections_feed": ["/corrections/feed.rss", "/corrections/feed.atom", "/corrections/feed.json"],
    "press": ["/press/"], "press_key": ["/press/keys/" + "0" * 40 + ".asc"],
    "inquiry": ["/press/inquiry/"], "inquiry_sent": ["/press/inquiry/sent/"], "media": ["/media/" + "0" * 40 + ".jpg"],
    "theme": ["/theme.0000000000000000.css"],
    "feed": ["/feed.json", "/summary.atom"], "region_feed": ["/regions/world/summary.json", "/regions/kenya/feed.atom"],
    "tag_feed": ["/tags/law/summary.rss", "/tags/secret-tag/feed.rss"], "author_feed": ["/authors/secret-author/feed.json"],
    "kind_feed": ["/reports/kind/news/feed.atom", "/reports/kind/opinion/feed.rss"],
    "sitemap": ["/sitemap.xml"], "sitemap_part": ["/sitemaps/0.xml"], "sitemap_sections": ["/sitemaps/sections-en.xml"], "news_sitemap": ["/news-sitemap.xml"],
    "api_page": ["/api/"], "api_index": ["/api/v1/"], "api_openapi": ["/api/v1/openapi.json"], "api_reports": ["/api/v1/reports/"],
    "api_report": ["/api/v1/reports/{uuid}/", "/api/v1/reports/00000000-0000-4000-8000-000000000000/"], "api_reports_csv": ["/api/v1/reports.csv"],
    "api_reports_ndjson": ["/api/v1/reports.ndjson"], "api_regions": ["/api/v1/regions/"], "api_tags": ["/api/v1/tags/"],
    "api_corrections": ["/api/v1/corrections/"], "api_corrections_csv": ["/api/v1/corrections.csv"], "api_corrections_ndjson": ["/api/v1/corrections.ndjson"],
    "api_nothing": ["/api/v1/nothing/"],
    "robots": ["/robots.txt"], "humans": ["/humans.txt"],
    "oembed": ["/oembed?url=http://testserver{live}", "/oembed?url=http://testserver/nothing-here/"],
    "security": ["/.well-known/security.txt"], "healthz": ["/healthz"], "readyz": ["/readyz"],
}  # fmt: skip
"""{name of the URL: addresses to begin from}; test_wall holds it against newsroom/urls.py."""
SERVER = "/api/v1"
"""What OpenAPI's paths begin behind: no address."""
LINK = re.compile(
    r'"(http://testserver/[^"]+)"|(?:href|src|action)="([^"]+)"|(?:srcset|content)="(/[^" ]+)|<loc>([^<]+)</loc>|<link>([^<]+)</link>'
)


def photograph(shade):
    buffer = io.BytesIO()
    Picture.new("RGB", (64, 48), (shade, 90, 120)).save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


def fields(name, by, shade):
    """A report with the canary in every field that takes words."""
    word = f"canary{name}"
    tag, _made = Tag.objects.get_or_create(name="Secret tag canarytag", slug="secret-tag")
    TagName.objects.get_or_create(tag=tag, language="ar", defaults={"name": "canarytagname"})
    byline, _made = Byline.objects.get_or_create(name="Secret canarybyline", slug="secret-author")
    image = add(
        photograph(shade), by=by, title=f"{word} title", credit=f"{word} credit", creator=f"{word} creator", licence=f"{word} licence"
    )
    source = {"title": f"{word} title", "publisher": f"{word} publisher", "page": word}
    return {
        "headline": f"{word} headline", "standfirst": f"{word} standfirst", "body": f"<p>{word} body</p>", "slug": f"{word}-slug",
        "dateline_place": f"{word} place", "dateline_source": f"{word} source", "call_to_action": f"{word} action",
        "call_to_action_link": f"https://example.org/{word}", "internal_note": f"{word} note", "backstory": f"{word} backstory",
        "dateline_region": factories.region("KE"), "regions": [factories.region("KE")], "tags": [tag],
        "credits": [{"byline": byline}], "byline_mode": "named",
        "citations": [
            {**source, "address": f"https://example.org/{word}", "archive_address": f"https://example.com/{word}"},
            {**source, "title": f"{word} private", "public": False},
        ],
        "images": [{"image": image, "alt": f"{word} alt", "caption": f"{word} caption", "lead": True}],
    }  # fmt: skip


def hide(reporter, editor, publisher):
    """One report in each state that readers must not know of, beside one that they may; gives the live one and the withdrawn one."""
    live = factories.live(
        reporter, editor, publisher, tags=[Tag.objects.create(name="Law", slug="law")], byline_mode="named",
        credits=[{"byline": Byline.objects.create(name="A Name", slug="a-name")}],
    )  # fmt: skip
    draft = factories.draft(reporter, **fields("draft", reporter, 10))
    Draftlet.objects.create(
        report=draft, person=reporter, content={"page": "a", "fields": {"body": ["canarydraftlet"]}}, lock_version=1, at=timezone.now()
    )
    previews.make(draft, by=reporter, label="canarylink", hours=48)
    factories.in_review(reporter, **fields("review", reporter, 20))
    sent_back = factories.in_review(reporter, headline="canaryback", slug="canaryback")
    actions.request_changes(sent_back, by=editor, comment="canarycomment")
    scheduled = factories.approved(reporter, editor, **fields("scheduled", reporter, 30))
    actions.schedule(scheduled, by=publisher, publish_at=timezone.now() + dt.timedelta(days=1))
    Report.objects.filter(pk=scheduled.pk).update(release_alert="canaryalert")
    withdrawn = factories.live(reporter, editor, publisher, **fields("withdrawn", reporter, 40))
    publication.withdraw(withdrawn, by=publisher, reason="canaryreason")
    down = publication.take_down(
        factories.live(reporter, editor, publisher, **fields("down", reporter, 45)), by=editor, reason="canaryreason"
    )
    officer = User.objects.create_user("officer", is_staff=True)
    officer.groups.add(Group.objects.get(name=SAFETY_OFFICER))
    commenting.comment(Report.objects.get(headline="canarydraft headline"), by=reporter, text="canarysaid", field="body", place=0)
    saved_filters.keep(by=editor, name="canaryfilter", query="q=canaryquery")
    takedowns.review_takedown(down, by=officer, text="canarylooked")
    takedowns.ask_reinstatement(down, by=publisher, reason="canaryasked")
    takedowns.reinstate(down, by=officer, reason="canarygranted")
    actions.save(live, by=reporter, standfirst="canarychange", internal_note="canarynote")
    vouch(
        live,
        by=editor,
        subject="right_of_reply",
        answer="declined",
        asked="canaryasked",
        asked_on=timezone.now().date(),
        text="canaryvouched",
    )
    User.objects.filter(is_machine=False).update(
        first_name="canaryfirst", last_name="canarylast", email="canary@example.org", time_zone="canaryzone"
    )
    return live, withdrawn


def crawl(live, odd=ODD):
    """Every address that is reached from the places, with odd parameters, in every language: {address: response}."""
    client = Client()
    beat("clock")
    at = timezone.localtime(live.published_at)
    found = [each.format(live=live.path, uuid=live.uuid, year=at.year, month=f"{at:%m}") for places in PLACES.values() for each in places]
    todo = [*found, *(f"/{language}{address}" for language in ("es", "ar") for address in found)]
    todo += [f"{address}{'&' if '?' in address else '?'}{each}" for address in found for each in odd]
    seen = {}
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        response = seen[address] = client.get(address)
        for parts in LINK.findall(sent(response).decode(errors="replace")):
            split = urlsplit(urljoin(f"http://testserver{address}", "".join(parts).replace("&amp;", "&")))
            if split.query.endswith("lite"):
                continue  # made of the page that is read without it; ODD asks for some
            if split.netloc == "testserver" and not split.path.startswith("/static") and split.path != SERVER:
                todo.append(split.path + (f"?{split.query}" if split.query else ""))
    return seen


def said(response):
    """All that a reader is sent."""
    return sent(response).decode(errors="replace") + str(response.headers)


def sent(response):
    """The bytes of an answer; of an archive, those of its files."""
    if not response.streaming:
        return response.content
    if not hasattr(response, "whole"):
        response.whole = b"".join(response.streaming_content)
    if response.headers["Content-Type"] == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(response.whole))
        return b"\n".join([*(name.encode() for name in archive.namelist()), *(archive.read(name) for name in archive.namelist())])
    return response.whole


def words_of(tables):
    """{model.field: all that stands in it} for each column of the tables that can hold words."""
    return {
        f"{model.__name__}.{field.name}": " ".join(map(str, model._base_manager.values_list(field.name, flat=True)))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table in tables and model.__module__.startswith("articles.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    }
