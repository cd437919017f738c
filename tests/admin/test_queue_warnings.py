"""What the inquiry queue says of the contacts' keys."""

from __future__ import annotations

import pytest

from articles.admin.inquiries import key_warnings
from articles.contacts.models import MediaContact
from tests.browser.desk import with_key

pytestmark = pytest.mark.django_db


def test_the_queue_warns_of_keys_that_are_wrong_and_of_having_none():
    MediaContact.objects.create(name="By telephone", phone="+44 20 7946 0100", zone="UTC", order=1)
    closed = "No contact has a usable certificate: the form is closed and tells journalists whom to call. Add one under “media contacts”."
    assert key_warnings() == [closed]

    contact, _key = with_key()
    assert key_warnings() == []

    MediaContact.objects.filter(pk=contact.pk).update(certificate="torn")
    first, second = key_warnings()
    assert (first, second.partition(":")[0]) == (closed, "Judith Notreal")
