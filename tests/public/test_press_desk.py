"""The press desk: who covers a place, in whose words, and by which key a journalist can write."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pysequoia import Cert

from articles.contacts.models import MediaContact
from articles.taxonomy.names import named
from tests.contacts.keys import certificate

pytestmark = pytest.mark.django_db


def contact(name, *regions, **facts):
    made = MediaContact.objects.create(name=name, **facts)
    made.regions.set([named(each)[0] for each in regions])
    return made


def names(html):
    return re.findall(r'<h3 class="contact__name">([^<]+)</h3>', html)


def test_who_covers_a_wider_region_covers_the_places_in_it():
    contact("Africa", "Africa")
    contact("Nigeria", "Nigeria")
    contact("Asia", "Asia", languages=["ar"])
    contact("Everyone")
    found = {slug: names(Client().get(f"/press/?region={slug}").text) for slug in ("nigeria", "chad", "africa", "japan", "world")}
    assert found == {
        "nigeria": ["Everyone", "Africa", "Nigeria"],
        "chad": ["Everyone", "Africa"],
        "africa": ["Everyone", "Africa"],
        "japan": ["Everyone", "Asia"],
        "world": ["Everyone"],
    }
    chad = Client().get("/press/?region=chad").text
    assert '<option value="chad" selected>Chad</option>' in chad and '/press/inquiry/?region=chad"' in chad
    nobody = Client().get("/press/?region=chad&language=ar").text
    assert names(nobody) == [] and "Nobody here covers both." in nobody


def test_what_a_contact_says_keeps_its_language():
    contact("Judith", role="Press desk", duty="Every day", zone="Europe/London")
    english, arabic = Client().get("/press/").text, Client().get("/ar/press/").text
    assert "<bdi>Press desk</bdi>" in english and "<bdi>Every day</bdi> <bdi>(Europe/London)</bdi>" in english
    assert '<bdi lang="en">Press desk</bdi>' in arabic and '<bdi lang="en">Every day</bdi> <bdi>(Europe/London)</bdi>' in arabic


def test_the_key_is_handed_out_of_those_who_show_the_address_that_it_names():
    shown = contact("Shown", email="valid@example.org", show_email=True, certificate=certificate())
    contact("Hidden", email="second@example.org", certificate=certificate("second"))
    contact("Left", email="rsa@example.org", show_email=True, certificate=certificate("rsa"), active=False)
    marks = {name: Cert.from_bytes(certificate(name).encode()).fingerprint.upper() for name in ("valid", "second", "rsa")}
    html = Client().get("/press/").text
    assert re.findall(r'href="(/press/keys/[^"]+)"', html) == [f"/press/keys/{marks['valid']}.asc"]
    assert " ".join(re.findall("....", marks["valid"])) in html and marks["second"][:4] + " " + marks["second"][4:8] not in html
    answers = {name: Client().get(f"/press/keys/{mark}.asc") for name, mark in marks.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == {"valid": 200, "second": 404, "rsa": 404}
    key = answers["valid"]
    assert (key["Content-Type"], key["X-Content-Type-Options"], key.text.strip()) == (
        "application/pgp-keys",
        "nosniff",
        shown.certificate.strip(),
    )
    assert "BEGIN PGP" not in html and "second@example.org" not in html


def test_a_character_that_no_database_takes_is_no_region(client):
    assert client.get("/press/?region=%00").status_code == 200
    assert client.get("/press/inquiry/?region=%00&report=/%00/").status_code == 200


def test_it_says_how_a_report_is_republished_and_leads_to_all_of_them():
    page = Client().get("/es/press/").text
    assert re.search(r'<h2 id="kit-h">[^<]+</h2><p>[^<]+</p><p><a href="/es/reports/">', page)
