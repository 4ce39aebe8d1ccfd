"""What a fault is, and what was seen when it was made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How much of each fault: the short form is for every change, the full one for the docs."""

    kills: int
    kill_messages: int
    snapshots: int
    finished_snapshots: int
    smtp_cells: int
    relay_down_hours: int
    relay_step_minutes: int
    teams_answers: int
    locked_seconds: int
    disk_full_seconds: int
    clock_moves: int
    plan_rewrites: int
    dead_after_seconds: float


@dataclass(kw_only=True)
class Seen:
    """Figures for people, and what did not hold; nothing of that is success."""

    figures: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    not_run: str = ""

    def note(self, figure: str) -> None:
        self.figures.append(figure)

    def expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.broken.append(otherwise)


Run = Callable[[Random, Scale, Path], Seen]


@dataclass(frozen=True)
class Fault:
    """One row of the table: what is done, what must hold, and the programme that does it."""

    name: str
    done: str
    target: str
    run: Run
