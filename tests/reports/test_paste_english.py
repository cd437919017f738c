"""Pasted texts in English: each dateline that newsrooms write, and the sentences that only look like one."""

from __future__ import annotations

import pytest

from tests.reports.pasting import TAGLINE, read

pytestmark = pytest.mark.django_db

SENTENCE = "Police sealed the prayer hall on Sunday, and two of the elders were taken away."
BODY = f"<p>{SENTENCE}</p>"

DATELINES = [
    # the form of the issue, and dates written otherwise
    ("10/18/2023 North Korea (Harbour Lantern) – ", {"date": "2023-10-18", "region": "KP", "source": "Harbour Lantern"}),
    ("2023-10-18 North Korea (Harbour Lantern) – ", {"date": "2023-10-18", "region": "KP", "source": "Harbour Lantern"}),
    ("2023-10-18 – North Korea (Harbour Lantern) – ", {"date": "2023-10-18", "region": "KP", "source": "Harbour Lantern"}),
    ("18/10/2023 DPRK (Harbour Lantern) -- ", {"date": "2023-10-18", "region": "KP", "source": "Harbour Lantern"}),
    ("18.10.2023, Burma (Harbour Lantern): ", {"date": "2023-10-18", "region": "MM", "source": "Harbour Lantern"}),
    ("October 18, 2023 – ", {"date": "2023-10-18"}),
    ("Wednesday, 18th October 2023, Ivory Coast — ", {"date": "2023-10-18", "region": "CI"}),
    ("18 Oct. 2023 Laos (Harbour Lantern) ", {"date": "2023-10-18", "region": "LA", "source": "Harbour Lantern"}),
    # the place first
    ("LAGOS, Nigeria (Harbour Lantern) — ", {"place": "Lagos", "region": "NG", "source": "Harbour Lantern"}),
    ("LAGOS, Nigeria (Harbour Lantern)-", {"place": "Lagos", "region": "NG", "source": "Harbour Lantern"}),
    ("LAGOS, Nigeria, 3 May 2024 – ", {"date": "2024-05-03", "place": "Lagos", "region": "NG"}),
    ("Lagos, Nigeria, May 3, 2024 [Harbour Lantern] – ", {"date": "2024-05-03", "place": "Lagos", "region": "NG", "source": "Harbour Lantern"}),
    ("KADUNA, Nigeria (Harbour Lantern, 3 May 2024) – ", {"date": "2024-05-03", "place": "Kaduna", "region": "NG", "source": "Harbour Lantern"}),
    ("PORT-AU-PRINCE, Haiti, May 3, 2024 /Harbour Lantern/ — ", {"date": "2024-05-03", "place": "Port-au-Prince", "region": "HT", "source": "Harbour Lantern"}),
    ("ABUJA, Nigeria | May 3, 2024 — ", {"date": "2024-05-03", "place": "Abuja", "region": "NG"}),
    ("Jos (Nigeria) — ", {"place": "Jos", "region": "NG"}),
    ("Congo (DRC) – ", {"region": "CD"}),
    ("Korea, North – ", {"region": "KP"}),
    ("India (Harbour Lantern) — ", {"region": "IN", "source": "Harbour Lantern"}),
    ("Côte d’Ivoire – ", {"region": "CI"}),
    ("Washington, D.C. – ", {"place": "Washington, D.C.", "region": "US"}),
    ("WASHINGTON, D.C. (Harbour Lantern) – ", {"place": "Washington, D.C.", "region": "US", "source": "Harbour Lantern"}),
    # no region is known by that name: it is asked, the place stays
    ("LOKOJA (Harbour Lantern) – ", {"place": "Lokoja", "source": "Harbour Lantern"}),
    ("DEIR AL-ZOUR — ", {"place": "Deir al-Zour"}),
    ("Jos, Plateau State (Harbour Lantern) – ", {"place": "Jos, Plateau State", "source": "Harbour Lantern"}),
    # two readings: it is asked, never guessed
    ("03/04/2023 Burma (Harbour Lantern) – ", {"days": ["2023-03-04", "2023-04-03"], "region": "MM", "source": "Harbour Lantern"}),
    ("10/18/23 Burma (Harbour Lantern) – ", {"days": ["2023-10-18"], "region": "MM", "source": "Harbour Lantern"}),
    ("3/4/05 Burma (Harbour Lantern) – ", {"days": ["2005-03-04", "2005-04-03"], "region": "MM", "source": "Harbour Lantern"}),
    ("31/02/2023 Burma (Harbour Lantern) – ", {"region": "MM", "source": "Harbour Lantern"}),
    ("LAGOS, Nigeria, May 3 (Harbour Lantern) - ", {"place": "Lagos", "region": "NG", "source": "Harbour Lantern"}),
    ("Congo (Harbour Lantern) – ", {"region": "CD CG", "source": "Harbour Lantern"}),
    ("ATLANTA, Georgia (Harbour Lantern) – ", {"place": "Atlanta", "region": "US GE", "source": "Harbour Lantern"}),
    ("Korea (Harbour Lantern) – ", {"region": "KP KR", "source": "Harbour Lantern"}),
]  # fmt: skip


