"""A name that readers see is changed at the desk: every page shows the new one, once the clock has run."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.people.models import Byline
from articles.people.roles import ADMINISTRATOR, EDITOR, PRESS_OFFICER
from articles.taxonomy.models import RegionName, Tag, TagName
from newsroom import clock
from tests import factories
from tests.public.canary import crawl, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(reporter, editor, publisher):
    """A report, and one in Arabic, that show each sort of name."""
    tag = Tag.objects.create(name="Oldtag", slug="law")
    TagName.objects.create(tag=tag, language="ar", name="Oldarabic")
    byline = Byline.objects.create(name="Oldname", slug="a-name")
    contact = MediaContact.objects.create(name="Oldcontact", phone="+44 20 7946 0000", email="old@example.org", show_email=True, zone="UTC")
    shown = {"tags": [tag], "credits": [{"byline": byline}], "byline_mode": "named", "contact": contact}
    factories.live(reporter, editor, publisher, **{**shown, "language": "ar", "headline": "عائلتان"})
    return factories.live(reporter, editor, publisher, **shown)


def shown(live, words):
    """Which of the words stand on any public address."""
    text = " ".join(map(said, crawl(live, odd=()).values()))
    return {word for word in words if word in text}


def names(model, rows):
    """The fields of an inline formset of names."""
    form = {f"{model}-TOTAL_FORMS": len(rows), f"{model}-INITIAL_FORMS": sum("id" in row for row in rows)}
    return form | {f"{model}-{number}-{field}": value for number, row in enumerate(rows) for field, value in row.items()}


def test_every_page_shows_the_new_names(live, cast, as_user):
    desk = as_user(cast("chief", EDITOR, ADMINISTRATOR, PRESS_OFFICER))
    tag, byline, contact = Tag.objects.get(), Byline.objects.get(), MediaContact.objects.get()
    arabic, nigeria = TagName.objects.get(), RegionName.objects.get(region=factories.region(), language="en")
    others = [
        {"id": each.pk, "region": each.region_id, "language": each.language, "name": "Newregion" if each.language == "es" else each.name}
        for each in RegionName.objects.filter(region=nigeria.region).exclude(pk=nigeria.pk)
    ]
    in_arabic = [{"id": arabic.pk, "tag": tag.pk, "language": "ar", "name": "Newarabic"}]
    reached = {"phone": "+44 20 7946 0001", "email": "old@example.org", "zone": "UTC", "order": "0", "active": "on"}
    changes = [
        (f"tag/{tag.pk}", {"name": "Newtag", "slug": "law", "kind": "topic"} | names("names", in_arabic)),
        (f"byline/{byline.pk}", {"name": "Newname", "slug": "a-name"}),
        (f"region/{nigeria.region_id}", names("names", [{"id": nigeria.pk, "region": nigeria.region_id, "language": "en", "name": "Newregion"}, *others])),
        ("siteidentity/1", {"organisation": "Newhouse", "short_name": "Newshort", "founded": ""}),
        (f"mediacontact/{contact.pk}", {"name": "Newcontact", **reached}),
    ]  # fmt: skip
    old = {"Oldtag", "Oldarabic", "Oldname", "Oldcontact", "old@example.org", "7946 0000", "Nigeria", "(Newsroom)"}
    new = {"Newtag", "Newarabic", "Newname", "Newcontact", "7946 0001", "Newregion", "(Newshort)"}
    assert shown(live, old | new) == old
    for address, form in changes:
        answer = desk.post(f"/desk/articles/{address}/change/", form)
        assert answer.status_code == 302, (address, answer.context["errors"])
    clock.tick(at=timezone.now() + dt.timedelta(seconds=1))
    assert shown(live, old | new) == new


def test_a_contact_who_leaves_is_on_no_report(live, press_officer):
    save_contact(MediaContact.objects.get(), by=press_officer, active=False)
    clock.tick(at=timezone.now() + dt.timedelta(seconds=1))
    assert shown(live, {"Oldcontact", "old@example.org", "7946"}) == set()
