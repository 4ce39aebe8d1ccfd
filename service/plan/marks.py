"""What people report about a milestone, and what all their reports together come to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from service.plan.milestone import Milestone
from service.plan.plan import Plan

DoneBy = Literal["any", "each"]


class MarkKind(StrEnum):
    DONE = "done"
    NOT_RELEVANT = "not-relevant"
    STARTED = "started"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed-over"
    TICKED = "ticked"
    UNTICKED = "unticked"
    REOPENED = "reopened"
    UNDONE = "undone"


SETTLING = frozenset({MarkKind.DONE, MarkKind.NOT_RELEVANT})
"""What is reported so, nobody is reminded of any more."""

TURNING = SETTLING | {MarkKind.REOPENED, MarkKind.HANDED_OVER}
"""What changes how a milestone stands in a calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One report. It speaks for `parties`, or for everybody responsible when there are none.

    `on` is the local day of `at`. `by` is what people are told of who it was, `recipient` the key of whose
    link was pressed. `until` belongs to `snoozed`, `to` (a party's id) to `handed-over`, `point` to the ticks
    (its text, so that a reworded one counts as new), `undoes` (the id of another mark) to `undone`. One that
    is `held` waits for a second press and counts for nothing until then.
    """

    kind: MarkKind
    on: date
    at: datetime
    by: str
    id: int = 0
    recipient: str = ""
    parties: tuple[str, ...] = ()
    until: date | None = None
    to: str = ""
    point: str = ""
    undoes: int | None = None
    held: bool = False

    def speaks_for(self, parties: frozenset[str]) -> bool:
        return not self.parties or parties <= frozenset(self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the marks of one milestone come to; `turned` is the last that changed how calendars show it."""

    reports: tuple[Mark, ...] = ()
    started: Mark | None = None
    snoozes: tuple[Mark, ...] = ()
    handovers: tuple[Mark, ...] = ()
    ticked: frozenset[str] = frozenset()
    held: tuple[Mark, ...] = ()
    in_force: tuple[Mark, ...] = ()
    turned: Mark | None = None


UNTOUCHED = Progress()


def fold(marks: Iterable[Mark]) -> Progress:
    """What the marks come to, in the order of their ids; one that was undone is as if never made."""
    ordered = sorted(marks, key=lambda mark: mark.id)
    undone = _undone(ordered)
    progress = replace(UNTOUCHED, turned=_turned(ordered))
    for mark in ordered:
        if mark.kind is MarkKind.UNDONE or mark.id in undone:
            continue
        effect = _hold if mark.held else EFFECTS[mark.kind]
        progress = effect(_in_force(progress, mark), mark)
    return progress


def _undone(ordered: list[Mark]) -> set[int]:
    """The ids of what was taken back; the first press of a report that needed two goes with the second."""
    undone = {mark.undoes for mark in ordered if mark.undoes is not None}
    taken_back = [mark for mark in ordered if mark.id in undone]
    first_presses = (
        mark.id
        for mark in ordered
        for second in taken_back
        if mark.held and mark.id < second.id and _pressed(mark) == _pressed(second)
    )
    return undone.union(first_presses)


def _pressed(mark: Mark) -> tuple[MarkKind, str]:
    return mark.kind, mark.recipient


def _turned(ordered: list[Mark]) -> Mark | None:
    turning = {mark.id for mark in ordered if mark.kind in TURNING and not mark.held}
    return next((mark for mark in reversed(ordered) if turning & {mark.id, mark.undoes}), None)


def _in_force(progress: Progress, mark: Mark) -> Progress:
    """With the mark among those that count; one like it that was held has had its second press."""
    held = tuple(other for other in progress.held if _pressed(other) != _pressed(mark))
    return replace(progress, in_force=(*progress.in_force, mark), held=held)


def _hold(progress: Progress, mark: Mark) -> Progress:
    return replace(progress, held=(*progress.held, mark))


def _report(progress: Progress, mark: Mark) -> Progress:
    return replace(progress, reports=(*progress.reports, mark))


def _reopen(progress: Progress, _mark: Mark) -> Progress:
    return replace(progress, reports=(), held=())


def _start(progress: Progress, mark: Mark) -> Progress:
    return replace(progress, started=progress.started or mark)


def _snooze(progress: Progress, mark: Mark) -> Progress:
    """The last word of the same parties counts."""
    others = tuple(snooze for snooze in progress.snoozes if snooze.parties != mark.parties)
    return replace(progress, snoozes=(*others, mark))


def _hand_over(progress: Progress, mark: Mark) -> Progress:
    return replace(progress, handovers=(*progress.handovers, mark))


def _tick(progress: Progress, mark: Mark) -> Progress:
    return replace(progress, ticked=progress.ticked | {mark.point})


def _untick(progress: Progress, mark: Mark) -> Progress:
    return replace(progress, ticked=progress.ticked - {mark.point})


EFFECTS: dict[MarkKind, Callable[[Progress, Mark], Progress]] = {
    MarkKind.DONE: _report,
    MarkKind.NOT_RELEVANT: _report,
    MarkKind.STARTED: _start,
    MarkKind.SNOOZED: _snooze,
    MarkKind.HANDED_OVER: _hand_over,
    MarkKind.TICKED: _tick,
    MarkKind.UNTICKED: _untick,
    MarkKind.REOPENED: _reopen,
}


def responsible(plan: Plan, milestone: Milestone, progress: Progress = UNTOUCHED) -> frozenset[str]:
    """The parties it is up to now: those the plan names and their members, less who handed it over."""
    reached = plan.members(milestone.parties)
    for mark in progress.handovers:
        left = reached - frozenset(mark.parties) if mark.parties else frozenset()
        reached = left | plan.members([mark.to])
    return reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Whose word settles a milestone: that of any party it is up to, or of each.

    Where each must report, a group has when all its members have; a report for everybody settles it at once.
    """

    plan: Plan
    done_by: DoneBy = "any"

    def settled(self, milestone: Milestone, progress: Progress) -> Mark | None:
        """The report by which it was settled, if it is."""
        missing = self._asked(milestone, progress)
        for mark in progress.reports:
            missing -= frozenset(mark.parties)
            if not mark.parties or not missing:
                return mark
        return None

    def _asked(self, milestone: Milestone, progress: Progress) -> frozenset[str]:
        if self.done_by == "any":
            return frozenset()
        groups = {party.id for party in self.plan.known_parties if party.members}
        return responsible(self.plan, milestone, progress) - groups


ANYBODY = Duty(plan=Plan(title="", language="", milestones=(), parties=()))
"""One report is enough, whoever's it is."""