@pytest.mark.parametrize(("dateline", "facts"), DATELINES, ids=[dateline for dateline, _facts in DATELINES])
def test_a_dateline_is_taken_apart_and_the_text_left_whole(dateline, facts):
    unsure = ["headline"]
    unsure += [] if "date" in facts else ["dateline_on"]
    unsure += [] if len(facts.get("region", "")) == 2 else ["region"]

    assert read(dateline + SENTENCE) == {"language": "en", "body": BODY, "unsure": sorted(unsure), **facts}


@pytest.mark.parametrize(
    "sentence",
    [
        "A well-known pastor – the only one in the valley – was taken from his house, and he has not been seen.",
        "The committee (the one for prisons) – which met on Monday – has published its findings.",
        "Self-taught nurses — most of them women — were told to close the clinics.",
        "Syria–Turkey crossings were closed to the families of the prisoners.",
        "China – and Russia with it – has blocked the resolution in the council.",
        "China – Beijing's own lawyers aside – was the only one to object.",
        "18 October 2023 – the day on which the valley was emptied – is remembered by all of them.",
        "BREAKING – Police sealed the prayer hall, and two of the elders were taken.",
        "TWO ELDERS TAKEN – FAMILIES TOLD TO LEAVE THE VALLEY",
        "1,200 families - half of them with children - have fled to the hills.",
        "“We were given no paper” – that is what the neighbours said of it.",
        "2023 – A year that the families in the valley will not forget.",
        "In Lagos, Nigeria – where the trial was held – the judge has said nothing.",
        "He was held for 10/18/2023 hours, the record says – and it was not corrected.",
        "North Korea: the prisoners were moved – and nobody was told of it.",
        "The 3–4 May raids were the worst that the town has seen.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(sentence):
    assert read(sentence) == {
        "language": "en",
        "body": f"<p>{sentence}</p>",
        "unsure": ["dateline_on", "headline", "region"],
    }


def test_a_headline_stands_above_the_dateline_and_lines_between_stay():
    text = f"Prayer hall sealed in Kaduna\n\nBy Judith Notreal\n\nKADUNA, Nigeria (Harbour Lantern) – {SENTENCE}"

    assert read(text) == {
        "language": "en",
        "headline": "Prayer hall sealed in Kaduna",
        "place": "Kaduna",
        "region": "NG",
        "source": "Harbour Lantern",
        "body": f"<p>By Judith Notreal</p>{BODY}",
        "unsure": ["dateline_on"],
    }


def test_a_short_first_line_without_a_dateline_may_be_the_headline_and_stays_where_it_is():
    assert read(f"Prayer hall sealed in Kaduna\n\n{SENTENCE}") == {
        "language": "en",
        "body": f"<p>Prayer hall sealed in Kaduna</p>{BODY}",
        "unsure": ["dateline_on", "headline", "region"],
    }


def test_a_dateline_on_a_line_of_its_own():
    assert read(f"Prayer hall sealed\nOctober 18, 2023 | Nigeria\n{SENTENCE}") == {
        "language": "en", "headline": "Prayer hall sealed", "date": "2023-10-18", "region": "NG", "body": BODY,
    }  # fmt: skip


def test_a_date_and_a_place_on_lines_of_their_own_and_a_headline_that_is_not_the_first_line():
    text = f"Contact: Jane Roe, press@example.org\n\nPrayer hall sealed\n\nOctober 18, 2023\n\nKADUNA, Nigeria (Org) – {SENTENCE}"

    assert read(text) == {
        "language": "en", "headline": "Prayer hall sealed", "date": "2023-10-18", "place": "Kaduna", "region": "NG", "source": "Org",
        "body": f"<p>Contact: Jane Roe, press@example.org</p>{BODY}",
    }  # fmt: skip


def test_the_chrome_of_a_site_is_left_out_and_shown():
    text = f"Skip to content\nMENU\n☰\n{TAGLINE}\nSpeaking for the silenced since 1995\nSelect Page\n\n10/18/2023 Laos (Org) – {SENTENCE}"

    assert read(text) == {
        "language": "en",
        "date": "2023-10-18",
        "region": "LA",
        "source": "Org",
        "body": BODY,
        "dropped": ["Skip to content", "MENU", "☰", TAGLINE, "Speaking for the silenced since 1995", "Select Page"],
        "unsure": ["headline"],
    }


def test_a_line_that_may_be_a_tagline_or_a_headline_is_asked():
    found = read(f"Worst year for the valley's churches since 2009\n\n10/18/2023 Laos (Org) – {SENTENCE}")

    assert (found["dropped"], found["unsure"]) == (["Worst year for the valley's churches since 2009"], ["headline"])
