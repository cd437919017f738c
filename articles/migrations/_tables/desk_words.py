"""The desk's search index: words without positions and facts of the report's row. No public page may read it."""

from __future__ import annotations

MARK = "\ue000"
"""Begins the mark of a fact or a tag: a character that no text's words have (private use area)."""


def _fact(name: str, column: str) -> str:
    return f"'{MARK}{name}' || replace(replace(replace(lower({column}), '_', ''), '-', ''), ' ', '')"


def facts(row: str) -> str:
    """The SQL of a report's facts, joined by spaces; the same on both databases."""
    parts = [
        f"'{MARK}c' || {row}.created_by_id",
        _fact("l", f"{row}.language"),
        _fact("e", f"{row}.edit_state"),
        _fact("p", f"{row}.public_state"),
        _fact("k", f"{row}.kind"),
    ]
    return " || ' ' || ".join(parts) + f" || CASE WHEN {row}.assigned_to_id IS NULL THEN '' ELSE ' {MARK}a' || {row}.assigned_to_id END"


FACTS = facts("r")

SQLITE = ["CREATE VIRTUAL TABLE articles_deskwords USING fts5(words, facts, detail=none, tokenize='ascii')"]
SQLITE_DROP = ["DROP TABLE IF EXISTS articles_deskwords"]
POSTGRESQL = [
    "CREATE TABLE articles_deskwords (report_id bigint PRIMARY KEY, words tsvector NOT NULL, facts text[] NOT NULL)",
    "ALTER TABLE articles_deskwords ALTER COLUMN words SET STORAGE MAIN",  # kept elsewhere it makes reading all of it look cheap
    "CREATE INDEX articles_deskwords_words ON articles_deskwords USING gin (words, facts)",
]
POSTGRESQL_DROP = ["DROP TABLE IF EXISTS articles_deskwords"]
