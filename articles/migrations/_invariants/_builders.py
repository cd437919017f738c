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
    """CREATE FUNCTION and CREATE TRIGGER statements that refuse a row with a check violation (23514).

    Where a rule guards the deletion of rows, TRUNCATE is refused too.
    """
    statements = []
    for name, (event, condition, sentence) in rules.items():
        row = "OLD" if event == "DELETE" else "NEW"
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
            f" RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'; END IF; RETURN {row}; END $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    if any(event == "DELETE" for event, _condition, _sentence in rules.values()):
        statements += [
            f"CREATE FUNCTION {table}_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{table} is not emptied' USING ERRCODE = '23514'; END $$",
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncate()",
        ]
    return statements


def unreplaced_sqlite(table: str, *keys: str) -> list[str]:
    """CREATE TRIGGER statements against INSERT OR REPLACE and UPDATE OR REPLACE, which delete a row and fire no delete trigger.

    `keys` are the unique ones, each as `same(…)`. PostgreSQL has no such statement.
    """
    found = f"EXISTS (SELECT 1 FROM {table} o WHERE ({' OR '.join(f'({key})' for key in keys)})"
    sentence = f"{table} has this row already"
    return refuse_sqlite(
        table,
        {
            f"{table}_unreplaced": ("INSERT", f"{found})", sentence),
            f"{table}_unreplaced_changed": ("UPDATE", f"{found} AND o.rowid <> OLD.rowid)", sentence),
        },
    )


def same(*columns: str, when: str = "") -> str:
    """The condition that another row `o` has the same key as NEW; `when` is that of a partial key, with {row} for either."""
    equal = [f"o.{column} = NEW.{column}" for column in columns]
    return " AND ".join([*equal, *([when.format(row="o"), when.format(row="NEW")] if when else [])])


def append_only_sqlite(table: str, *keys: str, permit: bool = True) -> list[str]:
    """Rows are added, never changed or replaced; they go only while a PurgePermit row stands, or never (`permit=False`)."""
    return [*refuse_sqlite(table, _append_only(table, permit=permit)), *unreplaced_sqlite(table, *keys)]


def append_only_postgresql(table: str, permit: bool = True) -> list[str]:
    """As `append_only_sqlite`; TRUNCATE is refused too."""
    return refuse_postgresql(table, _append_only(table, permit=permit))


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
