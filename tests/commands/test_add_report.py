"""`manage.py add_report`: a draft and exit 0, or a sentence, exit 2 and nothing written."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.audit.models import AuditEvent
from articles.people.models import User
from articles.reports.models import Report, Revision
from tests.factories import region

pytestmark = pytest.mark.django_db

TEXT = """Prayer hall sealed in Kaduna

KADUNA, Nigeria, 3 May 2024 (Harbour Lantern) – Police sealed the prayer hall, and two of the elders were taken.

“They was [sic] told to leave,” a neighbour said.

For media interviews: [email protected]
"""


@pytest.fixture
def add(tmp_path):
    """Runs the command on a file with these bytes; returns what it printed."""

    def run(content, *args, **options):
        file = tmp_path / "report.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        call_command("add_report", str(file), *args, stdout=out, no_color=True, **options)
        return out.getvalue()

    return run


def refused(act):
    """The sentence that the command ends with; nothing may be written."""
    before = (Report.objects.count(), Revision.objects.count(), AuditEvent.objects.count())
    with pytest.raises(CommandError) as caught:
        act()
    assert caught.value.returncode == 2
    assert (Report.objects.count(), Revision.objects.count(), AuditEvent.objects.count()) == before
    return str(caught.value)


def test_a_text_becomes_a_draft_of_the_command_line_and_what_was_done_is_printed(add):
    said = add(TEXT)

    report = Report.objects.get()
    assert said.splitlines() == [
        "Language    en",
        "Headline    Prayer hall sealed in Kaduna",
        "Date        2024-05-03",
        "Place       Kaduna",
        "Region      Nigeria (NG)",
        "Source      Harbour Lantern",
        "Paragraphs  2",
        "Contact     –",
        "Dateline    “KADUNA, Nigeria, 3 May 2024 (Harbour Lantern) –”",
        "Left out    For media interviews: [email protected]",
        "Unsure      The text closes with an address that is hidden, and the region has no public contact: choose one, or none.",
        f"Draft {report.uuid}: {settings.SITE_URL}/desk/articles/report/{report.pk}/change/",
    ]
    assert report.created_by.username == "command line"
    assert (report.edit_state, report.public_state, report.language, report.slug) == ("draft", "unpublished", "en", None)
    assert report.body == (
        "<p>Police sealed the prayer hall, and two of the elders were taken.</p><p>“They was [sic] told to leave,” a neighbour said.</p>"
    )
    assert [each.region for each in report.report_regions.filter(is_primary=True)] == [region("NG")]


def test_what_is_uncertain_stays_empty_is_printed_and_can_be_given(add):
    text = "03/04/2023 Congo (Org) – Police sealed the prayer hall, and two of the elders were taken."

    said = add(text)
    add(text, date="2023-04-03", region="CD", place="Bunia", source="Harbour Lantern", headline="Prayer hall sealed", language="en")

    first, second = Report.objects.order_by("pk")
    assert (first.dateline_on, first.dateline_region, first.dateline_place, first.headline) == (None, None, "", "")
    assert [line for line in said.splitlines() if line.startswith("Unsure")] == [
        "Unsure      The date can be read as 4 March 2023 or 3 April 2023: which day is it? (--date)",
        "Unsure      More than one region goes by this name: Democratic Republic of the Congo, Republic of the Congo. Which is it? (--region)",
        "Unsure      The text has no headline: write one before you submit it. (--headline)",
    ]
    assert (str(second.dateline_on), second.dateline_region.iso_alpha2, second.dateline_place) == ("2023-04-03", "CD", "Bunia")
    assert (second.dateline_source, second.headline) == ("Harbour Lantern", "Prayer hall sealed")


@pytest.mark.parametrize("name", ["nigeria", "NG", "Nigeria", "NGA", "نيجيريا"])
def test_a_region_is_given_by_slug_code_or_name(add, name):
    add("The elders of the prayer hall were taken away.", region=name)

    assert Report.objects.get().dateline_region == region("NG")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_can_be_told(add, encoding):
    add(TEXT.replace("–", "—").encode(encoding))

    assert "“They was [sic] told to leave,”" in Report.objects.get().body


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no text here"),
        (b" \n\xc2\xa0\n", "There is no text here"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a document or a picture"),
        (b"%PDF-1.7 text that could be read", "a document or a picture"),
        (b"PK\x03\x04word/document.xml", "a document or a picture"),
        (b"{\\rtf1 text", "a document or a picture"),
        (bytes(range(256)) * 4, "This is not a text"),
        ("text".encode("utf-16-le") * 20, "This is not a text"),
        ("أغلقت الشرطة قاعة الصلاة".encode("cp1256"), "cannot be read"),
        ("The niño of año, señal, café and Perú".encode() + b"\xe2\x80", "cannot be read for certain"),
        (b"word " * 400_001, "larger than 2 MB"),
        ("Полиция закрыла молельный дом в воскресенье.", "give --language"),
    ],
)
def test_what_is_no_text_is_refused(add, content, sentence):
    assert sentence in refused(lambda: add(content))


def test_wrong_words_are_refused(add, tmp_path, cast):
    cast("gone", "reporter", is_active=False)
    cast("press", "press officer")
    cast("arabist", "translator", languages=["ar"])

    assert refused(lambda: add(TEXT, date="03/04/2023")) == "“03/04/2023” is not a date: write it as 2023-10-18."
    assert refused(lambda: add(TEXT, date="")) == "“” is not a date: write it as 2023-10-18."
    assert refused(lambda: add(TEXT, region="Atlantis")).startswith("“Atlantis” names no region")
    assert refused(lambda: add(TEXT, region="Georgia")).startswith("“Georgia” names 2 regions")
    assert refused(lambda: add(TEXT, headline="x" * 201)) != ""
    for name in ("nobody", "gone", "command line", "clock"):
        assert refused(lambda name=name: add(TEXT, by=name)) == f"There is no active account “{name}”."
    for name in ("press", "arabist"):
        assert "begin reports" in refused(lambda name=name: add(TEXT, by=name))
    assert "cannot be read" in refused(lambda: call_command("add_report", str(tmp_path / "missing.txt")))
    assert "cannot be read" in refused(lambda: call_command("add_report", str(tmp_path)))


def test_the_draft_belongs_to_whom_it_is_made_for(add, reporter, translator):
    add(TEXT, by="reporter")
    add(TEXT, by="translator", language="ar")

    assert list(Report.objects.order_by("pk").values_list("created_by", "language")) == [(reporter.pk, "en"), (translator.pk, "ar")]
    assert not User.objects.filter(username="nobody").exists()


@pytest.mark.long
def test_from_a_shell_it_ends_with_2_a_sentence_and_no_big_file_in_memory(tmp_path):
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(50_000_000)
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_DATA, (400_000_000, 400_000_000)); sys.argv[0] = 'manage.py'; import manage; manage.main()"

    for words, given in (([str(big)], b""), (["-"], b""), (["-", "--language", "xx"], b"text")):
        ended = subprocess.run(
            [sys.executable, "-c", code, "add_report", *words],
            input=given,
            capture_output=True,
            check=False,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin", "NEWSROOM_VAR": str(tmp_path), "NEWSROOM_GENERATE_KEYS": "1"},
        )
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert ended.stderr.strip().count(b"\n") <= 8
        assert b"Traceback" not in ended.stderr
