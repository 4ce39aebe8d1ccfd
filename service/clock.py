"""The only source of "now"."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol
from zoneinfo import ZoneInfo


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


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a clock needs an instant, not a local time")
    return at.astimezone(UTC)
