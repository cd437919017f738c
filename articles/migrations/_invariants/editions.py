"""Editions: what readers get is what was approved and published; an address belongs to its report for ever; published versions and corrections stay."""

from __future__ import annotations

from dataclasses import dataclass

from articles.migrations._invariants._builders import (
    Rules,
    append_only_postgresql,
    append_only_sqlite,
    drops,
    refuse_postgresql,
    refuse_sqlite,
    same,
    unreplaced_sqlite,
)

EDITION, ADDRESS = "articles_edition", "articles_address"
VERSION, CORRECTION = "articles_editionversion", "articles_editioncorrection"

TEXTS = ("language", "kind", "headline", "slug", "standfirst", "body", "byline_mode")
NESTED = {
    "dateline_mode": ("dateline", "mode"),
    "dateline_place": ("dateline", "place"),
    "dateline_source": ("dateline", "source"),
    "dateline_region_id": ("dateline", "region", "id"),
    "event_precision": ("event", "precision"),
    "contact_id": ("contact", "id"),
    "call_to_action": ("call_to_action", "text"),
    "call_to_action_link": ("call_to_action", "link"),
}
DATES = {"dateline_on": ("dateline", "on"), "event_on": ("event", "on")}
DERIVED = ("content_hash", "uuid", "path", "listed", "published_at", "translation_group")
APPROVED_COLUMNS = f"UPDATE OF {', '.join((*TEXTS, *NESTED, *DATES, *DERIVED))}"

APPROVAL = (
    "articles_report r JOIN articles_signoff s ON s.report_id = r.id AND s.part = 'approved' AND s.voided_at IS NULL"
    " JOIN articles_revision a ON a.id = s.revision_id AND a.content_hash = s.content_hash"
)
"""A report `r`, its standing approval `s`, and the revision `a` that was approved."""

PUBLISHED = (
    "v.report_id = r.id AND v.kind = 'publish'"
    " AND NOT EXISTS (SELECT 1 FROM articles_revision n WHERE n.report_id = r.id AND n.kind = 'publish' AND n.number > v.number)"
    " AND NOT EXISTS (SELECT 1 FROM articles_withdrawal w WHERE w.revision_id = v.id)"
)
"""That `v` is the newest published revision of `r`, and was not withdrawn."""


@dataclass(frozen=True)
class _Dialect:
    """How a database reads the public part of the approved revision `a`."""

    text: str  # a text at a path of names
    element: str  # a column of the element of a list whose place in it is NEW's order
    is_same: str
    number: str  # a column of NEW as the text functions give it
    day: str
    soon: str
    own_regions: str  # rows `o.id` of the regions of the report
    files: str  # rows `f.file` of the renditions of NEW
    separator: str

    def column(self, name: str, path: tuple[str, ...], *, as_: str = "{}") -> str:
        return self.is_same.format(self.text.format(self.separator.join(path)), as_.format(f"NEW.{name}"))

    def row(self, part: str, name: str, key: str = "", *, as_: str = "{}") -> str:
        return self.is_same.format(self.element.format(part=part, key=key or name), as_.format(f"NEW.{name}"))


SQLITE_DIALECT = _Dialect(
    text="json_extract(a.content, '$.public.{}')",
    element="json_extract(a.content, '$.public.{part}[' || NEW.\"order\" || '].{key}')",
    is_same="{} IS {}",
    number="{}",
    day="{}",
    soon="strftime('%Y-%m-%d %H:%M:%f', 'now', '+5 minutes')",
    own_regions="(SELECT json_extract(j.value, '$.id') AS id FROM json_each(a.content, '$.public.regions') j) o",
    files="(SELECT json_extract(j.value, '$.file') AS file FROM json_each(NEW.renditions) j) f",
    separator=".",
)
POSTGRESQL_DIALECT = _Dialect(
    text="a.content #>> '{{public,{}}}'",
    element="a.content #>> ARRAY['public', '{part}', NEW.\"order\"::text, '{key}']",
    is_same="{} IS NOT DISTINCT FROM {}",
    number="({})::text",
    day="to_char({}, 'YYYY-MM-DD')",
    soon="clock_timestamp() + interval '5 minutes'",
    own_regions="(SELECT (j ->> 'id')::bigint AS id FROM jsonb_array_elements(a.content #> '{public,regions}') j) o",
    files="(SELECT j ->> 'file' AS file FROM jsonb_array_elements(NEW.renditions) j) f",
    separator=",",
)


