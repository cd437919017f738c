"""The pages about how the newsroom works: named at the desk, told to machines in every head while they are public."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from articles.audit.models import AuditEvent
from articles.identity.actions import change_text
from articles.identity.models import PolicyPage, SiteText
from articles.identity.policies import change_policies
from articles.people.machines import COMMAND_LINE, machine
from articles.stamp.number import current
from articles.workflow import actions, publication
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def organisation(path):
    """The node of the organisation in the head of a page."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', Client().get(path).text)
    return json.loads(blocks[-1])["@graph"][0]


def policies(path="/"):
    return {name: address for name, address in organisation(path).items() if name in PolicyPage.Policy.values}


@pytest.fixture
def ethics(reporter, editor, publisher):
    return factories.live(reporter, editor, publisher, kind="page", headline="Our ethics", slug="ethics", regions=[], dateline_region=None)


@pytest.fixture
def named(ethics):
    change_policies("en", by=machine(COMMAND_LINE), pages={"ethicsPolicy": (ethics.uuid, ethics.path)})
    return ethics


def test_every_page_says_who_publishes(db):
    for path in ("/", "/press/", "/no-such-page/"):
        assert organisation(path) == {"@type": "NewsMediaOrganization", "@id": f"{SITE}/#publisher", "name": "Newsroom", "url": f"{SITE}/"}


def test_a_policy_is_told_in_every_language_and_by_its_own_page_where_there_is_one(named, reporter, editor, publisher):
    assert policies() == policies("/ar/") == {"ethicsPolicy": f"{SITE}{named.path}"}
    arabic = factories.live(
        reporter, editor, publisher, kind="page", language="ar", headline="أخلاقنا", slug="ethics-ar", regions=[], dateline_region=None
    )
    change_policies("ar", by=machine(COMMAND_LINE), pages={"ethicsPolicy": (arabic.uuid, arabic.path)})
    assert (policies(), policies("/ar/")) == ({"ethicsPolicy": f"{SITE}{named.path}"}, {"ethicsPolicy": f"{SITE}{arabic.path}"})


def test_a_page_that_is_withdrawn_is_named_nowhere_and_comes_back_with_it(named, publisher):
    publication.withdraw(named, by=publisher, reason="To be written anew.")
    assert policies() == {} and named.path not in Client().get("/press/").text
    publication.publish(named, by=publisher)
    assert policies() == {"ethicsPolicy": f"{SITE}{named.path}"}


def test_a_page_that_moves_is_named_where_it_stands(named, reporter, editor, publisher):
    actions.approve(actions.submit(actions.save(named, by=reporter, slug="our-ethics"), by=reporter), by=editor)
    publication.publish_update(named, by=publisher, change="silent")
    assert policies() == {"ethicsPolicy": f"{SITE}/our-ethics/"}


def test_pages_are_chosen_at_the_desk_beside_the_words_of_a_language(ethics, as_user, administrator):
    client, row = as_user(administrator), SiteText.objects.create(language="en", name="Lantern Watch")
    spanish = SiteText.objects.create(language="es")
    address = f"/desk/articles/sitetext/{row.pk}/change/"
    assert "ethicsPolicy" not in client.get(f"/desk/articles/sitetext/{spanish.pk}/change/").text
    assert f'<option value="{ethics.uuid}">Our ethics</option>' in client.get(address).text
    stamp = current()
    typed = {"language": "en", "name": "Lantern Watch", "tagline": "", "footer": ""}
    assert client.post(address, {**typed, "ethicsPolicy": str(ethics.uuid)}).status_code == 302
    assert policies() == {"ethicsPolicy": f"{SITE}{ethics.path}"} and current() > stamp
    assert AuditEvent.objects.filter(verb="change_policies", target="site-text:en").count() == 1
    assert f'<option value="{ethics.uuid}" selected>Our ethics</option>' in client.get(address).text
    before = list(PolicyPage.objects.values())
    for wrong in ("00000000-0000-0000-0000-000000000000", "x", "/about/"):
        assert client.post(address, {**typed, "ethicsPolicy": wrong}).status_code == 200
    assert list(PolicyPage.objects.values()) == before
    assert client.post(address, {**typed, "ethicsPolicy": ""}).status_code == 302
    assert policies() == {} and not PolicyPage.objects.exists()


def test_who_may_not_change_the_words_names_no_page(ethics, as_user, editor):
    row = SiteText.objects.create(language="en", name="Lantern Watch")
    typed = {"language": "en", "name": "Lantern Watch", "tagline": "", "footer": "", "ethicsPolicy": str(ethics.uuid)}
    assert as_user(editor).post(f"/desk/articles/sitetext/{row.pk}/change/", typed).status_code == 403
    assert not PolicyPage.objects.exists()


def test_nothing_in_a_name_closes_the_block(db):
    change_text("en", by=machine(COMMAND_LINE), name="</script><script>alert(1)</script>")
    text = Client().get("/").text
    assert organisation("/")["name"] == "</script><script>alert(1)</script>" and "<script>" not in text
