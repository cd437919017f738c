"""The audit is append-only, without any permit, and grows at its end; a permit to purge stands in the shadow of its audit event."""

from __future__ import annotations

from articles.migrations._invariants._builders import (
    Rules,
    append_only_postgresql,
    append_only_sqlite,
    drops,
    refuse_postgresql,
    refuse_sqlite,
    same,
)

AUDIT, PERMIT, HEAD = "articles_auditevent", "articles_purgepermit", "articles_audithead"
LAST = f"(SELECT a.{{}} FROM {AUDIT} a ORDER BY a.seq DESC LIMIT 1)"

AUDIT_RULES: Rules = {
    "audit_grows_at_its_end": (
        "INSERT",
        f"NEW.seq <> COALESCE({LAST.format('seq')}, 0) + 1 OR NEW.previous <> COALESCE({LAST.format('digest')}, '{'0' * 64}')",
        "an audit event follows the one before it",
    ),
}
PERMIT_RULES: Rules = {
    "purge_permit_is_audited": (
        "INSERT",
        f"COALESCE({LAST.format('verb')}, '') <> 'purge'",
        "a purge is audited before it is permitted",
    ),
}

SQLITE = [
    *append_only_sqlite(AUDIT, same("seq"), same("previous"), same("digest"), permit=False),
    *refuse_sqlite(AUDIT, AUDIT_RULES),
    *refuse_sqlite(PERMIT, PERMIT_RULES),
    *append_only_sqlite(HEAD, same("id"), same("at"), permit=False),
]
POSTGRESQL = [
    *append_only_postgresql(AUDIT, permit=False),
    *refuse_postgresql(AUDIT, AUDIT_RULES),
    *refuse_postgresql(PERMIT, PERMIT_RULES),
    *append_only_postgresql(HEAD, permit=False),
]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
