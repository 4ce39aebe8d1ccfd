"""What a new version of a document changes: rows matched by what they say, so that ids stay."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import token_sort_ratio

from service.plan.milestone import Milestone
from service.plan.plan import Plan

# Two rows are the same milestone when their activities are this alike (0-100). Measured on the workshop rows
# of the bundled plan, which share all but their last sentence (93) and must be told apart by exact matches
# first; unrelated rows stay under 60.
ALIKE = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A milestone whose due date is another one than before; `now` carries the id of `before`."""

    before: Milestone
    now: Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed between two revisions. `reworded` keep their due date; a moved one may be reworded too."""

    new: tuple[Milestone, ...]
    moved: tuple[Moved, ...]
    reworded: tuple[Moved, ...]
    dropped: tuple[Milestone, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.reworded or self.dropped)


def carry_ids(before: Iterable[Milestone], plan: Plan) -> Plan:
    """The plan with each milestone under the id it had before, where it is the same one.

    Rows that say the same are paired first, then the most alike of the rest; what is paired with nothing
    keeps the id of its own content.
    """
    known = list(before)
    pairs = _pairs(known, plan.milestones)
    taken = {known[old].id for old in pairs.values()}
    milestones = tuple(
        replace(milestone, id=known[pairs[new]].id if new in pairs else _unused(milestone.id, taken))
        for new, milestone in enumerate(plan.milestones)
    )
    return replace(plan, milestones=milestones)


def difference(before: Iterable[Milestone], plan: Plan) -> Difference:
    """What the plan, whose ids are carried over already, changes."""
    known = {milestone.id: milestone for milestone in before}
    pairs = [Moved(before=known[now.id], now=now) for now in plan.milestones if now.id in known]
    kept = {milestone.id for milestone in plan.milestones}
    return Difference(
        new=tuple(milestone for milestone in plan.milestones if milestone.id not in known),
        moved=tuple(pair for pair in pairs if pair.before.due_on != pair.now.due_on),
        reworded=tuple(
            pair
            for pair in pairs
            if pair.before.due_on == pair.now.due_on and _said(pair.before) != _said(pair.now)
        ),
        dropped=tuple(milestone for milestone in known.values() if milestone.id not in kept),
    )


def _said(milestone: Milestone) -> tuple[str, str, str]:
    return milestone.deadline, milestone.activity, milestone.responsible


def _pairs(known: list[Milestone], found: tuple[Milestone, ...]) -> dict[int, int]:
    """Index in `found` -> index in `known`, best pairs first, each row used once."""
    scores = sorted(
        (
            (_likeness(old, new), -abs(old_at - new_at), old_at, new_at)
            for old_at, old in enumerate(known)
            for new_at, new in enumerate(found)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for score, _near, old_at, new_at in scores:
        if score >= ALIKE and new_at not in pairs and old_at not in used:
            pairs[new_at] = old_at
            used.add(old_at)
    return pairs


def _likeness(old: Milestone, new: Milestone) -> float:
    """How alike two rows are; the same activity counts most, then the same deadline and parties."""
    likeness = token_sort_ratio(old.activity.casefold(), new.activity.casefold())
    same = (old.deadline == new.deadline) + (old.parties == new.parties)
    return likeness + same if likeness >= ALIKE else likeness


def _unused(milestone_id: str, taken: set[str]) -> str:
    candidate, ordinal = milestone_id, 2
    while candidate in taken:
        candidate, ordinal = f"{milestone_id}-{ordinal}", ordinal + 1
    taken.add(candidate)
    return candidate
