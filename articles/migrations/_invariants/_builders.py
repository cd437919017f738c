"""How a rule becomes triggers: {name: (event, condition under which it is refused, sentence)} on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Rules = Mapping[str, tuple[str, str, str]]
PERMIT = "EXISTS (SELECT 1 FROM articles_purgepermit)"


def refuse_sqlite(table: str, rules: Rules) -> list[str]:
    """CREATE TRIGGER statements that refuse a row by RAISE(ABORT), which Django reports as IntegrityError."""
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        for name, (event, condition, sentence) in rules.items()
    ]


def refuse_postgresql(table: str, rules: Rules) -> list[str]:
    """CREATE FUNCTION and CREATE TRIGGER statements that refuse a row with a check violation (23514)."""
    statements = []
    for name, (event, condition, sentence) in rules.items():
        row = "OLD" if event == "DELETE" else "NEW"
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'; END IF; RETURN {row}; END $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return statements


def append_only_sqlite(table: str, permit: bool = True) -> list[str]:
    """Rows are added, never changed; they go only while a PurgePermit row stands, or never (`permit=False`)."""
    return refuse_sqlite(table, _append_only(table, permit=permit))


def append_only_postgresql(table: str, permit: bool = True) -> list[str]:
    """As `append_only_sqlite`; TRUNCATE is refused too."""
    return [
        *refuse_postgresql(table, _append_only(table, permit=permit)),
        f"CREATE FUNCTION {table}_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23514'; END $$",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncate()",
    ]


def drops(statements: Iterable[str]) -> list[str]:
    """The DROP statements that undo CREATE TRIGGER and CREATE FUNCTION statements, triggers first."""
    triggers, functions = [], []
    for statement in statements:
        if found := re.match(r"CREATE TRIGGER (\w+) BEFORE .*? ON (\w+) FOR EACH", statement):
            name, table = found.groups()
            triggers.append(
                f"DROP TRIGGER IF EXISTS {name}" + ("" if "WHEN" in statement and "RAISE(ABORT" in statement else f" ON {table}")
            )
        elif found := re.match(r"CREATE FUNCTION (\w+)\(\)", statement):
            functions.append(f"DROP FUNCTION IF EXISTS {found.group(1)}()")
    return triggers + functions


def _append_only(table: str, *, permit: bool) -> Rules:
    return {
        f"{table}_unchanged": ("UPDATE", "TRUE", f"{table} is append-only"),
        f"{table}_kept": ("DELETE", f"NOT {PERMIT}" if permit else "TRUE", f"{table} is append-only"),
    }
