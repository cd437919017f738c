"""What was done with an inquiry is append-only; it goes with the inquiry, under a permit."""

from __future__ import annotations

from articles.migrations._invariants._builders import append_only_postgresql, append_only_sqlite, drops, same

SQLITE = append_only_sqlite("articles_inquiryevent", same("id"))
POSTGRESQL = append_only_postgresql("articles_inquiryevent")
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
