"""What a reader on a bad line waits for: one report with its stylesheet, in each language, within the first window of a connection."""

from __future__ import annotations

import datetime as dt
import gzip
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from articles.contacts.models import MediaContact
from articles.demo import newsroom
from articles.identity.shell import draw_shells
from articles.images.actions import add
from articles.people.models import Byline
from articles.taxonomy.models import Tag
from articles.text.plain import plain_text
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db
WINDOW = 14 * 1024
STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.stylesheets.JoinedManifestStorage"}}


def long_body(language):
    """Some 700 words of prose that was written, not repeated (in Arabic a third fewer say as much): the demo's texts one after the other."""
    bodies, words = [], 0
    for path in sorted(Path(newsroom.__file__).with_name("reports").glob("*.toml")):
        text = tomllib.loads(path.read_text()).get(language, {}).get("body", "")
        if words < 700:
            bodies.append(text)
            words += len(plain_text(text).split())
    assert words >= 450
    return "".join(bodies)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_long_report_with_its_stylesheet_fits_the_first_window(reporter, editor, publisher, tmp_path, language):
    tags = [Tag.objects.create(name=f"Tag number {number}", slug=f"tag-{number}") for number in range(3)]
    contact = MediaContact.objects.create(
        name="Adaeze Notreal", role="Press officer", phone="+44 20 7946 0000", duty="Mondays", languages=["en", "ar"]
    )
    citation = {
        "title": "Order on places of assembly",
        "publisher": "District office",
        "address": "https://example.org/order",
        "accessed_on": dt.date(2026, 9, 4),
    }
    report = factories.live(
        reporter, editor, publisher, language=language, body=long_body(language), tags=tags, contact=contact, citations=[citation, {**citation, "page": "12"}],
        credits=[{"byline": Byline.objects.create(name="Adaeze Notreal", slug="adaeze")}], byline_mode="named",
        images=[{"image": add(photograph(80), by=reporter, credit="Drawn"), "alt": "Hills under a low sky", "caption": "The hills.", "lead": True}],
        backstory="Two reporters spoke with eleven families, each by itself, and with the district office, which did not answer. We read the order.",
        call_to_action="Ask for the register to be returned", call_to_action_link="https://example.org/act",
    )  # fmt: skip
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=tmp_path, WHITENOISE_AUTOREFRESH=False):
        call_command("collectstatic", interactive=False, verbosity=0, ignore=["admin", "django_prose_editor", "js"])
        draw_shells()
        client = Client(headers={"Accept-Encoding": "gzip"})
        page = client.get(report.path)
        address = gzip.decompress(page.content).decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
        sheet = client.get(address)
        packed = b"".join(sheet.streaming_content)
    assert {each.headers["Content-Encoding"] for each in (page, sheet)} == {"gzip"}
    assert "Access-Control-Allow-Origin" not in sheet.headers
    assert "max-age=315360000" in sheet.headers["Cache-Control"] and b"@layer" in gzip.decompress(packed)
    assert len(page.content) + len(packed) <= WINDOW
