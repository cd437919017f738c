"""Runs the whole newsroom on one machine: gunicorn and the clock, started and stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from articles.demo import newsroom
from articles.editions.redraw import ask_for_redraw
from articles.identity.shell import draw_shells
from articles.stamp.number import count_up
from newsroom import address, environment

PATIENCE_SECONDS = 7  # a little longer than gunicorn's graceful_timeout
START_SECONDS = 30
REST_SECONDS = [1, 2, 5, 15, 30]
HEALTHY_SECONDS = 60
CLOCK = ("manage.py", "clock")


class Command(BaseCommand):
    help = "Prepares the database, then runs the server (on 127.0.0.1) and the clock until Ctrl-C."
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--demo", action="store_true", help="fill an empty database with the demo newsroom first")
        parser.add_argument("--with-parent", action="store_true", help="end when the program that started this one dies")

    def handle(self, *, port: int, demo: bool, with_parent: bool, **_options: Any) -> None:
        environment.check_port(str(port))
        self.children: list[subprocess.Popen[bytes]] = []
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        if with_parent:
            die_with_parent()
        call_command("prepare", stdout=self.stdout)
        if demo:
            call_command("demo", if_empty=True, stdout=self.stdout)
            self.offer_second_factor()
        follow_address()
        connections.close_all()
        try:
            server = self.start("-m", "gunicorn", "-c", "python:newsroom.server", "newsroom.wsgi", BIND=f"127.0.0.1:{port}")
            clock = self.start(*CLOCK)
            self.announce(server, port=port)
            self.watch(server, clock)
        finally:
            self.end()

    def offer_second_factor(self) -> None:
        """Whoever tries the demo newsroom enters by one password; every other newsroom demands a second factor, and so does this when told."""
        if "SECOND_FACTOR" not in os.environ and newsroom.is_demo():
            os.environ["SECOND_FACTOR"] = "offered"  # for the server and the clock, which are started after this
            self.stdout.write("In this demo a password alone opens the desk; SECOND_FACTOR=required demands a second factor.")

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """The first signal ends the run, and the children on the way out; a second one kills them."""
        if not self.stopping:
            self.stopping = True
            raise SystemExit(0)
        for child in self.children:
            kill(child, signal.SIGKILL)

    def start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        """A child in a group of its own, so that the terminal's Ctrl-C reaches it through us; it ends when we die."""
        child = subprocess.Popen(  # noqa: S603 - fixed words
            [sys.executable, *words],
            cwd=settings.BASE_DIR,
            env={**os.environ, **variables, "NEWSROOM_GENERATE_KEYS": "0"},
            process_group=0,
            preexec_fn=die_with_parent,
        )
        self.children.append(child)
        return child

    def announce(self, server: subprocess.Popen[bytes], *, port: int) -> None:
        """Prints the address as soon as the server answers there."""
        until = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                self.stdout.write(f"\nThe newsroom is at {settings.SITE_URL}\nThe desk is at {settings.SITE_URL}/desk/\nCtrl-C stops it.")
                self.stdout.flush()
                return
            time.sleep(0.05)

    def watch(self, server: subprocess.Popen[bytes], clock: subprocess.Popen[bytes]) -> None:
        """Starts the clock again when it ends, longer apart each time. Raises CommandError when the server ends."""
        failures, since, again_at = 0, time.monotonic(), 0.0
        while (code := server.poll()) is None:
            time.sleep(0.25)
            if clock.poll() is None:
                continue
            if not again_at:
                failures = 0 if time.monotonic() - since > HEALTHY_SECONDS else failures + 1
                rest = REST_SECONDS[min(failures, len(REST_SECONDS) - 1)]
                self.stderr.write(f"The clock ended by itself (exit code {clock.returncode}); it starts again in {rest} s.")
                again_at = time.monotonic() + rest
            elif time.monotonic() > again_at:
                self.children.remove(clock)
                clock, since, again_at = self.start(*CLOCK), time.monotonic(), 0.0
        msg = f"The server ended by itself (exit code {code}); its reason stands above. The clock is stopped too."
        raise CommandError(msg)

    def end(self) -> None:
        """Asks every child to end, waits, and kills what is left."""
        for child in self.children:
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        until = time.monotonic() + PATIENCE_SECONDS
        for child in self.children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.1, until - time.monotonic()))
            kill(child, signal.SIGKILL)
            child.wait()


def follow_address() -> None:
    """Keeps the address of the site; when it is another one than before, shells are drawn anew and live texts by the clock."""
    if not address.keep(settings.SITE_URL, folder=settings.VAR):
        return
    with transaction.atomic():
        draw_shells()
        ask_for_redraw()
        count_up()


def die_with_parent() -> None:
    """On Linux: ask the kernel for SIGTERM when the parent dies, even by kill -9."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def kill(child: subprocess.Popen[bytes], number: int) -> None:
    """Sends the signal to the child and all it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)
