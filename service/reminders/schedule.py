"""Plan + rules + date -> notices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.plan.marks import UNTOUCHED, Mark, Progress, responsible
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.notice import DROPPED, MOVED, Channel, Hearer, Notice, Occasion
from service.reminders.reported import IS_NEWS_TO, Concern, ever_asked
from service.reminders.rules import (
    ONE_DAY,
    RULES,
    TO_THE_COORDINATOR,
    Case,
    Fall,
    Moves,
    Rules,
    awaiting_falls,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a milestone stands beside what the document says of it; all days are local.

    `since` is when its present due date became known (an import), `was` the due date before that. A milestone
    that the plan no longer holds was dropped on `dropped_on`. `progress` is what was reported of it, and
    `settled` the report after which there is nothing more to do. `version` rises with each change of the row.
    """

    milestone: Milestone
    since: date
    was: date | None = None
    dropped_on: date | None = None
    progress: Progress = UNTOUCHED
    settled: Mark | None = None
    version: int = 0

    @property
    def done_on(self) -> date | None:
        """The day on which it was settled, done or not relevant after all."""
        return self.settled.on if self.settled else None


def hearers_for(
    plan: Plan, milestone: Milestone, hearers: Iterable[Hearer], progress: Progress = UNTOUCHED
) -> tuple[Hearer, ...]:
    """Everyone who hears for a party that it is up to; the coordinator when nobody does."""
    everyone = tuple(hearers)
    reached = responsible(plan, milestone, progress)
    told = tuple(hearer for hearer in everyone if hearer.parties & reached)
    return told or tuple(hearer for hearer in everyone if hearer.is_coordinator)


