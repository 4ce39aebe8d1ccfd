from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reminders.rules import Rules, unknown_rules
from service.reminders.timing import Special
from tests.factories import a_day, a_milestone, a_plan

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


# What is different for some --------------------------------------------------------------------------------

MEETING = a_milestone(a_day(date(2024, 3, 13)), phase="Fase 1: Høring")


def ahead(*names: str) -> tuple[int, ...]:
    """The lead times of the meeting under a rule for each name; the rule's place is its lead time."""
    special = (Special(name=name, ahead=(place,)) for place, name in enumerate(names, start=1))
    return Rules(special=tuple(special)).timing_of(MEETING).ahead


@pytest.mark.parametrize("order", [("day", "fase_1", "sb", "m1"), ("m1", "sb", "fase_1", "day")])
def test_a_milestones_own_rule_goes_before_its_partys_its_phases_and_its_kinds(
    order: tuple[str, ...],
) -> None:
    for left_out in range(4):
        names = [name for name in order if name not in ("m1", "sb", "fase_1", "day")[:left_out]]
        nearest = ("m1", "sb", "fase_1", "day")[left_out]
        assert (names.index(nearest) + 1,) == ahead(*names)


@pytest.mark.parametrize("name", ["fase_1_hoering", "fase_1_h_ring", "fase_1", "hoering", "h_ring"])
def test_a_phase_is_named_by_the_whole_of_its_heading_or_by_either_half(name: str) -> None:
    assert (1,) == ahead(name)


@pytest.mark.parametrize("name", ["fase", "fase_2", "1", "ring"])
def test_part_of_a_heading_is_another_phase(name: str) -> None:
    assert Rules().timing.ahead == ahead(name)


def test_a_rule_for_a_phase_that_the_plan_does_not_have_is_told() -> None:
    rules = Rules(special=(Special(name="fase_1"), Special(name="fase_2")))
    assert ["FASE_2"] == [each.values["key"] for each in unknown_rules(a_plan(MEETING), rules)]
