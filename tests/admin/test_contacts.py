"""Media contacts at the desk: regions and tags by name, kept when something else is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.people.models import User
from articles.taxonomy.models import Tag

pytestmark = pytest.mark.django_db
ADD = "admin:articles_mediacontact_add"
TYPED: dict[str, Any] = {
    "name": "Nobody Notreal", "role": "West Africa", "phone": "+44 20 7946 0000", "zone": "Africa/Lagos", "languages": ["en"], "order": "0",
    "active": "on", "regions": ["Nigeria", "Ghana", ""], "tags": ["Courts", ""],
}  # fmt: skip


def test_a_contact_is_saved_with_regions_and_tags_by_their_names(press_officer: User, as_user: Callable[[User], Client]) -> None:
    Tag.objects.create(name="Courts", slug="courts", kind="topic")

    answer = as_user(press_officer).post(reverse(ADD), TYPED)

    contact = MediaContact.objects.get()
    assert answer.status_code == 302
    assert sorted(region.name for region in contact.regions.all()) == ["Ghana", "Nigeria"]
    assert [tag.name for tag in contact.tags.all()] == ["Courts"]


def test_the_form_shows_the_names_that_were_chosen_and_those_to_choose_from(press_officer: User, as_user: Callable[[User], Client]) -> None:
    Tag.objects.create(name="Courts", slug="courts", kind="topic")
    client = as_user(press_officer)
    client.post(reverse(ADD), TYPED)

    page = client.get(reverse("admin:articles_mediacontact_change", args=[MediaContact.objects.get().pk])).text

    assert 'name="regions" id="id_regions_0" value="Ghana"' in page
    assert '<option value="Kenya"></option>' in page


def test_an_unknown_region_is_refused_with_all_that_was_typed(press_officer: User, as_user: Callable[[User], Client]) -> None:
    events = AuditEvent.objects.count()

    answer = as_user(press_officer).post(reverse(ADD), TYPED | {"regions": ["Atlantis", "Ghana"], "tags": [""]})

    assert answer.status_code == 200
    assert "There is no region “Atlantis”: choose one of the list." in answer.text
    assert all(f'value="{text}"' in answer.text for text in ("Atlantis", "Ghana", "Nobody Notreal", "West Africa"))
    assert (MediaContact.objects.count(), AuditEvent.objects.count()) == (0, events)
