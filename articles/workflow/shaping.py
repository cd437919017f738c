"""What editors put on a page without a text of its own: the blocks of a front page, the reports pinned to a tag or region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.audit.chain import record
from articles.editions.blocks import ACTION, LEAD, PICKS, Shape
from articles.editions.shaped import MOST_BLOCKS, MOST_REPORTS, Block, BlockReport, ShapedPage
from articles.editions.words import KINDS, PLAIN_KINDS
from articles.identity.actions import OWN_PATH
from articles.people.models import User
from articles.safety.gate import scan_text
from articles.stamp.number import count_up
from articles.taxonomy.models import Region, Tag
from articles.text.sanitise import is_safe_link
from articles.workflow.permissions import check_can_shape_pages
from articles.workflow.refusals import Conflict, Reason, refuse_if

LONGEST = {"heading": 80, "text": 300, "label": 60}
LONGEST_LINK = 300
FIXED = frozenset({LEAD, PICKS})
SOMEBODY_ELSE = Reason(
    gettext_lazy("Somebody else saved this page while you were shaping it. Nothing is lost, and nothing of yours is saved yet.")
)


def page_for(language: str, *, tag: Tag | None = None, region: Region | None = None) -> ShapedPage:
    """The page as it was last saved; an unsaved one of version 0 when it never was."""
    return ShapedPage.objects.filter(language=language, tag=tag, region=region).first() or ShapedPage(
        language=language, tag=tag, region=region
    )


def shapes_of(page: ShapedPage) -> list[Shape]:
    """The blocks as they were last saved, without the names of what they are about."""
    blocks = page.blocks.prefetch_related("block_reports") if page.pk else []
    return [
        Shape(
            kind=block.kind, heading=block.heading, how_many=block.how_many, region=block.region_id, tag=block.tag_id,
            report_kind=block.report_kind, text=block.text, link=block.link, label=block.label,
            chosen=tuple(each.report_uuid for each in block.block_reports.all()),
        )
        for block in blocks
    ]  # fmt: skip


def shape(page: ShapedPage, shapes: Sequence[Shape], *, by: User, version: int) -> ShapedPage:
    """Puts these blocks in place of those there are; `version` is the one that the person began with.

    Raises Forbidden, Refused with a reason for each block (`field` is "<number> <field>"), or Conflict; then nothing is written.
    """
    check_can_shape_pages(by)
    refuse_if(reasons_against(page, shapes))
    try:
        with transaction.atomic():
            fresh = _locked(page)
            if fresh.version != version:
                raise Conflict([SOMEBODY_ELSE])
            fresh.version += 1
            fresh.save(update_fields=["version"])
            fresh.blocks.all().delete()
            for order, each in enumerate(shapes):
                _write(fresh, each, order)
            record(by=by, verb="shape_page", target=fresh, facts={"blocks": len(shapes)})
            count_up()
    except IntegrityError as error:  # two made the page at once
        raise Conflict([SOMEBODY_ELSE]) from error
    return fresh


def reasons_against(page: ShapedPage, shapes: Sequence[Shape]) -> Iterator[Reason]:
    """Why the blocks cannot stand so, and what to do."""
    is_front = page.tag_id is None and page.region_id is None
    if page.language not in dict(settings.LANGUAGES):
        yield Reason(_("This is no language of the site."))
    if len(shapes) > (MOST_BLOCKS if is_front else 1):
        yield Reason(_("A page has up to %(number)d blocks: remove one.") % {"number": MOST_BLOCKS})
    twice = {uuid for uuid, times in Counter(uuid for each in shapes for uuid in each.chosen).items() if times > 1}
    for number, each in enumerate(shapes):
        for field, sentence in _wrong(each, is_front=is_front):
            yield Reason(sentence, f"{number} {field}")
        for uuid in each.chosen:
            if uuid in twice:
                yield Reason(_("A report stands once on a page: this one is chosen twice."), f"{number} chosen")
                twice.discard(uuid)


def _wrong(each: Shape, *, is_front: bool) -> Iterator[tuple[str, str]]:
    """(field, sentence) of one block."""
    if each.kind not in Block.Kind.values or (not is_front and each.kind != PICKS):
        yield "kind", _("There is no such block here.")
    if not 1 <= each.how_many <= MOST_REPORTS:
        yield "how_many", _("A block shows between 1 and %(number)d reports.") % {"number": MOST_REPORTS}
    if len(each.chosen) > (1 if each.kind == LEAD else MOST_REPORTS if each.kind == PICKS else 0):
        yield "chosen", _("A block shows between 1 and %(number)d reports.") % {"number": MOST_REPORTS}
    if each.kind == PICKS and not each.chosen:
        yield "chosen", _("Choose at least one report, or remove the block.")
    if each.kind == "region" and each.region is None:
        yield "region", _("Name the region.")
    if each.kind == "tag" and each.tag is None:
        yield "tag", _("Name the tag.")
    if each.kind == "kind" and each.report_kind not in KINDS.keys() - PLAIN_KINDS:
        yield "report_kind", _("Choose a kind of report.")
    if each.kind == ACTION:
        yield from _wrong_action(each)
    for field, most in LONGEST.items():
        text = getattr(each, field)
        if len(text) > most:
            yield field, _("This text is too long.")
        yield from ((field, str(finding.sentence)) for finding in scan_text(field, text) if finding.blocks)


def _wrong_action(each: Shape) -> Iterator[tuple[str, str]]:
    if not each.text:
        yield "text", _("Say what readers can do.")
    if not each.label:
        yield "label", _("Write what stands on the button.")
    is_own, is_elsewhere = bool(OWN_PATH.match(each.link)), each.link.startswith("https://") and is_safe_link(each.link)
    if not (is_own or is_elsewhere) or len(each.link) > LONGEST_LINK:
        yield "link", _("Write a path of this site that begins with one slash, such as /press/, or an address that begins with https://.")


def _locked(page: ShapedPage) -> ShapedPage:
    """The page's row, kept from others until the end of the transaction; made when there is none."""
    subject = {"language": page.language, "tag_id": page.tag_id, "region_id": page.region_id}
    row = ShapedPage.objects.select_for_update().filter(**subject).first()
    return row or ShapedPage.objects.create(**subject)


def _write(page: ShapedPage, each: Shape, order: int) -> None:
    is_action = each.kind == ACTION
    block = Block.objects.create(
        page=page, order=order, kind=each.kind, heading=each.heading, how_many=each.how_many,
        region_id=each.region if each.kind == "region" else None, tag_id=each.tag if each.kind == "tag" else None,
        report_kind=each.report_kind if each.kind == "kind" else "", text=each.text if is_action else "",
        link=each.link if is_action else "", label=each.label if is_action else "",
    )  # fmt: skip
    BlockReport.objects.bulk_create(
        BlockReport(block=block, order=place, report_uuid=uuid) for place, uuid in enumerate(each.chosen if each.kind in FIXED else ())
    )
