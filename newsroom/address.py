"""The address under which this newsroom was last served: what is started by hand, without it in the environment, draws the same links."""

from __future__ import annotations

from pathlib import Path

FILE = "site-url"
OTHERWISE = "http://localhost:8000"


def kept(folder: Path) -> str:
    """The address that was kept in the folder; that of a first `make run` when none was."""
    try:
        return (folder / FILE).read_text().strip() or OTHERWISE
    except (OSError, UnicodeDecodeError):
        return OTHERWISE


def keep(address: str, *, folder: Path) -> bool:
    """Keeps the address; says whether another one was kept before. Raises OSError."""
    before = (folder / FILE).read_text().strip() if (folder / FILE).exists() else address
    (folder / FILE).write_text(address + "\n")
    return before != address
