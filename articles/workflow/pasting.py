"""From a pasted text to the fields of a draft, for the desk and the command line alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles.contacts.directory import for_region
from articles.contacts.models import MediaContact
from articles.identity.texts import site_for
from articles.reports.paste import Recognised, recognise
from articles.taxonomy.names import named


def recognise_here(text: str) -> Recognised:
    """The text recognised in this site's languages, regions and taglines. Raises text.pasted.NotText."""
    languages = [code for code, _name in settings.LANGUAGES]
    return recognise(text, languages=languages, region_named=named, taglines=[site_for(code).tagline for code in languages])


def proposed_contact(found: Recognised) -> tuple[MediaContact | None, str]:
    """The public contact that the closing line leads to, and a sentence on what to look at. One is never made.

    A hidden address proposes the region's; one that stands there, the contact who has it.
    """
    if not found.contact:
        return None, ""
    if found.contact == "named":
        own = list(MediaContact.objects.filter(active=True, email__iexact=found.address)[:2]) if found.address else []
        if len(own) == 1:
            return own[0], ""
        return None, _("The text closes with an address that no public contact has: choose the contact it belongs to, or none.")
    contacts = for_region(found.region, found.language or settings.MAIN_LANGUAGE)
    if contacts:
        return contacts[0], _("The text closes with an address that is hidden. This is the contact for its region: is it the right one?")
    return None, _("The text closes with an address that is hidden, and the region has no public contact: choose one, or none.")


def draft_fields(found: Recognised) -> dict[str, Any]:
    """What was recognised, as `workflow.actions.create` takes it. Our own name as the source is left blank: it is the default.

    Adds to `found.unsure` what there is to say of the contact.
    """
    ours = {site_for(code).short_name.casefold() for code, _name in settings.LANGUAGES}
    region = found.region
    contact, sentence = proposed_contact(found)
    if sentence:
        found.unsure["contact"] = sentence
    return {
        "headline": found.headline,
        "body": found.body,
        "dateline_on": found.dateline_on,
        "dateline_place": found.place,
        "dateline_region": region,
        "dateline_source": "" if found.source.casefold() in ours else found.source,
        "regions": [region] if region else [],
        "contact": contact,
    }