def _edition_rules(of: _Dialect) -> Rules:
    as_number = {"dateline_region_id", "contact_id"}
    equal = [
        *(of.column(name, (name,)) for name in TEXTS),
        *(of.column(name, path, as_=of.number if name in as_number else "{}") for name, path in NESTED.items()),
        *(of.column(name, path, as_=of.day) for name, path in DATES.items()),
    ]
    unapproved = (
        f"NOT EXISTS (SELECT 1 FROM {APPROVAL} WHERE r.uuid = NEW.uuid AND s.content_hash = NEW.content_hash AND {' AND '.join(equal)})"
    )
    unpublished = (
        f"NOT EXISTS (SELECT 1 FROM articles_report r JOIN articles_revision v ON {PUBLISHED}"
        " WHERE r.uuid = NEW.uuid AND v.content_hash = NEW.content_hash)"
    )
    misplaced = (
        "NEW.listed <> (NEW.kind NOT IN ('page', 'profile')) OR NEW.path NOT LIKE '%/' || NEW.slug || '/'"
        f" OR NEW.published_at > {of.soon} OR NOT EXISTS (SELECT 1 FROM articles_report r WHERE r.uuid = NEW.uuid"
        " AND r.translation_group = NEW.translation_group AND (r.published_at IS NULL OR r.published_at = NEW.published_at))"
        f" OR EXISTS (SELECT 1 FROM {ADDRESS} d WHERE d.path = NEW.path AND d.report_uuid <> NEW.uuid)"
    )
    rules = {
        "edition_is_approved": (unapproved, "an edition shows what an approving sign-off covers"),
        "edition_is_published": (unpublished, "an edition is of the newest published revision, which was not withdrawn"),
        "edition_stands_at_its_place": (misplaced, "an edition stands at an address of its report, under the day of its first publication"),
    }
    return {
        **{f"{name}_new": ("INSERT", condition, sentence) for name, (condition, sentence) in rules.items()},
        **{name: (APPROVED_COLUMNS, condition, sentence) for name, (condition, sentence) in rules.items()},
        "published_edition_stays": (
            "DELETE",
            f"EXISTS (SELECT 1 FROM articles_report r JOIN articles_revision v ON {PUBLISHED} WHERE r.uuid = OLD.uuid)",
            "the edition of a live report goes only with its withdrawal",
        ),
    }


def _part_rules(of: _Dialect) -> dict[str, Rules]:
    """The rows beside an edition: each is one that was approved, and stays while its edition is the published one."""
    in_lists = "e.language = NEW.language AND e.published_at = NEW.published_at AND e.uuid = NEW.uuid"
    own = f"{of.row('regions', 'region_id', 'id', as_=of.number)} AND {of.row('regions', 'is_primary', 'primary', as_=of.number)}"
    within = (
        f"EXISTS (SELECT 1 FROM {of.own_regions} JOIN articles_region i ON i.id = o.id JOIN articles_region w ON w.id = NEW.region_id"
        " WHERE i.id <> w.id AND substr(i.path, 1, length(w.path)) = w.path)"
    )
    cited = ["kind", "title", "publisher", "address", "published_precision", "page", "archive_address"]
    clean = (
        f"NOT EXISTS (SELECT 1 FROM {of.files} WHERE NOT EXISTS (SELECT 1 FROM articles_image i"
        " JOIN articles_rendition t ON t.image_id = i.id WHERE i.content_hash = NEW.sha256 AND t.file = f.file AND t.clean))"
    )
    approved = {
        "region": f"{in_lists} AND ((NEW.is_own AND {own}) OR (NOT NEW.is_own AND NOT NEW.is_primary AND {within}))",
        "tag": f"{in_lists} AND {of.row('tags', 'tag_id', 'id', as_=of.number)}",
        "byline": f"{in_lists} AND {of.row('bylines', 'byline_id', 'id', as_=of.number)} AND {of.row('bylines', 'role')}",
        "citation": " AND ".join(
            [
                *(of.row("citations", name) for name in cited),
                *(of.row("citations", name, as_=of.day) for name in ("published_on", "accessed_on")),
            ]
        ),
        "image": " AND ".join(
            [
                of.row("pictures", "sha256", "hash"),
                *(of.row("pictures", name) for name in ("alt", "caption", "credit")),
                *(of.row("pictures", name, as_=of.number) for name in ("decorative", "lead")),
                clean,
            ]
        ),
    }
    return {
        f"articles_edition{part}": {
            **{
                f"edition_{part}_is_approved{suffix}": (
                    event,
                    f"NOT EXISTS (SELECT 1 FROM articles_edition e, {APPROVAL}"
                    f" WHERE e.uuid = NEW.edition_id AND r.uuid = e.uuid AND s.content_hash = e.content_hash AND {condition})",
                    f"the {part} of an edition is one that an approving sign-off covers",
                )
                for suffix, event in (("_new", "INSERT"), ("", "UPDATE"))
            },
            f"edition_{part}_stays": (
                "DELETE",
                f"EXISTS (SELECT 1 FROM articles_edition e JOIN articles_report r ON r.uuid = e.uuid JOIN articles_revision v ON {PUBLISHED}"
                " WHERE e.uuid = OLD.edition_id AND v.content_hash = e.content_hash)",
                f"the {part} of an edition goes only with an update or the withdrawal",
            ),
        }
        for part, condition in approved.items()
    }


