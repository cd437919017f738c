"""Odd inputs through every form of the desk: an answer, never a 5xx, never long to wait for, and an audit that still holds."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.admin.site import desk
from articles.audit.chain import verify
from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.identity.models import SiteText
from articles.inquiries.actions import receive
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline
from articles.people.roles import EDITOR, PUBLISHER, REPORTER, ROLES
from articles.taxonomy.models import Tag
from tests import factories
from tests.odd.desk_forms import Found, forms_on
from tests.odd.strings import odd_strings

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MOST_ROUNDS = 120
LONGEST_S = 2.0  # of processor time: with one client on a quiet machine that is what one waits
CERTIFICATE = Path("tests/contacts/certificates/valid.asc").read_text()
ACCOUNTS = ("account_login", "account_change_password", "account_reauthenticate", "mfa_activate_totp")


@pytest.fixture
def everyone(cast):
    return cast("everyone", *ROLES, languages=["en"])


@pytest.fixture
def pages(cast, everyone):
    """The address of every page of the desk with a form, with something on it."""
    writer, editor, publisher = cast("writer", REPORTER), cast("one-editor", EDITOR), cast("one-publisher", PUBLISHER)
    Tag.objects.create(name="Displacement", slug="displacement", kind="topic")
    Byline.objects.create(name="Nobody Notreal", slug="nobody-notreal")
    SiteText.objects.get_or_create(language="es", defaults={"name": "Redacción"})
    save_contact(MediaContact(), by=machine(COMMAND_LINE), name="Officer", certificate=CERTIFICATE)
    receive({"message": "When?"}, topic="facts", language="en")
    reports = [
        factories.draft(everyone),
        factories.in_review(writer, headline="In review"),
        factories.approved(writer, editor, headline="Approved"),
        factories.live(writer, editor, publisher, headline="Live"),
    ]
    found = [reverse("admin:index"), reverse("desk_paste"), *(reverse(name) for name in ACCOUNTS)]
    for model in desk._registry:
        name = f"admin:articles_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if model._meta.model_name in ("mediainquiry", "menuitem", "shapedpage", "theme"):
            continue  # no rows of their own
        found.append(reverse(f"{name}_add"))
        if model._meta.model_name != "report":
            found += [reverse(f"{name}_change", args=[one.pk]) for one in model._default_manager.order_by("pk")[:1]]
    found += [reverse("admin:articles_report_change", args=[report.pk]) for report in reports]
    found += [reverse("admin:articles_menuitem_change", args=["en-menu"]), reverse("admin:articles_theme_change", args=[1])]
    found.append(reverse("admin:articles_shapedpage_change", args=["en"]))
    return found


def _sent(client: Client, form: Found, values: dict[str, str]) -> None:
    began = time.process_time()
    response = getattr(client, form.method)(form.action, values)
    took = time.process_time() - began
    assert response.status_code < 500, (form.action, response.status_code, values)
    assert took < LONGEST_S, (form.action, took, values)


def test_every_form_of_the_desk_takes_every_odd_text(everyone, pages, as_user):
    """Each text goes through each form, which field it stands in turns with every round; forms of few fields take turns with them."""
    turn, texts = 0, [text[:20_000].encode("utf-8", "replace").decode() for text in odd_strings()]
    seen = set()
    for page in pages:
        client = Client() if page == reverse("account_login") else as_user(everyone)
        if client.get(page).status_code in (302, 403, 404, 405):
            continue  # no such page for anybody: nothing is added there by hand
        for form in forms_on(client, page):
            names = [name for name, _value in form.fields]
            alike = (re.sub(r"\d+", "N", form.action), form.method, tuple(names))
            if not names or alike in seen:
                continue
            seen.add(alike)
            step = min(len(names), 24)
            rounds = min(len(texts) // step + 1, MOST_ROUNDS)
            for begin in range(turn, turn + rounds * step, step):
                values = {name: texts[(begin + place) % len(texts)] for place, name in enumerate(names)}
                if begin % 2:  # half of the rounds reach behind the hidden fields: these stay as the page gave them
                    values |= {name: value for name, value in form.fields if name.endswith(("_FORMS", "version", "lock_version", "-id"))}
                _sent(client, form, values)
            turn += rounds * step
            client = Client() if page == reverse("account_login") else as_user(everyone)
    assert len(seen) > 20
    assert everyone.groups.count() == Group.objects.count()
    assert verify().holds
