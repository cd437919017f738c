"""Drawing again what is live, without a new approval."""

from __future__ import annotations

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from articles.editions.drawing import FORMAT
from articles.editions.models import Edition
from articles.editions.redraw import ask_for_older, ask_for_redraw, redraw, run_errand
from articles.errands.models import Errand
from articles.errands.queue import run
from articles.stamp.number import current
from articles.taxonomy.models import RegionName
from articles.workflow import publication
from tests import factories

pytestmark = pytest.mark.django_db

DRAWN = ("head_html", "main_html", "card_html", "rss_xml", "atom_xml", "json_item", "feed_html")


def drawings() -> list[tuple]:
    return list(Edition.objects.order_by("uuid").values_list("uuid", "format", *DRAWN))


@pytest.fixture
def three(reporter, editor, publisher):
    for number in range(3):
        factories.live(reporter, editor, publisher, headline=f"Order number {number}")
    return drawings()


def spoil() -> None:
    Edition.objects.update(format=0, card_html="old", main_html="old")


def test_a_redraw_gives_the_bytes_of_publication(three):
    approved = list(Edition.objects.order_by("uuid").values_list("content_hash", "updated_at"))
    spoil()
    before = current()
    done = redraw()
    assert (done.count, done.last) == (3, three[-1][0])
    assert drawings() == three
    assert list(Edition.objects.order_by("uuid").values_list("content_hash", "updated_at")) == approved
    assert current() == before + 1


def test_an_interrupted_redraw_goes_on_where_it_stopped(three):
    spoil()
    first = redraw(batch=2)
    assert [row[1] for row in drawings()] == [FORMAT, FORMAT, 0]
    second = redraw(batch=2, after=first.last)
    assert (first.count, second.count) == (2, 1)
    assert drawings() == three


def test_only_older_drawings_are_drawn_when_asked_so(three):
    Edition.objects.filter(uuid=three[1][0]).update(format=0, card_html="old")
    Edition.objects.filter(uuid=three[2][0]).update(card_html="kept")
    assert redraw(older_only=True).count == 1
    assert [row[4] for row in drawings()] == [three[0][4], three[1][4], "kept"]
    before = current()
    assert redraw(older_only=True).last is None
    assert current() == before


def test_one_language_is_drawn_alone(three):
    spoil()
    assert redraw(language="ar").count == 0
    assert {row[1] for row in drawings()} == {0}


def test_the_command_draws_all_and_says_where_it_is(three):
    spoil()
    said = StringIO()
    call_command("redraw", batch=2, stdout=said)
    assert drawings() == three
    assert said.getvalue().splitlines() == [
        f"2 drawn, the last of them {three[1][0]}",
        f"3 drawn, the last of them {three[2][0]}",
        "Done: 3 drawn again.",
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"language": "xx"}, "not a language"), ({"after": "no-uuid"}, "not a uuid"), ({"batch": 0}, "at least one")],
)
def test_the_command_refuses_what_it_cannot_read_and_draws_nothing(three, options, sentence):
    spoil()
    spoilt = drawings()
    with pytest.raises(CommandError, match=sentence):
        call_command("redraw", **options)
    assert drawings() == spoilt


def test_the_errand_goes_on_batch_by_batch(three, monkeypatch):
    monkeypatch.setattr("articles.editions.redraw.BATCH", 2)
    spoil()
    ask_for_redraw()
    asked = set()
    while waiting := Errand.objects.filter(kind="redraw").exclude(key__in=asked).first():
        asked.add(waiting.key)
        run_errand(waiting.payload)
    assert drawings() == three
    assert asked == {"redraw all", f"redraw all after {three[1][0]}"}


def test_a_renamed_region_reaches_what_shows_it_and_nothing_else(reporter, editor, publisher):
    nigeria, chad = factories.region("NG"), factories.region("TD")
    for place in (nigeria, chad):
        factories.live(reporter, editor, publisher, headline=f"An order in {place.slug}", dateline_region=place, regions=[place])
    RegionName.objects.filter(region=nigeria, language="en").delete()
    type(nigeria).objects.filter(pk=nigeria.pk).update(name="Naija")
    other = Edition.objects.get(dateline_region=chad).card_html
    Edition.objects.update(main_html="old")
    run_errand({"by": "region", "id": nigeria.pk})
    assert "Jos, Naija" in Edition.objects.get(dateline_region=nigeria).card_html
    assert (Edition.objects.get(dateline_region=chad).card_html, Edition.objects.get(dateline_region=chad).main_html) == (other, "old")


def test_a_translation_is_linked_from_its_sibling_while_it_is_live(reporter, editor, publisher):
    english = factories.live(reporter, editor, publisher)
    arabic = factories.approved(reporter, editor, language="ar", headline="عائلتان تُجبران على الرحيل")
    type(arabic).objects.filter(pk=arabic.pk).update(translation_group=english.translation_group)
    arabic.refresh_from_db()
    alone = drawings()

    publication.publish(arabic, by=publisher)
    page = Edition.objects.get(uuid=english.uuid)
    assert f'href="{Edition.objects.get(language="ar").path}" lang="ar"' in page.main_html
    assert 'hreflang="ar"' in page.head_html and "العربية" in page.card_html

    publication.withdraw(type(arabic).objects.get(pk=arabic.pk), by=publisher, reason="Asked by the family.")
    assert drawings() == alone


def test_a_uuid_behind_the_last_edition_draws_nothing(three):
    before = current()
    assert redraw(after=UUID(int=2**128 - 1)).count == 0
    assert current() == before


def test_what_an_older_version_drew_is_asked_for_once_and_drawn(three, monkeypatch):
    monkeypatch.setattr("articles.editions.redraw.BATCH", 2)
    assert not ask_for_older() and not Errand.objects.filter(kind="redraw").exists()
    spoil()
    said = StringIO()
    call_command("prepare", anew=True, stdout=said)
    assert "drawn by an older version" in said.getvalue()
    assert ask_for_older() and Errand.objects.filter(kind="redraw").count() == 1
    for _each in range(3):
        run(handlers={"redraw": run_errand})
    assert drawings() == three
    assert Errand.objects.get(kind="redraw").done_at is not None
