"""The hub hears which feeds changed, once for each public change, and nothing else."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from articles.editions import hub
from articles.errands import queue
from articles.errands.models import Errand
from articles.stamp.number import count_up
from newsroom.clock import HANDLERS

pytestmark = pytest.mark.django_db
HUB = "https://hub.example.org/"


@pytest.fixture
def listener(settings):
    """A hub on this machine: (what it was sent, the answers it has yet to give; 202 when there is none)."""
    heard, answers = [], []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            heard.append((self.path, self.headers["Content-Type"], parse_qsl(body)))
            self.send_response(answers.pop(0) if answers else 202)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_given):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/publish"
    yield heard, answers
    server.shutdown()
    server.server_close()
    thread.join()


def tick():
    hub.run_due(at=timezone.now())
    queue.run(handlers=HANDLERS)


def test_a_change_is_told_once_for_the_feeds_of_every_language(listener):
    heard, _answers = listener
    tick()
    tick()
    count_up()
    tick()
    tick()
    names = [f"{name}.{form}" for name in ("feed", "summary") for form in ("rss", "atom", "json")]
    topics = [f"http://testserver{prefix}{name}" for prefix in ("/", "/es/", "/ar/") for name in names]
    told = ("/publish", "application/x-www-form-urlencoded", [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)])
    assert heard == [told, told]


@pytest.mark.parametrize("answer", [302, 500])
def test_a_hub_that_fails_or_leads_elsewhere_is_tried_again_later(listener, answer):
    heard, answers = listener
    answers.append(answer)
    tick()
    waiting = Errand.objects.get(key=hub.ERRAND)
    assert (len(heard), waiting.done_at, waiting.last_error) == (1, None, "HTTPError")
    count_up()
    tick()  # it waits, and is not asked for again
    queue.run(handlers=HANDLERS, at=waiting.run_at)
    assert [path for path, _type, _words in heard] == ["/publish", "/publish"]
    assert Errand.objects.get(key=hub.ERRAND).done_at
    tick()
    assert len(heard) == 3  # what changed while it waited


def test_without_a_hub_nothing_is_asked_or_told(db):
    tick()
    assert not Errand.objects.exists()
    answer = Client().get("/feed.rss")
    assert "Link" not in answer.headers and b'rel="hub"' not in answer.content


def test_the_feeds_of_the_site_name_the_hub_and_themselves(db, settings):
    settings.WEBSUB_HUB = HUB
    for address in ("/feed.rss", "/summary.atom", "/ar/feed.json"):
        answer = Client().get(address)
        assert answer.headers["Link"] == f'<{HUB}>; rel="hub", <http://testserver{address}>; rel="self"'
        again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.headers["Link"]) == (304, answer.headers["Link"])
        if address.endswith("json"):
            assert answer.json()["hubs"] == [{"type": "WebSub", "url": HUB}]
        else:
            assert [each["href"] for each in feedparser.parse(answer.content).feed.links if each["rel"] == "hub"] == [HUB]
    assert "Link" not in Client().get("/corrections/feed.rss").headers
