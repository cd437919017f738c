"""The sitemap's rows follow the editions on every road; a part takes 2,500 of them, so that no sitemap outgrows 50,000 addresses."""

from __future__ import annotations

NEEDS = "articles_sitemapentry"
PART = 2500
COLUMNS = "(edition_id, path, language, translation_group, updated_at, part)"
VALUES = (
    "(NEW.uuid, NEW.path, NEW.language, NEW.translation_group, NEW.updated_at,"
    f" (SELECT COALESCE(MAX(id), 0) FROM articles_sitemapentry) / {PART})"
)
COMES = f"INSERT INTO articles_sitemapentry {COLUMNS} VALUES {VALUES};"
CHANGES = (
    "UPDATE articles_sitemapentry SET path = NEW.path, language = NEW.language, translation_group = NEW.translation_group,"
    " updated_at = NEW.updated_at WHERE edition_id = NEW.uuid;"
)
CHANGED = "UPDATE OF path, language, translation_group, updated_at ON articles_edition FOR EACH ROW"

SQLITE = [
    f"CREATE TRIGGER edition_comes_to_sitemap AFTER INSERT ON articles_edition FOR EACH ROW BEGIN {COMES} END",
    f"CREATE TRIGGER edition_changes_in_sitemap AFTER {CHANGED} BEGIN {CHANGES} END",
]
SQLITE_DROP = ["DROP TRIGGER IF EXISTS edition_comes_to_sitemap", "DROP TRIGGER IF EXISTS edition_changes_in_sitemap"]
POSTGRESQL = [
    f"CREATE FUNCTION edition_comes_to_sitemap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {COMES} RETURN NULL; END $$",
    "CREATE TRIGGER edition_comes_to_sitemap AFTER INSERT ON articles_edition FOR EACH ROW EXECUTE FUNCTION edition_comes_to_sitemap()",
    f"CREATE FUNCTION edition_changes_in_sitemap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {CHANGES} RETURN NULL; END $$",
    f"CREATE TRIGGER edition_changes_in_sitemap AFTER {CHANGED} EXECUTE FUNCTION edition_changes_in_sitemap()",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS edition_comes_to_sitemap ON articles_edition",
    "DROP TRIGGER IF EXISTS edition_changes_in_sitemap ON articles_edition",
    "DROP FUNCTION IF EXISTS edition_comes_to_sitemap()",
    "DROP FUNCTION IF EXISTS edition_changes_in_sitemap()",
]
