"""The same plan and rules run over a stretch of time, nothing sent."""

from collections.abc import Iterable
from datetime import date

from service.plan.plan import Plan
from service.reminders.digest import Collected, collect
from service.reminders.notice import Hearer
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule


def rehearse(
    plan: Plan, hearers: Iterable[Hearer], rules: Rules, since: date, until: date
) -> list[Collected]:
    """What would be sent from the day `since` to the day `until`, both included, in order.

    As if the plan were handed over on the day `since` and nobody ever reported anything as done.
    """
    standings = [Standing(milestone=milestone, since=since) for milestone in plan.milestones]
    return collect(schedule(plan, standings, hearers, rules, until), rules)
