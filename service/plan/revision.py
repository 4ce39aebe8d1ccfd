"""What a new version of a document changes: rows matched by what they say, so that ids stay."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.plan.dependencies import in_the_order_of
from service.plan.matching import PART_OF_WHOLE, likeness, pairs, share, sharing
from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.plan import Plan

# So much more of a part must stand in the row it was cut from than in what that row says now.
_GONE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A milestone of both versions; `now` carries the id of `before`."""

    before: Milestone
    now: Milestone

    @property
    def likeness(self) -> float:
        """How alike the two activities are, 0-100."""
        return likeness(self.before, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row that was cut out of another one, or one that went into another one."""

    part: Milestone
    whole: Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed between two revisions. `reworded` keep their due date; a moved one may be reworded too.

    `split` tells of which earlier row a new one was a part, `merged` into which present row a dropped one
    went; both are counted as new and as dropped all the same.
    """

    new: tuple[Milestone, ...]
    moved: tuple[Moved, ...]
    reworded: tuple[Moved, ...]
    dropped: tuple[Milestone, ...]
    split: tuple[Part, ...] = ()
    merged: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.reworded or self.dropped)


def carry_ids(before: Iterable[Milestone], plan: Plan) -> Plan:
    """The plan with each milestone, also where others come after it, under the id it had before.

    What is paired with nothing keeps the id of its own content, or the one it was given. What came after
    something before still does, unless a person wrote the order.
    """
    known = list(before)
    found = pairs(known, plan.milestones, plan.given_ids)
    taken = {known[old].id for old in found.values()} | plan.given_ids
    carried = {
        milestone.id: _id(milestone, known[found[new]] if new in found else None, plan, taken)
        for new, milestone in enumerate(plan.milestones)
    }
    milestones = tuple(
        replace(
            milestone,
            id=carried[milestone.id],
            after=tuple(replace(first, id=carried.get(first.id, first.id)) for first in milestone.after),
        )
        for milestone in plan.milestones
    )
    if not plan.is_order_given:
        milestones = in_the_order_of(known, milestones)
    return replace(plan, milestones=milestones)


def former_parties(before: Plan, now: Plan) -> tuple[Party, ...]:
    """The parties that earlier revisions named and the plan does not name any more."""
    present = {party.id for party in now.parties}
    return tuple(party for party in before.known_parties if party.id not in present)


def difference(before: Iterable[Milestone], plan: Plan) -> Difference:
    """What the plan, whose ids are carried over already, changes."""
    known = {milestone.id: milestone for milestone in before}
    kept = {milestone.id for milestone in plan.milestones}
    both = [Moved(before=known[now.id], now=now) for now in plan.milestones if now.id in known]
    changed = [pair for pair in both if _said(pair.before) != _said(pair.now)]
    new = tuple(milestone for milestone in plan.milestones if milestone.id not in known)
    dropped = tuple(milestone for milestone in known.values() if milestone.id not in kept)
    backwards = [Moved(before=pair.now, now=pair.before) for pair in changed]
    return Difference(
        new=new,
        moved=tuple(pair for pair in both if pair.before.due_on != pair.now.due_on),
        reworded=tuple(pair for pair in changed if pair.before.due_on == pair.now.due_on),
        dropped=dropped,
        split=tuple(_parts(new, dropped, changed)),
        merged=tuple(_parts(dropped, new, backwards)),
    )


def _id(milestone: Milestone, before: Milestone | None, plan: Plan, taken: set[str]) -> str:
    if before:
        return before.id
    return milestone.id if milestone.id in plan.given_ids else _unused(milestone.id, taken)


def _said(milestone: Milestone) -> tuple[str, str, str]:
    return milestone.deadline, milestone.activity, milestone.responsible


def _parts(loose: Sequence[Milestone], gone: Iterable[Milestone], changed: Iterable[Moved]) -> Iterator[Part]:
    """The loose rows whose words stood in another row that is gone or has lost them since."""
    wholes = [(whole, "") for whole in gone] + [(pair.before, pair.now.activity) for pair in changed]
    texts = {place: part.activity for place, part in enumerate(loose)}
    best: dict[int, tuple[float, int]] = {}
    for place, held_by in sharing(texts, {at: whole.activity for at, (whole, _) in enumerate(wholes)}):
        held = share(texts[place], wholes[held_by][0].activity)
        best[place] = max(best.get(place, (0.0, 0)), (held, -held_by))
    for place, (held, held_by) in best.items():
        whole, left = wholes[-held_by]
        if held >= PART_OF_WHOLE and share(texts[place], left) <= held - _GONE:
            yield Part(part=loose[place], whole=whole)


def _unused(milestone_id: str, taken: set[str]) -> str:
    candidate, ordinal = milestone_id, 2
    while candidate in taken:
        candidate, ordinal = f"{milestone_id}-{ordinal}", ordinal + 1
    taken.add(candidate)
    return candidate
