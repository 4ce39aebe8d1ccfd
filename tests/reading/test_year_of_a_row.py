"""The year of a deadline that names none, and where it was taken from."""

from datetime import date

import pytest

from service.errors import filled
from service.reading.document import Document
from service.reading.reader import understand
from tests.reading.plan_documents import document


def plan_of(*deadlines: str, title: str = "", name: str = "plan.docx") -> Document:
    table = [("Dato", "Hvad"), *((deadline, f"Opgave {place}") for place, deadline in enumerate(deadlines))]
    return document(*([title] if title else []), table, name=name)


def starts(plan: Document, year: int | None = None) -> list[date | None]:
    return [milestone.window.starts_on for milestone in understand(plan, year).milestones]


def sources(plan: Document, year: int | None = None) -> set[str]:
    return {
        filled("{source}", finding.values, "da")
        for finding in understand(plan, year).findings
        if finding.code == "year-inferred"
    }


@pytest.mark.parametrize(
    ("plan", "source"),
    [
        (plan_of("1. maj", title="Årshjul for menighedsråd 2024"), "»Årshjul for menighedsråd 2024«"),
        (plan_of("1. maj", name="Tidsplan 2024.docx"), "»Tidsplan 2024«"),
        (plan_of("1. maj", "3. juni 2024"), "tabel 1, række 3"),
    ],
    ids=["title", "file name", "row below"],
)
def test_the_year_is_taken_from_around_the_row_and_told(plan: Document, source: str) -> None:
    assert starts(plan)[0] == date(2024, 5, 1)
    assert sources(plan) == {source}


def test_the_title_goes_before_the_date_of_issue() -> None:
    table = [("Dato", "Hvad"), ("1. maj", "Start")]

    plan = understand(document("Tidsplan pr. 3. maj 2021", "Vigtige datoer 2022", table))

    assert plan.milestones[0].window.starts_on == date(2022, 5, 1)


def test_the_year_that_the_user_states_goes_before_the_title() -> None:
    assert starts(plan_of("1. maj", title="Årshjul 2023"), 2024) == [date(2024, 5, 1)]


def test_months_roll_over_new_year() -> None:
    plan = plan_of("Oktober", "November", "Januar", "Marts", title="Årshjul 2024")

    assert starts(plan) == [date(2024, 10, 1), date(2024, 11, 1), date(2025, 1, 1), date(2025, 3, 1)]


def test_a_row_before_new_year_takes_the_year_before_the_row_below() -> None:
    assert starts(plan_of("november", "januar 2025")) == [date(2024, 11, 1), date(2025, 1, 1)]


def test_a_school_year_begins_in_its_first_year() -> None:
    assert starts(plan_of("15. august", "juni", title="Årsplan 2024/25")) == [
        date(2024, 8, 15),
        date(2025, 6, 1),
    ]


def test_a_plan_sorted_by_something_else_stays_in_its_year() -> None:
    plan = plan_of("December", "Januar", "November", "Februar", "Oktober", "Marts", title="Årshjul 2024")

    assert {start.year for start in starts(plan) if start} == {2024}


def test_a_heading_row_gives_the_year_to_the_rows_below_it() -> None:
    table = [("Dato", "Hvad"), ("2023", ""), ("1. maj", "A"), ("2024", ""), ("1. februar", "B")]

    plan = understand(document("Planer", table))

    assert [milestone.window.starts_on for milestone in plan.milestones] == [
        date(2023, 5, 1),
        date(2024, 2, 1),
    ]


def test_a_span_of_years_in_the_title_gives_no_year() -> None:
    plan = understand(plan_of("1. maj", title="Helhedsplan 2025-2029"))

    assert plan.milestones[0].window.starts_on is None
    assert "year-missing" in {finding.code for finding in plan.findings}
