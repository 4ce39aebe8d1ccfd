"""One row of the plan: an activity with a deadline and its responsible parties."""

from dataclasses import dataclass
from datetime import date

from service.plan.place import Place
from service.plan.window import Certainty, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """A milestone that must be over first, by its id, and at least so many days before."""

    id: str
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """`deadline`, `activity` and `responsible` are the cells as written, the rest how they were understood.

    `id` stays over revisions. `row` is the place among the data rows, 1 is the first. `where` is the place in
    the document. `due_on` is the day reminders count to: the last day of the
    window, or the exact day that the activity itself names inside it; None while the date is awaited.
    `parties` are party ids; empty when the plan names nobody. `checklist` are the documents the activity asks
    for, in order. `phase` is the heading under which the row stands, as written; "" without one. `after` are
    the milestones of the same plan that must be over before this one, in no circle.
    """

    id: str
    row: int
    where: Place
    deadline: str
    window: Window
    due_on: date | None
    activity: str
    responsible: str
    parties: tuple[str, ...]
    checklist: tuple[str, ...] = ()
    phase: str = ""
    after: tuple[Predecessor, ...] = ()

    @property
    def is_awaiting(self) -> bool:
        return self.window.certainty is Certainty.AWAITING
