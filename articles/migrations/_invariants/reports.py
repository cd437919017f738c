"""Reports: revisions are append-only; nobody approves an own round; what is approved or live has what proves it; submitted reports stay."""

from __future__ import annotations

from articles.migrations._invariants._builders import (
    Rules,
    append_only_postgresql,
    append_only_sqlite,
    drops,
    refuse_postgresql,
    refuse_sqlite,
    same,
    unreplaced_sqlite,
)

REVISION, SIGN_OFF, REPORT, RULE = "articles_revision", "articles_signoff", "articles_report", "articles_approvalrule"
WITHDRAWAL = "articles_withdrawal"

SINCE = (
    "(SELECT COALESCE(MAX(l.round), 0) FROM articles_signoff l WHERE l.report_id = NEW.report_id"
    " AND l.part = 'approved' AND l.voided_at IS NULL{besides})"
)
"""The round of the newest approval that stands: what was written after it nobody has signed off."""


def wrote(besides: str = "") -> str:
    """That NEW's person wrote what no standing approval covers (by a sign-off that says so, or by a revision that changed what readers get),
    or is credited. `besides` leaves approvals `l` out."""
    since = SINCE.format(besides=besides)
    return (
        f"EXISTS (SELECT 1 FROM articles_signoff s WHERE s.report_id = NEW.report_id AND s.round > {since}"
        " AND s.person_id = NEW.person_id AND s.part = 'wrote')"
        f" OR EXISTS (SELECT 1 FROM articles_revision v WHERE v.report_id = NEW.report_id AND v.round > {since} AND v.author_id = NEW.person_id"
        " AND v.content_hash <> COALESCE((SELECT p.content_hash FROM articles_revision p"
        " WHERE p.report_id = v.report_id AND p.number = v.number - 1), ''))"
        " OR EXISTS (SELECT 1 FROM articles_credit c JOIN articles_user u ON u.byline_id = c.byline_id"
        " WHERE c.report_id = NEW.report_id AND u.id = NEW.person_id)"
    )


SIGN_OFF_RULES: Rules = {
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
        f"NEW.part = 'approved' AND NEW.rule_id = 'four eyes' AND ({wrote()})",
        "who wrote it or is credited cannot approve it",
    ),
    "approval_names_its_revision": (
        "INSERT",
        "NEW.part = 'approved' AND NOT EXISTS (SELECT 1 FROM articles_revision v JOIN articles_report r ON r.id = v.report_id"
        " WHERE v.id = NEW.revision_id AND v.report_id = NEW.report_id AND v.content_hash = NEW.content_hash"
        " AND r.content_hash = NEW.content_hash AND r.edit_state = 'in_review'"
        " AND NOT EXISTS (SELECT 1 FROM articles_revision n WHERE n.report_id = v.report_id AND n.number > v.number))",
        "an approval names the newest revision of a report in review, by the same content hash",
    ),
    "sign_off_only_voided": (
        "UPDATE",
        "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR OLD.id <> NEW.id OR OLD.report_id <> NEW.report_id OR OLD.round <> NEW.round"
        " OR OLD.person_id <> NEW.person_id OR OLD.part <> NEW.part OR OLD.content_hash <> NEW.content_hash"
        " OR OLD.rule_id <> NEW.rule_id OR OLD.at <> NEW.at OR COALESCE(OLD.revision_id, 0) <> COALESCE(NEW.revision_id, 0)",
        "a sign-off is never changed, only voided",
    ),
    "sign_off_of_an_edition_stands": (
        "UPDATE",
        "NEW.voided_at IS NOT NULL AND NEW.part = 'approved' AND EXISTS (SELECT 1 FROM articles_report r JOIN articles_edition e ON e.uuid = r.uuid"
        " WHERE r.id = NEW.report_id AND e.content_hash = NEW.content_hash)",
        "an approval is not voided while its edition is live",
    ),
    "sign_off_stays": ("DELETE", "TRUE", "a sign-off is never deleted"),
}
RULE_RULES: Rules = {
    f"approval_alone_is_audited{name}": (
        event,
        "NEW.code = 'alone' AND NEW.in_force AND COALESCE((SELECT a.verb FROM articles_auditevent a"
        " WHERE a.target = 'approval-rule:alone' ORDER BY a.seq DESC LIMIT 1), '') <> 'four_eyes_off'",
        "approval by one person alone is in force only after it was audited",
    )
    for name, event in (("_new", "INSERT"), ("", "UPDATE"))
}
REVISION_RULES: Rules = {
    "revision_in_current_round": (
        "INSERT",
        "NEW.round <> (SELECT r.round FROM articles_report r WHERE r.id = NEW.report_id)",
        "a revision belongs to the current round of its report",
    ),
    "revision_follows_the_last": (
        "INSERT",
        "NEW.number <> COALESCE((SELECT MAX(v.number) FROM articles_revision v WHERE v.report_id = NEW.report_id), 0) + 1",
        "a revision follows the one before it",
    ),
}
WITHDRAWAL_RULES: Rules = {
    "withdrawal_names_a_publication": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_revision v WHERE v.id = NEW.revision_id AND v.report_id = NEW.report_id AND v.kind = 'publish')",
        "a withdrawal names the published revision that it takes back",
    ),
}
APPROVED = (
    "NEW.edit_state = 'approved' AND NOT EXISTS (SELECT 1 FROM articles_signoff s WHERE s.report_id = NEW.id"
    " AND s.part = 'approved' AND s.voided_at IS NULL AND s.content_hash = NEW.content_hash)"
)
SCHEDULED = "NEW.public_state = 'scheduled' AND NEW.edit_state <> 'approved'"
LIVE = (
    "NEW.public_state = 'live' AND NOT EXISTS (SELECT 1 FROM articles_edition e WHERE e.uuid = NEW.uuid"
    " AND e.content_hash = NEW.live_hash AND e.path = NEW.path AND e.published_at = NEW.published_at)"
)


