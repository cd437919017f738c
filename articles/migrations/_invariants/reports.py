"""Reports: revisions are append-only; nobody approves an own round; what is approved or live has what proves it; submitted reports stay."""

from __future__ import annotations

from articles.migrations._invariants._builders import append_only_postgresql, append_only_sqlite, drops, refuse_postgresql, refuse_sqlite

REVISION, SIGN_OFF, REPORT = "articles_revision", "articles_signoff", "articles_report"

SIGN_OFF_RULES = {
    "sign_off_in_current_round": (
        "INSERT",
        "NEW.round <> (SELECT r.round FROM articles_report r WHERE r.id = NEW.report_id)",
        "a sign-off belongs to the current round of its report",
    ),
    "sign_off_rule_in_force": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_approvalrule a WHERE a.code = NEW.rule_id AND a.in_force)",
        "this rule of approval is not in force",
    ),
    "writer_does_not_approve": (
        "INSERT",
        "NEW.part = 'approved' AND NEW.rule_id = 'four eyes' AND EXISTS (SELECT 1 FROM articles_revision v"
        " WHERE v.report_id = NEW.report_id AND v.round = NEW.round AND v.author_id = NEW.person_id AND EXISTS (SELECT 1 FROM articles_signoff s"
        " WHERE s.report_id = NEW.report_id AND s.round = NEW.round AND s.person_id = NEW.person_id AND s.part = 'wrote'))",
        "who wrote in a round cannot approve in it",
    ),
    "approval_names_its_revision": (
        "INSERT",
        "NEW.part = 'approved' AND NOT EXISTS (SELECT 1 FROM articles_revision v WHERE v.id = NEW.revision_id"
        " AND v.report_id = NEW.report_id AND v.content_hash = NEW.content_hash)",
        "an approval names a revision of its report with the same content hash",
    ),
    "sign_off_only_voided": (
        "UPDATE",
        "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR OLD.report_id <> NEW.report_id OR OLD.round <> NEW.round"
        " OR OLD.person_id <> NEW.person_id OR OLD.part <> NEW.part OR OLD.content_hash <> NEW.content_hash"
        " OR OLD.rule_id <> NEW.rule_id OR OLD.at <> NEW.at OR COALESCE(OLD.revision_id, 0) <> COALESCE(NEW.revision_id, 0)",
        "a sign-off is never changed, only voided",
    ),
    "sign_off_stays": ("DELETE", "TRUE", "a sign-off is never deleted"),
}
REVISION_RULES = {
    "revision_in_current_round": (
        "INSERT",
        "NEW.round <> (SELECT r.round FROM articles_report r WHERE r.id = NEW.report_id)",
        "a revision belongs to the current round of its report",
    ),
}
APPROVED = (
    "NEW.edit_state = 'approved' AND NOT EXISTS (SELECT 1 FROM articles_signoff s WHERE s.report_id = NEW.id"
    " AND s.part = 'approved' AND s.voided_at IS NULL AND s.content_hash = NEW.content_hash)"
)
LIVE = (
    "NEW.public_state = 'live' AND NOT EXISTS (SELECT 1 FROM articles_edition e WHERE e.uuid = NEW.uuid"
    " AND e.content_hash = NEW.live_hash AND e.path = NEW.path)"
)
REPORT_RULES = {
    "approved_report_is_signed_off_new": ("INSERT", APPROVED, "an approved report has an approval of its content hash"),
    "approved_report_is_signed_off": ("UPDATE", APPROVED, "an approved report has an approval of its content hash"),
    "live_report_has_edition_new": ("INSERT", LIVE, "a live report has its edition"),
    "live_report_has_edition": ("UPDATE", LIVE, "a live report has its edition"),
    "round_opens_by_approval": (
        "UPDATE",
        "NEW.round <> OLD.round AND NOT (NEW.round = OLD.round + 1 AND EXISTS (SELECT 1 FROM articles_signoff s"
        " WHERE s.report_id = NEW.id AND s.round = OLD.round AND s.part = 'approved'))",
        "only an approval opens the next round",
    ),
    "report_keeps_its_identity": (
        "UPDATE",
        "NEW.uuid <> OLD.uuid OR (OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at))"
        " OR (OLD.slug IS NOT NULL AND NEW.slug IS NULL)",
        "a report keeps its id, its first publication and an address once it has them",
    ),
    "submitted_report_stays": ("DELETE", "OLD.slug IS NOT NULL", "a report that was submitted is never deleted"),
}

RULES = ((SIGN_OFF, SIGN_OFF_RULES), (REVISION, REVISION_RULES), (REPORT, REPORT_RULES))

SQLITE = [*append_only_sqlite(REVISION), *(each for table, rules in RULES for each in refuse_sqlite(table, rules))]
POSTGRESQL = [*append_only_postgresql(REVISION), *(each for table, rules in RULES for each in refuse_postgresql(table, rules))]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
