"""What becomes of what comes after a milestone that is late or has moved. It is shown; nothing is moved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from service.plan.marks import MarkKind
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.reasons import Why
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.reminders.workdays import Workdays

TOLD_FOR = timedelta(days=31)

_CLOSE = 30  # days; what has more room when something before it is late need not be looked at yet
_COUNTED = 731  # days; of longer stretches nobody counts the working days


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """That `then` comes after `first`, at least `days` later, and how much room there is.

    `over_on` is the first day on which `first` can be over: when it was reported, else its due date, but not
    before today nor before what it comes after itself allows. `slack` are the days from there to the due date
    of `then` beyond those between them; negative: so many are missing, and it no longer fits; None: it awaits
    a date.
    """

    first: Standing
    then: Standing
    days: int
    over_on: date
    slack: int | None
    today: date
    workdays: Workdays

    @property
    def slack_in_workdays(self) -> int | None:
        """The working days among the slack; None where there is no slack or too much of it to count."""
        slack, due_on = self.slack, self.then.milestone.due_on
        if slack is None or due_on is None or abs(slack) > _COUNTED:
            return None
        if slack < 0:
            return -self.workdays.between(due_on, due_on - timedelta(slack))
        return self.workdays.between(due_on - timedelta(slack), due_on)

    @property
    def fits(self) -> bool:
        return self.slack is None or self.slack >= 0

    @property
    def is_pressed(self) -> bool:
        """It no longer fits, or soon may not, since what it comes after is over later than its due date.

        What has been late for long itself is told of as such.
        """
        first_due_on, due_on = self.first.milestone.due_on, self.then.milestone.due_on
        is_late = self.first.settled is None and first_due_on is not None and self.over_on > first_due_on
        is_close = self.slack is not None and self.slack <= _CLOSE
        is_long_past = due_on is not None and due_on < self.today - timedelta(_CLOSE)
        return not is_long_past and (not self.fits or (is_late and is_close))


def dependencies(standings: Iterable[Standing], today: date, rules: Rules) -> tuple[Dependency, ...]:
    """What comes after what among that which is still to be done, in the order of the rows.

    What was dropped or is not relevant any more holds up nothing; what was history already when it became
    known, and is not chased, was over on its due date.
    """
    stand = {each.milestone.id: each for each in standings if each.dropped_on is None}
    over_on = _over_on(stand, today, timedelta(rules.chase_back))
    return tuple(
        Dependency(
            first=stand[first.id],
            then=standing,
            days=first.days,
            over_on=over_on[first.id],
            slack=_slack(standing, over_on[first.id], first.days),
            today=today,
            workdays=rules.workdays,
        )
        for standing in stand.values()
        if standing.settled is None
        for first in standing.milestone.after
        if first.id in over_on
    )


def _over_on(stand: dict[str, Standing], today: date, chase_back: timedelta) -> dict[str, date]:
    """The first day on which each milestone can be over, but for those that are not relevant."""
    before = {name: [first.id for first in each.milestone.after] for name, each in stand.items()}
    found: dict[str, date] = {}
    for name in TopologicalSorter(before).static_order():
        standing = stand.get(name)
        if standing is None or (standing.settled and standing.settled.kind is MarkKind.NOT_RELEVANT):
            continue
        firsts = [first for first in standing.milestone.after if first.id in found]
        allowed = (_later(found[first.id], first.days) for first in firsts)
        due_on = standing.milestone.due_on or today
        is_history = due_on < standing.since - chase_back
        ended_on = standing.done_on or (due_on if is_history else None)
        found[name] = ended_on or max(today, due_on, *allowed)
    return found


def _slack(then: Standing, over_on: date, days: int) -> int | None:
    due_on = then.milestone.due_on
    return (due_on - over_on).days - days if due_on else None


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def tightest(found: Iterable[Dependency]) -> list[Dependency]:
    """The ones with the least slack first; what awaits a date stands last."""
    return sorted(found, key=lambda each: (each.slack is None, each.slack or 0, each.then.milestone.row))


def worsened(before: Iterable[Dependency], after: Iterable[Dependency]) -> list[Dependency]:
    """What has less room in a new version of the plan than before and soon may not fit, or does not."""
    room = {_name(each): each.slack for each in before if each.slack is not None}
    close = ((each, each.slack) for each in after if each.slack is not None and each.slack <= _CLOSE)
    return tightest(each for each, slack in close if slack < room.get(_name(each), 0))


def following(milestone: str, found: Sequence[Dependency]) -> list[Dependency]:
    """All that comes after a milestone, directly or by way of others."""
    after: defaultdict[str, set[str]] = defaultdict(set)
    for each in found:
        after[each.first.milestone.id].add(each.then.milestone.id)
    reached = _reached(milestone, after)
    return [each for each in found if each.first.milestone.id in reached]


def chains(found: Sequence[Dependency]) -> list[list[Dependency]]:
    """The dependencies that hang together, in the order in which they were found."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for each in found:
        for one, other in (_name(each), reversed(_name(each))):
            beside[one].add(other)
    chain_of: dict[str, str] = {}
    for milestone in beside:
        if milestone not in chain_of:
            chain_of |= dict.fromkeys(_reached(milestone, beside), milestone)
    together: defaultdict[str, list[Dependency]] = defaultdict(list)
    for each in found:
        together[chain_of[each.first.milestone.id]].append(each)
    return list(together.values())


def concerning(milestone: str, found: Sequence[Dependency]) -> list[Dependency]:
    """What it comes after and no longer fits with, and what is pressed because of it, the tightest first."""
    own = [each for each in found if each.then.milestone.id == milestone and not each.fits]
    return [*own, *tightest(each for each in following(milestone, found) if each.is_pressed)]


def news_of_moves(
    stand: Sequence[Standing], told: Iterable[Hearer], *, rules: Rules, today: date
) -> Iterator[Notice]:
    """What the coordinator is told once when a milestone moved and what comes after it no longer fits.

    As of the day on which the move became known, so that it stays the same news on later days.
    """
    coordinators = [
        hearer for hearer in told if hearer.is_coordinator and hearer.channel is not Channel.INVITE
    ]
    misfits: dict[date, frozenset[str]] = {}
    for standing in stand if coordinators else ():
        is_news = standing.was is not None and today < standing.since + TOLD_FOR
        if not is_news or standing.settled or standing.dropped_on:
            continue
        if standing.since not in misfits:
            found = dependencies(stand, standing.since, rules)
            misfits[standing.since] = frozenset(
                name for each in found if not each.fits for name in _name(each)
            )
        if standing.milestone.id in misfits[standing.since]:
            for hearer in coordinators:
                yield _news(standing, hearer, rules)


def _news(standing: Standing, hearer: Hearer, rules: Rules) -> Notice:
    since, due_on = standing.since, standing.milestone.due_on
    sent_on = rules.after_pause(rules.sent_on(since, "after", hearer.preferences), hearer.preferences)
    return Notice(
        milestone=standing.milestone.id,
        occasion=Occasion.CHANGED,
        hearer=hearer,
        falls_on=since,
        at=rules.sent_at(sent_on),
        lead=(due_on - since).days if due_on else None,
        due_on=due_on,
        expires_on=since + TOLD_FOR,
        reason=Why.NO_LONGER_FITS,
    )


def _name(dependency: Dependency) -> tuple[str, str]:
    return dependency.first.milestone.id, dependency.then.milestone.id


def _reached(start: str, ways: Mapping[str, Iterable[str]]) -> frozenset[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(ways.get(here, ()))
    return frozenset(reached)