MISLED = (
    "NEW.answer = 'moved' AND NOT EXISTS (SELECT 1 FROM articles_address d WHERE d.path = NEW.\"to\" AND d.report_uuid = NEW.report_uuid)"
)
ADDRESS_RULES: Rules = {
    "address_keeps_its_report": (
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.path <> OLD.path OR NEW.report_uuid <> OLD.report_uuid",
        "an address belongs to its report for ever",
    ),
    "address_moves_within_its_report_new": ("INSERT", MISLED, "an address moves to another of the same report"),
    "address_moves_within_its_report": ("UPDATE", MISLED, "an address moves to another of the same report"),
    "address_stays": ("DELETE", "NOT EXISTS (SELECT 1 FROM articles_purgepermit)", "an address that was public is never given up"),
}
VERSION_RULES: Rules = {
    "edition_version_was_public": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_edition e WHERE e.uuid = NEW.report_uuid AND e.content_hash = NEW.content_hash"
        " AND e.headline = NEW.headline AND e.standfirst = NEW.standfirst AND e.body = NEW.body)",
        "a version is the text of an edition",
    ),
}
CORRECTION_RULES: Rules = {
    "edition_correction_was_decided": (
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM articles_correction c JOIN articles_report r ON r.id = c.report_id WHERE c.uuid = NEW.uuid"
        " AND r.uuid = NEW.report_uuid AND r.language = NEW.language AND c.kind = NEW.kind AND c.text = NEW.text"
        " AND c.position = NEW.position AND c.published_at = NEW.published_at AND (NEW.supersedes IS NULL AND c.supersedes_id IS NULL"
        " OR NEW.supersedes = (SELECT s.uuid FROM articles_correction s WHERE s.id = c.supersedes_id)))",
        "a correction that readers see is one that the desk decided",
    ),
}


def _rules(of: _Dialect) -> dict[str, Rules]:
    return {
        EDITION: _edition_rules(of),
        **_part_rules(of),
        ADDRESS: ADDRESS_RULES,
        VERSION: VERSION_RULES,
        CORRECTION: CORRECTION_RULES,
    }


SQLITE = [
    *append_only_sqlite(VERSION, same("id"), same("report_uuid", "number")),
    *append_only_sqlite(CORRECTION, same("uuid")),
    *unreplaced_sqlite(EDITION, same("uuid"), same("path")),
    *unreplaced_sqlite(ADDRESS, same("id"), same("path")),
    *(each for table, rules in _rules(SQLITE_DIALECT).items() for each in refuse_sqlite(table, rules)),
]
POSTGRESQL = [
    *append_only_postgresql(VERSION),
    *append_only_postgresql(CORRECTION),
    *(each for table, rules in _rules(POSTGRESQL_DIALECT).items() for each in refuse_postgresql(table, rules)),
]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
