"""What one collected message says, before it takes the form of a mail or a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.errors import Language
from service.plan.milestone import Milestone
from service.reminders.notice import Occasion


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
    order = list(Occasion)
    return tuple(
        sorted(
            items,
            key=lambda item: (
                -order.index(item.occasion),
                item.milestone.due_on or date.max,
                item.milestone.row,
            ),
        )
    )
