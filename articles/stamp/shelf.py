"""What is kept in a process until the stamp moves."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


@dataclass
class Shelf(Generic[Kept]):
    """What was drawn under one stamp, the least used thrown out first when it outgrows `most_bytes`."""

    most_bytes: int = 16_000_000
    stamp: int = -1
    bytes: int = 0

    def __post_init__(self) -> None:
        self.kept: OrderedDict[tuple[str, str], tuple[Kept, int]] = OrderedDict()
        self.lock = Lock()

    def get(self, stamp: int, key: tuple[str, str]) -> Kept | None:
        with self.lock:
            if stamp != self.stamp or key not in self.kept:
                return None
            self.kept.move_to_end(key)
            return self.kept[key][0]

    def put(self, stamp: int, key: tuple[str, str], drawn: Kept, *, size: int) -> None:
        with self.lock:
            if stamp < self.stamp:
                return  # drawn before the last change
            if stamp > self.stamp:
                self.kept.clear()
                self.stamp, self.bytes = stamp, 0
            if key not in self.kept:
                self.kept[key] = drawn, size
                self.bytes += size
            while self.bytes > self.most_bytes:
                self.bytes -= self.kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.stamp, self.bytes = -1, 0
