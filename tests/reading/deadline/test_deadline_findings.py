"""What a coordinator is told about a deadline, and what is left unsaid."""

from datetime import date, time

import pytest

from service.plan.finding import Severity
from service.plan.window import Certainty, Kind
from service.reading.deadline import read_deadline

A_YEAR = 2024


def _codes(text: str, year: int | None = A_YEAR) -> list[str]:
    return [finding.code for finding in read_deadline(text, year).findings]


@pytest.mark.parametrize(
    "text",
    [
        "13. marts 2024",
        "Marts 2024",
        "Primo marts 2024",
        "uge 12 2024",
        "1. kvartal 2024",
        "Senest 1. maj 2024",
        "2024-2025",
        "to 13/3 2025",
        "on 5 April 2025",
        "jul. 2025",
        "by Jul 2025",
        "senest 04/05/2025",
        "01/05/24-26/06/24",
    ],
)
def test_a_plain_deadline_needs_no_remark(text: str) -> None:
    assert _codes(text) == []


@pytest.mark.parametrize(
    "text", ["Afventer dato", "Løbende", "d. xxxx", "TBD", "Hvert andet år", "Aftales nærmere"]
)
def test_a_plan_that_says_there_is_no_date_is_taken_at_its_word(text: str) -> None:
    assert _codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13. marts", "year-inferred"),
        ("torsdag d. 13. marts 2024", "weekday-contradicts"),
        ("20. - 10. maj 2024", "range-reversed"),
        ("november - januar 2025", "over-new-year"),
        ("31. april 2024", "day-impossible"),
        ("29. februar 2023", "day-impossible"),
        ("uge 53 2024", "day-impossible"),
        ("febuar 2024", "spelling-assumed"),
        ("Sommerferien 2024", "period-assumed"),
        ("inden maj 2024", "before-read-as-by"),
        ("27. maj 2024 (foreløbig)", "day-tentative"),
        ("1. møde: 3. maj 2024, 2. møde: 5. juni 2024", "several-dates"),
        ("18. marts 2024 (uge 13)", "date-set-aside"),
        ("2 uger efter 1. maj 2024", "day-counted"),
        ("5 arbejdsdage før 1. maj 2024", "partly-understood"),
        ("3/13/2024", "spelling-assumed"),
        ("FY 2024/25", "period-assumed"),
        ("Summer 2025/26", "period-assumed"),
        ("ti 5. marts 2025", "weekday-contradicts"),
        ("jul 2025", "spelling-assumed"),
        ("omkring jul", "spelling-assumed"),
        ("by 04/05/2025", "spelling-assumed"),
        ("1. april 2025 kl. 25", "partly-understood"),
        ("1. april 2025 kl. 24.30", "partly-understood"),
        ("Før første fakturering", "deadline-relative"),
        ("14 dage før mødet", "deadline-relative"),
        ("Byggeriets gang", "deadline-not-understood"),
        ("", "deadline-missing"),
    ],
)
def test_whatever_is_assumed_or_doubtful_is_told(text: str, code: str) -> None:
    assert code in _codes(text)


def test_a_date_without_any_year_is_an_error_and_awaited() -> None:
    deadline = read_deadline("13. marts")

    assert [finding.severity for finding in deadline.findings] == [Severity.ERROR]
    assert (deadline.window.starts_on, deadline.window.ends_on) == (None, None)
    assert (deadline.window.kind, deadline.window.certainty) == (Kind.DAY, Certainty.AWAITING)


def test_every_finding_has_a_sentence_in_both_languages() -> None:
    text = "torsdag d. 31. april, 20. - 10. febuar, fase x (senest uge 60)"

    for finding in read_deadline(text, A_YEAR).findings:
        assert finding.message("da") != finding.message("en")


def test_a_cell_that_names_its_year_says_so() -> None:
    assert read_deadline("Marts 2024").names_year
    assert not read_deadline("Marts", A_YEAR).names_year


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("Senest 1. maj kl. 12", time(12)),
        ("Torsdag d. 17. april kl. 17- 19.00", time(17)),
        ("14. august 14.00– 15.30", time(14)),
        ("3 May at 5 pm", time(17)),
        ("3. maj kl. 0900", time(9)),
        ("1. april kl. 24", time(23, 59)),
        ("1. april kl. 25", None),
        ("13-03-2024 00:00", None),
        ("13. marts", None),
    ],
)
def test_the_clock_time_is_the_first_one_named(text: str, clock: time | None) -> None:
    assert read_deadline(text, A_YEAR).window.time == clock


def test_what_was_moved_counts_and_what_only_happened_does_not() -> None:
    moved = read_deadline("16.08.21 (planlagt oppstart er nå 18.06.21)")
    happened = read_deadline("01.03.21 (faktisk oppstart var 09.03.21)")

    assert moved.window.ends_on == date(2021, 6, 18)
    assert happened.window.ends_on == date(2021, 3, 1)
