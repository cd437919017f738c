"""Pasted texts in Arabic: its figures, its three calendars' names of months, its commas and brackets."""

from __future__ import annotations

import pytest

from tests.reports.pasting import read

pytestmark = pytest.mark.django_db

SENTENCE = "أغلقت الشرطة قاعة الصلاة يوم الأحد، واقتادت اثنين من الشيوخ إلى مكان مجهول."


@pytest.mark.parametrize(
    ("dateline", "facts"),
    [
        ("١٨/١٠/٢٠٢٣ كوريا الشمالية (المنارة) – ", {"date": "2023-10-18", "region": "KP", "source": "المنارة"}),
        ("\u200f١٨\u200f/١٠\u200f/٢٠٢٣ السودان (المنارة) – ", {"date": "2023-10-18", "region": "SD", "source": "المنارة"}),
        ("۲۰۲۳-۱۰-۱۸ السودان (المنارة) – ", {"date": "2023-10-18", "region": "SD", "source": "المنارة"}),
        ("١٨ أكتوبر ٢٠٢٣، السودان (المنارة) – ", {"date": "2023-10-18", "region": "SD", "source": "المنارة"}),
        ("الأربعاء، 18 تشرين الأول 2023 – ", {"date": "2023-10-18"}),
        ("18 تشرين الاول/أكتوبر 2023 – ", {"date": "2023-10-18"}),
        ("3 كانون الثاني 2024، سوريا (المنارة) — ", {"date": "2024-01-03", "region": "SY", "source": "المنارة"}),
        ("7 اذار 2024، سوريا (المنارة) — ", {"date": "2024-03-07", "region": "SY", "source": "المنارة"}),
        ("5 جويلية 2024، الجزائر (المنارة) — ", {"date": "2024-07-05", "region": "DZ", "source": "المنارة"}),
        ("5 غشت 2024، المغرب (المنارة) — ", {"date": "2024-08-05", "region": "MA", "source": "المنارة"}),
        ("بغداد، العراق (المنارة) — ", {"place": "بغداد", "region": "IQ", "source": "المنارة"}),
        ("غزة – ", {"region": "PS"}),
        ("٠٣/٠٤/٢٠٢٣ السودان (المنارة) – ", {"days": ["2023-03-04", "2023-04-03"], "region": "SD", "source": "المنارة"}),
        ("٣ ربيع الآخر ١٤٤٥ – ", None),
        ("03/04/1445 – ", None),
        ("الكونغو (المنارة) – ", {"region": "CD CG", "source": "المنارة"}),
        ("الأبيض (المنارة) – ", {"place": "الأبيض", "source": "المنارة"}),
    ],
)
def test_a_dateline_in_arabic(dateline, facts):
    if facts is None:  # of another calendar: no date is read, and the text keeps it
        assert read(dateline + SENTENCE) == {
            "language": "ar", "body": f"<p>{dateline}{SENTENCE}</p>", "unsure": ["dateline_on", "headline", "region"],
        }  # fmt: skip
        return
    unsure = ["headline"]
    unsure += [] if "date" in facts else ["dateline_on"]
    unsure += [] if len(facts.get("region", "")) == 2 else ["region"]

    assert read(dateline + SENTENCE) == {"language": "ar", "body": f"<p>{SENTENCE}</p>", "unsure": sorted(unsure), **facts}


def test_a_whole_text_with_headline_chrome_and_closing_line():
    text = f"""القائمة
اختر الصفحة

إغلاق قاعة للصلاة في دمشق

دمشق، سوريا، ١٨ تشرين الأول ٢٠٢٣ (المنارة) – {SENTENCE}

«قالوا لنا [هكذا] أن نرحل»، يقول أحد الجيران.

للمقابلات الإعلامية: [email\u00a0protected]"""

    assert read(text) == {
        "language": "ar",
        "headline": "إغلاق قاعة للصلاة في دمشق",
        "date": "2023-10-18",
        "place": "دمشق",
        "region": "SY",
        "source": "المنارة",
        "body": f"<p>{SENTENCE}</p><p>«قالوا لنا [هكذا] أن نرحل»، يقول أحد الجيران.</p>",
        "contact": "hidden",
        "dropped": ["القائمة", "اختر الصفحة", "للمقابلات الإعلامية: [email protected]"],
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "سوريا – التي فر منها نصف أهلها – لا تزال بلا قانون للجوء.",
        "قالت اللجنة (لجنة السجناء) – وهي مستقلة – إن النتائج ستنشر غدا.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(sentence):
    assert read(sentence)["body"] == f"<p>{sentence}</p>"
