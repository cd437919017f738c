"""Whom to ask: by region, language and key; and what a contact must not be."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from articles.audit.models import AuditEvent
from articles.contacts.actions import save_contact
from articles.contacts.directory import for_region, sealable
from articles.contacts.models import MediaContact
from articles.stamp.number import current
from articles.taxonomy.models import Region
from articles.taxonomy.names import named
from tests.contacts.keys import certificate

pytestmark = pytest.mark.django_db


def region(name: str) -> Region:
    return named(name)[0]


def contact(by, name, *regions, **facts):
    return save_contact(MediaContact(), by=by, name=name, regions=[region(each) for each in regions], **facts)


def test_the_narrowest_region_comes_first_and_the_language_before_that(press_officer):
    for order, (name, regions, languages) in enumerate(
        [
            ("everywhere", [], ["en"]),
            ("africa", ["Africa"], ["en"]),
            ("nigeria", ["Nigeria"], ["en", "ar"]),
            ("asia", ["Asia"], ["ar"]),
            ("africa in Arabic", ["Africa"], ["ar"]),
        ]
    ):
        contact(press_officer, name, *regions, languages=languages, order=order)
    contact(press_officer, "left", "Nigeria", active=False)

    def names(place, language):
        return [each.name for each in for_region(place, language)]

    assert names(region("Nigeria"), "en") == ["nigeria", "africa", "everywhere", "africa in Arabic"]
    assert names(region("Nigeria"), "ar") == ["nigeria", "africa in Arabic", "africa", "everywhere"]
    assert names(region("Chad"), "en") == ["africa", "everywhere", "africa in Arabic"]
    assert names(None, "en") == ["everywhere"]


def test_only_active_contacts_with_a_usable_key_are_sealed_to(press_officer):
    contact(press_officer, "good", certificate=certificate("renewed"))
    contact(press_officer, "without")
    contact(press_officer, "left", active=False, certificate=certificate())
    MediaContact.objects.create(name="lapsed", certificate=certificate("expired-subkey"))
    MediaContact.objects.create(name="ending", certificate=certificate("ending"))
    at = dt.datetime(2054, 6, 1, tzinfo=dt.UTC)
    assert {each.contact.name for each in sealable(at=at)} == {"good", "ending"}
    assert {each.contact.name for each in sealable(at=at + dt.timedelta(days=365))} == {"good"}
    assert sealable(MediaContact.objects.filter(name="lapsed"), at=at) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"show_email": True}, "email"),
        ({"email": "a@b.c, v@x"}, "email"),
        ({"certificate": certificate("expired-subkey")}, "certificate"),
        ({"certificate": certificate("valid-secret-test-only")}, "certificate"),
    ],
)
def test_a_contact_that_misleads_is_not_saved(press_officer, facts, field):
    events, stamp = AuditEvent.objects.count(), current()
    with pytest.raises(ValidationError) as refusal:
        save_contact(MediaContact(), by=press_officer, **{"name": "Officer", **facts})
    assert list(refusal.value.message_dict) == [field]
    assert (MediaContact.objects.count(), AuditEvent.objects.count(), current()) == (0, events, stamp)


def test_a_saved_contact_is_audited_and_counts_the_stamp(press_officer):
    stamp = current()
    saved = contact(press_officer, "Officer", "Nigeria", certificate=f"\n{certificate()}\n")
    assert (saved.certificate, current()) == (certificate().strip(), stamp + 1)
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.target, event.facts) == ("save_contact", f"contact:{saved.pk}", {})
