"""From a pasted text to the fields of a draft, for the desk and the command line alike."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.contacts.directory import for_region
from articles.contacts.models import MediaContact
from articles.identity.texts import site_for
from articles.reports.paste import Recognised, recognise
from articles.taxonomy.names import named


def recognise_here(text: str) -> Recognised:
    """The text recognised in this site's languages and regions. Raises reports.paste.NotText."""
    return recognise(text, languages=[code for code, _name in settings.LANGUAGES], region_named=named)


def proposed_contact(found: Recognised) -> MediaContact | None:
    """The region's public contact, when the text closes with a hidden address; one is never made."""
    if found.contact != "hidden":
        return None
    contacts = for_region(found.region, found.language or settings.MAIN_LANGUAGE)
    return contacts[0] if contacts else None


def draft_fields(found: Recognised) -> dict[str, Any]:
    """What was recognised, as `workflow.actions.create` takes it. Our own name as the source is left blank: it is the default."""
    ours = {site_for(code).short_name.casefold() for code, _name in settings.LANGUAGES}
    region = found.region
    return {
        "headline": found.headline,
        "body": found.body,
        "dateline_on": found.dateline_on,
        "dateline_place": found.place,
        "dateline_region": region,
        "dateline_source": "" if found.source.casefold() in ours else found.source,
        "regions": [region] if region else [],
        "contact": proposed_contact(found),
    }
