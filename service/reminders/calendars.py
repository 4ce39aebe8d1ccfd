"""Which entries have no business in a calendar any more, and which belong there again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from service.plan.plan import Plan
from service.reminders.audience import audience_of
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.reasons import Why
from service.reminders.recipients import departed
from service.reminders.rules import ONE_DAY, Rules
from service.reminders.schedule import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntry:
    """What the calendar behind an address holds of a milestone; `sequence` is that of RFC 5545.

    `told_on` is the local day on which it was last told.
    """

    milestone: str
    address: str = field(repr=False)
    recipient: str
    due_on: date
    sequence: int
    told_on: date


def withdrawals(
    plan: Plan,
    standings: Iterable[Standing],
    hearers: Iterable[Hearer],
    held: Iterable[HeldEntry],
    *,
    rules: Rules,
    today: date,
) -> Iterator[Notice]:
    """A cancellation of each coming entry that nobody wants there any more.

    The milestone lost its date or was moved into the past, or its owner is not responsible any more. A
    milestone that left the plan or was settled is told of by the schedule to those who are.
    """
    calendars = _Calendars.of(plan, standings, hearers, today)
    for entry in held:
        standing, owner = calendars.standings[entry.milestone], calendars.owner(entry)
        sent_on = rules.after_pause(rules.workdays.on_or_after(today), owner.preferences)
        if entry.due_on < sent_on or calendars.want(entry):
            continue
        yield Notice(
            milestone=entry.milestone,
            occasion=Occasion.CANCELLED,
            hearer=owner,
            falls_on=standing.since,
            at=rules.sent_at(sent_on),
            lead=(entry.due_on - standing.since).days,
            due_on=entry.due_on,
            expires_on=entry.due_on + ONE_DAY,
            reason=Why.NOT_THERE_ANY_MORE,
            version=entry.sequence + 1,
        )


def returns(
    plan: Plan,
    standings: Iterable[Standing],
    hearers: Iterable[Hearer],
    withdrawn: Iterable[HeldEntry],
    *,
    rules: Rules,
    today: date,
) -> Iterator[Notice]:
    """An invitation to what was taken out of a calendar although its milestone never changed.

    Its owner left the settings, or wanted no invitations, and is back: the schedule has told of it long ago.
    """
    calendars = _Calendars.of(plan, standings, hearers, today)
    for entry in withdrawn:
        standing, owner = calendars.standings[entry.milestone], calendars.owner(entry)
        due_on = standing.milestone.due_on
        is_open = not standing.settled and not standing.dropped_on
        if due_on is None or not is_open or not calendars.want(entry):
            continue
        sent_on = rules.after_pause(rules.workdays.on_or_after(today), owner.preferences)
        if sent_on <= due_on:
            yield Notice(
                milestone=entry.milestone,
                occasion=Occasion.CHANGED,
                hearer=owner,
                falls_on=entry.told_on,
                at=rules.sent_at(sent_on),
                lead=(due_on - entry.told_on).days,
                due_on=due_on,
                expires_on=due_on + ONE_DAY,
                reason=Why.THERE_AGAIN,
                version=entry.sequence + 1,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendars:
    """The milestones, whose calendars there are, and which of them are told of which milestone.

    `told` holds addresses in lower case by milestone: those that the schedule itself tells what there is to
    tell, or has told it.
    """

    plan: Plan
    standings: Mapping[str, Standing]
    owners: Mapping[str, Hearer]
    told: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, plan: Plan, standings: Iterable[Standing], hearers: Iterable[Hearer], today: date) -> Self:
        everyone, by_id = tuple(hearers), {standing.milestone.id: standing for standing in standings}
        invited = [hearer for hearer in everyone if hearer.channel is Channel.INVITE]
        return cls(
            plan=plan,
            standings=by_id,
            # Of two recipients in one mailbox the first counts.
            owners={hearer.address.lower(): hearer for hearer in reversed(invited)},
            told={key: _told(plan, standing, everyone, today) for key, standing in by_id.items()},
        )

    def want(self, entry: HeldEntry) -> bool:
        return entry.address in self.told[entry.milestone]

    def owner(self, entry: HeldEntry) -> Hearer:
        """Whoever hears at the address; somebody who left the settings is still owed the cancellation."""
        return self.owners.get(entry.address) or departed(
            self.plan, entry.recipient, Channel.INVITE, entry.address
        )


def _told(plan: Plan, standing: Standing, everyone: tuple[Hearer, ...], today: date) -> frozenset[str]:
    due_on = standing.milestone.due_on
    is_over = standing.settled is not None or standing.dropped_on is not None
    if not is_over and (due_on is None or due_on < today):
        return frozenset()
    audience = audience_of(plan, standing.milestone, standing.progress, everyone)
    told = audience.invited(standing.progress.turned if standing.settled else None)
    return frozenset(hearer.address.lower() for hearer in told)
