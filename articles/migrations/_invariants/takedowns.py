"""Takedowns: a second person reviews, two people reinstate; without both a report that was taken down stays so."""

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

NEEDS = "articles_reinstatement"
REVIEW, REQUEST, GRANT, REPORT = "articles_takedownreview", "articles_reinstatementrequest", "articles_reinstatement", "articles_report"


def _newest(report: str) -> str:
    return f"(SELECT MAX(w.id) FROM articles_withdrawal w WHERE w.report_id = {report} AND w.kind = 'taken_down')"


REVIEW_RULES: Rules = {
    "takedown_is_reviewed_by_another": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_withdrawal w WHERE w.id = NEW.takedown_id AND w.kind = 'taken_down'"
        " AND w.person_id <> NEW.person_id)",
        "a takedown is reviewed by somebody else",
    ),
}
REQUEST_RULES: Rules = {
    "reinstatement_is_of_the_newest_takedown": (
        "INSERT",
        f"NEW.takedown_id <> COALESCE({_newest('NEW.report_id')}, 0)"
        " OR NOT EXISTS (SELECT 1 FROM articles_report r WHERE r.id = NEW.report_id AND r.public_state = 'taken_down')",
        "a report is asked back after its newest takedown",
    ),
}
GRANT_RULES: Rules = {
    "reinstatement_is_granted_by_another": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_reinstatementrequest q JOIN articles_report r ON r.id = q.report_id"
        " WHERE q.id = NEW.request_id AND q.asked_by_id <> NEW.granted_by_id AND r.public_state = 'taken_down'"
        f" AND q.takedown_id = {_newest('q.report_id')})",
        "a reinstatement is asked by one person and granted by another",
    ),
}
REPORT_RULES: Rules = {
    "taken_down_report_stays_so": (
        "UPDATE",
        "OLD.public_state = 'taken_down' AND NEW.public_state <> 'taken_down' AND NOT (NEW.public_state = 'unpublished' AND EXISTS (SELECT 1"
        " FROM articles_reinstatement g JOIN articles_reinstatementrequest q ON q.id = g.request_id"
        f" WHERE q.report_id = NEW.id AND q.asked_by_id <> g.granted_by_id AND q.takedown_id = {_newest('NEW.id')}))",
        "a report that was taken down stays so until two people reinstate it",
    ),
}
RULES = ((REVIEW, REVIEW_RULES), (REQUEST, REQUEST_RULES), (GRANT, GRANT_RULES), (REPORT, REPORT_RULES))

SQLITE = [
    *append_only_sqlite(REVIEW, same("id"), same("takedown_id"), permit=False),
    *append_only_sqlite(REQUEST, same("id"), same("takedown_id", "asked_by_id"), permit=False),
    *append_only_sqlite(GRANT, same("id"), same("request_id"), permit=False),
    *(each for table, rules in RULES for each in refuse_sqlite(table, rules)),
]
POSTGRESQL = [
    *(each for table in (REVIEW, REQUEST, GRANT) for each in append_only_postgresql(table, permit=False)),
    *(each for table, rules in RULES for each in refuse_postgresql(table, rules)),
]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
