"""Regions form a tree whose paths say so; short names in addresses have one shape; a merged tag leads to one that stands."""

from __future__ import annotations

from collections.abc import Callable

from articles.migrations._invariants._builders import Rules, drops, refuse_postgresql, refuse_sqlite

REGION, TAG, BYLINE = "articles_region", "articles_tag", "articles_byline"
KINDS = ("world", "region", "subregion", "intermediate", "country", "territory", "admin1")
WIDTHS = (0, 1, 2, 3, 4, 4, 5)


def _rank(kind: str) -> str:
    return "CASE " + kind + "".join(f" WHEN '{name}' THEN {width}" for name, width in zip(KINDS, WIDTHS, strict=True)) + " ELSE 9 END"


def _sqlite_slug(slug: str) -> str:
    return (
        f"({slug} = '' OR {slug} GLOB '*[^a-z0-9-]*' OR {slug} GLOB '-*' OR {slug} GLOB '*-' OR {slug} GLOB '*--*' OR length({slug}) > 80)"
    )


def _postgresql_slug(slug: str) -> str:
    return f"({slug} !~ '^[a-z0-9]+(-[a-z0-9]+)*$' OR length({slug}) > 80)"


PATH = f"NEW.path <> COALESCE((SELECT p.path FROM {REGION} p WHERE p.id = NEW.parent_id), '/') || NEW.slug || '/'"
ABOVE = f"EXISTS (SELECT 1 FROM {REGION} p WHERE p.id = NEW.parent_id AND {_rank('p.kind')} >= {_rank('NEW.kind')})"
BELOW = f"EXISTS (SELECT 1 FROM {REGION} c WHERE c.parent_id = NEW.id AND {_rank('c.kind')} <= {_rank('NEW.kind')})"
REGION_RULES: Rules = {
    "region_path_is_its_lineage_new": ("INSERT", PATH, "the path of a region is that of its parent and its slug"),
    "region_path_is_its_lineage": ("UPDATE", PATH, "the path of a region is that of its parent and its slug"),
    "region_lies_in_a_wider_one_new": ("INSERT", ABOVE, "a region lies in one of a wider kind"),
    "region_lies_in_a_wider_one": ("UPDATE", f"{ABOVE} OR {BELOW}", "a region lies in one of a wider kind"),
    "region_keeps_its_slug": ("UPDATE", "NEW.slug <> OLD.slug", "a region keeps its address"),
}
MERGED = (
    f"NEW.merged_into_id IS NOT NULL AND EXISTS (SELECT 1 FROM {TAG} t WHERE t.id = NEW.merged_into_id AND t.merged_into_id IS NOT NULL)"
)
TAG_RULES: Rules = {
    "tag_merged_into_one_that_stands_new": ("INSERT", MERGED, "a tag is merged into one that is not merged itself"),
    "tag_merged_into_one_that_stands": ("UPDATE", MERGED, "a tag is merged into one that is not merged itself"),
}


def _shapes(misshapen: Callable[[str], str]) -> dict[str, Rules]:
    sentence = "a slug is of a-z, figures and single hyphens, at most 80"
    return {
        table: {
            f"{table}_slug_new": ("INSERT", misshapen("NEW.slug"), sentence),
            f"{table}_slug": ("UPDATE", misshapen("NEW.slug"), sentence),
        }
        for table in (REGION, TAG, BYLINE)
    }


def _all(misshapen: Callable[[str], str]) -> list[tuple[str, Rules]]:
    return [(REGION, REGION_RULES), (TAG, TAG_RULES), *_shapes(misshapen).items()]


SQLITE = [each for table, rules in _all(_sqlite_slug) for each in refuse_sqlite(table, rules)]
POSTGRESQL = [each for table, rules in _all(_postgresql_slug) for each in refuse_postgresql(table, rules)]
SQLITE_DROP, POSTGRESQL_DROP = drops(SQLITE), drops(POSTGRESQL)
