"""For journalists: whom to talk to, by region and language."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.answers.sending import respond
from articles.contacts.certificates import examine
from articles.contacts.models import MediaContact
from articles.editions import addresses, lists
from articles.editions.models import Edition, EditionCorrection
from articles.editions.parts import contact_entry
from articles.public.framed import asked, pager
from articles.public.kept import kept
from articles.public.pages import page_response
from articles.public.reports import alternates, keys, leads_nowhere, not_found
from articles.public.request import ReaderRequest
from articles.taxonomy.models import Region
from articles.taxonomy.names import region_names
from articles.text.languages import own_name


@kept
@require_safe
def press(request: ReaderRequest) -> HttpResponse:
    """The active contacts, those of no region in particular first, then by region; narrowed by ?region= and ?language=."""
    language, path = request.language, addresses.press_path(request.language)
    contacts = list(MediaContact.objects.filter(active=True).prefetch_related("regions"))
    slug, speaks = request.GET.get("region", "").replace("\x00", ""), request.GET.get("language", "")
    listed = {region.slug: region for contact in contacts for region in contact.regions.all()}
    chosen = listed.get(slug) or (Region.objects.filter(slug=slug[:80]).first() if slug else None)
    names = region_names([*listed.values(), *([chosen] if chosen else [])], language)
    regions = {each.slug: names[each.pk] for each in [*listed.values(), *([chosen] if chosen else [])]}
    languages = sorted({code for contact in contacts for code in contact.languages})
    shown = [
        contact
        for contact in contacts
        if (chosen is None or _covers(contact, chosen)) and (speaks not in languages or speaks in contact.languages)
    ]
    context = {
        "heading": _("For journalists"),
        "groups": _groups(shown, names, language, chosen=chosen),
        "facts_lang": settings.MAIN_LANGUAGE if language != settings.MAIN_LANGUAGE else "",
        "find": {
            "path": path,
            "is_narrowed": chosen is not None or speaks in languages,
            "fields": [
                _field("region", _("Region"), sorted(regions.items(), key=lambda pair: pair[1]), slug),
                _field("language", _("Language"), [(code, own_name(code)) for code in languages], speaks),
            ],
        },
        "reports_path": addresses.reports_path(language),
    }
    return page_response(
        request, title=_("For journalists"), template="public/press_desk.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.press_path),
        query=urlencode({**({"region": slug} if chosen else {}), **({"language": speaks} if speaks in languages else {})}),
    )  # fmt: skip


def _field(name: str, label: str, pairs: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    any_option = {"value": "", "label": _("Any"), "is_chosen": chosen not in dict(pairs)}
    return {
        "name": name,
        "label": label,
        "options": [any_option, *({"value": value, "label": text, "is_chosen": value == chosen} for value, text in pairs)],
    }


def _covers(contact: MediaContact, region: Region) -> bool:
    """Whether the contact is for the region, or for one that it lies in; who has no region is for all."""
    own = {each.path for each in contact.regions.all()}
    return not own or not own.isdisjoint(region.lineage_paths())


def _groups(contacts: list[MediaContact], names: dict[int, str], language: str, *, chosen: Region | None) -> list[dict[str, Any]]:
    """Each contact stands in full once, in its first group. `chosen` is the region that the reader asked for."""
    groups: dict[str, list[SimpleNamespace]] = {}
    anchors: set[str] = set()
    for contact in contacts:
        regions = sorted(names[region.pk] for region in contact.regions.all())
        entry = contact_entry(contact)
        slug = chosen.slug if chosen else next((region.slug for region in contact.regions.all()), "")
        anchor = "" if entry.anchor in anchors else entry.anchor  # of two who share a name the first is led to
        anchors.add(anchor)
        mark = _mark(contact)
        groups.setdefault(regions[0] if regions else "", []).append(
            SimpleNamespace(
                **vars(replace(entry, anchor=anchor)),
                regions=regions,
                inquiry_path=addresses.inquiry_path(language) + (f"?region={slug}" if slug else ""),
                fingerprint=" ".join(mark[place : place + 4] for place in range(0, len(mark), 4)),
                key_path=f"{addresses.press_path(language)}keys/{mark}.asc",
            )
        )
    return [
        {"anchor": f"group-{number}", "label": label or _("Every region"), "contacts": entries}
        for number, (label, entries) in enumerate(sorted(groups.items()))
    ]


def _mark(contact: MediaContact) -> str:
    """The fingerprint of the contact's OpenPGP certificate, when it may be handed out: it names the e-mail address."""
    return examine(contact.certificate).fingerprint.upper() if contact.certificate and contact.show_email else ""


@kept
@require_safe
def key(request: ReaderRequest, mark: str) -> HttpResponse:
    """The OpenPGP certificate with that fingerprint, of a contact who shows an e-mail address to write to."""
    for contact in MediaContact.objects.filter(active=True, show_email=True).exclude(certificate=""):
        if _mark(contact) == mark:
            return respond(request, f"{contact.certificate}\n".encode(), content_type="application/pgp-keys")
    return not_found(request)


class _Correction(NamedTuple):
    published_at: dt.datetime
    uuid: UUID
    kind: str
    text: str
    report_uuid: UUID
    replaces_at: dt.datetime | None
    replaced_at: dt.datetime | None


@kept
@require_safe
def corrections(request: ReaderRequest) -> HttpResponse:
    """Every correction, newest first; it stays when its report is withdrawn."""
    language, path, place = request.language, addresses.corrections_path(request.language), keys(request)
    rows = EditionCorrection.objects.filter(language=language).in_succession()
    page = lists.paged(rows, ["kind", "text", "report_uuid", "replaces_at", "replaced_at"], make=_Correction, **place)
    if leads_nowhere(page, place):
        return not_found(request)
    reports = Edition.objects.filter(uuid__in=[row.report_uuid for row in page.cards])
    live = {uuid: {"path": path, "headline": headline} for uuid, path, headline in reports.values_list("uuid", "path", "headline")}
    shown = [{**row._asdict(), "path": "", "headline": "", **live.get(row.report_uuid, {})} for row in page.cards]
    context = {"heading": _("Corrections"), "corrections": shown, **pager(page, path, ())}
    return page_response(
        request, feeds_of=path, title=_("Corrections"), template="public/correction_list.html", context=context, section=path, canonical=path,
        alternates=alternates(addresses.corrections_path), query=asked(request),
    )  # fmt: skip
