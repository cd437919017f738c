"""The process that decodes can do nothing with what a hostile file would make it do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from articles.images import rebuild


def confined(does):
    """What that code prints once the process is confined as it is for every picture."""
    code = f"import sys; sys.path.insert(0, {str(Path(rebuild.__file__).parent)!r}); import rebuild, os, socket, subprocess, time\nrebuild.confine()\n{does}"
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "does",
    [
        "open('/etc/passwd')",
        "open('/tmp/written', 'w')",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 1))",
        "os.pipe()",
        "subprocess.run(['/bin/true'])",
        "import json.tool",
    ],
)
def test_it_opens_nothing_and_starts_nothing(does):
    done = confined(f"try:\n    {does}\nexcept OSError as error:\n    print(error.errno)\nelse:\n    print('done')")
    assert done.stdout == "24\n", done  # EMFILE: no descriptor to be had


def test_its_memory_and_its_time_have_an_end():
    assert "MemoryError" in confined("bytearray(2_000_000_000)").stderr
    assert confined("import resource as r; print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_CORE))").stdout == "(30, 30) (0, 0)\n"


def test_it_knows_no_variable_and_no_module_of_ours():
    told = subprocess.run(
        [sys.executable, "-I", "-c", "import os; print(sorted(set(os.environ) - {'LC_CTYPE'}))"],
        env={}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "[]\n"
    source = Path(rebuild.__file__).read_text()
    assert "articles" not in source and "django" not in source
