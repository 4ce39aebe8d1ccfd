"""How somebody who hears wants to: how long before a deadline, how often, and not at all while away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

Digest = Literal["none", "weekly", "monthly"]

_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days, both ends included, on which nothing is sent to somebody."""

    first: date = date.min
    last: date

    def __str__(self) -> str:
        """As a setting writes it."""
        return f"{'' if self.first == date.min else self.first}..{self.last}"

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


def read_pause(text: str) -> Pause:
    """A pause as a setting writes it: "2024-07-01..2024-07-31", or "..2024-08-11" for one that has begun.

    Raises ValueError for anything else.
    """
    first, _, last = text.partition("..")
    pause = Pause(first=date.fromisoformat(first) if first else date.min, last=date.fromisoformat(last))
    if pause.first > pause.last or pause.last.year > _LAST_YEAR:
        raise ValueError(text)
    return pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What is not said is as the rules have it: None for the days `ahead` and for the `digest`.

    `feed` is the wish to subscribe to a calendar: messages lead to it; `collection` that to have deadlines
    written into a calendar of one's own.
    """

    ahead: tuple[int, ...] | None = None
    digest: Digest | None = None
    pauses: tuple[Pause, ...] = ()
    feed: bool = False
    collection: bool = False

    def away_until(self, day: date) -> date | None:
        """The last day of the pause that a day belongs to; None when it belongs to none."""
        last = None
        while met := [pause.last for pause in self.pauses if pause.includes(day)]:
            last = max(met)
            day = date.fromordinal(last.toordinal() + 1)
        return last

    def shared_with(self, other: Self) -> "Preferences":
        """Those of a mailbox that two recipients share.

        Where the two differ it is as the rules have it, and a pause only on days on which both are away:
        nobody hears less because of what another one wants.
        """
        return Preferences(
            ahead=self.ahead if self.ahead == other.ahead else None,
            digest=self.digest if self.digest == other.digest else None,
            pauses=tuple(_common(self.pauses, other.pauses)),
            feed=self.feed or other.feed,
            collection=self.collection or other.collection,
        )


def _common(some: Iterable[Pause], others: tuple[Pause, ...]) -> Iterable[Pause]:
    for one in some:
        for other in others:
            first, last = max(one.first, other.first), min(one.last, other.last)
            if first <= last:
                yield Pause(first=first, last=last)


AS_THE_RULES = Preferences()
