"""Where something stands, in the words of whoever reads it."""

import pytest

from service.plan.finding import Finding
from service.plan.place import NOWHERE, Place, Spot, place_of

SHEET = Place.at(Spot.SHEET, "Plan, 2024").then(Spot.ROW, 9)
CELL = Place.at(Spot.TABLE, 1).then(Spot.ROW, 3).then(Spot.COLUMN, "Frist, senest")
WORDS = [
    (SHEET, "ark Plan, 2024, række 9", "sheet Plan, 2024, row 9"),
    (CELL, "tabel 1, række 3, kolonne Frist, senest", "table 1, row 3, column Frist, senest"),
    (Place.at(Spot.PAGE, 2).then(Spot.ROW, 4), "side 2, række 4", "page 2, row 4"),
    (Place.at(Spot.LINE, 14), "linje 14", "line 14"),
    (Place.at(Spot.CALENDAR), "kalender", "calendar"),
    (Place.at(Spot.EVENT, 2), "begivenhed 2", "event 2"),
    (Place.at(Spot.TEXT, "den gule seddel"), "den gule seddel", "den gule seddel"),
    (NOWHERE, "", ""),
]


@pytest.mark.parametrize(("place", "danish", "english"), WORDS)
def test_a_place_is_said_in_the_language_of_the_reader(place: Place, danish: str, english: str) -> None:
    assert (place.in_words("da"), place.in_words("en")) == (danish, english)


@pytest.mark.parametrize(("place", "danish", "english"), WORDS)
def test_words_of_either_language_lead_back_to_the_place(place: Place, danish: str, english: str) -> None:
    assert place_of(danish) == place_of(english) == place


def test_a_place_in_the_sentence_of_a_finding_is_in_its_language_too() -> None:
    values: dict[str, str | Place] = {
        "written": "1. maj",
        "understood": "2024-05-01",
        "source": Place.at(Spot.LINE, 3),
    }
    finding = Finding(code="year-inferred", values=values)

    assert "(linje 3)" in finding.message("da")
    assert "(line 3)" in finding.message("en")
