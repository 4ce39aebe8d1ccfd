"""The messages of a rehearsal in full: what the outbox would compose from the same notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from service.messages.calendar import Status
from service.messages.composing import Message, Writer
from service.messages.invite import InviteState
from service.messages.outlook import Outlook
from service.messages.overview import answerable
from service.messages.reminder import NO_BACKGROUND, Background, Links
from service.plan.plan import Plan
from service.reminders.comparison import Comparison
from service.reminders.consequences import dependencies
from service.reminders.digest import Collected
from service.reminders.notice import Channel, Hearer, Occasion, dedupe_key
from service.reminders.rehearsal import NONE, Burden, burdens
from service.reminders.rules import Rules
from service.reminders.schedule import Standing

# Instead of an installation's own key and name, and of the secret in a link: a rehearsal has none.
KEY = b"rehearsal"
NAME = "rehearsal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A plan from one day to another, both included: who is sent what, and what it is written with.

    `told` is everybody who hears, `stand` how the milestones stand throughout.
    """

    plan: Plan
    since: date
    until: date
    rules: Rules
    told: tuple[Hearer, ...]
    writer: Writer
    stand: tuple[Standing, ...]
    messages: tuple[Collected, ...]

    @property
    def outlook(self) -> Outlook:
        return Outlook(
            plan=self.plan, stand=self.stand, messages=self.messages, told=self.told, rules=self.rules
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One plan under two sets of rules, those of `after` from the file `other`."""

    before: Rehearsal
    after: Rehearsal
    other: str
    comparison: Comparison

    @property
    def burdens(self) -> dict[str, tuple[Burden, Burden]]:
        """How much each recipient gets before and after, in alphabetical order."""
        then, now = burdens(self.before.messages), burdens(self.after.messages)
        return {name: (then.get(name, NONE), now.get(name, NONE)) for name in sorted(then | now)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What would be sent, and the notices that it is made from."""

    collected: Collected
    message: Message


def in_full(rehearsal: Rehearsal, *, plan_name: str = NAME) -> Iterator[Rehearsed]:
    """Each message as a calendar and a mailbox get it that have heard of nothing before.

    With the key and the plan's name of an installation they are, to the byte, what that would send, but for
    the secrets in its links.
    """
    writer = rehearsal.writer
    standings = {standing.milestone.id: standing for standing in rehearsal.stand}
    for collected in rehearsal.messages:
        message_id = writer.message_id(dedupe_key(plan_name, notice) for notice in collected.notices)
        if collected.hearer.channel is Channel.INVITE:
            message = _invite(writer, standings, collected, message_id)
        else:
            message = _reminder(rehearsal, standings, collected, message_id)
        yield Rehearsed(collected=collected, message=message)


def _reminder(
    rehearsal: Rehearsal, standings: dict[str, Standing], collected: Collected, message_id: str
) -> Message:
    writer, overview = rehearsal.writer, rehearsal.outlook.overview(collected)
    base = writer.stationery.base_url
    notices = [notice for notice in collected.notices if notice.milestone]
    milestones = {notice.milestone for notice in notices} | answerable(overview)
    return writer.reminder(
        [(standings[notice.milestone], notice.occasion) for notice in notices],
        collected.hearer,
        on=collected.on,
        at=collected.at,
        message_id=message_id,
        links=Links(done={each: f"{base}/m/{NAME}-{each}" for each in milestones} if base else {}),
        overview=overview,
        background=_background(rehearsal, collected),
    )


def _background(rehearsal: Rehearsal, collected: Collected) -> Background:
    """Only the coordinator is told of it."""
    if not collected.hearer.is_coordinator:
        return NO_BACKGROUND
    found = dependencies(rehearsal.stand, collected.on, rehearsal.rules)
    return Background(everyone=rehearsal.told, dependencies=found)


def _invite(writer: Writer, standings: dict[str, Standing], collected: Collected, message_id: str) -> Message:
    notice = collected.notices[0]
    is_cancelled = notice.occasion is Occasion.CANCELLED
    entry = writer.entry(
        standings[notice.milestone],
        collected.hearer,
        status=Status.CANCELLED if is_cancelled else Status.PLANNED,
        due_on=notice.due_on,
    )
    return writer.invite(
        entry,
        InviteState.first(entry, collected.at),
        collected.hearer,
        is_known=False,
        occasion=notice.occasion,
        at=collected.at,
        message_id=message_id,
    )
