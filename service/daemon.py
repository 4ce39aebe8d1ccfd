"""APScheduler only ticks; what is true stands in the database.

Each job is a round that can be cut off anywhere and done again. Jobs live in memory, in UTC, one instance at
a time, never dropped for being late (APScheduler's own default drops a job that is one second late).
"""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy.exc import OperationalError

from service.clock import ClockInDoubtError, ClockWatch
from service.logs import log_failure

log = structlog.get_logger()

Round = Callable[[], object]

# sysexits.h EX_SOFTWARE: the supervisor starts us again.
EXIT_DEAD = 70
# Rounds may wait for a slow relay; the planning round waits for nobody, and its silence means a dead thread.
DEAD_AFTER = timedelta(seconds=80)


class _FromNow(BaseTrigger):  # type: ignore[misc]  # it ships no types
    """The next tick, counted from the present.

    IntervalTrigger counts each one that was missed: when the clock is set years ahead that takes all memory
    (APScheduler #1066, and `make faults`).
    """

    def __init__(self, tick: timedelta) -> None:
        self._tick = tick

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._tick


class Daemon:
    """Runs rounds every `tick`, each in its own thread, until it is told to stop.

    The round named first is the heart: it runs once before `run` reports ready, and when it has not ended,
    well or not, for 80 seconds the daemon gives up, so that a supervisor can start a new one. Rounds look at
    `stopping` themselves where they take long.
    """

    def __init__(
        self, rounds: Mapping[str, Round], tick: timedelta, stopping: threading.Event, watch: ClockWatch
    ) -> None:
        self.rounds = rounds
        self._tick = tick
        self._heart = next(iter(rounds))
        self._beaten_at = time.monotonic()
        self._watch = watch
        self.stopping = stopping

    def run(self, ready: Callable[[], object] = lambda: None) -> int:
        """Tick until `stopping` is set or the heart stands still; returns the exit code."""
        self._round(self._heart)
        scheduler = self._scheduler()
        scheduler.start()
        ready()
        while not self.stopping.wait(timeout=1):
            if self._is_dead():
                # Nothing is waited for: what hangs may hold any lock.
                log.error("tick-dead", silent_seconds=round(time.monotonic() - self._beaten_at))
                self.stopping.set()
                return EXIT_DEAD
            self._follow_clock(scheduler)
        scheduler.pause()
        scheduler.shutdown(wait=True)
        return 0

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT end the run after the message in flight."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())

    def _scheduler(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for name in self.rounds:
            scheduler.add_job(
                self._round,
                _FromNow(self._tick),
                args=[name],
                id=name,
                next_run_time=datetime.now(UTC),
            )
        return scheduler

    def _follow_clock(self, scheduler: BackgroundScheduler) -> None:
        """After the clock was set, tick at once: APScheduler would wait for the time it had in mind."""
        if set_by := self._watch.look():
            seconds, in_doubt = round(set_by.total_seconds()), self._watch.is_in_doubt()
            log.warning("clock-set", seconds=seconds, in_doubt=in_doubt)
            for name in self.rounds:
                scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def _round(self, name: str) -> None:
        """One round. Nothing it raises may end the thread, or reminders would stop in silence."""
        try:
            # By a clock that is years ahead, everything would have ended.
            if not self._watch.is_in_doubt():
                self.rounds[name]()
        except ClockInDoubtError:
            log.warning("clock-set-meanwhile", round=name)
        except OperationalError as unavailable:
            # A locked or full database passes; the next round goes on from what is stored.
            log.warning("database-unavailable", round=name, error=type(unavailable.orig).__name__)
        except Exception as broken:  # noqa: BLE001 - the boundary of a job: logged, and the next one comes
            log_failure("round-failed", broken, round=name)
        finally:
            if name == self._heart:
                self._beaten_at = time.monotonic()

    def _is_dead(self) -> bool:
        return time.monotonic() - self._beaten_at > DEAD_AFTER.total_seconds()
