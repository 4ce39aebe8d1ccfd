"""Plan + rules + date -> notices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from service.plan.marks import UNTOUCHED, Mark, Progress
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.audience import Audience, audience_of
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.preferences import Preferences
from service.reminders.reasons import Why
from service.reminders.rules import (
    ONE_DAY,
    RULES,
    Case,
    Fall,
    Moves,
    Rules,
    awaiting_falls,
    overview_falls,
)

NEWS_FOR = timedelta(days=31)
"""News is worth telling for so long; after that the reminders themselves have said it."""


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


def schedule(
    plan: Plan, standings: Iterable[Standing], hearers: Iterable[Hearer], rules: Rules, until: date
) -> Iterator[Notice]:
    """Every notice to be sent up to and including the day `until`, unordered, each once.

    The same arguments give the same notices: whoever stores them can compare with what was stored before.
    """
    everyone, stand = tuple(hearers), tuple(standings)
    yield from _overviews(stand, everyone, rules, until)
    for standing in stand:
        audience = audience_of(plan, standing.milestone, standing.progress, everyone)
        for preferences in dict.fromkeys(hearer.preferences for hearer in audience.everyone):
            for sending in _sendings(standing, rules, preferences, until):
                for hearer in _told(audience, sending):
                    if hearer.preferences == preferences:
                        yield _notice(standing, sending, hearer, rules)


def _overviews(
    stand: tuple[Standing, ...], everyone: tuple[Hearer, ...], rules: Rules, until: date
) -> Iterator[Notice]:
    """How the whole plan stands, to the coordinator, for as long as there is something to tell."""
    since = min((standing.since for standing in stand), default=date.max)
    told = [hearer for hearer in everyone if hearer.is_coordinator and hearer.channel is not Channel.INVITE]
    for fall in overview_falls(rules.overview, since, until) if told else ():
        if not any(_is_worth_telling(standing, fall.day) for standing in stand):
            continue
        for hearer in told:
            wanted_on = rules.sent_on(fall.day, "after", hearer.preferences)
            sent_on = rules.after_pause(wanted_on, hearer.preferences)
            if since <= sent_on <= until and sent_on < fall.expires_on:
                yield Notice(
                    milestone="",
                    occasion=Occasion.DIGEST,
                    hearer=hearer,
                    falls_on=fall.day,
                    at=rules.sent_at(sent_on),
                    lead=None,
                    due_on=None,
                    expires_on=fall.expires_on,
                    reason=fall.reason,
                )


def _is_worth_telling(standing: Standing, day: date) -> bool:
    """It is open, or was settled not long ago."""
    if standing.dropped_on:
        return False
    return standing.done_on is None or standing.done_on >= day - timedelta(31)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    """A fall of one milestone on the working day it is sent, by invite or by the other channels.

    `wanted_on` is the day it would be sent but for a pause. `mark` is the report it tells of, if it tells of
    one.
    """

    occasion: Occasion
    fall: Fall
    wanted_on: date
    sent_on: date
    by_invite: bool
    mark: Mark | None = None


def _sendings(standing: Standing, rules: Rules, preferences: Preferences, until: date) -> Iterator[_Sending]:
    """All that is sent to who has these preferences, as long as it still says something true then."""
    wanted = (
        *_reminders(standing, rules, preferences, until),
        *_news_of_reports(standing, rules, preferences),
        *_invites(standing, rules),
    )
    for sending in wanted:
        timely = _put_off(sending, rules, preferences)
        if timely.sent_on <= until and timely.sent_on < timely.fall.expires_on:
            yield timely


def _put_off(sending: _Sending, rules: Rules, preferences: Preferences) -> _Sending:
    """What falls into a pause is sent after it. That a thing was due then is true until it is settled."""
    sent_on = rules.after_pause(sending.wanted_on, preferences)
    fall = sending.fall
    if sent_on > sending.wanted_on and sending.occasion is Occasion.DUE:
        fall = replace(fall, expires_on=max(fall.expires_on, sent_on + timedelta(7)))
    return replace(sending, sent_on=sent_on, fall=fall)


def _told(audience: Audience, sending: _Sending) -> tuple[Hearer, ...]:
    if sending.by_invite:
        return audience.invited(sending.mark)
    if sending.mark:
        return audience.informed(sending.mark, sending.wanted_on)
    return audience.reminded(sending.occasion, sending.wanted_on, sending.sent_on)


def _reminders(standing: Standing, rules: Rules, preferences: Preferences, until: date) -> Iterator[_Sending]:
    for occasion, fall, moves in _candidates(standing, rules, preferences, until):
        sent_on = rules.sent_on(fall.day, moves, preferences)
        if moves == "before" and sent_on < standing.since <= fall.day:
            # It became known after the working day on which it would have left, but perhaps still in time.
            sent_on = rules.workdays.on_or_after(standing.since)
            if standing.milestone.due_on is None or sent_on > standing.milestone.due_on:
                continue
        if standing.since <= sent_on:
            yield _wanted(occasion, fall, sent_on)


def _wanted(
    occasion: Occasion, fall: Fall, on: date, *, by_invite: bool = False, mark: Mark | None = None
) -> _Sending:
    return _Sending(occasion=occasion, fall=fall, wanted_on=on, sent_on=on, by_invite=by_invite, mark=mark)


def _candidates(
    standing: Standing, rules: Rules, preferences: Preferences, until: date
) -> Iterator[tuple[Occasion, Fall, Moves]]:
    milestone, due_on = standing.milestone, standing.milestone.due_on
    if standing.settled:
        return
    if standing.dropped_on:
        if due_on and due_on >= standing.dropped_on:
            yield Occasion.CANCELLED, _news(standing.dropped_on, Why.DROPPED), "after"
        return
    if (
        standing.was
        and standing.was != due_on
        and max(standing.was, due_on or standing.was) >= standing.since
    ):
        yield Occasion.CHANGED, _news(standing.since, Why.MOVED), "after"
    if milestone.is_awaiting:
        for fall in awaiting_falls(rules.overview, standing.since, until):
            yield Occasion.AWAITING, fall, "after"
    elif due_on and due_on >= standing.since - timedelta(rules.chase_back):
        timing = rules.timing_of(milestone, preferences)
        case = Case(milestone=milestone, due_on=due_on, timing=timing, rules=rules, until=until)
        for rule in RULES:
            for fall in rule.falls(case):
                yield rule.occasion, fall, rule.moves


def _news(day: date, reason: str) -> Fall:
    return Fall(day=day, expires_on=day + NEWS_FOR, reason=reason)


def _news_of_reports(standing: Standing, rules: Rules, preferences: Preferences) -> Iterator[_Sending]:
    """What others are told of a report once, and the reminder with which a snooze ends."""
    due_on, progress = standing.milestone.due_on, standing.progress
    if standing.dropped_on:
        return
    for mark in [standing.settled] if standing.settled else [*progress.handovers, *progress.snoozes]:
        if mark.until and (due_on is None or mark.until >= due_on):
            continue  # from the due date on it is brought up in any case
        occasion = Occasion.AHEAD if mark.until else Occasion.CHANGED
        fall = _news(mark.until or mark.on, mark.kind)
        if mark.until and due_on:
            fall = replace(fall, expires_on=due_on + ONE_DAY)
        yield _wanted(occasion, fall, rules.sent_on(fall.day, "after", preferences), mark=mark)


def _invites(standing: Standing, rules: Rules) -> Iterator[_Sending]:
    """One for each due date since it became known and each report that changes it; none about the past."""
    due_on, turned = standing.milestone.due_on, standing.progress.turned
    told: list[tuple[Occasion, date, str, Mark | None]] = []
    if standing.dropped_on:
        told.append((Occasion.CANCELLED, standing.dropped_on, Why.DROPPED, None))
    elif not standing.settled:
        told.append((Occasion.CHANGED, standing.since, Why.DATE_IN_CALENDAR, None))
    if turned and not standing.dropped_on:
        told.append((Occasion.CHANGED, turned.on, turned.kind, turned))
    for occasion, told_on, reason, mark in told:
        if due_on:
            clock = standing.milestone.window.time
            is_over_by_then = clock is not None and clock <= rules.send_at
            expires_on = due_on if is_over_by_then else due_on + ONE_DAY
            fall = Fall(day=told_on, expires_on=expires_on, reason=reason)
            sent_on = rules.workdays.on_or_after(told_on)
            yield _wanted(occasion, fall, sent_on, by_invite=True, mark=mark)


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
