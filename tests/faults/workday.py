"""The daemon's own rounds on APScheduler's own tick, on a clock that the programme moves."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from service.bootstrap import Parts
from service.clock import ClockWatch, SteppingClock
from service.daemon import Daemon, Round
from service.plan.milestone import Milestone
from service.reminders.notice import Recipient
from service.serving import daemon_of
from tests.factories import a_day, a_milestone, a_plan
from tests.faults import ledger
from tests.faults.program import until
from tests.workplace import RULES, Workplace, a_workplace

TICK = timedelta(milliseconds=50)
MONDAY = date(2024, 3, 4)
PATIENCE = 30.0


@dataclass(kw_only=True)
class Workday:
    """An installation at work. Its database is real, and so are its relay and its webhooks."""

    workplace: Workplace
    database: Path
    ticks: dict[str, int] = field(default_factory=dict)

    @property
    def clock(self) -> SteppingClock:
        return self.workplace.clock

    def settle(self) -> None:
        """Wait until each round has begun and ended once more at the present time."""
        before = dict(self.ticks)
        until(lambda: all(self.ticks[name] >= count + 2 for name, count in before.items()), PATIENCE)

    def pass_by(
        self, whole: timedelta, step: timedelta, until_done: Callable[[], bool] = lambda: False
    ) -> None:
        """Let time go by in steps, each with its rounds; no further than wanted."""
        ends = self.clock.now() + whole
        while self.clock.now() < ends and not until_done():
            self.clock.advance(step)
            self.settle()

    def waits(self) -> int:
        return ledger.messages(self.database)["waiting"]

    def due(self) -> Mapping[str, int]:
        """The notices whose time has come, by state."""
        return ledger.notices(self.database, self.clock.now().strftime("%Y-%m-%d %H:%M:%S.999999"))


@contextmanager
def at_work(
    folder: Path,
    people: tuple[Recipient, ...],
    milestones: tuple[Milestone, ...],
    change: Callable[[Parts], Parts] = lambda parts: parts,
    *,
    first_day: date = MONDAY,
) -> Iterator[Workday]:
    """The daemon with its plan imported, ticking until the end of the block."""
    with a_workplace(folder, first_day, *people, rules=replace(RULES, approve_above=10_000)) as workplace:
        workplace.import_plan(a_plan(*milestones))
        workplace.parts = change(replace(workplace.parts, tick=TICK))
        workday = Workday(workplace=workplace, database=folder / "rettidig.db")
        daemon = _counted(daemon_of(workplace.parts), workday)
        running = threading.Thread(target=daemon.run, name="daemon")
        running.start()
        try:
            workday.settle()
            yield workday
        finally:
            daemon.stopping.set()
            running.join()


def _counted(daemon: Daemon, workday: Workday) -> Daemon:
    """The same daemon, telling when its rounds ended."""

    def counted(name: str, done: Round) -> Round:
        workday.ticks[name] = 0

        def once() -> None:
            try:
                done()
            finally:
                workday.ticks[name] += 1

        return once

    rounds = {name: counted(name, done) for name, done in daemon.rounds.items()}
    return Daemon(rounds, TICK, daemon.stopping, ClockWatch())


def milestones_on(*days: date, party: str = "sb") -> tuple[Milestone, ...]:
    return tuple(
        a_milestone(
            a_day(day), id=f"m{row}", row=row, activity=f"Opgave {row:03} behandles.", parties=(party,)
        )
        for row, day in enumerate(days, start=1)
    )


def local(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
