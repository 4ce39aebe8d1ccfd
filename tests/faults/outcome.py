"""What came of the faults, for the terminal and for the page in the docs."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import apscheduler
from rich.table import Table

from tests.faults.seen import Fault, Seen

PAGE = """\
# What was done to it, and what it did

Each row is a programme that does something bad to the real thing and then counts: what was planned, what a
recording server wrote down before it said that it took it, and what the database claims. APScheduler's own
tick and the database are real in all of them; where days pass, the clock of the rounds is moved.

```
make faults FAULTS='--seed {seed}'     # this table again, in about twenty minutes
make faults FAULTS=--short           # a part of each in two minutes, as CI does
make faults FAULTS='--only killed'   # one of them
```

Seed {seed}, {day}, {minutes:.0f} minutes on {cores} cores with Python {python}, APScheduler {apscheduler} and
SQLite {sqlite}. Written by `make faults FAULTS=--docs`.

| what is done | what must hold | what was seen | | s |
| --- | --- | --- | --- | --- |
{rows}

An extra copy arises when the process dies between the server's acceptance and our commit of it. Mail programs
know it by its Message-ID; it is the same byte for byte.
"""


@dataclass(frozen=True)
class Outcome:
    fault: Fault
    seen: Seen
    seconds: float

    @property
    def verdict(self) -> str:
        return "not run" if self.seen.not_run else "broken" if self.seen.broken else "holds"

    @property
    def lines(self) -> list[str]:
        not_run = [self.seen.not_run] if self.seen.not_run else []
        return [*not_run, *self.seen.figures, *dict.fromkeys(self.seen.broken)]


def as_table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(show_lines=True)
    for heading in ("fault", "target", "seen", "", "s"):
        table.add_column(heading)
    for outcome in outcomes:
        figures = "\n".join(outcome.lines)
        table.add_row(
            outcome.fault.name, outcome.fault.target, figures, outcome.verdict, f"{outcome.seconds:.0f}"
        )
    return table


def as_page(outcomes: Sequence[Outcome], seed: int, seconds: float) -> str:
    rows = (
        f"| **{outcome.fault.name}**: {outcome.fault.done} | {outcome.fault.target} "
        f"| {'<br>'.join(outcome.lines)} | {outcome.verdict} | {outcome.seconds:.0f} |"
        for outcome in outcomes
    )
    return PAGE.format(
        seed=seed,
        day=datetime.now(UTC).date(),
        minutes=seconds / 60,
        cores=os.cpu_count(),
        python=platform.python_version(),
        apscheduler=apscheduler.__version__,
        sqlite=sqlite3.sqlite_version,
        rows="\n".join(rows),
    )
