"""For journalists: whom to talk to, by region and language."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.contacts.models import MediaContact
from articles.editions import addresses, lists
from articles.editions.models import Edition, EditionCorrection
from articles.editions.parts import contact_entry
from articles.public.framed import pager
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import alternates, keys, leads_nowhere, not_found
from articles.public.request import ReaderRequest
from articles.taxonomy.names import region_names
from articles.text.languages import own_name


@kept
@require_safe
def press(request: ReaderRequest) -> HttpResponse:
    """The active contacts, those of no region in particular first, then by region; narrowed by ?region= and ?language=."""
    language, path = request.language, addresses.press_path(request.language)
    contacts = list(MediaContact.objects.filter(active=True).prefetch_related("regions"))
    names = region_names([region for contact in contacts for region in contact.regions.all()], language)
    region, speaks = request.GET.get("region", ""), request.GET.get("language", "")
    regions = {each.slug: names[each.pk] for contact in contacts for each in contact.regions.all()}
    languages = sorted({code for contact in contacts for code in contact.languages})
    shown = [
        contact
        for contact in contacts
        if (region not in regions or not contact.regions.all() or any(each.slug == region for each in contact.regions.all()))
        and (speaks not in languages or speaks in contact.languages)
    ]
    context = {
        "heading": _("For journalists"),
        "groups": _groups(shown, names, language),
        "find": {
            "path": path,
            "is_narrowed": region in regions or speaks in languages,
            "fields": [
                _field("region", _("Region"), sorted(regions.items(), key=lambda pair: pair[1]), region),
                _field("language", _("Language"), [(code, own_name(code)) for code in languages], speaks),
            ],
        },
        "kit": None,
    }
    return page_response(
        request, title=_("For journalists"), template="public/press_desk.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.press_path),
    )  # fmt: skip


def _field(name: str, label: str, pairs: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    any_option = {"value": "", "label": _("Any"), "is_chosen": chosen not in dict(pairs)}
    return {
        "name": name,
        "label": label,
        "options": [any_option, *({"value": value, "label": text, "is_chosen": value == chosen} for value, text in pairs)],
    }


def _groups(contacts: list[MediaContact], names: dict[int, str], language: str) -> list[dict[str, Any]]:
    """Each contact stands in full once, in its first group."""
    groups: dict[str, list[SimpleNamespace]] = {}
    anchors: set[str] = set()
    for contact in contacts:
        regions = sorted(names[region.pk] for region in contact.regions.all())
        entry = contact_entry(contact)
        slug = next((region.slug for region in contact.regions.all()), "")
        inquiry = addresses.inquiry_path(language) + (f"?region={slug}" if slug else "")
        anchor = "" if entry.anchor in anchors else entry.anchor  # of two who share a name the first is led to
        anchors.add(anchor)
        shown = SimpleNamespace(**vars(replace(entry, anchor=anchor)), regions=regions, inquiry_path=inquiry)
        groups.setdefault(regions[0] if regions else "", []).append(shown)
    return [
        {"anchor": f"group-{number}", "label": label or _("Every region"), "contacts": entries}
        for number, (label, entries) in enumerate(sorted(groups.items()))
    ]


class _Correction(NamedTuple):
    published_at: dt.datetime
    uuid: UUID
    kind: str
    text: str
    report_uuid: UUID


@kept
@require_safe
def corrections(request: ReaderRequest) -> HttpResponse:
    """Every correction, newest first; it stays when its report is withdrawn."""
    language, path, place = request.language, addresses.corrections_path(request.language), keys(request)
    rows = EditionCorrection.objects.filter(language=language)
    page = lists.paged(rows, ["kind", "text", "report_uuid"], make=_Correction, **place)
    if leads_nowhere(page, place):
        return not_found(request)
    reports = Edition.objects.filter(uuid__in=[row.report_uuid for row in page.cards])
    live = {uuid: {"path": path, "headline": headline} for uuid, path, headline in reports.values_list("uuid", "path", "headline")}
    shown = [{**row._asdict(), "path": "", "headline": "", **live.get(row.report_uuid, {})} for row in page.cards]
    context = {"heading": _("Corrections"), "corrections": shown, **pager(page, path, {})}
    return page_response(
        request, title=_("Corrections"), template="public/correction_list.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.corrections_path),
    )  # fmt: skip
