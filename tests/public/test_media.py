"""A picture's address answers while an edition shows it, with headers that make it inert and easy to call back; before and after, nothing."""

from __future__ import annotations

import re

import pytest
from django.core.files.storage import storages
from django.test import Client

from articles.editions.files import public_name
from articles.editions.models import PublicFile
from articles.images.actions import add
from articles.images.models import Image
from articles.reports.models import Report
from articles.workflow import actions, publication
from tests import factories
from tests.images import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictured(reporter, editor, publisher):
    """A live report with a picture, and that picture's public addresses."""
    image = add(files.plain(size=(1700, 900)), by=reporter, credit="Own drawing")
    images = [{"image": image, "alt": "A valley", "caption": "At dusk", "lead": True}]
    report = factories.live(reporter, editor, publisher, images=images)
    return report, re.findall(r"/media/[\w.]+", Client().get(report.path).text)


def test_the_page_offers_every_size_once_with_its_measures(pictured):
    report, offered = pictured
    html = Client().get(report.path).text
    picture = re.search(r"<picture>.*?</picture>", html, re.S)[0]
    assert re.findall(r'type="([^"]+)"', picture) == ["image/webp"]
    for sizes in re.findall(r'srcset="([^"]+)"', picture):
        assert [each.split()[1] for each in sizes.split(", ")] == ["480w", "720w", "960w", "1200w"]
    assert re.search(
        r'<img src="/media/[0-9a-f]{40}\.jpg"[^>]* width="1200" height="635" alt="A valley" fetchpriority="high" decoding="async">', picture
    )
    assert "At dusk" in html and "Own drawing" in html
    assert {Client().get(path).status_code for path in offered} == {200} and len(set(offered)) == 8


def test_a_file_is_sent_inert_and_for_a_minute(pictured):
    _report, offered = pictured
    for path in set(offered):
        answer, head = Client().get(path), Client().head(path)
        row = PublicFile.objects.get(name=path.removeprefix("/media/"))
        assert (len(answer.content), answer["Content-Type"]) == (row.bytes, {"jpg": "image/jpeg", "ebp": "image/webp"}[path[-3:]])
        assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(answer.headers))
        assert answer.headers.items() >= {
            "Cache-Control": "public, max-age=60, must-revalidate", "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff", "Accept-Ranges": "none", "Content-Length": str(row.bytes), "ETag": f'"{row.name.partition(".")[0]}"',
        }.items()  # fmt: skip
        assert not {"Set-Cookie", "Vary", "Last-Modified"} & set(answer.headers)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"{tag}"'}, 304), ({"If-None-Match": 'W/"{tag}"'}, 304), ({"If-None-Match": '"x", "{tag}"'}, 304), ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"{tag}x"'}, 200), ({"If-None-Match": "{tag}"}, 200), ({"If-Modified-Since": "Wed, 25 Nov 2126 08:00:00 GMT"}, 200),
        ({"Range": "bytes=0-9"}, 200), ({"Range": "bytes=9999999-"}, 200), ({"Range": "bytes=0-9", "If-Range": '"{tag}"'}, 200),
    ],
)  # fmt: skip
def test_conditions_are_heard_and_ranges_are_not_served(pictured, headers, status):
    _report, (path, *_more) = pictured
    whole = Client().get(path)
    tag = whole["ETag"].strip('"')
    answer = Client().get(path, headers={name: value.format(tag=tag) for name, value in headers.items()})
    assert (answer.status_code, answer.content) == (status, b"" if status == 304 else whole.content)
    assert answer["ETag"] == whole["ETag"] and answer["Cache-Control"] == whole["Cache-Control"]


def test_no_wish_makes_another_picture(pictured):
    _report, (path, *_more) = pictured
    whole = Client().get(path)
    for wish in ("?width=99999", "?w=1&h=1&format=gif", "?"):
        assert Client().get(path + wish).content == whole.content
    nothing = Client().get("/nothing-here/")
    for other in (
        path.replace(".jpg", ".png").replace(".webp", ".png"),
        "/media/" + "0" * 40 + ".jpg",
        path + ".svg",
        "/media/",
        path.upper(),
    ):
        answer = Client().get(other)
        assert (answer.status_code, answer.content) == (404, nothing.content), other
    assert Client().post(path).status_code == 405 and Client().delete(path).status_code == 405


def test_a_draft_offers_nothing_at_any_address(reporter, editor):
    image = add(files.plain(size=(700, 500)), by=reporter)
    factories.approved(reporter, editor, images=[{"image": image, "alt": "A valley", "lead": True}])
    names = [*(each.file for each in image.renditions.all()), image.master.partition("/")[2] + ".jpg", f"{image.sha256[:40]}.jpg"]
    assert {Client().get(f"/media/{name}").status_code for name in names} == {404}


def test_the_thumbnail_and_the_master_of_a_live_picture_stay_private(pictured):
    image = Image.objects.get()
    private = [each.file for each in image.renditions.filter(name="thumb")]
    assert {Client().get(f"/media/{name}").status_code for name in (*private, image.content_hash[:40] + ".jpg")} == {404}


def test_a_withdrawn_picture_is_gone_whatever_is_asked(pictured, publisher, django_capture_on_commit_callbacks):
    report, offered = pictured
    tags = {path: Client().get(path)["ETag"] for path in offered}
    with django_capture_on_commit_callbacks(execute=True):
        publication.withdraw(report, by=publisher, reason="Asked by the family.")
    for path, tag in tags.items():
        for headers in (
            {},
            {"If-None-Match": tag},
            {"If-None-Match": "*"},
            {"Range": "bytes=0-9"},
            {"If-Modified-Since": "Wed, 25 Nov 2026 08:00:00 GMT"},
        ):
            assert Client().get(path, headers=headers).status_code == 404
        assert not storages["public"].exists(public_name(path.removeprefix("/media/")))
    assert PublicFile.objects.count() == 0


def test_an_update_with_another_picture_gives_up_the_first(pictured, reporter, editor, publisher, django_capture_on_commit_callbacks):
    report, offered = pictured
    other = add(files.plain(size=(500, 400), colour="red"), by=reporter)
    report = actions.save(Report.objects.get(pk=report.pk), by=reporter, images=[{"image": other, "alt": "A roof"}])
    actions.approve(actions.submit(report, by=reporter), by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        publication.publish_update(report, by=publisher, change="silent")
    assert {Client().get(path).status_code for path in offered} == {404}
    html = Client().get(report.path).text
    assert 'alt="A roof" loading="lazy"' in html
    assert {Client().get(path).status_code for path in re.findall(r"/media/[\w.]+", html)} == {200}


def test_a_row_without_its_file_is_nothing_to_serve(pictured):
    _report, (path, *_more) = pictured
    storages["public"].delete(public_name(path.removeprefix("/media/")))
    assert Client().get(path).status_code == 404
