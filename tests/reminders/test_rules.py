from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reminders.rules import Rules

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
ZONES = ["Europe/Copenhagen", "Europe/London", "America/Nuuk", "Atlantic/Faroe", "America/New_York", "UTC"]


def test_eight_in_the_morning_in_copenhagen_is_seven_utc_in_winter_and_six_in_summer() -> None:
    assert datetime(2024, 2, 1, 7, tzinfo=UTC) == Rules().sent_at(date(2024, 2, 1))
    assert datetime(2024, 7, 1, 6, tzinfo=UTC) == Rules().sent_at(date(2024, 7, 1))


@pytest.mark.parametrize("zone", ZONES)
@given(day=DAYS)
def test_messages_leave_at_the_set_local_time_on_every_day_of_twenty_years(zone: str, day: date) -> None:
    rules = Rules(timezone=zone)
    sent_at = rules.sent_at(day)
    assert sent_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, rules.send_at)
    assert day == rules.local_day(sent_at)


@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        ("2024-03-11T07:59", False),
        ("2024-03-11T08:00", True),
        ("2024-03-11T19:59", True),
        ("2024-03-11T20:00", False),
        ("2024-03-10T12:00", False),
        ("2024-03-28T12:00", False),
    ],
)
def test_messages_leave_only_on_working_days_between_morning_and_quiet(local: str, is_open: bool) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert is_open == Rules().is_open(at)


@given(day=DAYS)
def test_the_clock_that_is_changed_at_night_gives_each_day_one_later_instant(day: date) -> None:
    assert Rules().sent_at(day) < Rules().sent_at(day + timedelta(1))
