"""How a report was reported is what was approved, as its other words are: a rule of its own, since the column came later than theirs."""

from __future__ import annotations

from articles.migrations._invariants._builders import Rules, drops, refuse_postgresql, refuse_sqlite
from articles.migrations._invariants.editions import APPROVAL

NEEDS = "articles_edition.backstory"
TABLE = "articles_edition"
SENTENCE = "an edition tells how it was reported in the words that an approving sign-off covers"


def _rules(approved: str) -> Rules:
    unapproved = (
        f"NEW.backstory <> '' AND NOT EXISTS (SELECT 1 FROM {APPROVAL}"
        f" WHERE r.uuid = NEW.uuid AND s.content_hash = NEW.content_hash AND {approved} = NEW.backstory)"
        f" OR NEW.backstory = '' AND EXISTS (SELECT 1 FROM {APPROVAL}"
        f" WHERE r.uuid = NEW.uuid AND s.content_hash = NEW.content_hash AND COALESCE({approved}, '') <> '')"
    )
    return {
        "edition_backstory_is_approved_new": ("INSERT", unapproved, SENTENCE),
        "edition_backstory_is_approved": ("UPDATE OF backstory, content_hash, uuid", unapproved, SENTENCE),
    }


SQLITE = refuse_sqlite(TABLE, _rules("json_extract(a.content, '$.public.backstory')"))
POSTGRESQL = refuse_postgresql(TABLE, _rules("a.content #>> '{public,backstory}'"))
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
