"""The only source of "now"."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol
from zoneinfo import ZoneInfo

LEAST_SET = timedelta(seconds=5)
DOUBTFUL = timedelta(days=1)
DOUBTED_FOR = timedelta(hours=1)


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the host, shifted by `offset`."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset


def clock_as_of(as_of: datetime, timezone: str) -> SystemClock:
    """A clock that shows `as_of` now and runs on from there; without an offset it is a local time.

    A local time that the clock repeats is the first of the two; one that it skips is read in the offset
    before the change (PEP 495), so each local time is exactly one instant.
    """
    local = as_of if as_of.tzinfo else as_of.replace(tzinfo=ZoneInfo(timezone))
    return SystemClock(offset=local.astimezone(UTC) - datetime.now(UTC))


class SteppingClock:
    """A clock that stands still until it is told to move; for rehearsals, the demo and tests.

    Threads may read it while another one moves it.
    """

    def __init__(self, at: datetime) -> None:
        self._lock = Lock()
        self._now = _in_utc(at)

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def set(self, at: datetime) -> None:
        with self._lock:
            self._now = _in_utc(at)

    def advance(self, by: timedelta) -> datetime:
        """Move on by so much; the new instant."""
        with self._lock:
            self._now += by
            return self._now


def _since_boot() -> float:
    """Seconds that have passed for this host, those it slept included; nobody can set it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class ClockWatch:
    """Notices when somebody sets the clock of the host: then it passes otherwise than the time does.

    A clock that was set by more than a day may well be wrong, and is in doubt for an hour, or until it is set
    back; who set it has that long to see it. A host that slept did not set its clock. For any thread.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen = self._trusted = _ahead()
        self._doubted_since: float | None = None

    def look(self) -> timedelta:
        """By how much it was set since the last look, back if negative; nothing for what NTP corrects."""
        with self._lock:
            ahead = _ahead()
            set_by = timedelta(seconds=ahead - self._seen)
            if abs(set_by) < LEAST_SET:
                return timedelta(0)
            self._seen = ahead
            return set_by

    def is_in_doubt(self) -> bool:
        with self._lock:
            ahead, now = _ahead(), _since_boot()
            if abs(ahead - self._trusted) <= DOUBTFUL.total_seconds():
                self._doubted_since = None
                return False
            if self._doubted_since is None:
                self._doubted_since = now
            if now - self._doubted_since < DOUBTED_FOR.total_seconds():
                return True
            self._trusted, self._doubted_since = ahead, None
            return False


class ClockInDoubtError(Exception):
    """By the clock as it is now nothing may be decided."""


@dataclass(frozen=True, slots=True)
class CarefulClock:
    """A clock for work that takes long: one that was set meanwhile raises ClockInDoubtError."""

    clock: Clock
    watch: ClockWatch

    def now(self) -> datetime:
        at = self.clock.now()
        if self.watch.is_in_doubt():  # asked afterwards, so that nothing can come between
            raise ClockInDoubtError
        return at


def _ahead() -> float:
    """The clock before the time since boot, in seconds; the same as long as nobody sets the clock."""
    return time.time() - _since_boot()


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a clock needs an instant, not a local time")
    return at.astimezone(UTC)
