"""The two commands: what is installed and why, a free port, the server and its clock started and stopped together."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from newsroom import environment

ROOT = Path(__file__).resolve().parent.parent
# By settings, server, Makefile
NAMED_ELSEWHERE = {"argon2-cffi", "psycopg", "redis", "gunicorn", "whitenoise", "pytest", "pytest-django", "pytest-xdist"}


def requirements(file: str) -> list[str]:
    return [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-r"))]


def packages(lines: list[str]) -> set[str]:
    return {re.split(r"[\[=]", line)[0].lower().replace("_", "-") for line in lines}


@pytest.mark.parametrize("line", requirements("requirements.txt") + requirements("requirements-dev.txt"))
def test_every_requirement_is_pinned_and_says_why(line: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[\w.]+ +# \S.*", line)


def imported_packages() -> set[str]:
    """The installed packages that the newsroom imports or names among its parts."""
    names = set(re.findall(r'^    "(\w+)[\w.]*",$', (ROOT / "newsroom" / "settings.py").read_text(), re.M))
    for folder in ("articles", "newsroom"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    names |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    names.add(str(node.module).split(".")[0])
    distributions = packages_distributions()
    return {package.lower().replace("_", "-") for name in names - set(sys.stdlib_module_names) for package in distributions.get(name, [])}


def test_what_is_imported_is_required_and_what_is_required_is_used() -> None:
    above = (ROOT / "requirements.txt").read_text().split("# Needed by the above")[0]

    assert imported_packages() - packages(requirements("requirements.txt")) == set()
    assert packages([line for line in above.splitlines() if "==" in line]) - imported_packages() - NAMED_ELSEWHERE == set()


def test_a_taken_port_is_a_sentence_that_offers_another() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} is taken: something else listens there. .*make run PORT=80\d\d"):
            environment.check_port(str(port))


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "8000.5", "٨٠٠٠"])
def test_a_port_that_is_none_is_a_sentence(text: str) -> None:
    with pytest.raises(SystemExit, match="PORT must be a number from 1 to 65535"):
        environment.check_port(text)


def test_a_free_port_is_left_free() -> None:
    environment.check_port(str(environment.free_port()))
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", environment.free_port())) != 0


def test_an_old_python_is_a_sentence() -> None:
    with pytest.raises(SystemExit, match=r"Newsroom needs Python 3.11 or newer; python3 here is 3.9."):
        environment.check_python((3, 9))


def test_a_missing_venv_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())

    with pytest.raises(SystemExit, match="sudo apt install python3-venv"):
        environment.check_python()


def test_the_environment_is_installed_anew_only_when_its_list_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in environment.LISTS.values():
        shutil.copy(ROOT / file, tmp_path)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    before = {name: environment.fingerprint(name) for name in environment.LISTS}
    (tmp_path / "requirements-dev.txt").write_text("ruff==1.0  # lint\n")
    after = {name: environment.fingerprint(name) for name in environment.LISTS}

    assert after["runtime"] == before["runtime"]
    assert after["development"] != before["development"]


def test_make_run_refuses_a_taken_port_before_it_makes_anything(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "newsroom").mkdir()
    for file in ("__init__.py", "environment.py"):
        shutil.copy(ROOT / "newsroom" / file, tmp_path / "newsroom")
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        ended = subprocess.run(["make", "run", f"PORT={holder.getsockname()[1]}"], cwd=tmp_path, capture_output=True, text=True, timeout=30)

    assert ended.returncode == 2
    assert "is taken" in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Makefile", "newsroom"]


def test_make_help_names_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, timeout=30).stdout

    for target in ("run", "test", "test-long", "test-all", "check", "bench", "messages", "pictures", "clean"):
        assert re.search(rf"^make {target} +\S", shown, re.M)


def test_ci_is_a_script_that_bash_can_read() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=False).returncode == 0


# The server and the clock


def alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Every process under that one."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [one for child in found for one in (int(child), *children(int(child)))]


def wait_until(true: object, seconds: float = 15) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():  # type: ignore[operator]  # a function without arguments
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def variables(var: Path, **given: str) -> dict[str, str]:
    """The environment of a newsroom of its own, whose data stand in this folder."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "NEWSROOM_VAR": str(var), "NEWSROOM_GENERATE_KEYS": "1", **given}


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a newsroom that was prepared once: whichever test comes first, each start is a second one."""
    made = tmp_path_factory.mktemp("served") / "var"
    subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT, env=variables(made, SITE_URL="http://localhost:8000"), check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return made


@pytest.fixture
def served(var: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A newsroom of its own, served, with its port; its data stay from test to test."""
    port = unused_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT, env=variables(var, SITE_URL=f"http://localhost:{port}"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    wait_until(lambda: answers(port) or process.poll() is not None, 60)
    yield process, port
    for pid in [process.pid, *children(process.pid)]:
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_server_and_clock(served: tuple[subprocess.Popen[str], int], number: int) -> None:
    process, port = served
    assert answers(port)
    family = children(process.pid)

    process.send_signal(number)
    output, _ = process.communicate(timeout=15)

    assert process.returncode == 0
    assert f"The newsroom is at http://localhost:{port}\n" in output
    assert len(family) >= 4  # gunicorn, its two workers, the clock
    assert [pid for pid in family if alive(pid)] == []
    assert "Traceback" not in output


def test_when_serve_is_killed_its_children_end(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    assert answers(port)
    family = children(process.pid)

    process.kill()

    assert wait_until(lambda: not any(alive(pid) for pid in family))


def test_when_the_server_dies_serve_says_so_and_stops_the_clock(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    assert answers(port)
    family = children(process.pid)
    server = int(subprocess.run(["pgrep", "-P", str(process.pid), "-f", "gunicorn"], capture_output=True, text=True).stdout)

    os.kill(server, signal.SIGKILL)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "The server ended by itself (exit code -9)" in output
    assert [pid for pid in family if alive(pid)] == []


def test_when_the_clock_dies_it_starts_again(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    assert answers(port)
    clock = int(subprocess.run(["pgrep", "-P", str(process.pid), "-f", "manage.py clock"], capture_output=True, text=True).stdout)

    os.kill(clock, signal.SIGKILL)

    assert wait_until(lambda: len({pid for pid in children(process.pid) if pid != clock}) >= 4)
    assert answers(port)
    process.send_signal(signal.SIGINT)
    assert "The clock ended by itself (exit code -9); it starts again in 2 s." in process.communicate(timeout=15)[0]


def test_a_second_start_skips_what_is_done(served: tuple[subprocess.Popen[str], int], var: Path) -> None:
    process, port = served
    assert answers(port)
    before = {path: path.stat().st_mtime_ns for path in (var / "static").rglob("*") if path.is_file()}
    process.send_signal(signal.SIGINT)
    assert "Bringing the database up to date" not in process.communicate(timeout=15)[0]

    assert before
    assert (var / "prepared").exists()
