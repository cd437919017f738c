"""The whole way of an inquiry through a served newsroom. What was written in it stands nowhere but in the sealed message."""

from __future__ import annotations

import base64
import os
import re
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from articles.contacts.models import MediaContact
from articles.errands.models import Errand
from articles.inquiries.models import InquiryEvent, MediaInquiry
from articles.inquiries.opening import open_sealed
from articles.public.inquiry_form import LONGEST, QUICKEST, new_token
from tests.contacts.keys import certificate, secret_key
from tests.flows.process import Served

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "Canary7f3aQuetzal"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FIELDS = {name: f"{CANARY} {name}" for name in ("outlet", "name", "reach", "report", "message")}
TYPED = {"topic": "interview", "language": "en", **FIELDS}
READER = {"User-Agent": f"{CANARY} browser", "X-Forwarded-For": "203.0.113.7", "Cookie": f"desk={CANARY}"}


@pytest.fixture
def newsroom(tmp_path):
    served = Served(tmp_path)
    yield served
    served.end()


def disguises(text: str) -> set[bytes]:
    """The text as it is, in hexadecimal, and in base64 at each of the three offsets, without the ends that depend on what stands beside it."""
    whole = text.encode()
    coded = {base64.b64encode(b" " * offset + whole)[4 if offset else 0 : -4] for offset in range(3)}
    return {whole, whole.hex().encode(), *coded}


def everything(served: Served) -> dict[str, bytes]:
    """All that the newsroom keeps, by its place: each file it wrote, the database's files and rows, the cache."""
    files = [path for path in served.folder.rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        files += [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    found = {str(path): path.read_bytes() for path in files if path.exists()}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = cursor.fetchall()
            found[f"table {table}"] = b"\n".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode(errors="replace") for row in rows for cell in row
            )
    if url := os.environ.get("REDIS_URL"):
        import redis  # noqa: PLC0415 - only where there is one

        store = redis.Redis.from_url(url)
        found["redis"] = b"\n".join(key + (store.dump(key) or b"") for key in store.scan_iter())
    return found


def places_of(text: str, served: Served) -> list[str]:
    wanted = disguises(text)
    return sorted(place for place, content in everything(served).items() if any(each in content for each in wanted))


def send(served: Served, data=TYPED, *, token=None, **headers):
    body = urlencode({**data, "token": new_token(at=timezone.now() - QUICKEST) if token is None else token})
    return served.ask("POST", "/press/inquiry/", body, **FORM, **READER, **headers)


def test_a_text_sent_through_the_form_is_found_nowhere(newsroom, press_officer):
    # a search that finds nothing proves something only if it finds what does leak
    (newsroom.folder / "tmp" / "upload").write_text(f"xx{CANARY}")
    (newsroom.folder / "var" / "log").write_bytes(base64.b64encode(f"yy{CANARY}yyy".encode()))
    Errand.objects.create(kind="x", key="x", payload={"text": CANARY}, run_at=timezone.now())
    planted = places_of(CANARY, newsroom)
    assert {str(newsroom.folder / "tmp" / "upload"), str(newsroom.folder / "var" / "log"), "table articles_errand"} <= set(planted)
    assert (len(planted) > 3) == (connection.vendor == "sqlite"), "the write-ahead log has it too"
    for name in ("tmp/upload", "var/log"):
        (newsroom.folder / name).unlink()
    Errand.objects.all().delete()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert places_of(CANARY, newsroom) == []

    # sent, with mistakes, too late, twice, too large, from elsewhere, and while the database fails
    MediaContact.objects.create(name="Officer", phone="+44 20 7946 0101", certificate=certificate())
    type(press_officer).objects.filter(pk=press_officer.pk).update(email="officer@example.org")
    token = new_token(at=timezone.now() - QUICKEST)
    status, headers, _text = send(newsroom, token=token)
    assert (status, headers["Location"], "Set-Cookie" in headers) == (303, "/press/inquiry/sent/", False)
    assert send(newsroom, {**TYPED, "topic": "", "region": CANARY, "deadline_on": CANARY, "deadline_zone": CANARY})[0] == 400
    assert send(newsroom, token=new_token(at=timezone.now() - 2 * LONGEST))[0] == 400
    assert send(newsroom, token=CANARY)[0] == 400
    assert send(newsroom, token=token)[0] == 409
    assert send(newsroom, {**TYPED, "message": CANARY * 5_000})[0] == 413
    assert send(newsroom, Origin="https://evil.example")[0] == 403
    parts = f'--b\r\nContent-Disposition: form-data; name="message"; filename="{CANARY}.txt"\r\n\r\n{CANARY * 300_000}\r\n--b--\r\n'
    multipart = {"Content-Type": "multipart/form-data; boundary=b"}
    assert newsroom.ask("POST", "/press/inquiry/", parts, **multipart, **READER)[0] == 413
    assert newsroom.ask("GET", f"/press/inquiry/?report={CANARY}&region={CANARY}", **READER)[0] == 200
    assert newsroom.ask("GET", f"/{CANARY}/", **READER)[0] == 404
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_mediainquiry RENAME TO elsewhere")
    try:
        status, _headers, text = send(newsroom)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO articles_mediainquiry")
    assert (status, f"{CANARY} message</textarea>" in text) == (500, True)
    assert (newsroom.folder / "log").read_text().count("an inquiry could not be received:") == 1
    assert places_of(CANARY, newsroom) == places_of("203.0.113.7", newsroom) == []

    # the mail says that one waits, and no more
    Errand.objects.filter(kind="inquiry waiting").update(run_at=timezone.now())
    newsroom.manage("clock", "--once")
    (mail,) = (newsroom.folder / "var" / "mail").iterdir()
    message = message_from_bytes(mail.read_bytes().partition(b"\n----")[0])
    assert (message["To"], message["Subject"], message["Cc"], message["Bcc"]) == (
        "officer@example.org",
        "A media inquiry waits",
        None,
        None,
    )
    inquiry = MediaInquiry.objects.get()
    assert inquiry.reference not in mail.read_text() and places_of(CANARY, newsroom) == []

    # only the officer's key finds it again
    text = open_sealed(bytes(inquiry.sealed), key=secret_key())
    assert {name: text[name] for name in FIELDS} == FIELDS

    # and when its day has come, the sealed bytes are gone as well
    line = bytes(inquiry.sealed).decode().splitlines()[20]
    assert "table articles_mediainquiry" in places_of(line, newsroom)
    MediaInquiry.objects.update(purge_on=timezone.now().date())
    newsroom.manage("clock", "--once")
    assert (MediaInquiry.objects.count(), InquiryEvent.objects.count(), places_of(line, newsroom)) == (0, 0, [])
    newsroom.end()
    assert places_of(CANARY, newsroom) == []
    assert re.search(r"canary|203\.0\.113", (newsroom.folder / "log").read_text(), re.IGNORECASE) is None
