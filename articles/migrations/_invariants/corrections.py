"""Corrections are append-only."""

from __future__ import annotations

from articles.migrations._invariants._builders import append_only_postgresql, append_only_sqlite, drops

SQLITE = append_only_sqlite("articles_correction")
POSTGRESQL = append_only_postgresql("articles_correction")
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
