"""From notices whose time has come to answers from the other side.

Compose once and keep the bytes -> claim (attempt + 1, lease) -> send, outside every transaction -> settle. A
process that dies anywhere in between leaves a row that says how far it came; the next one goes on from there.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from service.clock import Clock
from service.delivery.composer import compose
from service.delivery.desk import Desk, WithheldError
from service.delivery.patience import BY_THE_RFC
from service.delivery.receipt import GIVE_UP_AFTER, Receipt, Tries, outcome
from service.logs import log_failure
from service.reminders.notice import NEWS_OF_THE_PLAN, Channel, Occasion
from service.reminders.reasons import Ending
from service.reminders.rules import Rules
from service.storage import notices, outgoing, settling
from service.storage.database import Database
from service.storage.notices import OwedNotice
from service.storage.outgoing import Claimed
from service.storage.settling import Outcome
from service.storage.tables import State
from service.storage.undelivered import suppress_dead

log = structlog.get_logger()

# Longer than any transport may take over one message; mail is the slowest.
LEASE = timedelta(seconds=BY_THE_RFC.longest_send) + timedelta(minutes=2)

MAIL_CHANNELS = (Channel.EMAIL, Channel.INVITE)
CARD_CHANNELS = (Channel.TEAMS,)

MINUTE = timedelta(minutes=1)
STORE_AGAIN_SECONDS = 1.0

Send = Callable[[Claimed], Receipt]


@dataclass(frozen=True, slots=True)
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
    and late changes never add up to a second one; one who is away, until the pause is over. What cannot be
    composed is logged and waits, and holds up nobody else. The desk is only laid when there is something to
    compose.
    """
    now = clock.now()
    today = rules.local_day(now)
    with database.write() as connection:
        suppress_dead(connection, now)
    with database.read() as connection:
        owed = notices.due(connection, channels, now)
        told = outgoing.already_told(connection, today)
    ready = [
        each
        for each in _together(owed)
        if each[0].occasion is Occasion.UNREACHABLE or (each[0].channel, each[0].address.lower()) not in told
    ]
    desk = desk_of() if ready else None
    if desk is None:
        return 0
    composed = 0
    for together in ready:
        if desk.is_away(together[0], today):
            continue
        try:
            with database.write() as connection:
                composed += _compose(connection, desk, together, now)
        except OperationalError:
            raise
        except Exception as broken:  # noqa: BLE001 - whatever is wrong with it is wrong with it alone
            about = together[0]
            log_failure("not-composed", broken, recipient=about.recipient, channel=about.channel.value)
    return composed


def _compose(connection: Connection, desk: Desk, together: Sequence[OwedNotice], now: datetime) -> bool:
    """Put notices of one hearer into a message; those with nothing to say to it are suppressed.

    What another process or somebody's hand was quicker with is left to the next round.
    """
    if not notices.are_owed(connection, together):
        return False
    said = [notice for notice in together if not desk.is_settled(notice)]
    news_to_nobody = [notice for notice in said if _is_news_of_the_unheard(connection, notice)]
    notices.suppress(connection, news_to_nobody, Ending.NEVER_TOLD_OF_IT, now)
    said = [notice for notice in said if notice not in news_to_nobody]
    if not said:
        return False
    try:
        message = compose(desk, connection, said, now)
        outgoing.store_message(connection, message, said, now)
    except WithheldError as withheld:
        notices.suppress(connection, said, withheld.reason, now)
        return False
    return True


def _is_news_of_the_unheard(connection: Connection, notice: OwedNotice) -> bool:
    is_news = notice.why in NEWS_OF_THE_PLAN and notice.channel is not Channel.INVITE
    return is_news and not notices.was_told(connection, notice.milestone, notice.address)


def _together(owed: Iterable[OwedNotice]) -> Iterator[tuple[OwedNotice, ...]]:
    """What goes out in one message: all of one mailbox and channel; an invite is one milestone.

    Troubles are told apart from reminders, since they do not wait for the next day.
    """

    def message_of(notice: OwedNotice) -> tuple[str, str, str, bool]:
        milestone = notice.milestone if notice.channel is Channel.INVITE else ""
        is_trouble = notice.occasion is Occasion.UNREACHABLE
        return notice.channel, notice.address.lower(), milestone, is_trouble

    for _, group in groupby(sorted(owed, key=message_of), key=message_of):
        yield tuple(group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How messages of some channels leave. After `most_tries`, where it is not 0, something else is done."""

    channels: tuple[Channel, ...]
    send: Send
    pace: Pace = UNHURRIED
    most_tries: Callable[[Claimed], int] = lambda _: 0


def deliver(
    database: Database,
    clock: Clock,
    rules: Rules,
    way: Way,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Try the messages that are ready, one after the other; returns how many were accepted.

    What the pace does not allow any more, what the evening's quiet cuts off, and what is left when the
    program is to stop, waits for a later round. So does everything once the relay itself is in trouble: each
    round asks with one message whether it is back, and spends no try of the others on it.
    """
    accepted = 0
    while not is_stopping() and (claimed := _claim(database, clock, rules, way)):
        receipt = way.send(claimed)
        now = clock.now()
        result = outcome(receipt, _tries(claimed, rules, way), now)
        _store(database, claimed, result, now, is_stopping)
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
        if receipt.is_about_the_relay:
            break
    return accepted


def _claim(database: Database, clock: Clock, rules: Rules, way: Way) -> Claimed | None:
    now = clock.now()
    if not rules.is_open(now):
        return None
    with database.write() as connection:
        if not way.pace.allows(outgoing.attempts_between(connection, way.channels, now - MINUTE, now)):
            return None
        today = rules.local_day(now)
        return outgoing.claim(connection, way.channels, now, lease_until=now + LEASE, today=today)


def _tries(claimed: Claimed, rules: Rules, way: Way) -> Tries:
    """A last try that would fall into a weekend or a night is made in the open hours after it."""
    return Tries(
        number=claimed.attempt,
        unanswered=claimed.unanswered + 1,
        last_at=rules.open_until(claimed.tried_since + GIVE_UP_AFTER),
        most=way.most_tries(claimed),
    )


def _store(
    database: Database,
    claimed: Claimed,
    result: Outcome,
    now: datetime,
    is_stopping: Callable[[], bool],
) -> None:
    """Store the answer however long the database is busy or full: forgotten, the message is sent again."""
    while True:
        try:
            with database.write() as connection:
                settling.settle(connection, claimed, result, now)
        except OperationalError as unavailable:
            if is_stopping():
                raise
            error = type(unavailable.orig).__name__
            log.warning("answer-not-stored-yet", message=claimed.id, error=error)
            time.sleep(STORE_AGAIN_SECONDS)
        else:
            return