def schedule(
    plan: Plan, standings: Iterable[Standing], hearers: Iterable[Hearer], rules: Rules, until: date
) -> Iterator[Notice]:
    """Every notice to be sent up to and including the day `until`, unordered, each once.

    The same arguments give the same notices: whoever stores them can compare with what was stored before.
    """
    everyone = tuple(hearers)
    for standing in standings:
        sendings = (
            *_reminders(standing, rules, until),
            *_news_of_reports(standing, rules, until),
            *_invites(standing, rules, until),
        )
        for sending in sendings:
            for hearer in _told(plan, standing, sending, everyone):
                yield _notice(standing, sending, hearer, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    """A fall of one milestone on the working day it is sent, by invite or by the other channels.

    `mark` is the report it tells of, if it tells of one.
    """

    occasion: Occasion
    fall: Fall
    sent_on: date
    by_invite: bool
    mark: Mark | None = None


def _told(
    plan: Plan, standing: Standing, sending: _Sending, everyone: tuple[Hearer, ...]
) -> tuple[Hearer, ...]:
    milestone, progress = standing.milestone, standing.progress
    if sending.occasion in TO_THE_COORDINATOR:
        told = tuple(hearer for hearer in everyone if hearer.is_coordinator)
    elif sending.mark and sending.by_invite:
        told = tuple(hearer for hearer in everyone if hearer.parties & ever_asked(plan, milestone, progress))
    else:
        told = hearers_for(plan, milestone, everyone, progress)
    right_ones = (hearer for hearer in told if (hearer.channel is Channel.INVITE) == sending.by_invite)
    return tuple(right_ones) if sending.by_invite else _interested(plan, standing, sending, right_ones)


def _interested(
    plan: Plan, standing: Standing, sending: _Sending, told: Iterable[Hearer]
) -> tuple[Hearer, ...]:
    asked = responsible(plan, standing.milestone, standing.progress)
    concerns = (
        Concern(
            plan=plan,
            milestone=standing.milestone,
            progress=standing.progress,
            hearer=hearer,
            asked=asked,
        )
        for hearer in told
    )
    mark = sending.mark
    return tuple(
        concern.hearer
        for concern in concerns
        if (
            IS_NEWS_TO[mark.kind](mark, concern)
            if mark
            else sending.occasion in TO_THE_COORDINATOR
            or not concern.is_quiet(sending.occasion, sending.sent_on)
        )
    )


def _reminders(standing: Standing, rules: Rules, until: date) -> Iterator[_Sending]:
    for occasion, fall, moves in _candidates(standing, rules, until):
        sent_on = rules.sent_on(fall.day, moves)
        if moves == "before" and sent_on < standing.since <= fall.day:
            # It became known after the working day on which it would have left, but perhaps still in time.
            sent_on = rules.workdays.on_or_after(standing.since)
            if standing.milestone.due_on is None or sent_on > standing.milestone.due_on:
                continue
        if standing.since <= sent_on <= until and sent_on < fall.expires_on:
            yield _Sending(occasion=occasion, fall=fall, sent_on=sent_on, by_invite=False)


def _candidates(standing: Standing, rules: Rules, until: date) -> Iterator[tuple[Occasion, Fall, Moves]]:
    milestone, due_on = standing.milestone, standing.milestone.due_on
    if standing.settled:
        return
    if standing.dropped_on:
        if due_on and due_on >= standing.dropped_on:
            yield Occasion.CANCELLED, _news(standing.dropped_on, DROPPED), "after"
        return
    if (
        standing.was
        and standing.was != due_on
        and max(standing.was, due_on or standing.was) >= standing.since
    ):
        yield Occasion.CHANGED, _news(standing.since, MOVED), "after"
    if milestone.is_awaiting:
        for fall in awaiting_falls(standing.since, until):
            yield Occasion.AWAITING, fall, "after"
    elif due_on and due_on >= standing.since - timedelta(rules.chase_back):
        timing = rules.timing_of(milestone)
        case = Case(milestone=milestone, due_on=due_on, timing=timing, rules=rules, until=until)
        for rule in RULES:
            for fall in rule.falls(case):
                yield rule.occasion, fall, rule.moves


def _news(day: date, reason: str) -> Fall:
    """News is worth telling for a month; after that the reminders themselves have said it."""
    return Fall(day=day, expires_on=day + timedelta(31), reason=reason)


def _news_of_reports(standing: Standing, rules: Rules, until: date) -> Iterator[_Sending]:
    """What others are told of a report once, and the reminder with which a snooze ends."""
    due_on, progress = standing.milestone.due_on, standing.progress
    if standing.dropped_on:
        return
    for mark in [standing.settled] if standing.settled else [*progress.handovers, *progress.snoozes]:
        if mark.until and (due_on is None or mark.until >= due_on):
            continue  # from the due date on it is brought up in any case
        occasion = Occasion.AHEAD if mark.until else Occasion.CHANGED
        fall = _news(mark.until or mark.on, mark.kind)
        sent_on = rules.sent_on(fall.day, "after")
        if sent_on <= until and not (mark.until and due_on and sent_on > due_on):
            yield _Sending(occasion=occasion, fall=fall, sent_on=sent_on, by_invite=False, mark=mark)


def _invites(standing: Standing, rules: Rules, until: date) -> Iterator[_Sending]:
    """One for each due date since it became known and each report that changes it; none about the past."""
    due_on, turned = standing.milestone.due_on, standing.progress.turned
    told: list[tuple[Occasion, date, str, Mark | None]] = []
    if standing.dropped_on:
        told.append((Occasion.CANCELLED, standing.dropped_on, DROPPED, None))
    elif not standing.settled:
        told.append((Occasion.CHANGED, standing.since, "date-in-calendar", None))
    if turned and not standing.dropped_on:
        told.append((Occasion.CHANGED, turned.on, turned.kind, turned))
    for occasion, told_on, reason, mark in told:
        sent_on = rules.workdays.on_or_after(told_on)
        if due_on and sent_on <= min(due_on, until):
            fall = Fall(day=told_on, expires_on=due_on + ONE_DAY, reason=reason)
            yield _Sending(occasion=occasion, fall=fall, sent_on=sent_on, by_invite=True, mark=mark)


def _notice(standing: Standing, sending: _Sending, hearer: Hearer, rules: Rules) -> Notice:
    due_on = standing.milestone.due_on
    return Notice(
        milestone=standing.milestone.id,
        occasion=sending.occasion,
        hearer=hearer,
        falls_on=sending.fall.day,
        at=rules.sent_at(sending.sent_on),
        lead=(due_on - sending.fall.day).days if due_on else None,
        due_on=due_on,
        expires_on=sending.fall.expires_on,
        reason=sending.fall.reason,
        mark=sending.mark.id if sending.mark else 0,
        version=standing.version if sending.by_invite else 0,
    )
