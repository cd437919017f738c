"""Journalists at once: one form is received once, and a rush after a quiet hour refuses nobody, whatever the desk does meanwhile."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from articles.audit.chain import verify
from articles.contacts.models import MediaContact
from articles.errands.models import Errand
from articles.inquiries import actions
from articles.inquiries.models import Arrivals, InquiryEvent, MediaInquiry, SpentToken
from articles.people import roles
from articles.public.inquiry_form import QUICKEST, new_token
from articles.workflow import publication
from tests import factories
from tests.contacts.keys import certificate
from tests.flows.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {"topic": "facts", "outlet": "Gazette", "name": "Nora", "reach": "+44", "language": "en", "message": "Who?"}


@pytest.fixture(autouse=True)
def contact(db):
    MediaContact.objects.create(name="Officer", certificate=certificate())


def post(token=None):
    body = urlencode({**TYPED, "token": token or new_token(at=timezone.now() - QUICKEST)})
    return Client().post("/press/inquiry/", body, content_type="application/x-www-form-urlencoded").status_code


def test_of_sixteen_posts_of_one_form_one_is_received():
    token = new_token(at=timezone.now() - QUICKEST)
    assert Counter(together(*[lambda: post(token)] * 16)) == {303: 1, 409: 15}
    assert (MediaInquiry.objects.count(), SpentToken.objects.count(), Arrivals.objects.get().number) == (1, 1, 1)
    assert verify().holds


def test_a_rush_in_a_new_hour_is_received_whole_while_the_desk_publishes(reporter, editor, publisher):
    reports = [factories.approved(reporter, editor, headline=f"Number {number}") for number in range(4)]
    publishes = [
        lambda report=report: type(publication.publish(report, by=publisher)).__name__ for report in reports for _twice in range(2)
    ]
    results = Counter(str(each) if isinstance(each, int | str) else type(each).__name__ for each in together(*publishes, *[post] * 12))
    assert results == {"Edition": 4, "Conflict": 4, "303": 12}
    hours = list(Arrivals.objects.values_list("number", flat=True))  # two, when the hour turned meanwhile
    assert (MediaInquiry.objects.count(), sum(hours), len(hours) <= 2) == (12, 12, True)
    assert Errand.objects.filter(kind="inquiry waiting").count() <= 2
    assert verify().holds


def test_of_eight_officers_who_take_one_inquiry_one_has_it(cast):
    officers = [cast(f"officer-{number}", roles.PRESS_OFFICER) for number in range(8)]
    actions.receive({"message": "?"}, topic="facts", language="en")
    results = together(*[lambda person=person: actions.take(MediaInquiry.objects.get(), by=person) or "taken" for person in officers])
    assert Counter(each if isinstance(each, str) else type(each).__name__ for each in results) == {"taken": 1, "ChangedMeanwhile": 7}
    assert [event.person for event in InquiryEvent.objects.select_related("person")] == [MediaInquiry.objects.get().assigned_to]
