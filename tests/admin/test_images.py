"""The desk's pictures: taken in by a form that keeps what was typed, seen by those who may, found by their titles."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.audit.models import AuditEvent
from articles.images.actions import add
from articles.images.models import Image
from articles.reports.models import Report
from tests import factories
from tests.admin.browserless import fields_of
from tests.images import files

pytestmark = pytest.mark.django_db
ADD, LIST = "/desk/articles/image/add/", "/desk/articles/image/"
TYPED = {
    "title": "Valley at dusk",
    "credit": "Photograph: Notreal",
    "creator": "N. Notreal",
    "licence": "CC BY 4.0",
    "taken_on": "2026-03-01",
}

POINT = {"focal_x": "0.5", "focal_y": "0.5"}


def upload(client, file, **typed):
    return client.post(ADD, {**TYPED, "file": SimpleUploadedFile("where/I was.jpg", file.read()), **typed})


def change(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def thumb(image):
    return reverse("admin:articles_image_thumb", args=[image.pk])


def nothing_written():
    return (Image.objects.count(), AuditEvent.objects.count(), list(Path(settings.VAR, "private").rglob("*"))) == (0, 0, [])


def errors(html):
    return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r'<ul class="errorlist"[^>]*>(.*?)</ul>', html, re.S)]


def test_an_upload_is_kept_with_what_was_typed(as_user, reporter):
    answer = upload(as_user(reporter), files.telling_jpeg(), shared="on")
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert Image.objects.values("title", "credit", "creator", "licence", "shared", "added_by").get() == {
        **{name: TYPED[name] for name in ("title", "credit", "creator", "licence")}, "shared": True, "added_by": reporter.pk,
    }  # fmt: skip
    html = as_user(reporter).get(LIST).text
    assert f'src="{thumb(Image.objects.get())}"' in html and "Valley at dusk" in html and "I was" not in html


@pytest.mark.parametrize(
    ("file", "typed", "sentences"),
    [
        (lambda: io.BytesIO(b"<svg onload='alert(1)'/>"), {}, ["This is not a JPEG, PNG or WebP picture that can be read: save it as JPEG and try again."]),
        (lambda: files.moving("PNG"), {}, ["Moving pictures are not taken: save one frame as JPEG or PNG."]),
        (lambda: io.BytesIO(files.plain().read() + bytes(24_000_000)), {}, ["The file is larger than 20 MB: save it smaller and try again."]),
        (lambda: io.BytesIO(b""), {}, ["The submitted file is empty."]),
        (files.plain, {"title": ""}, ["Choose the file again as well: a browser does not keep it.", "This field is required."]),
        (files.plain, {"credit": "By \u202edecart"}, ["Choose the file again as well: a browser does not keep it.", None]),
        (files.plain, {"taken_on": "soon"}, ["Choose the file again as well: a browser does not keep it.", "Enter a valid date."]),
    ],
)  # fmt: skip
def test_a_refused_upload_keeps_every_other_field_and_writes_nothing(as_user, reporter, file, typed, sentences):
    answer = upload(as_user(reporter), file(), **typed)
    said = errors(answer.text)
    assert answer.status_code == 200
    assert said == [sentence or told for sentence, told in zip(sentences, said, strict=True)]
    for name, value in {**TYPED, **typed}.items():
        assert f'name="{name}" value="{value}"' in answer.text or not value, name
    assert nothing_written()


def test_the_same_file_leads_to_the_picture_there_is(as_user, reporter, editor, second_reporter):
    image = add(files.plain(), by=reporter, title="Valley")
    answer = upload(as_user(editor), files.plain())
    assert f'This file is at the desk already: use picture <a href="{change(image)}">{image.pk} · Valley</a>.' in answer.text
    assert errors(upload(as_user(second_reporter), files.plain()).text) == [
        "This file is at the desk already: ask an editor to share it with you."
    ]
    assert (Image.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_who_sees_which_picture(as_user, reporter, second_reporter, editor, second_editor, translator, publisher, auditor, stranger):
    own = add(files.plain(colour="red"), by=reporter, title="Own one")
    shared = add(files.plain(colour="green"), by=editor, title="Shared one", shared=True)
    used = add(files.plain(colour="blue"), by=editor, title="Used one")
    public = add(files.plain(colour="white"), by=editor, title="Public one")
    factories.draft(reporter, images=[{"image": used}])
    factories.live(editor, second_editor, publisher, images=[{"image": public, "alt": "White"}])
    sees = {
        reporter: {own, shared, used, public}, second_reporter: {shared, public}, translator: {shared, public}, editor: {own, shared, used, public},
    }  # fmt: skip
    for person, pictures in sees.items():
        client = as_user(person)
        html = client.get(LIST).text
        assert {image for image in Image.objects.all() if image.title in html} == pictures, person
        for image in Image.objects.all():
            status = 200 if image in pictures else 404
            assert client.get(thumb(image)).status_code == status, (person, image)
            assert (client.get(change(image)).status_code == 200) == (image in pictures), (person, image)
    for person, status in ((stranger, 404), (publisher, 200), (auditor, 200)):  # who reads all reports sees what stands in them
        assert {as_user(person).get(thumb(image)).status_code for image in Image.objects.all()} == {status}
    assert Client().get(thumb(own)).status_code == 302


def test_a_thumbnail_is_the_desks_own_and_no_cache_keeps_it(as_user, reporter):
    image = add(files.plain(size=(900, 500)), by=reporter)
    answer = as_user(reporter).get(thumb(image))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    assert as_user(reporter).get(f"/desk/articles/image/{2**70}/thumb/").status_code == 404


def test_facts_are_changed_by_who_added_the_picture_and_by_editors(as_user, reporter, second_reporter, editor):
    image = add(files.plain(), by=reporter, title="Valley", shared=True)
    report = factories.draft(reporter, headline="The valley report", images=[{"image": image}])
    hidden = factories.draft(second_reporter, headline="Not for the first reporter", slug="other", images=[{"image": image}])
    refused = as_user(second_reporter).post(change(image), {**TYPED, "title": "Taken over"})
    assert (refused.status_code, Image.objects.get().title) == (403, "Valley")
    html = as_user(reporter).get(change(image)).text
    assert f'href="/desk/articles/report/{report.pk}/change/"' in html and hidden.headline not in html and 'name="file"' not in html
    assert as_user(reporter).post(change(image), {**TYPED, **POINT, "shared": "on"}).status_code == 302
    assert as_user(editor).post(change(image), {**TYPED, **POINT, "title": "Valley, in the evening"}).status_code == 302
    assert (Image.objects.get().title, Image.objects.get().sha256) == ("Valley, in the evening", image.sha256)
    assert list(AuditEvent.objects.filter(verb="change_picture").order_by("seq").values_list("by", "target")) == [
        (person.audit_code, image.audit_code) for person in (reporter, editor)
    ]
    assert as_user(editor).post(f"/desk/articles/image/{image.pk}/delete/", {"post": "yes"}).status_code == 403


def test_pictures_are_found_by_words_and_by_nothing_else(as_user, editor):
    add(files.plain(colour="red"), by=editor, title="Valley at dusk")
    add(files.plain(colour="blue"), by=editor, title="Roofs", creator="Notreal")
    found = {words: as_user(editor).get(LIST, {"q": words}).text for words in ("valley", "NOTREAL", "nothing")}
    assert ["Valley at dusk" in html for html in found.values()] == [True, False, False]
    assert ["Roofs" in html for html in found.values()] == [False, True, False]
    assert as_user(editor).get(LIST, {"sha256__startswith": "a"}).status_code in (302, 400)


def test_a_report_takes_a_picture_that_its_writer_may_see_and_no_other(as_user, reporter, editor, second_editor, publisher):
    own, hidden = (
        add(files.plain(colour="red"), by=reporter, title="Own one"),
        add(files.plain(colour="blue"), by=editor, title="Hidden one"),
    )
    report = factories.draft(reporter)
    address = reverse("admin:articles_report_change", args=[report.pk])
    html = as_user(reporter).get(address).text
    assert f'<option value="{own.pk}">{own}</option>' in html and "Hidden one" not in html
    fields = fields_of(html)
    for image, status in ((hidden, 400), (own, 302)):
        answer = as_user(reporter).post(address, {**fields, "pictures-0-image": image.pk, "pictures-0-alt": "A valley"})
        assert (answer.status_code, "There is no picture with this number." in answer.text) == (status, status == 400)
        assert ('value="A valley"' in answer.text) == (status == 400)
    assert list(Report.objects.get().report_images.values_list("image", "alt")) == [(own.pk, "A valley")]
    factories.live(editor, second_editor, publisher, slug="other", images=[{"image": hidden, "alt": "Blue"}])
    assert "Hidden one" in as_user(reporter).get(address).text


def test_the_focal_point_is_set_in_two_fields_and_its_crops_are_shown_without_a_script(as_user, reporter):
    image = add(files.plain(size=(1200, 800)), by=reporter, title="Valley")
    client = as_user(reporter)
    assert client.post(change(image), {**TYPED, "focal_x": "0.25", "focal_y": "1"}).status_code == 302
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y, AuditEvent.objects.filter(verb="change_picture").count()) == (0.25, 1.0, 1)
    html = client.get(change(image)).text
    assert re.findall(r'viewBox="([^"]+)" role="img" aria-label="Cut to ([^"]+)"', html) == [
        ("0 125 1200 675", "16:9"), ("0 0 1067 800", "4:3"), ("0 0 800 800", "1:1"),
    ]  # fmt: skip
    assert 'transform="translate(300 800)"' in html
    small = client.get(thumb(image) + "?of=small")
    assert (small.status_code, "no-store" in small["Cache-Control"]) == (200, True)
    assert small.content != client.get(thumb(image)).content


@pytest.mark.parametrize("point", [("1.1", "0"), ("-0.1", "0"), ("x", "0"), ("nan", "0"), ("inf", "0"), ("", "0")])
def test_a_point_outside_the_picture_is_refused_and_nothing_is_written(as_user, reporter, point):
    image = add(files.plain(), by=reporter, title="Valley")
    answer = as_user(reporter).post(change(image), {**TYPED, "focal_x": point[0], "focal_y": point[1]})
    image.refresh_from_db()
    assert (answer.status_code, image.focal_x, image.title, AuditEvent.objects.filter(verb="change_picture").count()) == (
        200,
        0.5,
        "Valley",
        0,
    )
