"""Twenty years, six time zones, both changes of the clock: each notice has one instant, on its own day."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from service.bundled import CONFIG
from service.plan.window import AWAITING
from service.reminders.notice import Notice, Occasion
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from tests.factories import COORDINATOR, a_hearer, a_milestone, a_plan, a_stretch

ZONES = (
    "Europe/Copenhagen",
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
zones = st.sampled_from(ZONES)
# Those that the clock skips or repeats too, though a setting may not be so early.
hours = st.sampled_from((time(0), time(1, 45), time(2), time(2, 30), time(3), time(8), time(12, 15)))


def notices_of(rules: Rules, due_on: date, length: int, known: int) -> list[Notice]:
    """All that is told of a window until two months after its end, and of a row without a date."""
    since = due_on - timedelta(known)
    dated = a_milestone(a_stretch(due_on - timedelta(length), due_on))
    undated = a_milestone(AWAITING, id="m2", row=2)
    stands = [Standing(milestone=each, since=since) for each in (dated, undated)]
    told = (a_hearer(), COORDINATOR)
    return list(schedule(a_plan(dated, undated), stands, told, rules, due_on + timedelta(60)))


@given(day=DAYS, zone=zones, hour=hours)
@example(day=date(2024, 3, 31), zone="Europe/Copenhagen", hour=time(2, 30))
@example(day=date(2024, 10, 27), zone="Europe/Copenhagen", hour=time(2, 30))
@example(day=date(2024, 10, 6), zone="Australia/Lord_Howe", hour=time(2))
def test_each_day_has_one_instant_at_its_hour_and_on_itself(day: date, zone: str, hour: time) -> None:
    rules = Rules(timezone=zone, send_at=hour)
    at, following = rules.sent_at(day), rules.sent_at(day + timedelta(1))
    assert at.utcoffset() == timedelta(0)
    assert rules.local_day(at) == day
    assert timedelta(hours=23) <= following - at <= timedelta(hours=25)
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    skipped = local - datetime.combine(day, hour)
    assert timedelta(0) <= skipped <= timedelta(hours=1), (
        "never before its hour, and after it only if skipped"
    )
    if skipped:
        there_and_back = (
            datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
        )
        assert there_and_back.time() != hour


@given(due_on=DAYS, length=st.integers(0, 200), known=st.integers(-20, 90), zone=zones)
def test_each_notice_is_one_instant_at_the_sending_hour_of_a_working_day(
    due_on: date, length: int, known: int, zone: str
) -> None:
    rules = Rules(timezone=zone)
    found = notices_of(rules, due_on, length, known)
    told = Counter((n.milestone, n.occasion, n.falls_on, n.hearer.address) for n in found if n.lead != 0)
    for notice in found:
        local = notice.at.astimezone(ZoneInfo(zone))
        assert local.time() == rules.send_at
        assert rules.workdays.includes(local.date())
        assert rules.is_open(notice.at)
        assert notice.due_on in {due_on, None}
        if notice.occasion in {Occasion.OPENS, Occasion.AHEAD, Occasion.DUE}:
            assert local.date() <= due_on
        if notice.occasion in {Occasion.OVERDUE, Occasion.ESCALATED}:
            assert local.date() > due_on
    assert all(count <= 2 for count in told.values()), "an opening may fall in the middle too"


@given(due_on=DAYS, length=st.integers(0, 200), zone=zones)
def test_the_days_are_the_same_in_every_time_zone(due_on: date, length: int, zone: str) -> None:
    def days(rules: Rules) -> list[tuple[str, Occasion, date]]:
        found = notices_of(rules, due_on, length, 60)
        return sorted((each.milestone, each.occasion, rules.local_day(each.at)) for each in found)

    assert days(Rules(timezone=zone)) == days(Rules())


def test_a_host_in_another_time_zone_rehearses_the_same(tmp_path: Path) -> None:
    span = ("--from", "2024-03-01", "--to", "2024-04-15", "--json")
    said = {
        subprocess.run(
            [sys.executable, "-m", "service", "rehearse", str(CONFIG / "procesplan.docx"), *span],
            env={**os.environ, "TZ": zone},
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
        ).stdout
        for zone in ("Pacific/Kiritimati", "America/Anchorage")
    }
    (alike,) = said
    assert len(alike.splitlines()) > 10
