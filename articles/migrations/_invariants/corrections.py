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
    "correction_supersedes_its_own": (
        "INSERT",
        "NEW.supersedes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles_correction c WHERE c.id = NEW.supersedes_id"
        " AND c.report_id = NEW.report_id AND c.id <> NEW.id AND (c.kind <> 'retraction' OR NEW.kind = 'retraction'))",
        "a correction supersedes one of the same report, and a retraction only a retraction",
    ),
}

SQLITE = [*append_only_sqlite(CORRECTION, same("id"), same("uuid"), same("supersedes_id")), *refuse_sqlite(CORRECTION, RULES)]
POSTGRESQL = [*append_only_postgresql(CORRECTION), *refuse_postgresql(CORRECTION, RULES)]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
