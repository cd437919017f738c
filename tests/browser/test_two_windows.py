"""Two real windows on one report while the server is killed and started again: 200 steps, and no acknowledged word is lost."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error, Response

from articles.audit.chain import verify
from articles.reports.models import Draftlet, Report
from articles.reports.revisions import all_broken
from tests import factories
from tests.flows.process import Served

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

BODY = "<p>Two families were told to leave the valley.</p><p>Nobody gave a reason for it.</p><p>The office was closed on Friday.</p>"
WORD = re.compile(r"word\d{4}")
STEPS, SEED = 200, 1
ACTS = {"keep": 110, "save": 55, "submit": 8, "open": 13, "kill": 4, "kill while saving": 5, "kill while keeping": 5}
AFTER_TYPING_MS = 2_500
SAVED = ("Saved. Nothing public has changed.", "Saved and submitted", "Saved, but not submitted")
words = (f"word{number:04}" for number in itertools.count(1))
CARET_BEHIND = """(paragraph) => {
  const { view, commands } = document.querySelector(".ProseMirror").editor;
  view.focus();
  commands.setTextSelection(view.posAtDOM(paragraph, paragraph.childNodes.length));
}"""
"""Through the editor: a moment after a click it sets the caret where it was clicked, and what is typed then would part another word."""


@pytest.fixture
def served(tmp_path, transactional_db) -> Iterator[Served]:
    server = Served(tmp_path)
    yield server
    server.end()


class Window:
    """One person's window. Its own clock is wound on where a person would wait for the autosave."""

    def __init__(self, browser: Browser, served: Served, report: Report, session: str) -> None:
        context = browser.new_context(base_url=f"http://127.0.0.1:{served.port}")
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "127.0.0.1", "path": "/"}])
        self.served, self.page = served, context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.on("response", self._note_what_was_kept)
        self.page.clock.install()
        self.address = f"/desk/articles/report/{report.pk}/change/"
        self.typed: set[str] = set()
        self.acknowledged: set[str] = set()
        self.conflicts = 0
        self.last = ""
        self.open()

    def open(self) -> bool:
        """Opens the form anew, and goes on with what was kept in the window or on the server, if anything was. The rest was promised to nobody."""
        self.page.goto(self.address)
        self.typed = set()
        offered = self.page.get_by_role("button", name="Continue with it")
        waits = offered.count() > 0
        if waits:
            with self.page.expect_navigation(wait_until="load"):
                offered.last.click()  # the window's own copy stands under the server's
            self.put_together("Put it into the form first")
        self.page.locator(".ProseMirror").wait_for()
        return waits

    def type(self, random: random.Random) -> None:
        word = next(words)
        paragraphs = self.page.locator(".ProseMirror > p")
        paragraph = paragraphs.nth(random.randrange(min(paragraphs.count(), 4)))
        paragraph.evaluate(CARET_BEHIND)
        self.page.keyboard.type(f" {word}")
        self.typed.add(word)
        self.last = word

    def _note_what_was_kept(self, answer: Response) -> None:
        if answer.url.endswith("/draft/") and answer.ok:
            self.acknowledged |= set(WORD.findall(answer.request.post_data or ""))

    def keep(self) -> None:
        """Waits for the answer to what was typed last, which a slow machine may have sent already."""
        if self.last not in self.acknowledged:
            with self.page.expect_response(lambda answer: answer.url.endswith("/draft/") and self.last in (answer.request.post_data or "")):
                self.page.clock.fast_forward(AFTER_TYPING_MS)

    def save(self, button: str = "Save") -> None:
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(".desk-save").get_by_role("button", name=button, exact=True).click()
        self.put_together("Save what is put together")
        assert self.page.locator(".messagelist").inner_text().startswith(SAVED)
        self.acknowledged |= self.typed
        self.typed = set()
        self.page.locator(".ProseMirror").wait_for()

    def put_together(self, button: str) -> None:
        """Where both changed something, both are taken."""
        for _attempt in range(3):
            if not self.page.locator(".meet").count():
                return
            self.conflicts += 1
            for choice in self.page.locator(".meet__pair--open").all():
                both = choice.get_by_label("Take both, theirs first")
                (both if both.count() else choice.get_by_label("Take yours")).check()
            with self.page.expect_navigation(wait_until="load"):
                self.page.get_by_role("button", name=button).click()
        raise AssertionError(self.page.content())

    def send_and_kill(self, script: str) -> None:
        """Lets the window send something, and kills the server while it is on its way; what came of it is not known."""
        try:
            self.page.evaluate(script)
            self.served.kill()
        except Error:
            self.served.kill()
        self.served.start()


def promised(windows: list[Window]) -> set[str]:
    """The words that the server said it has, to either window."""
    return windows[0].acknowledged | windows[1].acknowledged


def saved_words(report: Report) -> set[str]:
    return set(WORD.findall(Report.objects.get(pk=report.pk).body))


def kept_words() -> set[str]:
    return set(WORD.findall(str(list(Draftlet.objects.values_list("content", flat=True)))))


def test_two_windows_and_a_server_that_dies_lose_no_acknowledged_word(served, browser, as_user, reporter, editor):
    report, chance = factories.draft(reporter, body=BODY), random.Random(SEED)
    sessions = [as_user(person).cookies[settings.SESSION_COOKIE_NAME].value for person in (reporter, editor)]
    windows = [Window(browser, served, report, session) for session in sessions]
    script = chance.choices(list(ACTS), list(ACTS.values()), k=STEPS)

    saved: set[str] = set()
    for act in script:
        window = chance.choice(windows)
        if act != "open":
            window.type(chance)
        if act == "keep":
            window.keep()
        elif act == "save":
            window.save()
        elif act == "submit":
            both = window.page.get_by_role("button", name="Save and submit for review").count()
            window.save("Save and submit for review" if both else "Save")
        elif act == "kill":
            served.kill()
            served.start()
        elif act == "kill while saving":
            window.send_and_kill("document.querySelector('.desk-save input[name=_save]').click()")
            window.open()
        elif act == "kill while keeping":
            window.page.clock.fast_forward(AFTER_TYPING_MS)
            served.kill()
            served.start()
        else:
            window.open()
        before, saved = saved, saved_words(report)
        assert before <= saved, act  # nobody takes a word out
        assert promised(windows) - saved - kept_words() == set(), act

    for window in windows:
        rounds = 0
        while window.open():  # the window's own copy first, then what another page of it left on the server
            window.save()
            rounds += 1
            assert rounds < 5
    acknowledged = promised(windows)
    assert acknowledged <= saved_words(report)
    assert len(acknowledged) > STEPS / 2 and sum(act.startswith("kill") for act in script) > 5
    assert sum(window.conflicts for window in windows) > 5
    assert verify().holds and list(all_broken()) == []
    for window in windows:
        window.page.context.close()
