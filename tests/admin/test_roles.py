"""Every address of the desk as every role: docs/roles.md is true, and complete."""

from __future__ import annotations

import io

import PIL.Image
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.audit.models import AuditEvent
from articles.contacts.models import MediaContact
from articles.identity.models import SiteIdentity, SiteText
from articles.images.actions import add
from articles.inquiries.actions import receive
from articles.notices.models import Notice
from articles.people import roles
from articles.people.models import Byline
from articles.safety.extra_reviews import ExtraReviewRule
from articles.safety.models import Requirement
from articles.taxonomy.models import Region, Tag
from articles.workflow import previews
from tests import factories
from tests.admin.table import answer_of, names_under_the_desk, rows
from tests.browser.desk import with_key
from tests.passkeys import Passkey

pytestmark = pytest.mark.django_db
NOBODY, SUPERUSER, ANYBODY = "somebody without a role", "a superuser without a role", "nobody logged in"


@pytest.fixture
def people(cast, as_user):
    """Role -> a browser in which a person of that role is logged in."""
    accounts = {role: cast(role, role, languages=["en"]) for role in roles.ROLES}
    accounts |= {NOBODY: cast("no-role"), SUPERUSER: cast("root", is_superuser=True)}
    for person in accounts.values():
        TOTP.activate(person, "a secret")
        RecoveryCodes.activate(person)
    return {who: as_user(person) for who, person in accounts.items()} | {ANYBODY: Client()}, accounts


@pytest.fixture
def things(people):
    """One row of everything that an address names, as the arguments of `reverse`."""
    _clients, accounts = people
    report = factories.draft(accounts[roles.REPORTER])
    with_key()
    inquiry = receive({"message": "When?"}, topic="facts", language="en")
    link, token = previews.make(report, by=accounts[roles.EDITOR], label="A lawyer", hours=48)
    made = {
        "report": report,
        "image": add(a_picture(), by=accounts[roles.REPORTER], shared=True),
        "tag": Tag.objects.create(name="Schools"),
        "region": Region.objects.get(iso_alpha2="NG"),
        "byline": Byline.objects.create(name="Rana Notreal", slug="rana-notreal"),
        "siteidentity": SiteIdentity.objects.get_or_create(id=1)[0],
        "sitetext": SiteText.objects.get_or_create(language="es")[0],
        "mediacontact": MediaContact.objects.get(),
        "user": accounts[roles.REPORTER],
        "requirement": Requirement.objects.get(code="consent", kind="news"),
        "extrareviewrule": ExtraReviewRule.objects.get(review="legal", kind="news"),
        "auditevent": AuditEvent.objects.first(),
    }
    return {name: row.pk for name, row in made.items()} | {
        "passkey": Passkey(accounts[roles.REPORTER]).enrol().pk,
        "mediainquiry": inquiry.pk,
        "menuitem": "en-menu",
        "shapedpage": "en",
        "theme": 1,
        "link": link.pk,
        "token": token,
        "notice": Notice.objects.create(
            person=accounts[roles.REPORTER], event="approved", report=report, actor=accounts[roles.EDITOR], at=timezone.now()
        ).pk,
    }


def a_picture():
    file = io.BytesIO()
    PIL.Image.new("RGB", (1200, 800), "grey").save(file, "JPEG")
    file.seek(0)
    return file


def address_of(name, things):
    subject = name.removeprefix("admin:articles_").partition("_")[0]
    given = {
        "admin:app_list": ["articles"],
        "account_confirm_email": ["key"],
        "account_reset_password_from_key": ["1", "key"],
        "admin:articles_report_act": [things["report"], "submit"],
        "admin:articles_report_revision": [things["report"], 1],
        "admin:articles_report_revisions": [things["report"]],
        "admin:articles_report_compare": [things["report"]],
        "admin:articles_report_links": [things["report"]],
        "admin:articles_report_translations": [things["report"]],
        "admin:articles_report_group": [things["report"]],
        "admin:articles_report_link_revoke": [things["report"], things["link"]],
        "desk_notice": [things["notice"]],
        "desk_preview": [f"{things['token']}/"],
        "admin:articles_mediainquiry_act": [things["mediainquiry"], "take"],
        "mfa_edit_webauthn": [things["passkey"]],
        "mfa_remove_webauthn": [things["passkey"]],
    }
    args = given.get(name, [])
    if not args and name.endswith(
        ("_change", "_history", "_delete", "_preview", "_checks", "_comments", "_thumb", "_sealed", "_draft", "_presence")
    ):
        args = [things[subject]]
    return reverse(name, args=args)


def expected_of(row, who):
    if row.opens_for == "in the course of logging in":
        return "log-in"
    if row.opens_for == "nobody":
        return "log-in" if who == ANYBODY and row.name.startswith("admin:") else "refused"
    if row.opens_for == "everybody":
        return "opened"
    if who == ANYBODY:
        return "log-in"
    return "opened" if row.opens_for == "every account" or who in row.opens_for.split(", ") else "refused"


def count_rows():
    return {model.__name__: model.objects.count() for model in apps.get_app_config("articles").get_models()}


def test_every_address_of_the_desk_is_in_the_table():
    assert {row.name for row in rows()} == names_under_the_desk()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_opens_for_its_roles_and_refuses_the_others(people, things, method):
    clients, _accounts = people
    before = count_rows()
    for row in rows():
        if row.method != method or row.opens_for == "as the workflow says":
            continue
        address = address_of(row.name, things)
        found = {}
        for who, client in clients.items():
            with transaction.atomic():
                found[who] = answer_of(client.generic(method, address, content_type="application/x-www-form-urlencoded"))
                transaction.set_rollback(expected_of(row, who) != "refused")
        assert found == {who: expected_of(row, who) for who in clients}, row
    assert count_rows() == before
