"""People are deactivated, never deleted; the code by which the audit knows them stays, and no person becomes a machine."""

from __future__ import annotations

from articles.migrations._invariants._builders import Rules, drops, refuse_postgresql, refuse_sqlite, same, unreplaced_sqlite

USER = "articles_user"
RULES: Rules = {
    "person_stays": ("DELETE", "TRUE", "an account is deactivated, never deleted"),
    "person_keeps_the_code": (
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.is_machine <> OLD.is_machine",
        "an account keeps its code, and stays a person or a machine",
    ),
}

SQLITE = [*refuse_sqlite(USER, RULES), *unreplaced_sqlite(USER, same("id"), same("username"), same("code"))]
POSTGRESQL = refuse_postgresql(USER, RULES)
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
