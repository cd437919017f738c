"""Editions: what readers get is what was approved; an address belongs to its report for ever; published versions and corrections stay."""

from __future__ import annotations

from articles.migrations._invariants._builders import append_only_postgresql, append_only_sqlite, drops, refuse_postgresql, refuse_sqlite

EDITION, ADDRESS = "articles_edition", "articles_address"
COLUMNS = ("language", "kind", "headline", "slug", "standfirst", "body", "byline_mode")


def _unapproved(text_of: str) -> str:
    """The condition under which no standing approval covers the row; `text_of` reads a top-level text of a revision's public part."""
    same = " AND ".join(f"{text_of.format(name)} = NEW.{name}" for name in COLUMNS)
    return (
        "NOT EXISTS (SELECT 1 FROM articles_signoff s JOIN articles_report r ON r.id = s.report_id JOIN articles_revision v ON v.id = s.revision_id"
        " WHERE r.uuid = NEW.uuid AND s.part = 'approved' AND s.voided_at IS NULL AND s.content_hash = NEW.content_hash"
        f" AND v.content_hash = NEW.content_hash AND {same})"
    )


def _rules(text_of: str) -> dict[str, tuple[str, str, str]]:
    approved = ", ".join((*COLUMNS, "content_hash", "uuid"))
    sentence = "an edition shows what an approving sign-off covers"
    return {
        "edition_is_approved_new": ("INSERT", _unapproved(text_of), sentence),
        "edition_is_approved": (f"UPDATE OF {approved}", _unapproved(text_of), sentence),
        "live_edition_stays": (
            "DELETE",
            "EXISTS (SELECT 1 FROM articles_report r WHERE r.uuid = OLD.uuid AND r.public_state = 'live')",
            "the edition of a live report goes only with its withdrawal",
        ),
    }


ADDRESS_RULES = {
    "address_keeps_its_report": (
        "UPDATE",
        "NEW.path <> OLD.path OR NEW.report_uuid <> OLD.report_uuid",
        "an address belongs to its report for ever",
    ),
    "address_stays": ("DELETE", "NOT EXISTS (SELECT 1 FROM articles_purgepermit)", "an address that was public is never given up"),
}
APPEND_ONLY = ("articles_editionversion", "articles_editioncorrection")

SQLITE = [
    *refuse_sqlite(EDITION, _rules("json_extract(v.content, '$.public.{}')")),
    *refuse_sqlite(ADDRESS, ADDRESS_RULES),
    *(each for table in APPEND_ONLY for each in append_only_sqlite(table)),
]
POSTGRESQL = [
    *refuse_postgresql(EDITION, _rules("v.content #>> '{{public,{}}}'")),
    *refuse_postgresql(ADDRESS, ADDRESS_RULES),
    *(each for table in APPEND_ONLY for each in append_only_postgresql(table)),
]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
