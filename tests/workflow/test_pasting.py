"""From a pasted text to a draft's fields: whose contact is proposed, and when the source is our own name."""

from __future__ import annotations

import pytest

from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.identity.actions import change_identity, change_text
from articles.people.machines import COMMAND_LINE, machine
from articles.workflow.pasting import draft_fields, recognise_here
from tests.factories import region

pytestmark = pytest.mark.django_db

TEXT = "LAGOS, Nigeria (Harbour Lantern) – The elders of the prayer hall were taken away.\n\n"


def contact(name, **facts):
    codes = facts.pop("regions", [])
    return save_contact(
        MediaContact(), by=machine(COMMAND_LINE), name=name, languages=["en"], regions=[region(code) for code in codes], **facts
    )


def proposed(closing):
    """The contact, and what the person is told of it."""
    before = MediaContact.objects.count()
    found = recognise_here(TEXT + closing)
    fields = draft_fields(found)
    assert MediaContact.objects.count() == before
    return str(fields["contact"] or ""), found.unsure.get("contact", "")


HIDDEN = "For media interviews: [email protected]"
ASKED = "The text closes with an address that is hidden. This is the contact for its region: is it the right one?"
NOBODY = "The text closes with an address that is hidden, and the region has no public contact: choose one, or none."
UNKNOWN = "The text closes with an address that no public contact has: choose the contact it belongs to, or none."


def test_a_hidden_address_proposes_the_regions_public_contact_and_never_makes_one():
    assert proposed(HIDDEN) == ("", NOBODY)

    contact("Of the world")
    contact("Of Kenya", regions=["KE"])
    assert proposed(HIDDEN) == ("Of the world", ASKED)

    contact("Of Nigeria", regions=["NG"])
    contact("Retired", regions=["NG"], active=False, order=0)
    assert proposed(HIDDEN) == proposed("For media interviews:") == ("Of Nigeria", ASKED)
    assert proposed("") == ("", "")


def test_an_address_that_stands_there_is_its_owners_alone():
    contact("Of Nigeria", regions=["NG"])
    contact("Judith Notreal", email="Press@Example.org")
    contact("Retired", email="old@example.org", active=False)

    assert proposed("For media interviews: press@example.org") == ("Judith Notreal", "")
    assert proposed("For media interviews: old@example.org") == ("", UNKNOWN)
    assert proposed("For media interviews: other@example.org") == ("", UNKNOWN)
    assert proposed("Media contact: +44 20 7946 0000") == ("", UNKNOWN)


def test_our_own_name_as_the_source_is_left_blank():
    assert draft_fields(recognise_here(TEXT))["dateline_source"] == "Harbour Lantern"

    change_identity(by=machine(COMMAND_LINE), organisation="Harbour Lantern International", short_name="HARBOUR lantern", founded=None)

    assert draft_fields(recognise_here(TEXT))["dateline_source"] == ""


def test_our_own_tagline_at_the_top_is_chrome():
    change_text("en", by=machine(COMMAND_LINE), tagline="Speaking for people without papers")

    found = recognise_here(f"Speaking for people without papers\n\n{TEXT}")

    assert (found.headline, found.dropped, found.region) == ("", ["Speaking for people without papers"], region("NG"))
