from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.reminders.workdays import Workdays

DENMARK = Workdays()


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


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_nearest_working_day_lies_within_a_week(day: date) -> None:
    before, after = DENMARK.on_or_before(day), DENMARK.on_or_after(day)
    assert day - timedelta(7) < before <= day <= after < day + timedelta(7)
    assert DENMARK.includes(before)
    assert DENMARK.includes(after)
