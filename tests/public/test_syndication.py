"""Each report in other forms, at addresses of their own: what they send, to whom they belong, and when they are gone."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture

from articles.editions.models import Address, Edition, EditionFile, EditionImage, PublicFile
from articles.images.actions import add
from articles.images.models import Image
from articles.workflow import publication
from articles.workflow.finishing import finish
from newsroom import clock
from tests import factories
from tests.public.canary import photograph

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC)
NAMES = ("report.txt", "report.md", "ninjs.json", "republish/", "press-kit.zip")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def pictured(reporter: Any, editor: Any, publisher: Any) -> Any:
    image = add(photograph(90), by=reporter, title="Valley", credit="Drawing: A Hand", licence="CC BY 4.0", reprintable=True)
    other = add(photograph(91), by=reporter, title="Not ours", credit="Agency")
    pictures = [{"image": image, "alt": "A valley", "caption": "At dusk", "lead": True}, {"image": other, "alt": "A road"}]
    report = factories.live(reporter, editor, publisher, at=AT, images=pictures)
    finish(report.uuid)
    return report


def test_each_form_is_sent_as_what_it_is_and_names_the_report_as_its_original(client: Client, pictured: Any) -> None:
    found = {name: client.get(pictured.path + name) for name in NAMES}
    assert {name: (each.status_code, each.headers["Content-Type"]) for name, each in found.items()} == {
        "report.txt": (200, "text/plain; charset=utf-8"),
        "report.md": (200, "text/markdown; charset=utf-8; variant=CommonMark"),
        "ninjs.json": (200, "application/json"),
        "republish/": (200, "text/html; charset=utf-8"),
        "press-kit.zip": (200, "application/zip"),
    }
    original = f'<http://testserver{pictured.path}>; rel="canonical"'
    assert {each.headers.get("Link") for name, each in found.items() if name != "republish/"} == {original}
    assert json.loads(found["ninjs.json"].content)["uri"] == f"urn:uuid:{pictured.uuid}"


def test_the_kit_holds_texts_facts_and_the_one_picture_that_may_be_printed(client: Client, pictured: Any) -> None:
    answer = client.get(pictured.path + "press-kit.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{pictured.slug}.zip"'
    archive = zipfile.ZipFile(io.BytesIO(body(answer)))
    assert archive.testzip() is None
    assert [each.removeprefix(f"{pictured.slug}/") for each in archive.namelist()] == [
        "facts.txt", "report.txt", "report.md", "report.html", "report.ninjs.json", "pictures/captions.txt", "pictures/01.jpg",
    ]  # fmt: skip
    assert Picture.open(archive.open(f"{pictured.slug}/pictures/01.jpg")).size == (64, 48)
    captions = archive.read(f"{pictured.slug}/pictures/captions.txt").decode()
    assert captions == "01.jpg (64 × 48)\nAt dusk\nA valley\nDrawing: A Hand\nLicence: CC BY 4.0.\n"
    facts = archive.read(f"{pictured.slug}/facts.txt").decode()
    assert "Headline: Two families told to leave the valley\n" in facts and f"Address: http://testserver{pictured.path}\n" in facts
    assert archive.read(f"{pictured.slug}/report.txt") == client.get(pictured.path + "report.txt").content


def test_the_kit_is_the_same_bytes_each_time_and_is_not_sent_twice(client: Client, pictured: Any) -> None:
    one, two = client.get(pictured.path + "press-kit.zip"), client.get(pictured.path + "press-kit.zip")
    assert body(one) == body(two) and one.headers["ETag"] == two.headers["ETag"]
    again = client.get(pictured.path + "press-kit.zip", headers={"If-None-Match": one.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(pictured.path + "press-kit.zip").content == b""


def test_a_picture_that_may_no_longer_be_printed_leaves_the_live_kits(client: Client, pictured: Any) -> None:
    file = EditionImage.objects.get(reprint__isnull=False).reprint["file"]
    assert client.get(f"/media/{file}").status_code == 200
    image = Image.objects.get(title="Valley")
    Image.objects.filter(pk=image.pk).update(reprintable=False)
    assert (finish(pictured.uuid), finish(pictured.uuid)) == (True, False)
    assert not EditionImage.objects.filter(reprint__isnull=False).exists() and not PublicFile.objects.filter(name=file).exists()
    assert client.get(f"/media/{file}").status_code == 404
    assert "pictures/" not in "".join(zipfile.ZipFile(io.BytesIO(body(client.get(pictured.path + "press-kit.zip")))).namelist())


def test_a_picture_published_before_it_might_be_printed_is_handed_on_afterwards(
    as_user: Any, reporter: Any, editor: Any, publisher: Any
) -> None:
    image = add(photograph(92), by=reporter, title="Later", credit="A Hand")
    report = factories.live(reporter, editor, publisher, at=AT, images=[{"image": image, "alt": "A valley"}])
    finish(report.uuid)
    before = set(EditionFile.objects.values_list("file__name", flat=True))
    facts = {"title": "Later", "credit": "A Hand", "licence": "CC BY 4.0", "focal_x": "0.5", "focal_y": "0.5"}
    assert (
        as_user(editor).post(f"/desk/articles/image/{image.pk}/change/", {**facts, "reprintable": "on", "shared": "on"}).status_code == 302
    )
    clock.tick(at=timezone.now() + dt.timedelta(seconds=1))
    fresh = set(EditionFile.objects.values_list("file__name", flat=True)) - before
    shown = EditionImage.objects.get(edition=report.uuid).reprint
    assert (fresh, shown["licence"]) == ({shown["file"]}, "CC BY 4.0")


def test_withdrawal_takes_every_form_and_another_address_answers_as_any_other(client: Client, pictured: Any, publisher: Any) -> None:
    unknown = client.get("/reports/2026/03/nothing-here/").content
    assert {(client.get(f"/reports/2026/03/nothing-here/{name}").status_code) for name in NAMES} == {404}
    assert {client.get(f"/reports/2026/03/nothing-here/{name}").content for name in NAMES} == {unknown}
    file = EditionImage.objects.get(reprint__isnull=False).reprint["file"]
    publication.withdraw(pictured, by=publisher, reason="Asked to.")
    gone = client.get(pictured.path)
    assert {(client.get(pictured.path + name).status_code, client.get(pictured.path + name).content) for name in NAMES} == {
        (410, gone.content)
    }
    assert client.get(f"/media/{file}").status_code == 404


def test_an_address_that_moved_leads_each_form_on(client: Client, pictured: Any) -> None:
    old = "/reports/2026/03/an-older-slug/"
    with factories.triggers_lifted():
        Address.objects.create(path=old, report_uuid=pictured.uuid, answer="moved", to=pictured.path, since=AT)
    assert {client.get(old + name).headers["Location"] for name in NAMES} == {pictured.path + name for name in NAMES}


def test_the_page_to_copy_from_holds_the_same_text_and_says_what_is_asked(client: Client, pictured: Any) -> None:
    page = client.get(pictured.path + "republish/").text
    assert '<meta name="robots" content="noindex">' in page
    assert "All rights reserved by Newsroom" in page and "Name Newsroom, link to the report" in page
    assert "&lt;article lang=&quot;en&quot; dir=&quot;ltr&quot;&gt;" in page
    edition = Edition.objects.get(uuid=pictured.uuid)
    assert edition.headline in page and "Drawing: A Hand" in page and "Agency" not in page
