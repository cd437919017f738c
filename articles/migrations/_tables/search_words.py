"""The search since stems: FTS5 and tsvector with marks beside the words, and the vocabulary from which a mistyped word is guessed.

SQLite and PostgreSQL hold the same tokens (`articles.search.terms`). Only PostgreSQL needs a function: its planner guesses a word's frequency
badly, and would walk the table, reading a vector for each row, where the index answers at once.
"""

from __future__ import annotations

VOCABULARY = (
    "CREATE TABLE articles_searchword (language varchar(16) NOT NULL, word varchar(40) {collate} NOT NULL,"
    " backwards varchar(40) {collate} NOT NULL, skeleton varchar(40) {collate} NOT NULL,"
    " reports integer NOT NULL CHECK (reports > 0), PRIMARY KEY (language, word)){ending}"
)
INDEXES = [
    "CREATE INDEX articles_searchword_backwards ON articles_searchword (language, backwards)",
    "CREATE INDEX articles_searchword_skeleton ON articles_searchword (language, skeleton)",
]
MATCHES = """
CREATE FUNCTION articles_searchmatches(query tsquery, low bigint, high bigint, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
BEGIN
  RETURN QUERY SELECT id FROM articles_searchentry WHERE vector @@ query AND id BETWEEN low AND high ORDER BY id DESC LIMIT most;
END $$
"""

PHRASES = """
CREATE FUNCTION articles_searchphrases(query tsquery, loose tsquery, low bigint, high bigint, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
  RETURN QUERY SELECT c.id FROM
    (SELECT id, ctid AS place FROM articles_searchentry WHERE vector @@ loose AND id BETWEEN low AND high ORDER BY id DESC OFFSET 0) c
    WHERE (SELECT e.vector @@ query FROM articles_searchentry e WHERE e.ctid = c.place) ORDER BY c.id DESC LIMIT most;
END $$
"""
"""The index knows no places: which words stand beside each other is read from each row's vector, the newest first, until there are enough. `loose` is the
question without the order of words, which the index answers alone."""

SQLITE = [
    "DROP TABLE articles_searchwords",
    "CREATE VIRTUAL TABLE articles_searchwords USING fts5(headline, standfirst, body, place, marks, tokenize='ascii')",
    VOCABULARY.format(collate="", ending=" WITHOUT ROWID"),
    *INDEXES,
]
SQLITE_DROP = [
    "DROP TABLE articles_searchword",
    "DROP TABLE articles_searchwords",
    "CREATE VIRTUAL TABLE articles_searchwords USING fts5(headline, standfirst, body, facts,"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")",
]
POSTGRESQL = [
    "UPDATE articles_searchentry SET vector = ''",
    "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE EXTENDED",
    "ALTER TABLE articles_searchentry SET (toast_tuple_target = 256)",  # rows stay narrow: a common word's matches are all looked at
    VOCABULARY.format(collate='COLLATE "C"', ending=""),
    *INDEXES,
    MATCHES,
]
POSTGRESQL_DROP = [
    "DROP FUNCTION articles_searchmatches",
    "DROP TABLE articles_searchword",
    "ALTER TABLE articles_searchentry RESET (toast_tuple_target)",
    "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE MAIN",
]
