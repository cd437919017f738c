"""What `make` needs before anything is installed: a free port, a virtual environment, the pinned requirements. Standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
OLDEST = (3, 11)
LISTS = {"runtime": "requirements.txt", "development": "requirements-dev.txt"}


def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Stops with a sentence when this Python is too old or cannot make virtual environments."""
    if version < OLDEST:
        sys.exit(
            f"Newsroom needs Python 3.11 or newer; python3 here is {version[0]}.{version[1]}. Name another one: make run PYTHON=python3.11"
        )
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit("Python's venv module is missing. Install it and try again: sudo apt install python3-venv")


def check_port(text: str) -> None:
    """Stops with a sentence when nothing can listen on that port of this machine."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}. For example: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            sys.exit(f"Port {text} is for the administrator of this machine. Take a higher one: make run PORT=8001")
        except OSError:
            sys.exit(f"Port {text} is taken: something else listens there. Stop it, or take another one: make run PORT={free_port()}")


def free_port() -> int:
    """The first free port above 8000."""
    for port in range(8001, 8100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    return 8100


def fingerprint(name: str) -> str:
    """What has to be installed for that list, and by which Python, as one hash."""
    texts = [str(sys.version_info[:2]), *(ROOT.joinpath(file).read_text() for file in LISTS.values())]
    return hashlib.sha256("\0".join(texts if name == "development" else texts[:2]).encode()).hexdigest()


def install(name: str) -> None:
    """Makes .venv when there is none that runs, and installs the list unless exactly that list was installed before."""
    python, mark = FOLDER / "bin" / "python", FOLDER / f".{name}"
    if mark.exists() and mark.read_text() == fingerprint(name) and runs(python, "-c", ""):
        return
    if not runs(python, "-m", "pip", "--version"):
        check_python()
        print("Making the Python environment in .venv …", flush=True)
        shutil.rmtree(FOLDER, ignore_errors=True)
        run([sys.executable, "-m", "venv", FOLDER], "The Python environment could not be made.")
    print(f"Installing {LISTS[name]} …", flush=True)
    mark.unlink(missing_ok=True)
    run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", ROOT / LISTS[name]],
        f"{LISTS[name]} could not be installed; pip says why above. Is there a way to the package index?",
    )
    mark.write_text(fingerprint(name))


def runs(python: Path, *words: str) -> bool:
    """Whether that Python is there and does as it is told."""
    return python.exists() and subprocess.run([python, *words], capture_output=True).returncode == 0  # noqa: S603 - our own path


def run(command: list[str | Path], complaint: str) -> None:
    """Runs it, and stops with the complaint when it fails."""
    if subprocess.run(command, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}).returncode:  # noqa: S603 - fixed words and our own paths
        sys.exit(complaint)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["port"] and len(words) == 2:
        check_port(words[1])
    elif words[:1] == ["install"] and words[1:] in (["runtime"], ["development"]):
        install(words[1])
    else:
        sys.exit("python3 -m newsroom.environment port NUMBER | install runtime | install development")
