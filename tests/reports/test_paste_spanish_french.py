"""Pasted texts in Spanish, and in French where the site has it."""

from __future__ import annotations

import pytest

from tests.reports.pasting import read

pytestmark = pytest.mark.django_db

SPANISH = "La policía cerró la sala de oración el domingo, y se llevó a dos de los ancianos."
FRENCH = "La police a fermé la salle de prière dimanche, et deux des anciens ont été emmenés."


@pytest.mark.parametrize(
    ("dateline", "facts"),
    [
        ("18 de octubre de 2023, Corea del Norte (Faro) – ", {"date": "2023-10-18", "region": "KP", "source": "Faro"}),
        ("Miércoles, 18 de octubre del 2023 – ", {"date": "2023-10-18"}),
        ("1.º de mayo de 2024, México (Faro) — ", {"date": "2024-05-01", "region": "MX", "source": "Faro"}),
        ("MANAGUA, Nicaragua, 2 setiembre 2024 (Faro).- ", {"date": "2024-09-02", "place": "Managua", "region": "NI", "source": "Faro"}),
        ("LA HABANA, Cuba (Faro) — ", {"place": "La Habana", "region": "CU", "source": "Faro"}),
        ("SANTA CRUZ DE LA SIERRA, Bolivia – ", {"place": "Santa Cruz de la Sierra", "region": "BO"}),
        ("Costa de Marfil (Faro) – ", {"region": "CI", "source": "Faro"}),
        ("25/12/2023 EE. UU. (Faro) – ", {"date": "2023-12-25", "region": "US", "source": "Faro"}),
        ("05/06/2023 Cuba (Faro) – ", {"days": ["2023-05-06", "2023-06-05"], "region": "CU", "source": "Faro"}),
    ],
)
def test_a_dateline_in_spanish(dateline, facts):
    unsure = ["headline"] + [name for name, key in (("dateline_on", "date"), ("region", "region")) if key not in facts]

    assert read(dateline + SPANISH) == {"language": "es", "body": f"<p>{SPANISH}</p>", "unsure": sorted(unsure), **facts}


@pytest.mark.parametrize(
    ("dateline", "facts"),
    [
        ("1er août 2023, Niger (Phare) – ", {"date": "2023-08-01", "region": "NE", "source": "Phare"}),
        ("Mardi 5 decembre 2023 – ", {"date": "2023-12-05"}),
        ("BAMAKO, Mali, le 3 févr. 2024 (Phare) — ", {"date": "2024-02-03", "place": "Bamako", "region": "ML", "source": "Phare"}),
    ],
)
def test_a_dateline_in_french(dateline, facts):
    unsure = ["headline"] if "region" in facts else ["headline", "region"]

    found = read(dateline + FRENCH, languages=("en", "fr"))

    assert found == {"language": "fr", "body": f"<p>{FRENCH}</p>", "unsure": unsure, **facts}


def test_a_language_that_the_site_has_not_is_asked():
    assert read(FRENCH) == {"body": f"<p>{FRENCH}</p>", "unsure": ["dateline_on", "headline", "language", "region"]}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A polícia fechou a sala de oração no domingo, e dois dos anciãos foram levados.", ""),  # Portuguese
        ("پلیس نمازخانه را روز یکشنبه بست و دو نفر از بزرگان را با خود برد.", ""),  # Persian
        ("Полиция закрыла молельный дом в воскресенье, двоих старейшин увели.", ""),  # Russian
        ("Kachin, Chin, Karenni", ""),
        ("The elders were taken.", "en"),
        ("Se llevaron a los ancianos.", "es"),
        ("أغلقت الشرطة القاعة يوم الأحد.", "ar"),
    ],
)
def test_the_language_is_told_or_asked_never_guessed(text, language):
    assert read(text).get("language", "") == language
