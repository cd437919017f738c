"""The site's name, logo, words and menus at the desk: each change is checked, recorded and seen at once; a wrong one changes nothing."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from articles.audit.models import AuditEvent
from articles.errands.models import Errand
from articles.identity.models import Logo, MenuItem, SiteIdentity, SiteText
from articles.stamp.number import current
from tests.admin.browserless import fields_of
from tests.images import files

pytestmark = pytest.mark.django_db
IDENTITY, WORDS, MENUS = "/desk/articles/siteidentity/1/change/", "/desk/articles/sitetext/", "/desk/articles/menuitem/"
GIVEN = {"organisation": "Lantern Watch", "short_name": "LW", "founded": "1995"}


def logo(colour="navy"):
    return SimpleUploadedFile("logo.png", files.saved(Pillow.new("RGBA", (600, 200), colour), "PNG").read())


def masthead(path="/"):
    return re.search(r'<p class="mast__name">(.*?)</p>', Client().get(path).text)[1].replace(' aria-current="page"', "")


def written():
    rows = [list(model.objects.order_by("pk").values_list()) for model in (SiteIdentity, SiteText, MenuItem, Logo)]
    return rows, current(), AuditEvent.objects.count()


def verbs(after):
    return list(AuditEvent.objects.order_by("seq").values_list("verb", "target"))[after:]


def test_name_and_founding_year_are_changed_and_what_shows_them_is_drawn_again(as_user, administrator):
    events = AuditEvent.objects.count()
    assert as_user(administrator).post(IDENTITY, GIVEN).status_code == 302
    assert SiteIdentity.objects.values().get() == {
        "id": 1,
        "organisation": "Lantern Watch",
        "short_name": "LW",
        "founded": 1995,
        "licence": "",
        "licence_link": "",
    }
    assert masthead() == '<a href="/">Lantern Watch</a>' and "since 1995" in Client().get("/").text
    assert verbs(events) == [("change_identity", "identity")]
    assert Errand.objects.filter(kind="redraw", key="redraw all").count() == 1
    before = written()
    assert as_user(administrator).post(IDENTITY, GIVEN).status_code == 302
    assert written() == before


def test_a_logo_is_uploaded_replaced_and_removed(as_user, publisher, django_capture_on_commit_callbacks):
    client, events = as_user(publisher), AuditEvent.objects.count()
    client.post(IDENTITY, GIVEN)
    assert "remove_logo" not in client.get(IDENTITY).text
    client.post(IDENTITY, {**GIVEN, "logo": logo(), "logo_dark": logo("white")})
    first, dark = Logo.objects.get(ground="light"), Logo.objects.get(ground="dark")
    html = client.get(IDENTITY).text
    assert f'class="logo-now logo-now--light" src="/media/{first.file}"' in html and f'src="/media/{dark.file}"' in html
    with django_capture_on_commit_callbacks(execute=True):
        client.post(IDENTITY, {**GIVEN, "logo": logo("maroon"), "remove_logo_dark": "on"})
    second = Logo.objects.get()
    assert f'src="/media/{second.file}" width="600" height="200" alt="Lantern Watch"' in masthead()
    assert [Client().get(f"/media/{each.file}").status_code for each in (first, dark, second)] == [404, 404, 200]
    client.post(IDENTITY, {**GIVEN, "remove_logo": "on"})
    assert masthead() == '<a href="/">Lantern Watch</a>'
    assert verbs(events) == [
        ("change_identity", "identity"), ("change_logo", "logo:light"), ("change_logo", "logo:dark"), ("change_logo", "logo:light"),
        ("remove_logo", "logo:dark"), ("remove_logo", "logo:light"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"logo": SimpleUploadedFile("logo.svg", b"<svg onload='alert(1)'/>")}, "This is not a JPEG, PNG or WebP picture that can be read"),
        ({"founded": "95", "logo": "a file"}, "Choose the file again as well: a browser does not keep it."),
        ({"remove_logo": "on", "logo": "a file"}, "Either choose a file or remove the logo, not both."),
        ({"founded": "soon"}, "Enter a whole number."),
        ({"organisation": ""}, "This field is required."),
        ({"short_name": "L\u202eW"}, "errorlist"),
    ],
)
def test_a_wrong_identity_is_told_keeps_what_was_typed_and_changes_nothing(as_user, administrator, wrong, sentence):
    client = as_user(administrator)
    client.post(IDENTITY, {**GIVEN, "logo": logo()})
    before = written()
    answer = client.post(
        IDENTITY,
        {**GIVEN, "organisation": "Another", **{name: logo("red") if value == "a file" else value for name, value in wrong.items()}},
    )
    assert answer.status_code == 200 and sentence in answer.text
    assert written() == before
    assert fields_of(answer.text)["organisation"] == [wrong.get("organisation", "Another")]


def test_words_are_one_row_a_language(as_user, administrator):
    client = as_user(administrator)
    typed = {"language": "ar", "name": "مرصد الفانوس", "tagline": "نراقب", "footer": ""}
    assert client.post(f"{WORDS}add/", typed).status_code == 302
    assert masthead("/ar/") == '<a href="/ar/">مرصد الفانوس</a>'
    assert "language" in client.post(f"{WORDS}add/", typed).text and SiteText.objects.count() == 1
    html = client.get(f"{WORDS}add/").text
    assert re.findall(r'<option value="(\w*)"', html) == ["en", "es"]
    row = SiteText.objects.get()
    html = client.get(f"{WORDS}{row.pk}/change/").text
    assert 'dir="rtl"' in html and re.findall(r'<option value="(\w*)"', html) == ["ar"]
    client.post(f"{WORDS}{row.pk}/change/", {**typed, "name": "الفانوس"})
    assert (SiteText.objects.get().name, masthead("/ar/")) == ("الفانوس", '<a href="/ar/">الفانوس</a>')
    for code in ("en", "es"):
        client.post(f"{WORDS}add/", {**typed, "language": code})
    assert client.get(f"{WORDS}add/").status_code == 403
    assert client.post(f"{WORDS}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_menus_stand_beside_each_other_and_each_is_one_form(as_user, publisher):
    client, events = as_user(publisher), AuditEvent.objects.count()
    html = client.get(MENUS).text
    assert re.findall(r'href="/desk/articles/menuitem/([\w-]+)/change/"', html) == [
        "en-menu",
        "en-footer",
        "es-menu",
        "es-footer",
        "ar-menu",
        "ar-footer",
    ]
    address = f"{MENUS}es-menu/change/"
    fields = fields_of(client.get(address).text)
    labels = [fields[f"items-{number}-label"][0] for number in range(int(fields["items-TOTAL_FORMS"][0]))]
    assert labels == [*MenuItem.objects.filter(language="es", place="menu").values_list("label", flat=True), ""]
    last = len(labels) - 1
    fields |= {"items-0-ORDER": "9", "items-1-DELETE": "on", f"items-{last}-label": "Quiénes somos", f"items-{last}-path": "/es/about/"}
    answer = client.post(address, fields)
    assert (answer.status_code, answer["Location"]) == (302, MENUS)
    kept = list(MenuItem.objects.filter(language="es", place="menu").values_list("label", "path"))
    assert kept == [
        *[(label, fields[f"items-{number}-path"][0]) for number, label in enumerate(labels) if number not in (0, 1, last)],
        ("Informes", "/es/reports/"), ("Quiénes somos", "/es/about/"),
    ]  # fmt: skip
    assert [label for label, _path in kept][:2] == re.findall(r"<li><a href=[^>]*>([^<]*)</a>", Client().get("/es/").text)[:2]
    assert verbs(events) == [("change_menu", "menu:es")]
    assert "Who" in client.get(f"{MENUS}es-menu/history/").text and str(publisher) in client.get(f"{MENUS}es-menu/history/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"items-0-path": "https://evil.example/"}, "Write a path of this site that begins with one slash, such as /reports/."),
        ({"items-0-path": "//evil.example/"}, "Write a path of this site that begins with one slash, such as /reports/."),
        ({"items-0-label": ""}, "This field is required."),
        ({"items-0-label": "A\u202eB"}, "errorlist"),
        ({"items-TOTAL_FORMS": "1000000"}, "errorlist"),
    ],
)
def test_a_wrong_menu_is_told_and_changes_nothing(as_user, publisher, wrong, sentence):
    client, address = as_user(publisher), f"{MENUS}en-menu/change/"
    fields, before = fields_of(client.get(address).text), written()
    answer = client.post(address, {**fields, "items-1-label": "Typed with care", **wrong})
    assert answer.status_code == 400 and sentence in answer.text and "Typed with care" in answer.text
    assert written() == before


def test_one_more_row_is_had_without_a_script_and_saves_nothing(as_user, publisher):
    client, address = as_user(publisher), f"{MENUS}en-menu/change/"
    fields, before = fields_of(client.get(address).text), written()
    answer = client.post(address, {**fields, "items-0-label": "Typed with care", "_more": "items"})
    again = fields_of(answer.text)
    assert (answer.status_code, int(again["items-TOTAL_FORMS"][0])) == (200, int(fields["items-TOTAL_FORMS"][0]) + 1)
    assert again["items-0-label"] == ["Typed with care"] and written() == before
    assert {client.get(f"{MENUS}{key}/change/").status_code for key in ("fr-menu", "en-side", "menu", "en")} == {404}
