"""What is known while a round composes messages, and who of it hears what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from service.delivery.relay import Relay
from service.messages.composing import Stationery, Writer
from service.plan.plan import Plan
from service.reminders.audience import hearers_for
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.reasons import Ending
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.storage.notices import OwedNotice

# What is said of a milestone although there is nothing more to do about it.
TOLD_ALL_THE_SAME = frozenset({Occasion.CHANGED, Occasion.CANCELLED, Occasion.UNREACHABLE})


class WithheldError(Exception):
    """Nothing is left to say; `reason` is kept with the notices."""

    def __init__(self, reason: Ending) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The plan, how it stands, who hears, and the installation's key."""

    plan: Plan
    standings: Mapping[str, Standing]
    hearers: Mapping[tuple[Channel, str], Hearer]
    install_key: bytes
    stationery: Stationery
    rules: Rules
    relay: Relay | None = None

    @property
    def writer(self) -> Writer:
        return Writer(plan=self.plan, key=self.install_key, stationery=self.stationery)

    def hearer(self, notice: OwedNotice) -> Hearer | None:
        """Whom it is for; None for somebody who has left the settings."""
        return self.hearers.get((notice.channel, notice.address.lower()))

    def is_asked(self, hearer: Hearer, standing: Standing) -> bool:
        """Whether a milestone is up to somebody for whom this hearer hears."""
        asked = hearers_for(self.plan, standing.milestone, self.hearers.values(), standing.progress)
        return hearer in asked

    def is_away(self, notice: OwedNotice, day: date) -> bool:
        """Whether its hearer is sent nothing on a day, however late the notice is by then."""
        hearer = self.hearer(notice)
        return hearer is not None and hearer.preferences.away_until(day) is not None

    def is_settled(self, notice: OwedNotice) -> bool:
        """Whether a reminder came to nothing after it was planned: the next planning withdraws it."""
        if not notice.milestone:
            return False
        is_over = self.standings[notice.milestone].settled is not None
        return is_over and notice.occasion not in TOLD_ALL_THE_SAME
