"""A column of times beside the column of dates is the window's time of day."""

from datetime import time

import pytest

from service.reading.reader import understand
from tests.reading.plan_documents import document


def times(*table: tuple[str, ...]) -> list[time | None]:
    return [milestone.window.time for milestone in understand(document("Plan 2024", table)).milestones]


@pytest.mark.parametrize(
    ("header", "cell", "clock"),
    [
        (("Dato", "Tid", "Aktivitet"), "16:30", time(16, 30)),
        (("Dato", "Tid", "Aktivitet"), "kl. 16-18", time(16)),
        (("Dato", "Kl.", "Aktivitet"), "16", time(16)),
        (("Dato", "Klokkeslæt", "Aktivitet"), "16.05", time(16, 5)),
        (("Frist", "Tidspunkt", "Opgave"), "12.00", time(12)),
        (("Dato", "Mødetid", "Emne"), "16.30 - 18.30", time(16, 30)),
        (("Dato", "Klokkeslett", "Hva"), "kl 9", time(9)),
        (("Datum", "Klockslag", "Vad"), "13.15", time(13, 15)),
        (("Datum", "Tid", "Vad"), "10-12", time(10)),
        (("Date", "Time", "Meeting"), "4:30 pm", time(16, 30)),
        (("When", "Start time", "What"), "09:00", time(9)),
    ],
)
def test_a_time_in_a_column_of_its_own_is_read(header: tuple[str, ...], cell: str, clock: time) -> None:
    assert times(header, ("3. maj 2024", cell, "Møde i rådet")) == [clock]


def test_the_time_stands_behind_the_date_in_what_is_written() -> None:
    (milestone,) = understand(
        document([("Dato", "Tid", "Hvad"), ("3. maj 2024", "16:30", "Møde")])
    ).milestones

    assert milestone.deadline == "3. maj 2024 kl. 16:30"


def test_without_names_only_what_is_a_time_beyond_doubt_is_one() -> None:
    assert times(("3. maj 2024", "16:30", "Byrådet mødes")) == [time(16, 30)]
    assert times(("3. maj 2024", "16", "Byrådet mødes")) == [None]


def test_a_row_below_without_a_date_has_the_date_above_and_its_own_time() -> None:
    header = ("Dato", "Tid", "Hvad")

    assert times(header, ("3. maj", "16:30", "Møde"), ("", "18.00", "Spisning")) == [time(16, 30), time(18)]


def test_from_and_to_are_one_time() -> None:
    plan = understand(document([("Dato", "Fra", "Til", "Hvad"), ("3. maj 2024", "16:30", "18:30", "Møde")]))

    assert [(each.deadline, each.window.time) for each in plan.milestones] == [
        ("3. maj 2024 kl. 16:30–18:30", time(16, 30))
    ]


def test_a_time_in_the_cell_of_the_date_goes_before_the_column() -> None:
    assert times(("Dato", "Tid", "Hvad"), ("3. maj kl. 9", "16:30", "Møde")) == [time(9)]


def test_what_is_no_time_leaves_the_day_without_one() -> None:
    table = [("Dato", "Tid", "Hvad"), *((f"{day}. maj", "16:30", "Møde") for day in range(2, 6))]

    assert times(*table, ("8. maj", "hele dagen", "Tur"))[-1] is None


@pytest.mark.parametrize(
    "header", [("Dato", "Hours", "What"), ("Dato", "Pris", "Hvad"), ("Dato", "Antal", "Hvad")]
)
def test_numbers_that_count_something_else_are_no_times(header: tuple[str, ...]) -> None:
    assert times(header, ("3. maj 2024", "16", "Møde i rådet")) == [None]


def test_of_several_dates_the_nearest_has_the_time() -> None:
    header = ("Sag", "Frist for sager", "Møde", "Kl.")

    assert times(header, ("Budget", "1. marts 2024", "14. marts 2024", "16:30")) == [None, time(16, 30)]


def test_a_weekday_in_a_column_of_its_own_is_part_of_the_date() -> None:
    table = [
        ("Ugedag", "Dato", "Hvad"),
        ("tirsdag", "5. marts 2024", "Møde"),
        ("fredag", "21. marts 2024", "Fest"),
    ]

    findings = understand(document(table)).findings

    assert [each.row for each in findings if each.code == "weekday-contradicts"] == [2]


def test_a_week_that_the_date_is_not_in_is_told_where_the_column_agrees_otherwise() -> None:
    table = [("Uge", "Dato", "Hvad"), ("10", "5. marts 2024", "Møde"), ("14", "19. marts 2024", "Fest")]
    weeks_of_term = [("Week", "Date", "What"), ("1", "4 October 2021", "A"), ("2", "11 October 2021", "B")]

    told = [
        [each.row for each in understand(document(each_table)).findings if each.code == "column-contradicts"]
        for each_table in (table, weeks_of_term)
    ]

    assert told == [[2], []]
