"""Servers under measurement: started, asked for processor time and memory through /proc, and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 10


def family(pid: int) -> list[int]:
    """The process and all that it started, itself first."""
    found, waiting = [], [pid]
    while waiting:
        found.append(each := waiting.pop())
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found


def cpu_ms(pids: Iterable[int]) -> float:
    """Processor time of the processes so far, in milliseconds: living threads to the nanosecond, ended children by the kernel's ticks."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0]) / 1e6
            ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[13:15]
            total += sum(map(int, ended)) * TICK_MS
    return total


def pss_mib(pids: Iterable[int]) -> float:
    """Memory of the processes in MiB, what they share counted once."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


class Server:
    """One gunicorn with the newsroom's own settings for it, on a free port of this machine."""

    def __init__(self, application: str, variables: Mapping[str, str], *, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:newsroom.server", application],
            cwd=root,
            env={**variables, "BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": "2"},
            process_group=0,
        )
        while self.process.poll() is None and time.monotonic() < began + PATIENCE_SECONDS * 3:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        self.end()
        raise SystemExit(f"The server of {application} did not start; its reason stands above.")

    @property
    def pids(self) -> list[int]:
        return family(self.process.pid)

    def end(self) -> None:
        """Ends it and its workers, by force when they take too long."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
