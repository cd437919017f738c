"""robots.txt, security.txt, humans.txt and the two probes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from articles.errands.queue import beat
from articles.identity.actions import change_text
from articles.people.machines import COMMAND_LINE, machine

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def test_robots_keeps_machines_from_search_and_form_in_every_language_and_names_no_desk(db):
    assert Client().get("/robots.txt").text == (
        "User-agent: *\nDisallow: /search/\nDisallow: /press/inquiry/\nDisallow: /es/search/\nDisallow: /es/press/inquiry/\n"
        f"Disallow: /ar/search/\nDisallow: /ar/press/inquiry/\nSitemap: {SITE}/sitemap.xml\n"
        f"Sitemap: {SITE}/news-sitemap.xml\n"
    )


def test_humans_are_told_who_stands_behind_the_site_and_nobody_is_named(db):
    change_text("en", by=machine(COMMAND_LINE), name="Lantern Watch", tagline="Since 1995")
    answer = Client().get("/humans.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        f"/* TEAM */\nLantern Watch – Since 1995\nContact: {SITE}/press/\nCorrections: {SITE}/corrections/\n\n"
        f"/* SITE */\nLanguages: en, es, ar\nFeeds: {SITE}/feed.rss\nNo cookie, no script, no other site.\nSoftware: Newsroom\n"
    )


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", f"{SITE}/press/inquiry/"),
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/report", "https://example.org/report"),
    ],
)
def test_security_txt_says_whom_to_tell_and_until_when(db, contact, said):
    with override_settings(SECURITY_CONTACT=contact, SECURITY_TXT_EXPIRES="2027-11-30T00:00:00Z"):
        answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        f"Contact: {said}\nExpires: 2027-11-30T00:00:00Z\nPreferred-Languages: en, es, ar\nCanonical: {SITE}/.well-known/security.txt\n"
    )


def test_the_process_says_that_it_lives_without_a_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.parametrize(
    ("silence", "said"),
    [(None, "the clock is silent"), (dt.timedelta(minutes=3), "the clock is silent"), (dt.timedelta(seconds=100), "ready")],
)
def test_the_newsroom_is_ready_while_its_clock_runs(db, silence, said):
    if silence:
        beat("clock", at=timezone.now() - silence)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.text) == (200 if said == "ready" else 503, f"{said}\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_newsroom_is_not_ready_before_its_migrations(db):
    beat("clock")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'articles' AND name = '0002_invariants'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the database lacks migrations\n")
