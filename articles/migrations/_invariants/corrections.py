"""Corrections are append-only, and lead to a text of their report that was published."""

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

CORRECTION = "articles_correction"
RULES: Rules = {
    "correction_leads_to_a_publication": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_revision v WHERE v.id = NEW.to_revision_id AND v.report_id = NEW.report_id AND v.kind = 'publish')",
        "a correction leads to a published revision of its report",
    ),
}

SQLITE = [*append_only_sqlite(CORRECTION, same("id"), same("uuid")), *refuse_sqlite(CORRECTION, RULES)]
POSTGRESQL = [*append_only_postgresql(CORRECTION), *refuse_postgresql(CORRECTION, RULES)]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
