"""The audit is append-only, without any permit."""

from __future__ import annotations

from articles.migrations._invariants._builders import append_only_postgresql, append_only_sqlite, drops

SQLITE = append_only_sqlite("articles_auditevent", permit=False)
POSTGRESQL = append_only_postgresql("articles_auditevent", permit=False)
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
