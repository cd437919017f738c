"""What is promised at commit is kept when processes are killed: real processes, SIGKILL, both databases."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.benchmarks.processes import Server
from tests.faults.conftest import ROOT, Newsroom

pytestmark = pytest.mark.long
CERTIFICATE = (ROOT / "tests/contacts/certificates/valid.asc").read_text()
STAFF = f"""
from django.contrib.auth.models import Group
from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import User
officer = User.objects.create_user(username="officer", email="officer@example.org", is_staff=True)
officer.groups.add(Group.objects.get(name="press officer"))
save_contact(MediaContact(), by=machine(COMMAND_LINE), name="Officer", certificate={CERTIFICATE!r})
"""
RECEIVE = """
import datetime as dt, os, signal
from django.utils import timezone
from articles.inquiries.actions import receive
receive({"message": "canary-in-the-mine"}, topic="facts", language="en", at=timezone.now() - dt.timedelta(minutes=10))
"""
DIE = "os.kill(os.getpid(), signal.SIGKILL)\n"
ERRANDS = """
from articles.errands.models import Errand
print([(each.kind, each.attempts, each.done_at is not None, bool(each.lease_until)) for each in Errand.objects.filter(kind="inquiry waiting")])
"""
TICK_LATER = """
import datetime as dt
from django.utils import timezone
from newsroom import clock
clock.tick(at=timezone.now() + dt.timedelta(minutes=6))
"""


def test_a_process_killed_between_commit_and_mail_still_has_its_mail_sent(newsroom: Newsroom) -> None:
    newsroom.tell(STAFF)

    killed = newsroom.run(RECEIVE + DIE)

    assert killed.returncode == -9
    assert (newsroom.mails(), newsroom.tell(ERRANDS)) == ([], "[('inquiry waiting', 0, False, False)]")
    newsroom.manage("clock", "--once")
    assert newsroom.tell(ERRANDS) == "[('inquiry waiting', 1, True, False)]"
    [mail] = newsroom.mails()
    assert "To: officer@example.org" in mail
    assert "canary" not in mail


def test_a_worker_killed_within_an_errand_loses_its_lease_and_another_does_it(newsroom: Newsroom) -> None:
    newsroom.tell(STAFF + RECEIVE)
    dying = (
        "import os, signal\nfrom articles.errands import queue\nqueue.run(handlers={'inquiry waiting': lambda payload: "
        + DIE.strip()
        + "})"
    )

    assert newsroom.run(dying).returncode == -9

    newsroom.manage("clock", "--once")  # the lease of the dead stands: nobody else may begin
    assert (newsroom.mails(), newsroom.tell(ERRANDS)) == ([], "[('inquiry waiting', 1, False, True)]")
    newsroom.tell(TICK_LATER)
    assert (len(newsroom.mails()), newsroom.tell(ERRANDS)) == (1, "[('inquiry waiting', 2, True, False)]")


def test_two_clocks_send_one_mail(newsroom: Newsroom) -> None:
    newsroom.tell(STAFF + RECEIVE)
    words = [sys.executable, "manage.py", "clock", "--once"]

    clocks = [subprocess.Popen(words, cwd=ROOT, env=newsroom.variables, stderr=subprocess.PIPE, text=True) for _ in range(2)]

    assert [(clock.communicate(timeout=60)[1], clock.returncode) for clock in clocks] == [("", 0)] * 2
    assert (len(newsroom.mails()), newsroom.tell(ERRANDS)) == (1, "[('inquiry waiting', 1, True, False)]")


def test_a_clock_that_does_not_run_is_told_to_who_watches(newsroom: Newsroom) -> None:
    server = Server("newsroom.wsgi", newsroom.variables, root=ROOT)
    try:
        assert answer(server, "/healthz") == (200, "ok\n")
        assert answer(server, "/readyz") == (503, "the clock is silent\n")
        newsroom.manage("clock", "--once")
        assert answer(server, "/readyz") == (200, "ready\n")
        newsroom.tell(
            "import datetime as dt\nfrom django.db.models import F\nfrom articles.errands.models import Heartbeat\n"
            "Heartbeat.objects.update(at=F('at') - dt.timedelta(seconds=121))"
        )
        assert answer(server, "/readyz") == (503, "the clock is silent\n")
        assert answer(server, "/reports/")[0] == 200
    finally:
        server.end()


def answer(server: Server, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
