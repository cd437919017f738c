"""What people vouched for is append-only: another answer is another row."""

from __future__ import annotations

from articles.migrations._invariants._builders import append_only_postgresql, append_only_sqlite, drops, same

ASSURANCE = "articles_assurance"
SQLITE = append_only_sqlite(ASSURANCE, same("id"))
POSTGRESQL = append_only_postgresql(ASSURANCE)
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
