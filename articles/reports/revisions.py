"""The chain of a report's revisions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import rfc8785

from articles.people.models import User
from articles.reports.models import Report, Revision
from articles.reports.snapshot import content_hash as hash_of


def add(report: Report, *, content: dict[str, Any], content_hash: str, by: User, kind: str, at: dt.datetime) -> Revision:
    """The report's next revision, saved. Call it with the report's row locked."""
    last = report.revisions.order_by("-number").first()
    revision = Revision(
        report=report,
        number=last.number + 1 if last else 1,
        round=report.round,
        schema=content["schema"],
        content=content,
        content_hash=content_hash,
        previous=last.digest if last else "",
        author=by,
        at=at,
        kind=kind,
    )
    revision.digest = digest(revision)
    revision.save(force_insert=True)
    return revision


def digest(revision: Revision) -> str:
    """The link of the chain: over number, hash, previous, author, time and kind, not over the text, so that a purge of the text leaves it whole."""
    facts: dict[str, Any] = {
        "number": revision.number,
        "content_hash": revision.content_hash,
        "previous": revision.previous,
        "author": revision.author.code,
        "at": revision.at.astimezone(dt.UTC).isoformat(),
        "kind": revision.kind,
    }
    return hashlib.sha256(rfc8785.dumps(facts)).hexdigest()


def first_broken(report: Report) -> int | None:
    """The number of the first revision whose link or text does not hold, None when all do."""
    return _first_broken(report.revisions.select_related("author").order_by("number").iterator(chunk_size=100))


def all_broken() -> Iterator[tuple[str, int]]:
    """(audit code of the report, number of its first broken revision) of every chain that does not hold. Reads all revisions."""
    revisions = Revision.objects.select_related("author", "report").order_by("report_id", "number")
    for report, chain in groupby(revisions.iterator(chunk_size=100), key=lambda revision: revision.report):
        if number := _first_broken(chain):
            yield report.audit_code, number


def _first_broken(chain: Iterable[Revision]) -> int | None:
    previous = ""
    for number, revision in enumerate(chain, start=1):
        purged = not revision.content
        if revision.number != number or revision.previous != previous or revision.digest != digest(revision):
            return number
        if not purged and hash_of(revision.content["public"]) != revision.content_hash:
            return number
        previous = revision.digest
    return None
