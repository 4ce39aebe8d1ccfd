"""The exact day that an activity's own text names, and the recognition of deadline cells."""

from datetime import date

import pytest

from service.reading.deadline import looks_like_deadline, read_day_in, read_deadline


@pytest.mark.parametrize(
    ("deadline", "activity", "day"),
    [
        (
            "Maj 2024",
            "Prækvalifikationsmaterialet skal på Byrådsmøde 27. maj, hvor Byrådet godkender",
            date(2024, 5, 27),
        ),
        ("2. kvartal 2024", "Behandles i udvalget d. 13/5-24", date(2024, 5, 13)),
        ("December 2024 - januar 2025", "Møde 6. januar", date(2025, 1, 6)),
        ("Maj 2024", "Orientering om processen", None),
        ("Maj 2024", "Byrådsmøde 27. juni", None),
        ("Maj 2024", "Byrådsmøde 27. maj 2023", None),
        ("Maj 2024", "Høring 3.-17. maj", None),
        ("Maj 2024", "Møder 3. maj og 17. maj", None),
        ("Maj 2024", "Byrådet 27. maj (referat af 27. maj)", date(2024, 5, 27)),
        ("Senest 1. juni 2024", "Byrådsmøde 27. maj", None),
        ("Afventer", "Byrådsmøde 27. maj", None),
        ("April 2024", "Møde 31. april", None),
    ],
)
def test_one_clear_day_inside_the_window_counts(deadline: str, activity: str, day: date | None) -> None:
    assert read_day_in(activity, read_deadline(deadline).window) == day


@pytest.mark.parametrize(
    "text", ["Marts 2024", "2025", "uge 12-14", "Senest 1. maj", "Løbende", "1. kvartal", "d. 13/3"]
)
def test_a_cell_of_deadline_language_alone_is_one(text: str) -> None:
    assert looks_like_deadline(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Bestyrelsen",
        "FOB",
        "",
        "Landsbyggefonden godkender ny boligsocial helhedsplan (2025 - 2029)",
        "Deadline",
        "3",
    ],
)
def test_a_cell_of_other_words_is_none(text: str) -> None:
    assert looks_like_deadline(text) < 0.5
