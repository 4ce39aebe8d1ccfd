"""What has a date and is not read as a milestone is told."""

import pytest

from service.plan.place import Place, Spot
from service.plan.plan import Plan
from service.reading.document import Document, Row, Table
from service.reading.formats.text import blocks
from service.reading.reader import understand
from service.reading.rows import PlanRows, plan_rows
from tests.reading.plan_documents import Cells, document


def told(plan: PlanRows | Plan, code: str) -> list[str]:
    return [str(finding.values.get("written", "")) for finding in plan.findings if finding.code == code]


def from_text(text: str) -> PlanRows:
    return plan_rows(Document(name="plan.txt", blocks=tuple(blocks(text))))


@pytest.mark.parametrize(
    "line",
    [
        "- Senest 1. maj skal alt være klar",
        "Uge 33 Opstart efter ferie",
        "20. maj Fest",
        "Mandag den 17. marts afleverer Per rapporten.",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Tidsplan 2025\n1. marts: A\n2. juni: B\n\n{}\n4. august C",
        "Tidsplan 2025\n1. marts: A\n{}\n2. juni: B\n4. august C",
        "Tidsplan 2025\n1. marts: A\n2. juni: B\n   {}\n4. august C",
    ],
)
def test_a_dated_line_among_the_items_of_a_list_is_told(text: str, line: str) -> None:
    plan = from_text(text.format(line))

    assert [row.activity for row in plan.rows] == ["A", "B"]
    assert sorted(told(plan, "dated-line-not-read")) == sorted([line, "4. august C"])


def test_what_goes_on_below_an_item_is_the_rest_of_it() -> None:
    plan = from_text("1. marts: A\n   og 3 møder\n2. juni: B")

    assert [row.activity for row in plan.rows] == ["A og 3 møder", "B"]
    assert not told(plan, "dated-line-not-read")


def test_dated_lines_below_a_table_are_told_and_prose_is_not() -> None:
    table: Cells = [("Deadline", "Aktivitet"), ("1. marts 2025", "Opstart")]
    lines = ("1. maj: Aflevering af rapport", "- 3. juni Fest")
    prose = ("12. december 2024 vedtog byrådet planen.", "2025 bliver travlt", "3. marts 2025", "2. udkast")

    plan = plan_rows(document(*prose, table, *lines))

    assert told(plan, "dated-line-not-read") == list(lines)


def test_a_second_column_of_dates_is_told_where_no_name_says_what_is_due() -> None:
    plan = plan_rows(document([("Budgettet behandles", "1. marts 2025", "20. marts 2025")] * 2))

    assert told(plan, "column-of-dates-unread") == ["3"]


def test_a_column_of_what_was_is_told_and_reminds_of_nothing() -> None:
    table: Cells = [
        ("Opgave", "Oprindelig frist", "Ny frist", "Udført den"),
        ("Analyse", "1. marts 2025", "1. april 2025", "3. april 2025"),
    ]

    plan = plan_rows(document(table))

    assert [row.deadline for row in plan.rows] == ["1. april 2025"]
    assert told(plan, "column-of-dates-unread") == ["Oprindelig frist", "Udført den"]


def test_a_week_or_a_time_beside_the_date_is_no_second_deadline() -> None:
    header = ("Dato", "Aktivitet", "Uge nr.", "Tid")

    plan = plan_rows(document([header, ("3. marts 2025", "Opstart", "10", "kl. 10-12")]))

    assert [row.deadline for row in plan.rows] == ["3. marts 2025 kl. 10-12"]
    assert not plan.findings


def test_without_names_the_person_is_responsible_and_what_is_left_over_is_told() -> None:
    table = [
        (f"{day}. marts 2025", "Møde i udvalget", "Jens Hansen", "Lokale på rådhuset") for day in (3, 4, 5)
    ]
    three = plan_rows(document([row[:3] for row in table]))
    four = plan_rows(document(table))

    assert {(row.activity, row.responsible) for row in three.rows} == {("Møde i udvalget", "Jens Hansen")}
    assert not told(three, "columns-unread")
    assert len(told(four, "columns-unread")) == 1


def test_a_sheet_named_by_its_year_gives_it_to_its_rows() -> None:
    def sheet(year: str) -> Table:
        cells = [("Deadline", "Aktivitet"), ("1. marts", f"Start {year}"), ("5. april", f"Slut {year}")]
        where = Place.at(Spot.SHEET, year)
        return Table(where=where, rows=tuple(Row(cells=row, where=where) for row in cells))

    plan = understand(Document(name="plan.xlsx", blocks=(sheet("2025"), sheet("2026"))))

    days = [milestone.window.ends_on for milestone in plan.milestones]
    assert [str(day) for day in days] == ["2025-03-01", "2025-04-05", "2026-03-01", "2026-04-05"]


def test_activities_that_name_days_are_no_column_of_dates() -> None:
    plan = plan_rows(
        document(
            [
                ("Deadline", "Aktivitet"),
                ("1. marts 2025", "Opstart"),
                ("mandag 2. april 2025", "Forkert ugedag"),
                ("24. december 2025", "Jul"),
            ]
        )
    )

    assert not told(plan, "column-of-dates-unread")


def test_a_table_of_names_as_wide_as_the_plan_is_no_part_of_it() -> None:
    plan = plan_rows(
        document(
            [("Deadline", "Aktivitet", "Ansvarlig"), ("1. marts 2025", "Opstart", "Jens")],
            [
                ("Navn", "Mail", "Telefon"),
                ("Jens Hansen", "jens@example.com", "11 22 33 44"),
                ("Anne Olsen", "anne@example.com", "55 66 77 88"),
            ],
        )
    )

    assert [row.activity for row in plan.rows] == ["Opstart"]
    assert "table-without-deadlines" in [finding.code for finding in plan.findings]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("ons. d. 15. kl. 16.30", 15),
        ("ma. 3.", 3),
        ("Mandag 6.", 6),
        ("22.", 22),
        ("d. 24.", 24),
        ("fredag den 17. kl. 9-12", 17),
    ],
)
def test_a_bare_day_with_weekday_or_hour_stands_in_the_month_above_it(cell: str, day: int) -> None:
    plan = understand(
        document(
            [("Dato", "Aktivitet"), ("Januar 2025", ""), (cell, "Møde"), ("28.", "Frist")], name="plan.docx"
        )
    )

    assert [str(milestone.window.ends_on) for milestone in plan.milestones] == [
        f"2025-01-{day:02}",
        "2025-01-28",
    ]


def test_what_a_status_column_says_is_no_date() -> None:
    header = ("Deadline", "Aktivitet", "Status")
    plan = plan_rows(document([header, ("1. marts 2025", "Opstart", "I gang"), ("2. juni 2025", "Slut", "")]))

    assert not told(plan, "column-of-dates-unread")
