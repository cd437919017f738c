"""The newsroom's own keys: from the environment, from a file it names, or generated once into var/keys, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

GENERATE = "NEWSROOM_GENERATE_KEYS"
SHORTEST = 32
RECIPE = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


def secret(name: str, *, directory: Path) -> str:
    """The key of that name: `NAME`, else the text of the file named by `NAME_FILE`, else the file in the directory.

    That file is made only under NEWSROOM_GENERATE_KEYS=1.
    Raises ImproperlyConfigured with the remedy when there is none, or when it is too short or open to others.
    """
    if value := os.environ.get(name, "").strip():
        return long_enough(value, source=name)
    if named := os.environ.get(f"{name}_FILE"):
        return long_enough(read(Path(named), name=name), source=named)
    path = directory / name.lower()
    if not path.exists():
        if os.environ.get(GENERATE) != "1":
            msg = (
                f"{name} is missing. Run `make run` once, which makes the keys, or set {name} in the environment "
                f"(or {name}_FILE to a file that holds it) to what `{RECIPE}` prints, and keep it: it must not change."
            )
            raise ImproperlyConfigured(msg)
        try:
            generate(path)
        except OSError as error:
            msg = f"The keys cannot be written to {directory}: {error.strerror}. Set NEWSROOM_VAR to a folder that you may write to."
            raise ImproperlyConfigured(msg) from error
    if path.stat().st_mode & 0o077:
        msg = f"The key {path} is open to other users of this machine. Close it: chmod 600 {path}"
        raise ImproperlyConfigured(msg)
    return long_enough(read(path, name=name), source=str(path))


def read(path: Path, *, name: str) -> str:
    """The text of a key's file."""
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{name} cannot be read from {path}: {getattr(error, 'strerror', None) or 'not a text'}."
        raise ImproperlyConfigured(msg) from error


def long_enough(value: str, *, source: str) -> str:
    """The value, unless it could be guessed."""
    if len(value) < SHORTEST:
        msg = f"The key in {source} has fewer than {SHORTEST} characters. Make one with `{RECIPE}`."
        raise ImproperlyConfigured(msg)
    return value


def generate(path: Path) -> None:
    """Writes a new key where there is none. It appears whole or not at all, and of several processes the first one's counts."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
