"""Reviews: nobody claims or signs off an own text, in any of the reviews; what was said in a comment stays said."""

from __future__ import annotations

from articles.migrations._invariants._builders import PERMIT, Rules, drops, refuse_postgresql, refuse_sqlite, same, unreplaced_sqlite
from articles.migrations._invariants.editions import APPROVED_COLUMNS, EDITION
from articles.migrations._invariants.reports import wrote

NEEDS = "articles_extrareviewrule"
CLAIM, COMMENT, EXTRA = "articles_reviewclaim", "articles_reviewcomment", "articles_extrasignoff"
FOUR_EYES = "NOT EXISTS (SELECT 1 FROM articles_approvalrule a WHERE a.code = 'alone' AND a.in_force)"
NOT_IN_REVIEW = "NOT EXISTS (SELECT 1 FROM articles_report r WHERE r.id = NEW.report_id AND r.edit_state = 'in_review')"
OF_ANOTHER_TEXT = " AND l.content_hash <> NEW.content_hash"

CLAIM_RULES: Rules = {
    f"{name}{suffix}": (event, condition, sentence)
    for suffix, event in (("_new", "INSERT"), ("", "UPDATE"))
    for name, condition, sentence in (
        ("claimed_report_is_in_review", NOT_IN_REVIEW, "only a report in review is claimed"),
        ("writer_does_not_claim", f"{FOUR_EYES} AND ({wrote()})", "who wrote it or is credited does not claim its review"),
    )
}
COMMENT_RULES: Rules = {
    "comment_stands_on_its_report": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_revision v WHERE v.id = NEW.revision_id AND v.report_id = NEW.report_id)"
        " OR (NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles_reviewcomment p"
        " WHERE p.id = NEW.parent_id AND p.report_id = NEW.report_id AND p.parent_id IS NULL))",
        "a comment is on a revision of its report, and a reply is to a comment on it",
    ),
    "comment_keeps_its_words": (
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.report_id <> OLD.report_id OR NEW.revision_id <> OLD.revision_id OR NEW.person_id <> OLD.person_id"
        " OR NEW.text <> OLD.text OR NEW.at <> OLD.at OR NEW.field <> OLD.field OR NEW.quoted <> OLD.quoted"
        " OR COALESCE(NEW.parent_id, 0) <> COALESCE(OLD.parent_id, 0)",
        "a comment is resolved, never rewritten",
    ),
    "comment_stays": ("DELETE", f"NOT {PERMIT}", "a comment is resolved, never deleted"),
}
EXTRA_RULES: Rules = {
    "extra_sign_off_names_what_stands": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_revision v JOIN articles_report r ON r.id = v.report_id"
        " WHERE v.id = NEW.revision_id AND v.report_id = NEW.report_id AND v.content_hash = NEW.content_hash"
        " AND r.content_hash = NEW.content_hash AND r.edit_state IN ('in_review', 'approved'))",
        "an extra sign-off names the text of a report in review or approved",
    ),
    "extra_sign_off_rule_in_force": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_approvalrule a WHERE a.code = NEW.rule_id AND a.in_force)",
        "this rule of approval is not in force",
    ),
    "writer_does_not_sign_off": (
        "INSERT",
        f"NEW.rule_id = 'four eyes' AND ({wrote(OF_ANOTHER_TEXT)})",
        "who wrote it or is credited does not sign it off",
    ),
    "extra_sign_off_only_voided": (
        "UPDATE",
        "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR OLD.id <> NEW.id OR OLD.report_id <> NEW.report_id OR OLD.review <> NEW.review"
        " OR OLD.person_id <> NEW.person_id OR OLD.content_hash <> NEW.content_hash OR OLD.rule_id <> NEW.rule_id OR OLD.at <> NEW.at"
        " OR OLD.revision_id <> NEW.revision_id",
        "an extra sign-off is never changed, only voided",
    ),
    "extra_sign_off_of_an_edition_stands": (
        "UPDATE",
        "NEW.voided_at IS NOT NULL AND EXISTS (SELECT 1 FROM articles_report r JOIN articles_edition e ON e.uuid = r.uuid"
        " WHERE r.id = NEW.report_id AND e.content_hash = NEW.content_hash)",
        "an extra sign-off is not voided while its edition is live",
    ),
    "extra_sign_off_stays": ("DELETE", "TRUE", "an extra sign-off is never deleted"),
}
UNREVIEWED = (
    "EXISTS (SELECT 1 FROM articles_extrareviewrule u JOIN articles_report r ON r.uuid = NEW.uuid WHERE u.kind = NEW.kind"
    " AND (u.demanded = 'always' OR (u.demanded IN ('severity', 'either') AND r.severity = 'high')"
    " OR (u.demanded IN ('allegation', 'either') AND r.makes_allegation)"
    " OR (u.demanded = 'both' AND r.severity = 'high' AND r.makes_allegation))"
    " AND NOT EXISTS (SELECT 1 FROM articles_extrasignoff x WHERE x.report_id = r.id AND x.review = u.review"
    " AND x.content_hash = NEW.content_hash AND x.voided_at IS NULL))"
)
EDITION_RULES: Rules = {
    f"edition_has_its_extra_reviews{suffix}": (event, UNREVIEWED, "an edition has the legal and safety reviews that its report asks for")
    for suffix, event in (("_new", "INSERT"), ("", APPROVED_COLUMNS))
}
RULES = ((CLAIM, CLAIM_RULES), (COMMENT, COMMENT_RULES), (EXTRA, EXTRA_RULES), (EDITION, EDITION_RULES))

SQLITE = [
    *unreplaced_sqlite(CLAIM, same("id"), same("report_id")),
    *unreplaced_sqlite(COMMENT, same("id")),
    *unreplaced_sqlite(EXTRA, same("id"), same("report_id", "review", "content_hash", when="{row}.voided_at IS NULL")),
    *(each for table, rules in RULES for each in refuse_sqlite(table, rules)),
]
POSTGRESQL = [each for table, rules in RULES for each in refuse_postgresql(table, rules)]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
