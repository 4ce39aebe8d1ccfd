"""What leaves next because the plan changed, told before anything is stored."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from service.plan.plan import Plan
from service.plan.revision import Difference
from service.reminders.calendars import HeldEntry, withdrawals
from service.reminders.consequences import news_of_moves
from service.reminders.digest import Collected, collect
from service.reminders.notice import NEWS_OF_THE_PLAN, Channel, Hearer, Notice
from service.reminders.rules import ONE_DAY, Rules
from service.reminders.schedule import Standing, schedule


class Owed(StrEnum):
    """What the outbox has of a notice. SETTLED: it is sent, in a message already, or will never be."""

    NOTHING = "nothing"
    WAITING = "waiting"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A plan, how its milestones stand and who hears of it."""

    plan: Plan
    stand: Sequence[Standing]
    told: Sequence[Hearer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """What was sent before. A notice of the same `key` is told once.

    `quiet` are the addresses, in lower case, that were sent their one reminder of the day. `is_known` says of
    an invite whether the calendar behind its address would learn nothing from it. `was_told` says whether an
    address ever heard of a milestone, and `held` is what calendars hold.
    """

    key: Callable[[Notice], Hashable]
    owed: Callable[[Notice], Owed]
    quiet: Callable[[date], Collection[tuple[Channel, str]]]
    is_known: Callable[[Plan, Standing, Notice], bool]
    was_told: Callable[[Notice], bool]
    held: tuple[HeldEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """`messages` is all that leaves at `at`; `because` are those with something that the change brings.

    `held` notices are so many at once that they wait for approval instead.
    """

    at: datetime
    messages: tuple[Collected, ...]
    because: tuple[Collected, ...]
    held: int


def foresee(
    before: Situation | None, after: Situation, outbox: Outbox, rules: Rules, now: datetime
) -> Foresight:
    """What the next sending brings if the plan is changed now and nobody does anything else until then."""
    at = next_sending(rules, now)
    without = _leaving(before, outbox, rules, at, _held(before, outbox, rules, now)) if before else ()
    expected = {outbox.key(notice) for notice in without}
    held = _held(after, outbox, rules, now)
    messages = tuple(collect(_leaving(after, outbox, rules, at, held), rules))
    because = tuple(
        message for message in messages if any(outbox.key(each) not in expected for each in message.notices)
    )
    return Foresight(at=at, messages=messages, because=because, held=len(held))


def next_sending(rules: Rules, now: datetime) -> datetime:
    """Now, if messages may leave now; else the next time they may."""
    if rules.is_open(now):
        return now
    day = rules.local_day(now)
    later = day if now < rules.sent_at(day) else day + ONE_DAY
    return rules.sent_at(rules.workdays.on_or_after(later))


def standings_after(
    stand: Iterable[Standing], plan: Plan, changes: Difference, today: date
) -> tuple[Standing, ...]:
    """How the milestones stand once the plan, whose ids are carried over, is imported on the day `today`."""
    known = {standing.milestone.id: standing for standing in stand}
    moved = {pair.now.id: pair.before.due_on for pair in changes.moved}
    changed = moved.keys() | {pair.now.id for pair in changes.reworded}
    after: dict[str, Standing] = {}
    for milestone in plan.milestones:
        before = known.get(milestone.id)
        if before is None:
            after[milestone.id] = Standing(milestone=milestone, since=today)
            continue
        standing = replace(before, milestone=milestone, dropped_on=None)
        if milestone.id in moved:
            standing = replace(standing, since=today, was=moved[milestone.id])
        if before.dropped_on:
            standing = replace(standing, since=today, was=None)
        if milestone.id in changed or before.dropped_on:
            standing = replace(standing, version=before.version + 1)
        after[milestone.id] = standing
    for milestone in changes.dropped:
        before = known[milestone.id]
        known[milestone.id] = replace(before, dropped_on=today, version=before.version + 1)
    return tuple((known | after).values())


def _held(situation: Situation, outbox: Outbox, rules: Rules, now: datetime) -> frozenset[Hashable]:
    """The notices that wait for approval, since so many would be sent the moment they become known."""
    due = _due(situation, outbox, rules, now)
    sudden = frozenset(outbox.key(notice) for notice in due if outbox.owed(notice) is Owed.NOTHING)
    return sudden if len(sudden) > rules.approve_above else frozenset()


def _leaving(
    situation: Situation, outbox: Outbox, rules: Rules, at: datetime, held: Collection[Hashable]
) -> Iterator[Notice]:
    """The notices that leave at the instant `at`, as of that instant: what was missed leaves together."""
    quiet = outbox.quiet(rules.local_day(at))
    stand = {standing.milestone.id: standing for standing in situation.stand}
    for notice in _due(situation, outbox, rules, at):
        if notice.hearer.channel is Channel.INVITE:
            is_left_out = outbox.is_known(situation.plan, stand[notice.milestone], notice)
        else:
            is_quiet = (notice.hearer.channel, notice.hearer.address.lower()) in quiet
            is_left_out = is_quiet or (notice.reason in NEWS_OF_THE_PLAN and not outbox.was_told(notice))
        if not is_left_out and outbox.key(notice) not in held:
            yield replace(notice, at=at)


def _due(situation: Situation, outbox: Outbox, rules: Rules, at: datetime) -> Iterator[Notice]:
    day = rules.local_day(at)
    wanted = schedule(situation.plan, situation.stand, situation.told, rules, day)
    unwanted = withdrawals(
        situation.plan, situation.stand, situation.told, outbox.held, rules=rules, today=day
    )
    news = news_of_moves(situation.stand, situation.told, rules=rules, today=day)
    for notice in chain(wanted, unwanted, news):
        is_past = notice.expires_on is not None and notice.expires_on <= day
        if notice.at <= at and not is_past and outbox.owed(notice) is not Owed.SETTLED:
            yield notice