def _report_rules(soon: str) -> Rules:
    """`soon`: the database's own time and five minutes, for clocks that differ."""
    future = f"NEW.published_at IS NOT NULL AND NEW.published_at > {soon}"
    not_future = "a report was first published in the past"
    return {
        "approved_report_is_signed_off_new": ("INSERT", APPROVED, "an approved report has an approval of its content hash"),
        "approved_report_is_signed_off": ("UPDATE", APPROVED, "an approved report has an approval of its content hash"),
        "scheduled_report_is_approved_new": ("INSERT", SCHEDULED, "a scheduled report is approved"),
        "scheduled_report_is_approved": ("UPDATE", SCHEDULED, "a scheduled report is approved"),
        "live_report_has_edition_new": ("INSERT", LIVE, "a live report has its edition"),
        "live_report_has_edition": ("UPDATE", LIVE, "a live report has its edition"),
        "published_at_is_past_new": ("INSERT", future, not_future),
        "published_at_is_past": ("UPDATE", future, not_future),
        "only_a_live_report_has_an_edition": (
            "UPDATE",
            "OLD.public_state = 'live' AND NEW.public_state <> 'live' AND EXISTS (SELECT 1 FROM articles_edition e WHERE e.uuid = NEW.uuid)",
            "the edition goes before its report is withdrawn",
        ),
        "takedown_voids_approvals": (
            "UPDATE",
            "NEW.public_state = 'taken_down' AND OLD.public_state <> 'taken_down' AND (NEW.edit_state = 'approved' OR EXISTS (SELECT 1"
            " FROM articles_signoff s WHERE s.report_id = NEW.id AND s.part = 'approved' AND s.voided_at IS NULL))",
            "a takedown voids every approval",
        ),
        "round_opens_by_approval": (
            "UPDATE",
            "NEW.round <> OLD.round AND NOT (NEW.round = OLD.round + 1 AND EXISTS (SELECT 1 FROM articles_signoff s"
            " WHERE s.report_id = NEW.id AND s.round = OLD.round AND s.part = 'approved'))",
            "only an approval opens the next round",
        ),
        "report_keeps_its_identity": (
            "UPDATE",
            "NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid OR NEW.language <> OLD.language OR NEW.created_by_id <> OLD.created_by_id"
            " OR (OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at))"
            " OR (OLD.slug IS NOT NULL AND NEW.slug IS NULL)",
            "a report keeps its id, its language, its first publication and an address once it has them",
        ),
        "submitted_report_stays": ("DELETE", "OLD.slug IS NOT NULL", "a report that was submitted is never deleted"),
    }


def _rules(soon: str) -> tuple[tuple[str, Rules], ...]:
    return (
        (SIGN_OFF, SIGN_OFF_RULES),
        (RULE, RULE_RULES),
        (REVISION, REVISION_RULES),
        (WITHDRAWAL, WITHDRAWAL_RULES),
        (REPORT, _report_rules(soon)),
    )


SQLITE = [
    *append_only_sqlite(REVISION, same("id"), same("report_id", "number")),
    *append_only_sqlite(WITHDRAWAL, same("id")),
    *unreplaced_sqlite(
        SIGN_OFF,
        same("id"),
        same("report_id", "round", "person_id", when="{row}.rule_id = 'four eyes'"),
        same("report_id", "round", when="{row}.part = 'approved'"),
    ),
    *unreplaced_sqlite(REPORT, same("id"), same("uuid"), same("language", "slug"), same("translation_group", "language")),
    *(each for table, rules in _rules("strftime('%Y-%m-%d %H:%M:%f', 'now', '+5 minutes')") for each in refuse_sqlite(table, rules)),
]
POSTGRESQL = [
    *append_only_postgresql(REVISION),
    *append_only_postgresql(WITHDRAWAL),
    *(each for table, rules in _rules("clock_timestamp() + interval '5 minutes'") for each in refuse_postgresql(table, rules)),
]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
