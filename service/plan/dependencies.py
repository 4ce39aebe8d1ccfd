"""Which milestones must be over before which: what cannot be so, and what need not be said."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from service.plan.finding import Finding
from service.plan.milestone import Milestone
from service.plan.plan import Plan

Name = TypeVar("Name", bound=Hashable)

_MOST_SHOWN = 8  # rows of a circle


def with_sound_dependencies(plan: Plan) -> Plan:
    """The plan with only those dependencies that can be, and an error for each of the others.

    What is named must be a milestone of the plan, and nothing may come after itself, however far around. What
    can be but has its dates the other way round is told as well.
    """
    known = {milestone.id: milestone for milestone in plan.milestones}
    left_out: dict[tuple[str, str], Finding] = {}
    for milestone in plan.milestones:
        unknown = [each.id for each in milestone.after if each.id not in known]
        left_out |= {
            (milestone.id, each): _finding("after-unknown", milestone, written=each) for each in unknown
        }
    for circle in _circles({each.id: [first.id for first in each.after] for each in plan.milestones}):
        first, last = known[circle[0]], known[circle[-1]]
        left_out[last.id, first.id] = _in_a_circle(last, [known[each].row for each in circle])
    milestones = tuple(
        replace(each, after=tuple(first for first in each.after if (each.id, first.id) not in left_out))
        for each in plan.milestones
    )
    findings = [*plan.findings, *left_out.values(), *_too_early(milestones)]
    findings.sort(key=lambda finding: finding.row or 0)
    return replace(plan, milestones=milestones, findings=tuple(findings))


def in_the_order_of(before: Iterable[Milestone], now: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """The milestones of a new version, each also after what it came after in the version before.

    A reader proposes nothing that the dates speak against; but when a date moves, that is what there is to
    tell. What would go round in a circle with what the new version says is left out.
    """
    after = {each.id: {first.id: first for first in each.after} for each in now}
    for milestone in before:
        for first in milestone.after if milestone.id in after else ():
            if first.id in after and not _comes_after(first.id, milestone.id, after):
                after[milestone.id].setdefault(first.id, first)
    return tuple(replace(each, after=tuple(after[each.id].values())) for each in now)


def _comes_after(milestone: str, other: str, after: Mapping[str, Iterable[str]]) -> bool:
    """Whether it is the other one or comes after it, directly or by way of others."""
    seen, waiting = set[str](), [milestone]
    while waiting:
        here = waiting.pop()
        if here == other:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(after.get(here, ()))
    return False


def without_detours(after: Mapping[Name, Sequence[Name]]) -> dict[Name, tuple[Name, ...]]:
    """The same order in fewer words: what comes after something by way of another need not say so itself.

    Each milestone stands behind those that it comes after, so there is no circle.
    """
    before: dict[Name, frozenset[Name]] = {}
    for milestone, firsts in after.items():
        before[milestone] = frozenset(firsts).union(*map(before.__getitem__, firsts))
    return {
        milestone: tuple(first for first in firsts if not any(first in before[between] for between in firsts))
        for milestone, firsts in after.items()
    }


def _circles(after: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles, each as milestones of which every one comes after the next and the last after the first.

    Depth first: what leads back to the path one stands on closes a circle, and without those last steps there
    is none. A name that nobody bears leads nowhere.
    """
    finished: set[str] = set()
    for start in after:
        if start in finished:
            continue
        path, ways, place = [start], [iter(after[start])], {start: 0}
        while path:
            further = next(ways[-1], None)
            if further is None:
                ways.pop()
                finished.add(path[-1])
                del place[path.pop()]
            elif further in place:
                yield path[place[further] :]
            elif further in after and further not in finished:
                place[further] = len(path)
                path.append(further)
                ways.append(iter(after[further]))


def _in_a_circle(milestone: Milestone, rows: Sequence[int]) -> Finding:
    """Told as one reads it, from the first to the last: each comes after the one before."""
    round_trip = [*map(str, reversed(rows)), str(rows[-1])]
    shown = [*round_trip[: _MOST_SHOWN - 1], "…", round_trip[-1]]
    rows_in_words = " → ".join(shown if len(round_trip) > _MOST_SHOWN else round_trip)
    return _finding("after-in-a-circle", milestone, first=str(rows[0]), rows=rows_in_words)


def _too_early(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    known = {milestone.id: milestone for milestone in milestones}
    for milestone in milestones:
        for first in milestone.after:
            due_on, before = milestone.due_on, known[first.id]
            if due_on and before.due_on and (due_on - before.due_on).days < first.days:
                yield _finding(
                    "after-too-early",
                    milestone,
                    understood=due_on.isoformat(),
                    first=str(before.row),
                    due=before.due_on.isoformat(),
                )


def _finding(code: str, milestone: Milestone, **values: str) -> Finding:
    return Finding(code=code, row=milestone.row, where=milestone.where, values=values)
