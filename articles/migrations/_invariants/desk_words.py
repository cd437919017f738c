"""The desk's search: what it knows of a report's state follows the report's row on every road, and goes with it."""

from __future__ import annotations

from articles.migrations._tables.desk_words import facts

NEEDS = "articles_deskwords"
CHANGED = "UPDATE OF edit_state, public_state, kind, language, assigned_to_id, created_by_id ON articles_report FOR EACH ROW"

SQLITE = [
    f"CREATE TRIGGER report_facts_follow AFTER {CHANGED} BEGIN"
    f" UPDATE articles_deskwords SET facts = {facts('NEW')} WHERE rowid = NEW.id AND facts <> {facts('NEW')}; END",
    "CREATE TRIGGER report_words_go AFTER DELETE ON articles_report FOR EACH ROW BEGIN"
    " DELETE FROM articles_deskwords WHERE rowid = OLD.id; END",
]
SQLITE_DROP = ["DROP TRIGGER IF EXISTS report_facts_follow", "DROP TRIGGER IF EXISTS report_words_go"]
POSTGRESQL = [
    "CREATE FUNCTION report_facts_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" UPDATE articles_deskwords SET facts = string_to_array({facts('NEW')}, ' ')"
    f" WHERE report_id = NEW.id AND facts <> string_to_array({facts('NEW')}, ' '); RETURN NULL; END $$",
    f"CREATE TRIGGER report_facts_follow AFTER {CHANGED} EXECUTE FUNCTION report_facts_follow()",
    "CREATE FUNCTION report_words_go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " DELETE FROM articles_deskwords WHERE report_id = OLD.id; RETURN NULL; END $$",
    "CREATE TRIGGER report_words_go AFTER DELETE ON articles_report FOR EACH ROW EXECUTE FUNCTION report_words_go()",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS report_facts_follow ON articles_report",
    "DROP TRIGGER IF EXISTS report_words_go ON articles_report",
    "DROP FUNCTION IF EXISTS report_facts_follow()",
    "DROP FUNCTION IF EXISTS report_words_go()",
]
