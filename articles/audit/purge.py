"""The one way in which rows of append-only tables go: inside an audited transaction, under a permit that ends with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from articles.audit.chain import Audited, record
from articles.audit.models import PurgePermit


@contextmanager
def purging(reason: str, *, by: Audited | str, target: Audited | str = "purge") -> Iterator[None]:
    """Lets rows go within the block. `reason` is a code. Call it inside a transaction: it does not commit while a permit stands."""
    record(by=by, verb="purge", target=target, facts={"reason": reason})
    permit = PurgePermit.objects.create(reason=reason)
    yield
    permit.delete()
