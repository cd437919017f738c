"""A place in a list, as it stands in an address: opaque to who asks, and good for ever, for it names no number of a page."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from articles.editions.lists import EPOCH

SHAPE = "^[A-Za-z0-9_-]{32}$"
FIRST, LAST = dt.datetime(1, 1, 2, tzinfo=dt.UTC), dt.datetime(9999, 12, 30, tzinfo=dt.UTC)
"""No time outside of these is looked for: every zone has them."""
MICROSECOND = dt.timedelta(microseconds=1)
BACK = 1 << 63
MOST = (LAST - EPOCH) // MICROSECOND


@dataclass(frozen=True)
class Cursor:
    """A time and an id, and whether what is wanted stands before it. `published_at` is what its list is in the order of."""

    published_at: dt.datetime
    uuid: UUID
    back: bool = False

    def written(self) -> str:
        """As it stands in an address."""
        return _written((self.published_at - EPOCH) // MICROSECOND, self.uuid.bytes, back=self.back)


def read(text: str) -> Cursor:
    """The cursor that was written so."""
    data = base64.urlsafe_b64decode(text)
    number = int.from_bytes(data[:8], "big")
    at = min(max(EPOCH + min(number & ~BACK, MOST) * MICROSECOND, FIRST), LAST)
    return Cursor(at, UUID(bytes=data[8:]), back=bool(number & BACK))


def of_key(key: str, *, back: bool = False) -> str:
    """A key of `editions.lists` as a cursor; "" of ""."""
    if not key:
        return ""
    at, uuid = key.split("-")
    return _written(int(at), bytes.fromhex(uuid), back=back)


def _written(number: int, uuid: bytes, *, back: bool) -> str:
    """24 bytes in base64url: every text of that length is a cursor."""
    return base64.urlsafe_b64encode((number | (BACK if back else 0)).to_bytes(8, "big") + uuid).decode()
