from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reminders.workdays import WORKED_ON, WeekDay, Workdays

DENMARK = Workdays()
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def first(how_many: int, days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in islice(days, how_many)]


def test_weekends_and_danish_holidays_are_no_working_days() -> None:
    assert not DENMARK.includes(date(2024, 3, 9)), "a Saturday"
    assert not DENMARK.includes(date(2024, 3, 28)), "Maundy Thursday"
    assert not DENMARK.includes(date(2024, 12, 24)), "public employers close"
    assert DENMARK.includes(date(2024, 3, 27))


def test_store_bededag_was_a_holiday_until_2023() -> None:
    assert not DENMARK.includes(date(2023, 5, 5))
    assert DENMARK.includes(date(2024, 4, 26))


def test_own_closing_days_are_no_working_days() -> None:
    closed = Workdays(closed=frozenset({date(2024, 7, 15)}))
    assert date(2024, 7, 12) == closed.on_or_before(date(2024, 7, 15))
    assert date(2024, 7, 16) == closed.on_or_after(date(2024, 7, 15))


@given(DAYS)
def test_the_nearest_working_day_lies_within_a_week(day: date) -> None:
    before, after = DENMARK.on_or_before(day), DENMARK.on_or_after(day)
    assert day - timedelta(7) < before <= day <= after < day + timedelta(7)
    assert DENMARK.includes(before)
    assert DENMARK.includes(after)


@pytest.mark.parametrize(
    ("written", "day", "is_closed"),
    [
        ("05-01", date(2026, 5, 1), True),
        ("07-06..07-31", date(2026, 7, 31), True),
        ("07-06..07-31", date(2031, 8, 1), False),
        ("12-22..01-02", date(2026, 1, 2), True),
        ("12-22..01-02", date(2026, 12, 22), True),
        ("2026-06-05", date(2026, 6, 5), True),
        ("2026-06-05", date(2030, 6, 5), False),
        ("2026-07-06..2026-07-10", date(2026, 7, 8), True),
    ],
)
def test_closing_days_are_written_once_or_for_every_year(written: str, day: date, is_closed: bool) -> None:
    assert is_closed == (not Workdays.of("DK", [written]).includes(day))


@pytest.mark.parametrize(
    "written", ["07-31..07-06x", "05-32", "01-01..12-31", "2026-07-10..2026-07-06", "07"]
)
def test_what_is_no_closing_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the setting says it in a sentence
        Workdays.of("DK", [written])


def test_five_working_days_with_a_weekday_are_every_week_on_it() -> None:
    """Easter Monday 2024 is 1 April."""
    days = DENMARK.following(date(2024, 3, 13), 5, "monday")
    assert ["2024-03-18", "2024-03-25", "2024-04-02", "2024-04-08"] == first(4, days)


def test_ten_working_days_are_the_same_second_week_for_all() -> None:
    late = [first(3, DENMARK.following(date(2024, 9, day), 10, "friday")) for day in range(6, 20)]
    assert [["2024-09-20", "2024-10-04", "2024-10-18"]] * len(late) == late


def test_two_working_days_are_the_weekday_and_days_between() -> None:
    days = DENMARK.following(date(2024, 9, 3), 2, "monday")
    assert ["2024-09-04", "2024-09-06", "2024-09-09", "2024-09-11"] == first(4, days)


def test_weeks_on_which_nobody_works_have_no_day_and_the_first_after_them_has_one() -> None:
    july = Workdays.of("DK", ["07-01..07-26"])
    assert ["2024-06-24", "2024-07-29", "2024-08-05"] == first(
        3, july.following(date(2024, 6, 20), 5, "monday")
    )


def test_without_a_weekday_working_days_are_counted_from_the_day() -> None:
    """From a Sunday; Maundy Thursday to Easter Monday are no working days."""
    days = DENMARK.following(date(2024, 3, 24), 3, None)
    assert ["2024-03-27", "2024-04-04", "2024-04-09"] == first(3, days)


@given(day=DAYS, every=st.integers(1, 25), weekday=st.sampled_from([None, *WORKED_ON]))
def test_the_days_after_a_day_are_worked_on_and_not_too_far_apart(
    day: date, every: int, weekday: WeekDay | None
) -> None:
    found = list(islice(DENMARK.following(day, every, weekday), 8))
    for before, after in pairwise([day, *found]):
        assert before < after <= DENMARK.later(before, every)
        assert DENMARK.includes(after)


@given(
    day=DAYS,
    later=st.integers(0, 60),
    every=st.integers(1, 25),
    weekday=st.sampled_from(WORKED_ON),
)
def test_with_a_weekday_all_share_the_days(day: date, later: int, every: int, weekday: WeekDay) -> None:
    start = day + timedelta(later)
    early = list(islice(DENMARK.following(day, every, weekday), 70))
    late = list(islice(DENMARK.following(start, every, weekday), 3))
    assert set(late) <= set(early)


@given(day=DAYS, later=st.integers(0, 1200))
def test_the_working_days_between_two_days_are_those_one_counts(day: date, later: int) -> None:
    """Neither more nor fewer than a look at each of them finds, over any New Year."""
    days = [day + timedelta(number) for number in range(1, later + 1)]
    assert sum(map(DENMARK.includes, days)) == DENMARK.between(day, day + timedelta(later))
