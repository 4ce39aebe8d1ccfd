"""What one collected message says, before it takes the form of a mail or a card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from service.errors import Language
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.notice import Hearer, Occasion
from service.reminders.schedule import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One milestone in a reminder. `days` until the due date, negative after it, None while it is awaited.

    `responsible` are the names of the parties as the plan names them. `was` is the earlier due date when the
    occasion is `changed`. `done_url` leads to the page where it can be marked as done.
    """

    milestone: Milestone
    occasion: Occasion
    days: int | None
    responsible: tuple[str, ...]
    was: date | None = None
    done_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """All that one hearer is told over one channel on one day; each milestone once, the most urgent first."""

    language: Language
    recipient_name: str
    plan_title: str
    on: date
    items: tuple[Item, ...]
    coordinator_name: str = ""
    plan_url: str | None = None
    feed_url: str | None = None

    @property
    def occasion(self) -> Occasion:
        """The occasion that speaks for the message: the most urgent one in it."""
        order = list(Occasion)
        return max((item.occasion for item in self.items), key=order.index)


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """The most urgent occasion first, then by due date; what has no date stands last."""
    urgency = list(Occasion)

    def rank(item: Item) -> tuple[int, date, int]:
        return -urgency.index(item.occasion), item.milestone.due_on or date.max, item.milestone.row

    return tuple(sorted(items, key=rank))


def reminder_about(
    told: Iterable[tuple[Standing, Occasion]],
    *,
    plan: Plan,
    hearer: Hearer,
    on: date,
    coordinator_name: str = "",
) -> Reminder:
    """What a hearer is told of milestones on a day.

    Each milestone once, by its most urgent occasion: after downtime the latest word is enough.
    """
    urgency = list(Occasion)
    latest: dict[str, tuple[Standing, Occasion]] = {}
    for standing, occasion in sorted(told, key=lambda pair: urgency.index(pair[1])):
        latest[standing.milestone.id] = standing, occasion
    return Reminder(
        language=hearer.language,
        recipient_name=hearer.name,
        plan_title=plan.title,
        on=on,
        items=in_order([_item(plan, standing, occasion, on) for standing, occasion in latest.values()]),
        coordinator_name=coordinator_name,
    )


def names_of(plan: Plan, milestone: Milestone) -> tuple[str, ...]:
    """The names of its parties; of a party that the present revision no longer names, the id."""
    known = {party.id: party.name for party in plan.parties}
    return tuple(known.get(party, party) for party in milestone.parties)


def _item(plan: Plan, standing: Standing, occasion: Occasion, on: date) -> Item:
    milestone = standing.milestone
    return Item(
        milestone=milestone,
        occasion=occasion,
        days=(milestone.due_on - on).days if milestone.due_on else None,
        responsible=names_of(plan, milestone),
        was=standing.was if occasion is Occasion.CHANGED else None,
    )
