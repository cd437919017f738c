"""What the desk says of a request that it cannot take, and of an account that can do nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.reports.models import Report
from tests.conftest import logged_in

pytestmark = pytest.mark.django_db


def test_a_form_of_another_login_saves_nothing_and_shows_what_was_typed(reporter: User) -> None:
    client = Client(enforce_csrf_checks=True)
    logged_in(reporter, browser=client)
    events = AuditEvent.objects.count()

    answer = client.post(
        reverse("admin:articles_report_add"),
        {
            "headline": "Two <b>families</b> told to leave",
            "citations-TOTAL_FORMS": "30",
            "csrfmiddlewaretoken": "a" * 64,
            "password": "hidden word",
        },
    )

    assert answer.status_code == 403
    assert "Nothing was saved: this page belonged to another login." in answer.text
    assert "Two &lt;b&gt;families&lt;/b&gt; told to leave</textarea>" in answer.text
    assert "hidden word" not in answer.text and "a" * 64 not in answer.text and "TOTAL_FORMS" not in answer.text
    assert (Report.objects.count(), AuditEvent.objects.count()) == (0, events)


def test_an_account_without_a_role_is_told_so(stranger: User, reporter: User, as_user: Callable[[User], Client]) -> None:
    sentence = "Your account has no role yet: an administrator gives one."

    assert sentence in as_user(stranger).get(reverse("admin:index")).text
    assert sentence not in as_user(reporter).get(reverse("admin:index")).text
