"""Notices -> the messages they go out in: one for each hearer and day, invites one milestone each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from service.reminders.notice import Channel, Hearer, Notice
from service.reminders.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one hearer is told over one channel on one local day."""

    hearer: Hearer
    on: date
    notices: tuple[Notice, ...]

    @property
    def at(self) -> datetime:
        return max(notice.at for notice in self.notices)


def collect(notices: Iterable[Notice], rules: Rules) -> list[Collected]:
    """The messages of a stretch of time, in the order in which they leave."""

    def place(notice: Notice) -> tuple[date, str, str, str, str]:
        milestone = notice.milestone if notice.hearer.channel is Channel.INVITE else ""
        hearer = notice.hearer
        return rules.local_day(notice.at), hearer.recipient, hearer.channel, hearer.address, milestone

    return [
        Collected(hearer=together[0].hearer, on=key[0], notices=together)
        for key, group in groupby(sorted(notices, key=place), key=place)
        if (together := tuple(group))
    ]
