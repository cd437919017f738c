"""The words of the search: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL. Tokens come ready from text.analyser."""

from __future__ import annotations

SQLITE = [
    "CREATE VIRTUAL TABLE articles_searchwords USING fts5(headline, standfirst, body, facts,"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")",
]
SQLITE_DROP = ["DROP TABLE IF EXISTS articles_searchwords"]
POSTGRESQL = [
    "ALTER TABLE articles_searchentry ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
    "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE MAIN",  # kept elsewhere it makes reading all of it look cheap
    "CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)",
]
POSTGRESQL_DROP = ["ALTER TABLE articles_searchentry DROP COLUMN IF EXISTS vector"]
