"""The phase of a row: the heading it stands under, or a cell of its own."""

import pytest

from service.reading.reader import understand
from tests.reading.plan_documents import Cells, document

HEADER = ("Deadline", "Aktivitet", "Ansvarlig")
FIRST: Cells = [HEADER, ("1. marts 2024", "Udkast skrives.", "SB"), ("8. marts 2024", "Udkast rettes.", "SB")]
LATER: Cells = [HEADER, ("2. maj 2024", "Byggeriet begynder.", "FOB")]


def phases(*blocks: str | Cells) -> list[str]:
    return [milestone.phase for milestone in understand(document(*blocks)).milestones]


def told(*blocks: str | Cells) -> list[str]:
    return [finding.code for finding in understand(document(*blocks)).findings]


def test_a_heading_row_is_the_phase_of_the_rows_below_until_the_next() -> None:
    table: Cells = [
        HEADER,
        ("1. marts 2024", "Udkast skrives.", "SB"),
        ("Fase 1: Høring:", "", ""),
        ("2. april 2024", "Høring begynder.", "SK"),
        ("", "Brev sendes.", "SK"),
        ("BESLUTNING", "BESLUTNING", "BESLUTNING"),
        ("3. maj 2024", "Byrådet beslutter.", "SK"),
    ]
    assert ["", "Fase 1: Høring", "Fase 1: Høring", "BESLUTNING"] == phases(table)


def test_a_phase_goes_on_over_the_page() -> None:
    first: Cells = [*FIRST, ("Fase 2", "", ""), ("2. april 2024", "Høring begynder.", "SK")]
    assert ["", "", "Fase 2", "Fase 2"] == phases("Procesplan", first, "Procesplan", "Side 2", LATER)


@pytest.mark.parametrize("heading", ["Fase 2", "Etape 2: Udførelse", "Del 2 - Udførelse:", "Phase 2"])
def test_a_line_above_a_table_that_names_a_phase_is_that_of_its_rows(heading: str) -> None:
    blocks = ("Procesplan", FIRST, heading, LATER)
    assert ["", "", heading.rstrip(":")] == phases(*blocks)
    assert "heading-is-phase" in told(*blocks)


def test_where_several_tables_have_a_heading_each_they_are_phases_whatever_they_are_called() -> None:
    assert ["Forberedelse", "Forberedelse", "Udførelse"] == phases(
        "Procesplan", "Forberedelse", FIRST, "Udførelse", LATER
    )


@pytest.mark.parametrize(
    "line",
    [
        "Planen er vedtaget af bestyrelsen.",
        "Tidsplan for udførelsen",
        "Maj 2024",
        "3. april 2024: Borgermøde",
        "Udførelse",
    ],
)
def test_any_other_line_above_a_table_is_no_phase(line: str) -> None:
    assert {""} == set(phases("Procesplan", FIRST, line, LATER))


def test_a_phase_ends_where_a_table_of_another_kind_begins() -> None:
    first: Cells = [*FIRST, ("Fase 2", "", ""), ("2. april 2024", "Høring begynder.", "SK")]
    other: Cells = [
        ("Dato", "Opgave"),
        ("2. maj 2024", "Byggeriet begynder."),
        ("3. maj 2024", "Rejsegilde."),
    ]
    assert ["", "", "Fase 2", "", ""] == phases(first, other)


@pytest.mark.parametrize("mark", ["", "do.", "Samme fase", '"'])
def test_a_column_of_phases_is_carried_down(mark: str) -> None:
    table: Cells = [
        ("Fase", "Dato", "Aktivitet", "Ansvarlig"),
        ("1. Forberedelse", "1. marts 2024", "Udkast skrives.", "SB"),
        (mark, "8. marts 2024", "Udkast rettes.", "SB"),
        ("2. Høring", "2. april 2024", "Høring begynder.", "SK"),
    ]
    assert ["1. Forberedelse", "1. Forberedelse", "2. Høring"] == phases(table)


def test_a_row_with_nothing_but_its_phase_is_a_heading() -> None:
    table: Cells = [
        ("Fase", "Dato", "Aktivitet", "Ansvarlig"),
        ("Forberedelse", "", "", ""),
        ("", "1. marts 2024", "Udkast skrives.", "SB"),
        ("", "8. marts 2024", "Udkast rettes.", "SB"),
    ]
    assert ["Forberedelse", "Forberedelse"] == phases(table)


def test_a_column_called_phase_holds_the_activities_where_no_other_does() -> None:
    table: Cells = [("Fase", "Periode"), ("Projektering", "Maj 2024"), ("Udførelse", "Juni 2024")]
    assert ["", ""] == phases(table)
