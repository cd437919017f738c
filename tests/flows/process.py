"""The newsroom as it is served: gunicorn and the clock in processes of their own, with the settings of production, on the test's database."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The address of the test's own database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Served:
    """A running server. Everything that it writes lies in `folder`; what it says is in `folder/log`."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        for name in ("tmp", "var"):
            (folder / name).mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "REDIS_URL", "HOME", "PGHOST", "PGUSER", "PGPASSWORD") if name in os.environ}
        self.environment = kept | {
            "NEWSROOM_VAR": str(folder / "var"),
            "TMPDIR": str(folder / "tmp"),
            "DATABASE_URL": database_url(),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "BIND": f"127.0.0.1:{self.port}",
            "SECRET_KEY": settings.SECRET_KEY,
            "AUDIT_KEY": settings.AUDIT_KEY,
            "MFA_KEY": settings.MFA_KEY,
        }
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.manage("createcachetable")
        self.log = (folder / "log").open("wb")
        self.start()

    def start(self) -> None:
        """Starts gunicorn, in a group of its own, and waits until it answers."""
        words = [sys.executable, "-m", "gunicorn", "-c", "python:newsroom.server", "newsroom.wsgi"]
        self.process = subprocess.Popen(
            words, cwd=settings.BASE_DIR, env=self.environment, stdout=self.log, stderr=self.log, process_group=0
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                self.ask("GET", "/healthz")  # a bare connection to a port that nobody holds can meet itself
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        self.end()
        raise AssertionError((self.folder / "log").read_text())

    def kill(self) -> None:
        """Kills the server and its workers where they stand (SIGKILL)."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def manage(self, *words: str) -> None:
        """Runs a command of the newsroom to its end."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )
        with (self.folder / "commands").open("a") as file:
            file.write(done.stdout + done.stderr)
        assert done.returncode == 0, done.stderr

    def ask(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            line.close()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
