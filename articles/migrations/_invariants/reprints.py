"""What is handed on for print is the clean file of a picture whose rights allow it."""

from __future__ import annotations

from articles.migrations._invariants._builders import Rules, drops, refuse_postgresql, refuse_sqlite

NEEDS = "articles_editionimage.reprint"
TABLE = "articles_editionimage"
UNCLEAN = (
    "NEW.reprint IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles_image i JOIN articles_rendition t ON t.image_id = i.id"
    " WHERE i.content_hash = NEW.sha256 AND i.reprintable AND t.name = 'print' AND t.clean AND t.file = NEW.reprint ->> 'file')"
)
RULES: Rules = {
    "edition_image_may_be_reprinted_new": ("INSERT", UNCLEAN, "only a picture that may be printed by others has a file for it"),
    "edition_image_may_be_reprinted": ("UPDATE", UNCLEAN, "only a picture that may be printed by others has a file for it"),
}

SQLITE = refuse_sqlite(TABLE, RULES)
POSTGRESQL = refuse_postgresql(TABLE, RULES)
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
