"""The same plan and rules run over a stretch of time, nothing sent."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from service.plan.plan import Plan
from service.reminders.digest import Collected, collect
from service.reminders.notice import Channel, Hearer
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many messages: `reminders` by mail and card, `invites` to calendars."""

    reminders: int = 0
    invites: int = 0

    def __bool__(self) -> bool:
        return bool(self.reminders or self.invites)


def rehearse(
    plan: Plan, hearers: Iterable[Hearer], rules: Rules, since: date, until: date
) -> list[Collected]:
    """What would be sent from the day `since` to the day `until`, both included, in order.

    As if the plan were handed over on the day `since` and nobody ever reported anything as done. Of a
    recipient with several mailboxes one stands for all.
    """
    heard = schedule(plan, first_standings(plan, since), _one_each(hearers), rules, until)
    return collect(heard, rules)


def first_standings(plan: Plan, since: date) -> list[Standing]:
    """How the milestones stand when the plan is handed over."""
    return [Standing(milestone=milestone, since=since) for milestone in plan.milestones]


def span_of(plan: Plan) -> tuple[date, date] | None:
    """From the month before the first date of a plan to the end of the month after the last; None without."""
    windows = [milestone.window for milestone in plan.milestones]
    days = [milestone.due_on for milestone in plan.milestones] + [window.starts_on for window in windows]
    dated = [day for day in days if day]
    if not dated:
        return None
    before = min(dated).replace(day=1) - timedelta(1)
    after = max(dated).replace(day=28) + timedelta(4)
    return before.replace(day=1), after.replace(day=monthrange(after.year, after.month)[1])


def count_by(messages: Iterable[Collected], key: Callable[[Collected], Key]) -> dict[Key, Tally]:
    """How many messages there are for each key, in the order in which the keys first come."""
    found: defaultdict[Key, Tally] = defaultdict(Tally)
    for message in messages:
        place, is_invite = key(message), message.hearer.channel is Channel.INVITE
        tally = found[place]
        found[place] = Tally(reminders=tally.reminders + (not is_invite), invites=tally.invites + is_invite)
    return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What a recipient gets in all, and the most reminders in a month."""

    tally: Tally = Tally()
    most: int = 0


NONE = Burden()


def burdens(messages: Sequence[Collected]) -> dict[str, Burden]:
    """By recipient, in alphabetical order."""
    months = count_by(messages, lambda message: (message.hearer.recipient, message.on.replace(day=1)))
    in_all = count_by(messages, lambda message: message.hearer.recipient)
    return {
        recipient: Burden(
            tally=in_all[recipient],
            most=max(tally.reminders for (whose, _), tally in months.items() if whose == recipient),
        )
        for recipient in sorted(in_all)
    }


def _one_each(hearers: Iterable[Hearer]) -> list[Hearer]:
    first: dict[tuple[str, Channel], Hearer] = {}
    for hearer in hearers:
        place = hearer.recipient, hearer.channel
        known = first.get(place, hearer)
        first[place] = replace(
            known,
            parties=known.parties | hearer.parties,
            is_coordinator=known.is_coordinator or hearer.is_coordinator,
        )
    return list(first.values())
