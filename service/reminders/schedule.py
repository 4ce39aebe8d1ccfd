"""Plan + rules + date -> notices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.rules import ONE_DAY, RULES, TO_THE_COORDINATOR, Fall, Moves, Rules, awaiting_falls


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a milestone stands beside what the document says of it; all days are local.

    `since` is when its present due date became known (an import), `was` the due date before that. A milestone
    that the plan no longer holds was dropped on `dropped_on`; nothing is brought up after `done_on`.
    """

    milestone: Milestone
    since: date
    was: date | None = None
    dropped_on: date | None = None
    done_on: date | None = None


def hearers_for(plan: Plan, milestone: Milestone, hearers: Iterable[Hearer]) -> tuple[Hearer, ...]:
    """Everyone who hears for one of its parties, groups resolved; the coordinator when nobody does."""
    everyone = tuple(hearers)
    reached = plan.members(milestone.parties)
    responsible = tuple(hearer for hearer in everyone if hearer.parties & reached)
    return responsible or tuple(hearer for hearer in everyone if hearer.is_coordinator)


def schedule(
    plan: Plan, standings: Iterable[Standing], hearers: Iterable[Hearer], rules: Rules, until: date
) -> Iterator[Notice]:
    """Every notice to be sent up to and including the day `until`, unordered, each once.

    The same arguments give the same notices: whoever stores them can compare with what was stored before.
    """
    everyone = tuple(hearers)
    for standing in standings:
        for sending in (*_reminders(standing, rules, until), *_invites(standing, rules, until)):
            for hearer in _told(plan, standing.milestone, sending, everyone):
                yield _notice(standing, sending, hearer, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sending:
    """A fall of one milestone on the working day it is sent, by invite or by the other channels."""

    occasion: Occasion
    fall: Fall
    sent_on: date
    by_invite: bool


def _told(
    plan: Plan, milestone: Milestone, sending: _Sending, everyone: tuple[Hearer, ...]
) -> tuple[Hearer, ...]:
    if sending.occasion in TO_THE_COORDINATOR:
        told = tuple(hearer for hearer in everyone if hearer.is_coordinator)
    else:
        told = hearers_for(plan, milestone, everyone)
    return tuple(hearer for hearer in told if (hearer.channel is Channel.INVITE) == sending.by_invite)


def _reminders(standing: Standing, rules: Rules, until: date) -> Iterator[_Sending]:
    for occasion, fall, moves in _candidates(standing, rules, until):
        sent_on = rules.sent_on(fall.day, moves)
        if moves == "before" and sent_on < standing.since <= fall.day:
            # It became known after the working day on which it would have left, but perhaps still in time.
            sent_on = rules.workdays.on_or_after(standing.since)
            if standing.milestone.due_on is None or sent_on > standing.milestone.due_on:
                continue
        is_over = standing.done_on is not None and sent_on > standing.done_on
        if standing.since <= sent_on <= until and sent_on < fall.expires_on and not is_over:
            yield _Sending(occasion=occasion, fall=fall, sent_on=sent_on, by_invite=False)


def _candidates(standing: Standing, rules: Rules, until: date) -> Iterator[tuple[Occasion, Fall, Moves]]:
    milestone, due_on = standing.milestone, standing.milestone.due_on
    if standing.dropped_on:
        yield Occasion.CANCELLED, _news(standing.dropped_on, "dropped-from-plan"), "after"
    elif milestone.is_awaiting:
        for fall in awaiting_falls(standing.since, until):
            yield Occasion.AWAITING, fall, "after"
    elif due_on and due_on >= standing.since - timedelta(rules.chase_back):
        if standing.was and standing.was != due_on:
            yield Occasion.CHANGED, _news(standing.since, "due-date-moved"), "after"
        timing = rules.timing_of(milestone)
        for rule in RULES:
            for fall in rule.falls(milestone, due_on, timing, until):
                yield rule.occasion, fall, rule.moves


def _news(day: date, reason: str) -> Fall:
    """News is worth telling for a month; after that the reminders themselves have said it."""
    return Fall(day=day, expires_on=day + timedelta(31), reason=reason)


def _invites(standing: Standing, rules: Rules, until: date) -> Iterator[_Sending]:
    """One invite for each due date the milestone has had since it became known; nothing about the past."""
    due_on = standing.milestone.due_on
    told_on = standing.dropped_on or standing.since
    sent_on = rules.workdays.on_or_after(told_on)
    is_done = standing.done_on is not None and standing.done_on <= sent_on
    if due_on is None or due_on < sent_on or sent_on > until or is_done:
        return
    occasion = Occasion.CANCELLED if standing.dropped_on else Occasion.CHANGED
    reason = "dropped-from-plan" if standing.dropped_on else "date-in-calendar"
    fall = Fall(day=told_on, expires_on=due_on + ONE_DAY, reason=reason)
    yield _Sending(occasion=occasion, fall=fall, sent_on=sent_on, by_invite=True)


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
    )
