"""When a milestone is brought up, as rules one can read aloud.

Each rule is a row of RULES: the occasion, the days it falls on, to which side it moves when nobody works on
such a day, and until when it says something true. `Rules` holds the numbers that an organisation sets.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from service.plan.finding import Finding
from service.plan.marks import DoneBy
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.window import Kind
from service.reminders.notice import Occasion, folded
from service.reminders.preferences import AS_THE_RULES, Digest, Preferences
from service.reminders.reasons import Why
from service.reminders.timing import NAMES_OF, Nearness, Special, Timing
from service.reminders.workdays import WeekDay, Workdays

ONE_DAY = timedelta(days=1)


Moves = Literal["before", "after"]
WhenDone = Literal["update", "cancel"]

SENDING_DAYS: dict[Digest, Callable[[Workdays, date], bool]] = {
    "none": Workdays.includes,
    "weekly": Workdays.opens_week,
    "monthly": Workdays.opens_month,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`send_at` is local time in `timezone`; no message leaves between `quiet_from` and it.

    All that is late is brought up on the same day of the week, `overdue_on`, so that whoever is in arrears
    with several things hears of them together; None: each counts from its own due date.
    What was due more than `chase_back` days before it became known is history and is not chased. More than
    `approve_above` sudden notices wait for approval. `overview` is how often the coordinator is told where
    the whole plan stands. `done_by` says whether any of several parties may report a milestone as done or
    each must, `when_done` what becomes of its entry in calendars then, `whole_windows` whether a window of
    several days stands there from end to end or on its due day.
    """

    timing: Timing = field(default_factory=Timing)
    special: tuple[Special, ...] = ()
    send_at: time = time(8)
    quiet_from: time = time(20)
    timezone: str = "Europe/Copenhagen"
    workdays: Workdays = field(default_factory=Workdays)
    overdue_on: WeekDay | None = "monday"
    chase_back: int = 30
    approve_above: int = 200
    digest: Digest = "none"
    overview: Digest = "monthly"
    done_by: DoneBy = "any"
    when_done: WhenDone = "update"
    whole_windows: bool = False

    def timing_of(self, milestone: Milestone, preferences: Preferences = AS_THE_RULES) -> Timing:
        """The timing with what is special for this milestone; the nearest rule counts most.

        What a recipient wants is nearer than the rule of a party and gives way to that of the milestone.
        """
        timing = self.timing
        concerned = [(special.nearness(milestone), special) for special in self.special]
        concerned.append((Nearness.WISH, Special(name="", ahead=preferences.ahead)))
        for nearness, special in sorted(concerned, key=lambda pair: pair[0]):
            if nearness:
                timing = special.change(timing)
        return timing

    def sent_on(self, day: date, moves: Moves, preferences: Preferences = AS_THE_RULES) -> date:
        """The day on which what falls on a day is sent, pauses apart: a working day, or the digest's.

        With a digest everything waits for the first working day of the week or month, but a reminder before a
        deadline goes with the digest before it, so that it never comes after the due date.
        """
        is_sending_day = SENDING_DAYS[preferences.digest or self.digest]
        step = -ONE_DAY if moves == "before" else ONE_DAY
        while not is_sending_day(self.workdays, day):
            day += step
        return day

    def after_pause(self, day: date, preferences: Preferences) -> date:
        """The day itself, or the first working day after the pause that it belongs to.

        That is no digest's day: whoever comes back is told at once what is still true.
        """
        while last := preferences.away_until(day):
            day = self.workdays.on_or_after(last + ONE_DAY)
        return day

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def sent_at(self, day: date) -> datetime:
        """The instant (UTC) at which messages of a local day leave.

        Fold 0 where the clock repeats an hour; a time that the clock skips becomes the same distance from
        midnight in the offset before the change (PEP 495), so each day has exactly one instant.
        """
        return datetime.combine(day, self.send_at, self.zone).astimezone(ZoneInfo("UTC"))

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def is_open(self, at: datetime) -> bool:
        """Whether messages may leave now: a working day, after `send_at`, before the evening's quiet."""
        local = at.astimezone(self.zone)
        return self.workdays.includes(local.date()) and self.send_at <= local.time() < self.quiet_from

    def open_until(self, at: datetime) -> datetime:
        """The instant itself if messages may leave then, else the end (UTC) of the next day when they may.

        What would end during a weekend gets the working day after it.
        """
        if self.is_open(at):
            return at
        day = self.local_day(at)
        over = at.astimezone(self.zone).time() >= self.quiet_from
        open_day = self.workdays.on_or_after(day + ONE_DAY if over else day)
        return datetime.combine(open_day, self.quiet_from, self.zone).astimezone(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One day on which a rule brings a milestone up. `expires_on` is the first day it would be untrue."""

    day: date
    expires_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A dated milestone as rules see it; what falls after the day `until` is of no interest."""

    milestone: Milestone
    due_on: date
    timing: Timing
    rules: Rules
    until: date

    @property
    def is_long(self) -> bool:
        starts_on, least = self.milestone.window.starts_on, self.timing.half_way_from
        return starts_on is not None and least > 0 and (self.due_on - starts_on).days + 1 >= least

    @property
    def overdue_days(self) -> Iterator[date]:
        """The working days on which it is brought up again once it is late, without end; perhaps none."""
        if not self.timing.overdue_every:
            return iter(())
        return self.rules.workdays.following(self.due_on, self.timing.overdue_every, self.rules.overdue_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    occasion: Occasion
    falls: Callable[[Case], Iterator[Fall]]
    moves: Moves


def _opens(case: Case) -> Iterator[Fall]:
    """At the start of a window of more than one day."""
    starts_on = case.milestone.window.starts_on
    if starts_on and starts_on < case.due_on:
        yield Fall(day=starts_on, expires_on=case.due_on + ONE_DAY, reason=Why.WINDOW_OPENS)


def _half_way(case: Case) -> Iterator[Fall]:
    """In the middle of a long window, where the start is long ago and the end far off."""
    starts_on = case.milestone.window.starts_on
    if starts_on and case.is_long:
        middle = starts_on + (case.due_on - starts_on) / 2
        yield Fall(day=middle, expires_on=case.due_on + ONE_DAY, reason=Why.HALF_WAY)


def _ahead(case: Case) -> Iterator[Fall]:
    """So many days before the due date."""
    for days in case.timing.ahead_long if case.is_long else case.timing.ahead:
        day = case.due_on - timedelta(days)
        yield Fall(day=day, expires_on=case.due_on + ONE_DAY, reason=f"{days}-days-before")


def _due(case: Case) -> Iterator[Fall]:
    """On the day; true until the first overdue notice takes over."""
    first_overdue = next(case.overdue_days, case.due_on + timedelta(7))
    yield Fall(day=case.due_on, expires_on=first_overdue, reason=Why.DUE_DAY)


def _overdue(case: Case) -> Iterator[Fall]:
    """Every so many working days after the due date until it is done."""
    for day, following in pairwise(case.overdue_days):
        if day > case.until:
            break
        reason = f"{(day - case.due_on).days}-days-over"
        yield Fall(day=day, expires_on=following + ONE_DAY, reason=reason)


def _escalated(case: Case) -> Iterator[Fall]:
    """To the coordinator, once, when nothing was heard for so many days after the due date."""
    days = case.timing.escalate_after
    if days:
        day = case.due_on + timedelta(days)
        yield Fall(day=day, expires_on=day + timedelta(31), reason=f"{days}-days-over")


# A reminder before a deadline moves to the working day before, so that it never comes after the due date;
# one about something late moves to the working day after.
RULES: tuple[Rule, ...] = (
    Rule(occasion=Occasion.OPENS, falls=_opens, moves="before"),
    Rule(occasion=Occasion.OPENS, falls=_half_way, moves="before"),
    Rule(occasion=Occasion.AHEAD, falls=_ahead, moves="before"),
    Rule(occasion=Occasion.DUE, falls=_due, moves="before"),
    Rule(occasion=Occasion.OVERDUE, falls=_overdue, moves="after"),
    Rule(occasion=Occasion.ESCALATED, falls=_escalated, moves="after"),
)

# What only the coordinator is told.
TO_THE_COORDINATOR = frozenset({Occasion.AWAITING, Occasion.ESCALATED})


def awaiting_falls(overview: Digest, since: date, until: date) -> Iterator[Fall]:
    """When the coordinator is asked for a date that is still awaited: at the start of each month.

    That is with the first overview of the month, where it is told of as well.
    """
    for first, following in _months(since, until):
        day = first + timedelta(-first.weekday() % 7) if overview == "weekly" else first
        yield Fall(day=day, expires_on=following, reason=Why.DATE_AWAITED)


def overview_falls(rhythm: Digest, since: date, until: date) -> Iterator[Fall]:
    """When the coordinator is told where the plan stands: at the start of each month or week, or never."""
    for first, following in PERIODS[rhythm](since, until):
        yield Fall(day=first, expires_on=following, reason=Why(f"{rhythm}-overview"))


def _months(since: date, until: date) -> Iterator[tuple[date, date]]:
    """The first days of the months from that of `since` on, each with the next."""
    month = date(since.year, since.month, 1)
    while month <= until:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        yield month, following
        month = following


def _weeks(since: date, until: date) -> Iterator[tuple[date, date]]:
    """The Mondays from that of `since` on, each with the next."""
    monday = since - timedelta(since.weekday())
    while monday <= until:
        following = monday + timedelta(7)
        yield monday, following
        monday = following


PERIODS: dict[Digest, Callable[[date, date], Iterator[tuple[date, date]]]] = {
    "none": lambda _since, _until: iter(()),
    "weekly": _weeks,
    "monthly": _months,
}


def unknown_rules(plan: Plan, rules: Rules) -> Iterator[Finding]:
    """The special rules that are about nothing in this plan."""
    known = {folded(kind) for kind in Kind} | {folded(party.id) for party in plan.parties}
    known |= {name for each in plan.milestones for names in NAMES_OF.values() for name in names(each)}
    for special in rules.special:
        if special.name not in known:
            yield Finding(code="rule-for-nothing", values={"key": special.name.upper()})
