"""The demo's front pages and what is pinned: shaped by its editor, as a newsroom would."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from articles.editions.addresses import inquiry_path
from articles.editions.blocks import Shape
from articles.people.models import User
from articles.reports.models import Report
from articles.taxonomy.models import Region, Tag
from articles.workflow.shaping import page_for, shape

FRONTS: dict[str, list[dict[str, Any]]] = {
    "en": [
        {"kind": "lead", "reports": ["01-valley"]},
        {"kind": "picks", "heading": "Read slowly", "reports": ["05-interview", "18-well"]},
        {"kind": "action", "heading": "You know something?", "text": "What you write to our press desk is sealed before anything stores it. No account is needed, and no script.", "label": "Write to us"},
        {"kind": "region", "region": "africa", "how_many": 3},
        {"kind": "tag", "tag": "law", "heading": "In court", "how_many": 2},
        {"kind": "latest", "heading": "Day by day", "how_many": 6},
    ],
    "ar": [
        {"kind": "lead", "reports": []},
        {"kind": "picks", "heading": "للقراءة على مهل", "reports": ["05-interview", "08-explainer"]},
        {"kind": "region", "region": "africa", "how_many": 2},
        {"kind": "action", "heading": "هل تعرف شيئًا؟", "text": "ما تكتبه إلى مكتب الصحافة يُختم قبل أن يُخزَّن. لا حاجة إلى حساب ولا إلى برنامج.", "label": "اكتب إلينا"},
        {"kind": "latest", "heading": "يومًا بعد يوم", "how_many": 5},
    ],
}  # fmt: skip
PINNED = {"en": ("Begin here", ["10-boats"]), "ar": ("ابدأ من هنا", ["18-well"])}
PINNED_TAG = "displacement"


def shape_pages(texts: Path, *, by: User) -> None:
    """Puts the blocks on the front pages, and pins a report to a topic."""
    for language, blocks in FRONTS.items():
        shape(page_for(language), [_shape(block, language, texts) for block in blocks], by=by, version=0)
    tag = Tag.objects.get(slug=PINNED_TAG)
    for language, (heading, names) in PINNED.items():
        if chosen := _uuids(names, language, texts):
            shape(page_for(language, tag=tag), [Shape("picks", heading=heading, chosen=chosen)], by=by, version=0)


def _shape(block: dict[str, Any], language: str, texts: Path) -> Shape:
    return Shape(
        kind=block["kind"],
        heading=block.get("heading", ""),
        how_many=block.get("how_many", 5),
        region=Region.objects.get(slug=block["region"]).pk if "region" in block else None,
        tag=Tag.objects.get(slug=block["tag"]).pk if "tag" in block else None,
        text=block.get("text", ""),
        link=inquiry_path(language) if block["kind"] == "action" else "",
        label=block.get("label", ""),
        chosen=_uuids(block.get("reports", ()), language, texts),
    )


def _uuids(names: Any, language: str, texts: Path) -> tuple[Any, ...]:
    """The uuids of reports by the files that their texts stand in; one that has no text in the language is left out."""
    headlines = [tomllib.loads((texts / f"{name}.toml").read_text(encoding="utf-8")).get(language, {}).get("headline") for name in names]
    found = dict(
        Report.objects.filter(language=language, headline__in=[each for each in headlines if each]).values_list("headline", "uuid")
    )
    return tuple(found[each] for each in headlines if each in found)
