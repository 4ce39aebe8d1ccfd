"""How often a milestone is brought up, and for which milestones that is different."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import IntEnum

from service.plan.milestone import Milestone
from service.reminders.notice import folded, spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How often a milestone is brought up; 0 where a thing is not wanted.

    Windows of `half_way_from` days and more are long: they are brought up in the middle too, and `ahead_long`
    days before their end, since their work takes longer and their last day matters less. What is late is
    brought up at least every `overdue_every` working days; what is `escalate_after` days late is told to the
    coordinator once.
    """

    ahead: tuple[int, ...] = (30, 14, 7, 1)
    ahead_long: tuple[int, ...] = (60, 30, 14)
    half_way_from: int = 90
    overdue_every: int = 5
    escalate_after: int = 14


class Nearness(IntEnum):
    """What a special rule is about, from far to near: of several about a milestone, the nearest counts.

    WISH is for the lead times that a recipient wants.
    """

    NONE = 0
    KIND = 1
    PHASE = 2
    PARTY = 3
    WISH = 4
    MILESTONE = 5


def phase_names(phase: str) -> frozenset[str]:
    """What a phase is called in settings: "Fase 1: Høring" is `fase_1_hoering`, `fase_1` or `hoering`."""
    parts = (phase, *re.split(r"\s*[:–—]\s*|\s+-\s+", phase, maxsplit=1))
    return frozenset[str]().union(*map(spellings, parts)) - {""}


NAMES_OF: Mapping[Nearness, Callable[[Milestone], frozenset[str]]] = {
    Nearness.KIND: lambda milestone: frozenset({folded(milestone.window.kind)}),
    Nearness.PHASE: lambda milestone: phase_names(milestone.phase),
    Nearness.PARTY: lambda milestone: frozenset(map(folded, milestone.parties)),
    Nearness.MILESTONE: lambda milestone: frozenset({folded(milestone.id)}),
}
"""By which names a special rule reaches a milestone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """What is different for what is called `name`; None: as always.

    The name is that of a kind of window ("month"), a phase, a party's id or a milestone's, in lower case with
    `_` for what a variable name cannot hold.
    """

    name: str
    ahead: tuple[int, ...] | None = None
    half_way_from: int | None = None
    overdue_every: int | None = None
    escalate_after: int | None = None

    def nearness(self, milestone: Milestone) -> Nearness:
        near = (nearness for nearness, names in NAMES_OF.items() if self.name in names(milestone))
        return max(near, default=Nearness.NONE)

    def change(self, timing: Timing) -> Timing:
        """The timing with what is different; lead times of one's own count for long windows too."""
        wanted = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "name"}
        wanted["ahead_long"] = self.ahead
        return replace(timing, **{name: value for name, value in wanted.items() if value is not None})
