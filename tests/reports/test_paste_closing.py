"""The closing line of a pasted text: taken out, shown, and its address told from a hidden one and from none."""

from __future__ import annotations

import pytest

from tests.reports.pasting import read

pytestmark = pytest.mark.django_db

TEXT = "The elders of the prayer hall were taken away on Sunday."
CLOUDFLARE = (
    'For media interviews: <a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="8dfdffe8fefecde8f5ece0fde1e8a3e2ffea">'
    "[email&#160;protected]</a>"
)


def closing(text):
    found = read(text)
    return {name: found.get(name) for name in ("body", "contact", "address", "dropped")}


@pytest.mark.parametrize(
    "line",
    [
        "For media interviews: [email protected]",
        "For media interviews: [email\u00a0protected]",
        "For media inquiries: press [at] example.org",
        "For interviews:",
        "Media contact: press(at)example.org",
        "FOR MEDIA AND INTERVIEW REQUESTS:",
        "For press enquiries, please contact [email protected]",
        "Para entrevistas: [correo protegido]",
        "Contacto de prensa:",
        "للمقابلات الإعلامية: [email protected]",
        "للتواصل الإعلامي:",
    ],
)
def test_a_hidden_address_and_none(line):
    shown = line.replace("\u00a0", " ")

    assert closing(f"{TEXT}\n\n{line}") == {"body": f"<p>{TEXT}</p>", "contact": "hidden", "address": None, "dropped": [shown]}


def test_the_form_of_html_that_hides_an_address_is_never_undone():
    found = closing(f"<p>{TEXT}</p><p>{CLOUDFLARE}</p>")

    assert found == {
        "body": f"<p>{TEXT}</p>",
        "contact": "hidden",
        "address": None,
        "dropped": ["For media interviews: [email protected]"],
    }


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("For media interviews: press@example.org", "press@example.org"),
        ("For media inquiries, please contact Judith Notreal at j.notreal+press@news.example.org.", "j.notreal+press@news.example.org"),
        ("Media contact: Judith Notreal, +44 20 7946 0000", None),
        ("Para la prensa, escriba a prensa@example.org", "prensa@example.org"),
    ],
)
def test_an_address_that_stands_there(line, address):
    assert closing(f"{TEXT}\n\n{line}") == {"body": f"<p>{TEXT}</p>", "contact": "named", "address": address, "dropped": [line]}


def test_what_ends_a_text_after_its_closing_line_goes_with_it_and_a_paragraph_stays():
    ended = closing(f"{TEXT}\n\nFor media interviews:\n\npress@example.org\n\n# # #\n\n© 2023 Harbour Lantern")
    about = closing(f"{TEXT}\n\nFor media interviews: press@example.org\n\nHarbour Lantern speaks for people without papers.")

    assert ended == {
        "body": f"<p>{TEXT}</p>",
        "contact": "named",
        "address": "press@example.org",
        "dropped": ["For media interviews:", "press@example.org", "# # #", "© 2023 Harbour Lantern"],
    }
    assert about["body"] == f"<p>{TEXT}</p><p>Harbour Lantern speaks for people without papers.</p>"
    assert about["dropped"] == ["For media interviews: press@example.org"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "For media freedom groups, the verdict is the worst of the year.",
        "For the press, the doors of the court: closed.",
        "Media contacts with the prisoners have been forbidden since May.",
        "For interviews with prisoners the law asks for a permit, which none of the reporters was given.",
        "Para medios independientes, la sentencia es la peor del año.",
    ],
)
def test_a_sentence_that_begins_alike_is_no_closing_line(paragraph):
    assert closing(f"{TEXT}\n\n{paragraph}") == {
        "body": f"<p>{TEXT}</p><p>{paragraph}</p>", "contact": None, "address": None, "dropped": None,
    }  # fmt: skip


def test_a_text_that_is_only_a_closing_line_is_left_as_it_is():
    assert closing("For media interviews: press@example.org")["body"] == "<p>For media interviews: press@example.org</p>"
