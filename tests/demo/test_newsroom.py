"""The demo newsroom: everything is there, nothing public is empty, and what it prints works."""

from __future__ import annotations

import io
import re
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from articles.audit.chain import verify
from articles.contacts.models import MediaContact
from articles.demo import facts, newsroom
from articles.editions.models import Edition
from articles.editions.words import KINDS
from articles.inquiries.models import MediaInquiry
from articles.people.models import User
from articles.reports.models import Report

pytestmark = pytest.mark.django_db
EMPTY = [
    "Nothing has been published here yet.",
    "We have published nothing from here yet.",
    "Nothing has been corrected yet. If you have seen a mistake, tell us.",
    "No report fits all of these. Remove one above, or search for words instead.",
]
"""What public pages say that have nothing to show; the searches are left out."""
LANGUAGES = ["en", "es", "ar"]


def test_every_kind_and_state_is_there_in_three_languages_from_a_dozen_countries(demo: newsroom.Built) -> None:
    states = Counter(Report.objects.values_list("edit_state", "public_state"))
    groups = Counter(Counter(Edition.objects.values_list("translation_group", flat=True)).values())

    assert set(Edition.objects.values_list("kind", flat=True)) == set(KINDS)
    assert {(each.edit_state, each.public_state) for each in Report.objects.exclude(public_state="live")} == {
        ("draft", "unpublished"), ("in_review", "unpublished"), ("changes_requested", "unpublished"), ("approved", "unpublished"),
        ("approved", "scheduled"), ("approved", "withdrawn"),
    }  # fmt: skip
    assert states["approved", "live"] == Edition.objects.count() > 24
    assert Report.objects.filter(embargo_until__gt=timezone.now(), public_state="unpublished").count() == 1
    assert Edition.objects.exclude(dateline_region=None).values("dateline_region").distinct().count() >= 12
    assert [Edition.objects.filter(language=each, listed=True).exists() for each in LANGUAGES] == [True] * 3
    assert groups[3] >= 4 and groups[2] >= 4  # linked translations
    assert set(Edition.objects.values_list("dateline_mode", flat=True)) == {"shown", "coarse", "withheld"}


@pytest.mark.long
def test_every_public_page_opens_and_shows_something(demo: newsroom.Built) -> None:
    texts = []
    for language in LANGUAGES:
        with override(language):
            texts += [gettext(text) for text in EMPTY]
    reader, seen = Client(), set()
    waiting = ["/", "/es/", "/ar/", "/sitemap.xml", "/feed.rss", "/es/feed.atom", "/ar/feed.rss"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(("/static/", "/desk/")) or "/search/" in path:
            continue
        seen.add(path)
        answer = reader.get(path)
        assert answer.status_code == 200, path
        if path.startswith("/media/") or ("xml" not in answer.headers["Content-Type"] and "html" not in answer.headers["Content-Type"]):
            continue
        page = answer.text
        assert [text for text in texts if text in unescape(page)] == [], path
        found = re.findall(r'(?:href|src)="([^"#]+)|(/media/[^ "]+) \d+w|<loc>([^<]+)</loc>', page)
        for link in (unescape("".join(each)) for each in found):
            parts = urlsplit(urljoin(f"{settings.SITE_URL}{path}", link))
            if f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL:
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))

    sections = ["", "reports/", "regions/", "tags/", "press/", "press/inquiry/", "corrections/", "about/", "ethics/"]
    assert {f"{prefix}{each}" for prefix in ("/", "/es/", "/ar/") for each in sections} <= seen
    assert len([path for path in seen if re.search(r"/authors/", path)]) >= 6
    assert len([path for path in seen if path.startswith("/media/")]) > 10


def test_each_account_has_the_password_that_was_told_and_keeps_it_nowhere(demo: newsroom.Built) -> None:
    people = {person.username: person for person in User.objects.filter(is_machine=False)}

    assert set(demo.passwords) == set(people) == set(facts.ACCOUNTS)
    assert [name for name, password in demo.passwords.items() if not people[name].check_password(password)] == []
    assert [name for name, person in people.items() if person.is_superuser or demo.passwords[name] in person.password] == []
    assert len(set(demo.passwords.values())) == len(people) and min(map(len, demo.passwords.values())) >= 20
    kept = b"\0".join(path.read_bytes() for path in Path(settings.VAR, "demo").rglob("*"))
    assert [name for name, password in demo.passwords.items() if password.encode() in kept] == []


def test_the_waiting_inquiry_opens_with_the_key_whose_place_was_told(demo: newsroom.Built, tmp_path: Path) -> None:
    inquiry = MediaInquiry.objects.get(reference=demo.reference)
    sealed, told = tmp_path / f"inquiry-{demo.reference}.asc", io.StringIO()
    sealed.write_bytes(bytes(inquiry.sealed))

    call_command("open_inquiry", str(sealed), key=str(demo.secret_key), stdout=told)

    assert facts.INQUIRY["message"] in told.getvalue()
    assert demo.secret_key.stat().st_mode & 0o777 == 0o600
    assert inquiry.status == MediaInquiry.Status.WAITING
    assert [contact.name for contact in MediaContact.objects.exclude(certificate="")] == ["Judith Notreal"]


def test_the_audit_of_the_demo_holds(demo: newsroom.Built) -> None:
    assert verify().holds
