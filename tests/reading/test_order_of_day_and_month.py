"""Whether dates in figures put the day or the month first, decided over the whole plan."""

import pytest

from service.plan.plan import Plan
from service.reading.reader import understand
from tests.reading.plan_documents import document

ENGLISH = ("Due date", "Task", "Who")
DANISH = ("Frist", "Opgave", "Ansvarlig")


def read(header: tuple[str, ...], *deadlines: str) -> Plan:
    said = "Task number" if header is ENGLISH else "Sagen behandles af udvalget gang"
    rows = ((deadline, f"{said} {place}", "Board") for place, deadline in enumerate(deadlines))
    return understand(document("Plan 2025", [header, *rows]))


def days(plan: Plan) -> list[str]:
    return [str(milestone.window.ends_on) for milestone in plan.milestones]


def told(plan: Plan, code: str) -> list[int | None]:
    return [finding.row for finding in plan.findings if finding.code == code]


@pytest.mark.parametrize("order", [("3/14/2025", "3/4/2025", "4/5/25"), ("3/4/2025", "4/5/25", "3/14/2025")])
def test_one_date_that_can_only_be_american_makes_its_column_so(order: tuple[str, ...]) -> None:
    plan = read(ENGLISH, *order)

    assert sorted(days(plan)) == ["2025-03-04", "2025-03-14", "2025-04-05"]
    assert len(told(plan, "month-first")) == 2


def test_the_finding_says_what_was_read_why_and_what_else_it_could_be() -> None:
    (finding,) = [
        each for each in read(ENGLISH, "3/14/2025", "3/4/2025").findings if each.code == "month-first"
    ]

    sentence = finding.message("en")

    assert all(
        said in sentence for said in ("“3/4/2025”", "4 March 2025", "“3/14/2025”", "row 2", "3 April 2025")
    )


def test_without_such_a_date_the_day_comes_first() -> None:
    plan = read(ENGLISH, "3/4/2025", "14/3/2025")

    assert days(plan) == ["2025-04-03", "2025-03-14"]
    assert not told(plan, "month-first")


def test_a_danish_plan_puts_the_day_first_whatever_one_row_says() -> None:
    plan = read(DANISH, "3/14/2025", "3/4/2025")

    assert days(plan) == ["2025-03-14", "2025-04-03"]
    assert not told(plan, "month-first")


def test_a_plan_that_does_both_is_read_day_first_and_each_doubt_is_told() -> None:
    plan = read(ENGLISH, "3/14/2025", "14/3/2025", "3/4/2025", "5/5/2025")

    assert days(plan) == ["2025-03-14", "2025-03-14", "2025-04-03", "2025-05-05"]
    assert told(plan, "day-or-month") == [3]


def test_ranges_and_days_without_a_year_follow_the_same_order() -> None:
    plan = read(ENGLISH, "3/14", "3/4 - 4/5/2025", "12/1")

    assert days(plan) == ["2025-03-14", "2025-04-05", "2025-12-01"]
    assert str(plan.milestones[1].window.starts_on) == "2025-03-04"


def test_what_is_written_stays_as_it_is() -> None:
    assert [each.deadline for each in read(ENGLISH, "3/14/2025", "3/4/2025").milestones] == [
        "3/14/2025",
        "3/4/2025",
    ]


def test_weeks_and_pairs_of_years_are_no_dates() -> None:
    plan = read(ENGLISH, "3/14/2025", "Week 9/10 2025", "2025/26")

    assert days(plan)[1] == "2025-03-09"
    assert not told(plan, "month-first")
