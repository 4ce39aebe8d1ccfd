"""Where the whole plan stands, for the coordinator: what was done, what is late, and whom nobody reaches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.plan.neighbours import Between, between
from service.plan.party import Party
from service.plan.plan import Plan
from service.reminders.digest import Collected
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.preferences import Digest, Pause
from service.reminders.recipients import COORDINATOR, recipient_name
from service.reminders.responses import ASKS_FOR_SOMETHING, Response
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.reminders.trouble import Trouble

AHEAD: Mapping[Digest, timedelta] = {"weekly": timedelta(14), "monthly": timedelta(31)}
"""How far an overview looks: somewhat further than to the next one."""

ASKING = frozenset({Occasion.OPENS, Occasion.AHEAD, Occasion.DUE, Occasion.OVERDUE})
"""The occasions on which those responsible are asked for something."""

ASKED_OFTEN = 2
"""After so many reminders without a word something is unanswered, though it is not late yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """On how many days those responsible were reminded of a milestone, and when last."""

    days: int
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What arrived, by milestone, which addresses take nothing, and what calendars answered."""

    told: Mapping[str, Told] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    responses: tuple[Response, ...] = ()


def reach_by(messages: Iterable[Collected], before: date) -> Reach:
    """What a rehearsal's messages of the days before a day come to, when all arrive.

    What the coordinator heard in place of others asked nobody else.
    """
    days: dict[str, set[date]] = {}
    for message in messages:
        is_asking = message.hearer.channel is not Channel.INVITE and message.hearer.recipient != COORDINATOR
        if is_asking and message.on < before:
            for notice in message.notices:
                if notice.occasion in ASKING:
                    days.setdefault(notice.milestone, set()).add(message.on)
    return Reach(told={each: Told(days=len(found), last_on=max(found)) for each, found in days.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A party nobody hears for, and how many of its milestones are open."""

    party: Party
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A recipient who pauses now or soon."""

    recipient: str
    name: str
    pause: Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A recipient of this name, whom the last message did not reach; the day is local."""

    name: str
    trouble: Trouble
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """What still has no date, between what in the plan."""

    standing: Standing
    between: Between


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The plan as it stands on a day: each open milestone is late, coming, undated or later than `until`.

    `done` was settled on or after the day `since`. `unanswered` are those of the late and the coming of which
    nobody said a word, though it was asked. `history` was long past when the plan was handed over, and is not
    chased. `answers` are those of calendars that ask for something, with the name of who it was.
    """

    on: date
    since: date
    until: date
    rhythm: Digest
    done: tuple[Standing, ...]
    late: tuple[Standing, ...]
    history: tuple[Standing, ...]
    coming: tuple[Standing, ...]
    unanswered: tuple[Standing, ...]
    undated: tuple[Undated, ...]
    unheard: tuple[Unheard, ...]
    failing: tuple[Failing, ...]
    away: tuple[Away, ...]
    told: Mapping[str, Told]
    answers: tuple[tuple[str, Response], ...] = ()


def overview_of(
    plan: Plan,
    stand: Iterable[Standing],
    hearers: Iterable[Hearer],
    *,
    rules: Rules,
    reach: Reach,
    on: date,
) -> Overview:
    """How the plan stands on a day; rows in the order of their dates, then of the plan."""
    known, everyone = sorted(stand, key=_by_date), tuple(hearers)
    rhythm: Digest = "weekly" if rules.overview == "weekly" else "monthly"
    since, until = _last_one(on, rhythm), on + AHEAD[rhythm]
    alive = [standing for standing in known if standing.dropped_on is None]
    undone = [standing for standing in alive if standing.settled is None]
    passed = [standing for standing in undone if (standing.milestone.due_on or on) < on]
    late = tuple(standing for standing in passed if _is_chased(standing, rules))
    coming = tuple(standing for standing in undone if on <= (standing.milestone.due_on or date.min) <= until)
    return Overview(
        on=on,
        since=since,
        until=until,
        rhythm=rhythm,
        done=tuple(each for each in alive if each.done_on and since <= each.done_on <= on),
        late=late,
        history=tuple(standing for standing in passed if standing not in late),
        coming=coming,
        unanswered=tuple(
            each for each in (*late, *coming) if _is_unanswered(each, reach.told.get(each.milestone.id), on)
        ),
        undated=tuple(
            Undated(standing=each, between=between(plan, each.milestone))
            for each in undone
            if each.milestone.is_awaiting
        ),
        unheard=tuple(_unheard(plan, undone, everyone)),
        failing=tuple(_failing(everyone, reach.troubles, rules)),
        away=tuple(_away(everyone, on, until)),
        told=reach.told,
        answers=tuple(
            (recipient_name(everyone, each.recipient), each)
            for each in reach.responses
            if each.said in ASKS_FOR_SOMETHING and not each.is_outdated
        ),
    )


def overview_in(
    message: Collected,
    earlier: Iterable[Collected],
    *,
    plan: Plan,
    stand: Iterable[Standing],
    hearers: Iterable[Hearer],
    rules: Rules,
) -> Overview | None:
    """The overview that a message of a rehearsal has in it, if it has: nothing is ever reported there."""
    if not any(notice.occasion is Occasion.DIGEST for notice in message.notices):
        return None
    reach = reach_by(earlier, message.on)
    return overview_of(plan, stand, hearers, rules=rules, reach=reach, on=message.on)


def _by_date(standing: Standing) -> tuple[date, int]:
    return standing.milestone.due_on or date.max, standing.milestone.row


def _last_one(on: date, rhythm: Digest) -> date:
    """The day from which on the overview before this one could not know what was done."""
    if rhythm == "weekly":
        return on - timedelta(on.weekday() + 7)
    return (on.replace(day=1) - timedelta(1)).replace(day=1)


def _is_chased(standing: Standing, rules: Rules) -> bool:
    due_on = standing.milestone.due_on
    return due_on is not None and due_on >= standing.since - timedelta(rules.chase_back)


def _is_unanswered(standing: Standing, told: Told | None, on: date) -> bool:
    """Whether nobody reported anything, though it was asked for and is late, or was asked for often."""
    if told is None or standing.progress.in_force:
        return False
    return (standing.milestone.due_on or on) < on or told.days >= ASKED_OFTEN


def _unheard(plan: Plan, undone: list[Standing], hearers: tuple[Hearer, ...]) -> Iterator[Unheard]:
    """The parties with something open whose reminders reach nobody but the coordinator."""
    heard = frozenset(party for hearer in hearers for party in hearer.parties)
    for party in plan.parties:
        count = sum(party.id in standing.milestone.parties for standing in undone)
        if count and not plan.members([party.id]) & heard:
            yield Unheard(party=party, open=count)


def _failing(hearers: tuple[Hearer, ...], troubles: Iterable[Trouble], rules: Rules) -> Iterator[Failing]:
    """Of those who hear still."""
    for trouble in troubles:
        names = [hearer.name for hearer in hearers if trouble.concerns(hearer)]
        if names:
            since = rules.local_day(trouble.since)
            yield Failing(name=names[0] or trouble.recipient.upper(), trouble=trouble, since=since)


def _away(hearers: Iterable[Hearer], on: date, until: date) -> Iterator[Away]:
    for hearer in {each.recipient: each for each in hearers}.values():
        for pause in hearer.preferences.pauses:
            if pause.first <= until and pause.last >= on:
                yield Away(recipient=hearer.recipient, name=hearer.name, pause=pause)
