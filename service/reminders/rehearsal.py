"""The same plan and rules run over a stretch of time, nothing sent."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from service.plan.plan import Plan
from service.reminders.digest import Collected, collect
from service.reminders.notice import Channel, Hearer
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule


def rehearse(
    plan: Plan, hearers: Iterable[Hearer], rules: Rules, since: date, until: date
) -> list[Collected]:
    """What would be sent from the day `since` to the day `until`, both included, in order.

    As if the plan were handed over on the day `since` and nobody ever reported anything as done. Of a
    recipient with several mailboxes one stands for all.
    """
    standings = [Standing(milestone=milestone, since=since) for milestone in plan.milestones]
    heard = schedule(plan, standings, _one_each(hearers), rules, until)
    return collect(heard, rules)


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
