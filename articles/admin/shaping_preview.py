"""The page that readers would get of blocks that nobody has saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from articles.admin.preview import POLICY
from articles.editions import addresses
from articles.editions.blocks import UNSHAPED, Shape, cards_of
from articles.editions.front_page import front_main_html
from articles.editions.groups import by_month
from articles.editions.lists import page_of
from articles.editions.page import assemble, surroundings
from articles.editions.selections import Selection
from articles.editions.shaped import ShapedPage
from articles.editions.subjects import pinned_html
from articles.identity.shell import shell_for
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.names import region_names, tag_names


def preview_response(page: ShapedPage, shapes: Sequence[Shape]) -> HttpResponse:
    """The public page as those blocks would make it, in its own language; never stored."""
    with translation.override(page.language):
        shell = shell_for(page.language)
        is_front = page.tag is None and page.region is None
        main_html = _front(page, shapes, shell.site_name) if is_front else _subject(page, shapes, shell.site_name)
        head_html = render_to_string("admin/preview_head.html") + f"<title>{_('Preview')}</title>\n"
        strip = render_to_string("admin/articles/shapedpage/strip.html", {"language": page.language})
    response = HttpResponse(assemble(shell, head_html, strip + main_html, section=addresses.home_path(page.language) if is_front else ""))
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _front(page: ShapedPage, shapes: Sequence[Shape], site_name: str) -> str:
    regions = {region.pk: region for region in Region.objects.filter(pk__in=[each.region for each in shapes if each.region])}
    tags = {tag.pk: tag for tag in Tag.objects.filter(pk__in=[each.tag for each in shapes if each.tag])}
    names = region_names(list(regions.values()), page.language), tag_names(list(tags.values()), page.language)
    whole = [
        replace(each, name=names[0][each.region], slug=regions[each.region].slug) if each.region
        else replace(each, name=names[1][each.tag], slug=tags[each.tag].slug) if each.tag
        else each
        for each in shapes
    ]  # fmt: skip
    chosen = cards_of([uuid for each in shapes for uuid in each.chosen], page.language)
    return front_main_html(page.language, whole or UNSHAPED, chosen, site_name=site_name)


def _subject(page: ShapedPage, shapes: Sequence[Shape], site_name: str) -> str:
    selection = Selection(page.language, region=page.region_id, tags=(page.tag_id,) if page.tag_id else ())
    cards = cards_of([uuid for each in shapes for uuid in each.chosen], page.language)
    pins = [cards[uuid] for each in shapes for uuid in each.chosen if uuid in cards]
    rest = [card for card in page_of(selection).cards if card.uuid not in cards]
    name = (
        tag_names([page.tag], page.language)[page.tag.pk] if page.tag else region_names([page.region], page.language)[page.region.pk]  # type: ignore[list-item, union-attr]  # one of them is set
    )
    heading = shapes[0].heading if shapes else ""
    list_html = pinned_html(pins, heading, page.language) + by_month(rest, page.language)
    return render_to_string(
        "public/list_main.html", {**surroundings(page.language), "site_name": site_name, "heading": name, "list_html": list_html}
    )
