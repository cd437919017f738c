"""A newsroom of its own, in real processes: on SQLite, or in a PostgreSQL database made for the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.archives import Archive, server_of

ROOT = Path(__file__).resolve().parents[2]


class Newsroom(Archive):
    """An archive whose processes may be killed."""

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Runs Python in a process of the newsroom; one that was killed returns -9."""
        words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
        return subprocess.run(words, cwd=self.root, env=self.variables, capture_output=True, text=True, timeout=120)

    def tell(self, script: str) -> str:
        """What the script prints. Fails the test when it fails."""
        ended = self.run(script)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def mails(self) -> list[str]:
        """The mails that were sent."""
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*"))]


@pytest.fixture
def newsroom(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """Prepared and empty. Removed behind the test."""
    made = Newsroom(tmp_path / "var", size=0, root=ROOT, server=server_of(os.environ))
    request.addfinalizer(made.remove)
    made.found()
    made.manage("prepare")
    yield made
