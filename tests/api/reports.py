"""A report with everything that the API can tell of one."""

from __future__ import annotations

import datetime as dt

from articles.contacts.models import MediaContact
from articles.images.actions import add
from articles.people.models import Byline
from articles.taxonomy.models import Tag, TagName
from tests import factories
from tests.public.canary import photograph

AT = dt.datetime(2026, 3, 4, 6, 30, tzinfo=dt.UTC)
BODY = '<p>Two families were told to leave. <a href="/about/">Who we are</a>.</p><p>“We were given no paper,” a neighbour says.</p>'


def full(reporter, editor, publisher, **changes):
    """One live report in English, with each of its fields in use."""
    tag, _made = Tag.objects.get_or_create(name="Prison", slug="prison")
    TagName.objects.get_or_create(tag=tag, language="ar", defaults={"name": "سجن"})
    contact = MediaContact.objects.create(
        name="Adaeze Notreal",
        role="Press officer",
        phone="+44 20 7946 0000",
        email="hidden@example.org",
        duty="Mondays",
        languages=["en", "ar"],
    )
    given = {
        "body": BODY, "tags": [tag], "contact": contact, "byline_mode": "named",
        "credits": [{"byline": Byline.objects.get_or_create(name="A Name", slug="a-name")[0], "role": "author"}],
        "citations": [{"title": "Order", "publisher": "Office", "address": "https://example.org/order", "accessed_on": dt.date(2026, 3, 5)}],
        "images": [{"image": add(photograph(60), by=reporter, credit="Drawn"), "alt": "A valley", "caption": "The valley.", "lead": True}],
        "call_to_action": "Ask for the register", "call_to_action_link": "https://example.org/act", "event_on": dt.date(2026, 3, 1),
        "event_precision": "month", "backstory": "We spoke with eleven families.", **changes,
    }  # fmt: skip
    return factories.live(reporter, editor, publisher, at=AT, **given)
