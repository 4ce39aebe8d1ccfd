"""Days of a plan that a coordinator should look at: off days, days out of order, days far from all others."""

import pytest

from service.plan.finding import Finding
from service.reading.reader import understand
from tests.reading.plan_documents import document

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli")


def told(*deadlines: str, code: str) -> list[Finding]:
    table = [("Frist", "Opgave", "Ansvarlig"), *((text, f"Opgave {text}", "Byrådet") for text in deadlines)]
    return [finding for finding in understand(document(table)).findings if finding.code == code]


def in_a_row(**instead: str) -> list[str]:
    return [instead.get(month, f"3. {month} 2024") for month in MONTHS]


def test_a_due_date_on_a_public_holiday_is_told_by_its_name() -> None:
    (finding,) = told("9. maj 2024", "8. maj 2024", code="due-on-holiday")

    assert finding.row == 1
    assert "Kristi himmelfartsdag" in finding.message("da")


def test_the_holidays_are_those_of_the_country_whose_language_the_plan_is_in() -> None:
    table = [("Frist", "Oppgave", "Ansvarlig"), ("17. mai 2024", "Møte i kommunestyret", "Rådmannen")]

    codes = [finding.code for finding in understand(document("Fremdriftsplan", table)).findings]

    assert "due-on-holiday" in codes


def test_a_row_out_of_the_order_of_the_calendar_is_told() -> None:
    (finding,) = told(*in_a_row(april="3. april 2025"), code="deadline-out-of-order")

    assert (finding.row, finding.values["understood"]) == (4, "2025-04-03")


def test_a_few_days_out_of_order_are_no_slip() -> None:
    assert told(*in_a_row(april="28. februar 2024"), code="deadline-out-of-order") == []


def test_a_plan_in_another_order_than_the_calendar_s_is_left_alone() -> None:
    assert told(*reversed(in_a_row()), code="deadline-out-of-order") == []


@pytest.mark.parametrize(("year", "expected"), [("2025", 1), ("2024", 0)])
def test_a_day_further_from_the_others_than_they_are_apart_is_told(year: str, expected: int) -> None:
    findings = told(*in_a_row(juli=f"3. juli {year}"), code="deadline-far-away")

    assert len(findings) == expected
    assert all(finding.values["nearest"] == "2024-06-03" for finding in findings)


@pytest.mark.parametrize(
    ("title", "deadline", "expected"),
    [
        ("Procesplan 2024", "3. maj 2023", 1),
        ("Procesplan 2024", "15. januar 2025", 0),
        ("Procesplan 2023-2024", "3. maj 2023", 0),
        ("Årshjul 2023/24", "3. maj 2023", 0),
        ("Budget 2026", "3. maj 2023", 0),
        ("Procesplan", "3. maj 2023", 0),
    ],
)
def test_a_day_outside_the_years_of_the_title_is_told(title: str, deadline: str, expected: int) -> None:
    days = [f"{day}. {month} 2024" for month in MONTHS for day in (3, 20)]
    table = [("Frist", "Opgave"), *((day, f"Opgave {day}") for day in ("20. december 2024", *days, deadline))]

    findings = understand(document(title, table)).findings

    assert sum(each.code == "deadline-outside-title" for each in findings) == expected
