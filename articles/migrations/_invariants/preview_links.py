"""Preview links: each is bound to one revision of its report, and is never lengthened or revived."""

from __future__ import annotations

from articles.migrations._invariants._builders import Rules, drops, refuse_postgresql, refuse_sqlite, same, unreplaced_sqlite

LINK = "articles_previewlink"
RULES: Rules = {
    "preview_link_names_a_revision_of_its_report": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_revision v WHERE v.id = NEW.revision_id AND v.report_id = NEW.report_id)",
        "a preview link names a revision of its report",
    ),
    "preview_link_only_counted_and_revoked": (
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.report_id <> OLD.report_id OR NEW.revision_id <> OLD.revision_id OR NEW.token_hash <> OLD.token_hash"
        " OR NEW.label <> OLD.label OR NEW.made_by_id <> OLD.made_by_id OR NEW.made_at <> OLD.made_at OR NEW.until <> OLD.until"
        " OR NEW.opens < OLD.opens OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL OR NEW.opens <> OLD.opens))",
        "a preview link is only counted and revoked",
    ),
}
SQLITE = [*unreplaced_sqlite(LINK, same("id"), same("token_hash")), *refuse_sqlite(LINK, RULES)]
POSTGRESQL = refuse_postgresql(LINK, RULES)
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
