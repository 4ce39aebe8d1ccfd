"""When a milestone is brought up, as rules one can read aloud.

Each rule is a row of RULES: the occasion, the days it falls on, to which side it moves when nobody works on
such a day, and until when it says something true. `Rules` holds the numbers that an organisation sets.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from service.plan.milestone import Milestone
from service.reminders.notice import Occasion
from service.reminders.workdays import Workdays

ONE_DAY = timedelta(days=1)


Digest = Literal["none", "weekly", "monthly"]
Moves = Literal["before", "after"]

SENDING_DAYS: dict[Digest, Callable[[Workdays, date], bool]] = {
    "none": Workdays.includes,
    "weekly": Workdays.opens_week,
    "monthly": Workdays.opens_month,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`ahead` and `overdue_every` are calendar days; `send_at` is local time in `timezone`.

    No message leaves between `quiet_from` and `send_at`. What was due more than `chase_back` days before it
    became known is history and is not chased. More than `approve_above` sudden notices wait for approval.
    """

    ahead: tuple[int, ...] = (30, 14, 7, 1)
    overdue_every: int = 7
    send_at: time = time(8)
    quiet_from: time = time(20)
    timezone: str = "Europe/Copenhagen"
    workdays: Workdays = field(default_factory=Workdays)
    chase_back: int = 30
    approve_above: int = 200
    digest: Digest = "none"

    def sent_on(self, day: date, moves: Moves) -> date:
        """The day on which what falls on a day is sent: a working day, or the digest's.

        With a digest everything waits for the first working day of the week or month, but a reminder before a
        deadline goes with the digest before it, so that it never comes after the due date.
        """
        step = -ONE_DAY if moves == "before" else ONE_DAY
        while not SENDING_DAYS[self.digest](self.workdays, day):
            day += step
        return day

    def sent_at(self, day: date) -> datetime:
        """The instant (UTC) at which messages of a local day leave.

        Fold 0 where the clock repeats an hour; a time that the clock skips becomes the same distance from
        midnight in the offset before the change (PEP 495), so each day has exactly one instant.
        """
        return datetime.combine(day, self.send_at, ZoneInfo(self.timezone)).astimezone(ZoneInfo("UTC"))

    def local_day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.timezone)).date()

    def is_open(self, at: datetime) -> bool:
        """Whether messages may leave now: a working day, after `send_at`, before the evening's quiet."""
        local = at.astimezone(ZoneInfo(self.timezone))
        return self.workdays.includes(local.date()) and self.send_at <= local.time() < self.quiet_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One day on which a rule brings a milestone up. `expires_on` is the first day it would be untrue."""

    day: date
    expires_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    occasion: Occasion
    falls: Callable[[Milestone, date, Rules, date], Iterator[Fall]]
    moves: Moves


def _opens(milestone: Milestone, due_on: date, _rules: Rules, _until: date) -> Iterator[Fall]:
    """At the start of a window of more than one day."""
    starts_on = milestone.window.starts_on
    if starts_on and starts_on < due_on:
        yield Fall(day=starts_on, expires_on=due_on + ONE_DAY, reason="window-opens")


def _ahead(_milestone: Milestone, due_on: date, rules: Rules, _until: date) -> Iterator[Fall]:
    """So many days before the due date."""
    for days in rules.ahead:
        yield Fall(day=due_on - timedelta(days), expires_on=due_on + ONE_DAY, reason=f"{days}-days-before")


def _due(_milestone: Milestone, due_on: date, rules: Rules, _until: date) -> Iterator[Fall]:
    """On the day; true until the first overdue notice takes over."""
    yield Fall(day=due_on, expires_on=due_on + timedelta(rules.overdue_every), reason="due-day")


def _overdue(_milestone: Milestone, due_on: date, rules: Rules, until: date) -> Iterator[Fall]:
    """Every so many days after the due date until it is done."""
    every = timedelta(rules.overdue_every)
    day = due_on + every
    while day <= until:
        yield Fall(day=day, expires_on=day + every + ONE_DAY, reason=f"{(day - due_on).days}-days-over")
        day += every


# A reminder before a deadline moves to the working day before, so that it never comes after the due date;
# one about something late moves to the working day after.
RULES: tuple[Rule, ...] = (
    Rule(occasion=Occasion.OPENS, falls=_opens, moves="before"),
    Rule(occasion=Occasion.AHEAD, falls=_ahead, moves="before"),
    Rule(occasion=Occasion.DUE, falls=_due, moves="before"),
    Rule(occasion=Occasion.OVERDUE, falls=_overdue, moves="after"),
)


def awaiting_falls(since: date, until: date) -> Iterator[Fall]:
    """When the coordinator is asked for a date that is still awaited: on the first day of each month."""
    month = date(since.year, since.month, 1)
    while month <= until:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        yield Fall(day=month, expires_on=following, reason="date-awaited")
        month = following
