"""From notices whose time has come to answers from the other side.

Compose once and keep the bytes -> claim (attempt + 1, lease) -> send, outside every transaction -> settle. A
process that dies anywhere in between leaves a row that says how far it came; the next one goes on from there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy import Connection

from service.clock import Clock
from service.delivery.composer import Desk, WithheldError
from service.delivery.receipt import Receipt, outcome
from service.delivery.smtp import BY_THE_RFC
from service.reminders.notice import NEWS_OF_THE_PLAN, Channel
from service.reminders.rules import Rules
from service.storage import notices, outgoing
from service.storage.database import Database
from service.storage.notices import OwedNotice
from service.storage.outgoing import Claimed, NoticesTakenError
from service.storage.tables import State

log = structlog.get_logger()

# Longer than any transport may take over one message; mail is the slowest.
LEASE = timedelta(seconds=BY_THE_RFC.longest_send) + timedelta(minutes=2)

MAIL_CHANNELS = (Channel.EMAIL, Channel.INVITE)
CARD_CHANNELS = (Channel.TEAMS,)

MINUTE = timedelta(minutes=1)

Send = Callable[[Claimed], Receipt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many attempts a relay takes in a minute (0: as many as it can), counted over restarts."""

    per_minute: int = 0

    def allows(self, recent: int) -> bool:
        return not self.per_minute or recent < self.per_minute


UNHURRIED = Pace()


def compose_due(
    database: Database,
    clock: Clock,
    rules: Rules,
    desk_of: Callable[[], Desk | None],
    channels: Iterable[Channel],
) -> int:
    """Put the notices whose time has come into messages; returns how many messages.

    A hearer who was sent a reminder today over a channel waits until the next working day, so that downtime
    and late changes never add up to a second one; one who is away, until the pause is over. The desk is only
    laid when there is something to compose.
    """
    now = clock.now()
    today = rules.local_day(now)
    with database.read() as connection:
        owed = notices.due(connection, channels, now)
        told = outgoing.already_told(connection, today)
    ready = [each for each in _together(owed) if (each[0].channel, each[0].address.lower()) not in told]
    desk = desk_of() if ready else None
    if desk is None:
        return 0
    composed = 0
    for together in ready:
        if desk.is_away(together[0], today):
            continue
        with database.write() as connection:
            composed += _compose(connection, desk, together, today, now)
    return composed


def _compose(
    connection: Connection, desk: Desk, together: Sequence[OwedNotice], today: date, now: datetime
) -> bool:
    """Put notices of one hearer into a message; those with nothing to say to it are suppressed."""
    said = [notice for notice in together if not desk.is_settled(notice)]
    news_to_nobody = [notice for notice in said if _is_news_of_the_unheard(connection, notice)]
    notices.suppress(connection, news_to_nobody, "never-told-of-it")
    said = [notice for notice in said if notice not in news_to_nobody]
    if not said:
        return False
    try:
        message = desk.compose(connection, said, on=today, at=now)
        outgoing.store_message(connection, message, said, now)
    except WithheldError as withheld:
        notices.suppress(connection, said, withheld.reason)
        return False
    except NoticesTakenError:
        connection.rollback()
        return False
    return True


def _is_news_of_the_unheard(connection: Connection, notice: OwedNotice) -> bool:
    is_news = notice.why in NEWS_OF_THE_PLAN and notice.channel is not Channel.INVITE
    return is_news and not notices.was_told(connection, notice.milestone, notice.address)


def _together(owed: Iterable[OwedNotice]) -> Iterator[tuple[OwedNotice, ...]]:
    """What goes out in one message: all of one mailbox and channel; an invite is one milestone."""

    def message_of(notice: OwedNotice) -> tuple[str, str, str]:
        milestone = notice.milestone if notice.channel is Channel.INVITE else ""
        return notice.channel, notice.address.lower(), milestone

    for _, group in groupby(sorted(owed, key=message_of), key=message_of):
        yield tuple(group)


def deliver(
    database: Database,
    clock: Clock,
    channels: Iterable[Channel],
    send: Send,
    *,
    pace: Pace = UNHURRIED,
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Try every message that is ready, one after the other; returns how many were accepted.

    What the pace does not allow any more, and what is left when the program is to stop, waits for a later
    round.
    """
    ready, accepted = tuple(channels), 0
    while not is_stopping() and (claimed := _claim(database, clock, ready, pace)):
        receipt = send(claimed)
        now = clock.now()
        result = outcome(receipt, claimed.attempt, claimed.composed_at, now)
        with database.write() as connection:
            outgoing.settle(connection, claimed, result, now)
        accepted += result.state is State.ACCEPTED
        log.info(
            "attempted",
            message=claimed.id,
            recipient=claimed.recipient,
            channel=claimed.channel.value,
            attempt=claimed.attempt,
            answer=receipt.answer.value,
            code=receipt.code,
            state=result.state.value,
        )
    return accepted


def _claim(database: Database, clock: Clock, channels: tuple[Channel, ...], pace: Pace) -> Claimed | None:
    now = clock.now()
    with database.write() as connection:
        if not pace.allows(outgoing.attempts_between(connection, channels, now - MINUTE, now)):
            return None
        return outgoing.claim(connection, channels, now, now + LEASE)
