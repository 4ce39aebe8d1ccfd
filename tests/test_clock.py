from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from service.clock import (
    CarefulClock,
    Clock,
    ClockInDoubtError,
    ClockWatch,
    SteppingClock,
    SystemClock,
    clock_as_of,
)

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("as_of", "instant"),
    [
        ("2024-03-01T07:59", "2024-03-01T06:59Z"),
        ("2024-07-01T07:59", "2024-07-01T05:59Z"),
        ("2024-03-01T07:59+05:00", "2024-03-01T02:59Z"),
        ("2024-03-31T02:30", "2024-03-31T01:30Z"),  # skipped: the offset before the change
        ("2024-10-27T02:30", "2024-10-27T00:30Z"),  # twice: the first of them
        ("2024-10-27T02:30+01:00", "2024-10-27T01:30Z"),  # the second
    ],
)
@time_machine.travel("2026-11-23T12:00Z", tick=False)
def test_a_shifted_clock_starts_at_the_given_moment(as_of: str, instant: str) -> None:
    clock = clock_as_of(datetime.fromisoformat(as_of), "Europe/Copenhagen")

    assert clock.now() == datetime.fromisoformat(instant)
    assert clock.now().tzinfo is UTC


def test_a_shifted_clock_runs_on() -> None:
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as host:
        clock = clock_as_of(datetime(2024, 3, 1, tzinfo=UTC), "Europe/Copenhagen")
        host.shift(90)

        assert clock.now() == datetime(2024, 3, 1, 0, 1, 30, tzinfo=UTC)


@time_machine.travel("2026-11-23T12:00Z", tick=False)
def test_the_clock_of_the_host_is_told_in_utc() -> None:
    assert SystemClock().now() == datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(
    at=st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.timezones()),  # noqa: DTZ001 - the strategy adds the zone
    step=st.timedeltas(timedelta(0), timedelta(days=900)),
)
def test_a_stepping_clock_stands_still_until_it_is_moved(at: datetime, step: timedelta) -> None:
    clock = SteppingClock(at)
    instant = at.astimezone(UTC)

    assert clock.now() == clock.now() == instant
    assert clock.advance(step) == clock.now() == instant + step
    clock.set(at)
    assert clock.now() == instant


def test_threads_may_move_a_stepping_clock_at_the_same_time() -> None:
    start = datetime(2024, 3, 1, tzinfo=UTC)
    clock = SteppingClock(start)
    threads = [Thread(target=lambda: [clock.advance(SECOND) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert clock.now() == start + 4000 * SECOND


@pytest.mark.parametrize("move", [SteppingClock, SteppingClock(datetime(2024, 3, 1, tzinfo=UTC)).set])
def test_a_stepping_clock_refuses_a_local_time(move: type[SteppingClock]) -> None:
    with pytest.raises(ValueError, match="instant"):
        move(datetime(2024, 3, 1))  # noqa: DTZ001 - that it has no time zone is the point


def test_both_are_clocks() -> None:
    clocks: list[Clock] = [SystemClock(), SteppingClock(datetime(2024, 3, 1, tzinfo=UTC))]

    assert all(clock.now().utcoffset() == timedelta(0) for clock in clocks)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def boot(monkeypatch: pytest.MonkeyPatch) -> SteppingClock:
    """How long the host has been up, to be moved together with its clock or apart from it."""
    up = SteppingClock(datetime(1970, 1, 1, tzinfo=UTC))
    monkeypatch.setattr("service.clock._since_boot", lambda: up.now().timestamp())
    return up


def test_a_clock_that_passes_with_the_time_was_not_set_though_the_host_slept(boot: SteppingClock) -> None:
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as host:
        watch = ClockWatch()
        for passed in (SECOND, 30 * DAY, 2 * SECOND):
            host.shift(passed)
            boot.advance(passed)
            assert timedelta(0) == watch.look()
        assert not watch.is_in_doubt()


@pytest.mark.parametrize("by", [-HOUR, HOUR, timedelta(minutes=-1)])
def test_a_clock_that_is_set_by_hours_is_noticed_once_and_believed(
    boot: SteppingClock, by: timedelta
) -> None:
    del boot
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as host:
        watch = ClockWatch()
        host.shift(by)
        assert [by, timedelta(0)] == [watch.look(), watch.look()]
        assert not watch.is_in_doubt()


@pytest.mark.parametrize("by", [26 * DAY, 3650 * DAY, -26 * DAY])
def test_a_clock_that_is_set_by_days_is_in_doubt_for_an_hour_or_until_it_is_set_back(
    boot: SteppingClock, by: timedelta
) -> None:
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as host:
        watch = ClockWatch()
        host.shift(by)
        assert watch.is_in_doubt()
        host.shift(-by)
        assert not watch.is_in_doubt()
        host.shift(by)
        for minutes, in_doubt in ((0, True), (59, True), (1, False)):
            host.shift(timedelta(minutes=minutes))
            boot.advance(timedelta(minutes=minutes))
            assert in_doubt == watch.is_in_doubt()


def test_work_that_was_begun_before_the_clock_was_set_by_days_ends_instead_of_going_by_it(
    boot: SteppingClock,
) -> None:
    del boot
    with time_machine.travel("2026-11-23T12:00Z", tick=False) as host:
        clock = CarefulClock(SystemClock(), ClockWatch())
        assert datetime(2026, 11, 23, 12, tzinfo=UTC) == clock.now()
        host.shift(HOUR)
        assert datetime(2026, 11, 23, 13, tzinfo=UTC) == clock.now()
        host.shift(26 * DAY)
        with pytest.raises(ClockInDoubtError):
            clock.now()
