"""When somebody cannot be reached: who is told of it, and who is told instead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.rules import Rules

TOLD_FOR = timedelta(days=31)
# The troubles of a half hour are told together.
TOGETHER = timedelta(minutes=30)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


BOUNCE = "BOUNCE"
"""The stage of what a relay had taken, and the other side sent back."""


class Medium(StrEnum):
    """What an address is reached by. Reminders and invitations go to one mailbox, and bounce together.

    The address of a calendar collection is the recipient's key.
    """

    MAIL = "mail"
    TEAMS = "teams"
    CALENDAR = "calendar"
    INBOX = "inbox"


INBOX = "inbox"
"""What stands for a recipient where it is the mailbox that answers arrive in."""

OUR_OWN = frozenset({Medium.CALENDAR, Medium.INBOX})
"""Where nobody is written to: these end by themselves, not when a hearer leaves the settings."""


MEDIUM_OF = {Channel.EMAIL: Medium.MAIL, Channel.INVITE: Medium.MAIL, Channel.TEAMS: Medium.TEAMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An address to which something could not be handed over, until something is again.

    `address` is in lower case; `milestone` ("" for an overview) and `subject` are of the message that failed.
    `stage`, `code` and `text` are the other side's last words, `reason` is what came of it. `is_dead`: there
    is no such address, so nothing more is sent to it until somebody says otherwise. After a BOUNCE it means
    nothing that a relay takes the next one.
    """

    id: int
    medium: Medium
    address: str = field(repr=False)
    recipient: str
    milestone: str
    subject: str
    reason: str
    stage: str
    code: str
    text: str
    is_dead: bool
    since: datetime

    def concerns(self, hearer: Hearer) -> bool:
        """Whether the hearer can be told by this name that it is in trouble."""
        is_its_calendar = self.medium is Medium.CALENDAR and self.recipient == hearer.recipient
        return is_its_calendar or self.hits(hearer)

    def hits(self, hearer: Hearer) -> bool:
        """Whether the hearer is reached at the address that is in trouble."""
        return (self.medium, self.address) == (MEDIUM_OF[hearer.channel], hearer.address.lower())


def as_called_now(trouble: Trouble, told: Iterable[Hearer]) -> Trouble:
    """Under the key that the settings have for the address by now, where they still have it."""
    keys = [hearer.recipient for hearer in told if trouble.hits(hearer)]
    return replace(trouble, recipient=keys[0]) if keys else trouble


def of_those_who_hear(troubles: Iterable[Trouble], told: Iterable[Hearer]) -> list[Trouble]:
    """Without those at an address that the settings name no more; of calendars, these end at the start."""
    hearers = tuple(told)
    return [
        as_called_now(trouble, hearers)
        for trouble in troubles
        if trouble.medium in OUR_OWN or any(trouble.hits(hearer) for hearer in hearers)
    ]


def alerts(troubles: Iterable[Trouble], told: Iterable[Hearer], rules: Rules) -> Iterator[Notice]:
    """What the coordinator is told of each trouble, once, where that one can be reached itself."""
    coordinators = [
        hearer for hearer in told if hearer.is_coordinator and hearer.channel is not Channel.INVITE
    ]
    for trouble in troubles:
        for hearer in coordinators:
            if not trouble.hits(hearer):
                yield _alert(trouble, hearer, rules)


def _alert(trouble: Trouble, hearer: Hearer, rules: Rules) -> Notice:
    day = rules.local_day(trouble.since)
    return Notice(
        milestone=trouble.milestone,
        occasion=Occasion.UNREACHABLE,
        hearer=hearer,
        falls_on=day,
        at=trouble.since + TOGETHER - (trouble.since - EPOCH) % TOGETHER,
        lead=None,
        due_on=None,
        expires_on=day + TOLD_FOR,
        reason=trouble.reason,
        mark=trouble.id,
    )


def by_mail_instead(missed: Iterable[Notice], told: Iterable[Hearer]) -> Iterator[Notice]:
    """The same notices by mail for those whose Teams channel took no card.

    They go to the recipient's own mailboxes, else to the coordinator's. Who is told by mail in any case gets
    nothing new by this: it is the same notice.
    """
    coordinators = [hearer for hearer in told if hearer.is_coordinator and hearer.channel is Channel.EMAIL]
    for notice in missed:
        if notice.hearer.channel is Channel.TEAMS:
            for hearer in mailboxes(notice.hearer) or coordinators:
                yield replace(notice, hearer=hearer)


def mailboxes(hearer: Hearer) -> list[Hearer]:
    """The mailboxes of the recipient who is behind a Teams channel."""
    return [replace(hearer, channel=Channel.EMAIL, address=mailbox, instead=()) for mailbox in hearer.instead]
