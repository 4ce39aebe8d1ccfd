"""Messages on their way: bound to their notices, claimed, attempted, settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, exists, func, insert, or_, select, update

from service.reminders.notice import Channel, Occasion
from service.reminders.reasons import Ending
from service.storage import tables
from service.storage.notices import OwedNotice
from service.storage.recording import record_attempt, record_message
from service.storage.tables import State
from service.storage.troubles import is_dead, note_trouble
from service.storage.undelivered import UNCERTAIN, end_messages

m, n = tables.message.c, tables.notice.c

MOST_CLAIMS_WITHOUT_RESULT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message rendered once: the bytes that every attempt sends."""

    message_id: str
    recipient: str
    name: str
    channel: Channel
    address: str = field(repr=False)
    sent_on: date
    occasion: str
    subject: str
    body: bytes = field(repr=False)
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this process alone may try to deliver until its lease ends.

    `tried_since` is when all that is in it had been tried. After `unanswered` of the earlier attempts nobody
    can tell whether the other side has it.
    """

    id: int
    attempt: int
    message_id: str
    recipient: str
    channel: Channel
    address: str = field(repr=False)
    subject: str
    body: bytes = field(repr=False)
    tried_since: datetime
    expires_on: date | None
    unanswered: int = 0


def already_told(connection: Connection, day: date) -> frozenset[tuple[Channel, str]]:
    """Who was sent a reminder with that day's date, or waits to be, over which channel.

    An invite is none, nor is what the coordinator is told of troubles. Addresses are in lower case: two
    spellings of a mailbox are one.
    """
    told = select(m.channel, m.address).where(
        m.sent_on == day,
        m.channel != Channel.INVITE,
        m.occasion != Occasion.UNREACHABLE,
        m.state.in_((State.WAITING, State.ACCEPTED)),
    )
    return frozenset((Channel(channel), address.lower()) for channel, address in connection.execute(told))


def store_message(
    connection: Connection, composed: Composed, notices: Sequence[OwedNotice], now: datetime
) -> None:
    """Store a message and bind its notices, of which the same transaction has seen that they are owed."""
    key = connection.execute(
        insert(tables.message).values(
            message_id=composed.message_id,
            recipient=composed.recipient,
            channel=composed.channel,
            address=composed.address,
            sent_on=composed.sent_on,
            occasion=composed.occasion,
            subject=composed.subject,
            body=composed.body,
            composed_at=now,
            expires_on=composed.expires_on,
            state=State.WAITING,
            next_at=now,
        )
    ).inserted_primary_key
    those = n.id.in_([notice.id for notice in notices])
    connection.execute(update(tables.notice).where(those).values(message=key[0] if key else None))
    record_message(connection, key[0] if key else 0, composed.name, now)


def claim(
    connection: Connection,
    channels: Iterable[Channel],
    now: datetime,
    *,
    lease_until: datetime,
    today: date,
) -> Claimed | None:
    """Take the next message to try, counting the attempt before it is made.

    One whose lease ran out is taken again: its process died between the claim and the answer, and the same
    bytes go out under the same Message-ID. When that has happened five times it may be the message that kills
    the process: it is parked.
    """
    while row := _next_ready(connection, tuple(channels), now, today):
        lost, unanswered = _without_answer(connection, row["id"])
        if lost >= MOST_CLAIMS_WITHOUT_RESULT:
            end_messages(connection, [row["id"]], State.FAILED, Ending.PARKED, now)
            note_trouble(connection, row["id"], reason=Ending.PARKED, stage="CLAIM", code="parked", now=now)
            continue
        return _taken(connection, row, now, lease_until, unanswered)
    return None


def _next_ready(
    connection: Connection, channels: tuple[Channel, ...], now: datetime, today: date
) -> RowMapping | None:
    is_free = or_(m.lease_until.is_(None), m.lease_until <= now)
    is_true = or_(m.expires_on.is_(None), m.expires_on > today)
    ready = and_(m.state == State.WAITING, m.next_at <= now, is_free, is_true, m.channel.in_(channels))
    in_turn = and_(ready, ~is_dead(m.channel, m.address), ~_follows_another_invite())
    found = select(tables.message).where(in_turn).order_by(m.next_at, m.id)
    return connection.execute(found.limit(1).with_for_update(skip_locked=True)).mappings().first()


def _follows_another_invite() -> ColumnElement[bool]:
    """Whether an earlier version of the same calendar entry still waits: a CANCEL must not overtake it."""
    earlier, about, also_about = tables.message.alias(), tables.notice.alias(), tables.notice.alias()
    return and_(
        m.channel == Channel.INVITE,
        exists().where(
            earlier.c.state == State.WAITING,
            earlier.c.channel == Channel.INVITE,
            earlier.c.address == m.address,
            earlier.c.id < m.id,
            about.c.message == m.id,
            also_about.c.message == earlier.c.id,
            about.c.milestone == also_about.c.milestone,
        ),
    )


def _without_answer(connection: Connection, message: int) -> tuple[int, int]:
    """After how many attempts the process died, and after how many in all the message may have arrived."""
    a = tables.attempt.c
    receipts = connection.scalars(select(a.receipt).where(a.message == message)).all()
    lost = receipts.count(None)
    return lost, lost + receipts.count(UNCERTAIN)


def _taken(
    connection: Connection, row: RowMapping, now: datetime, lease_until: datetime, unanswered: int
) -> Claimed | None:
    number = row["attempts"] + 1
    taken = connection.execute(
        update(tables.message)
        .where(m.id == row["id"], m.attempts == row["attempts"])
        .values(attempts=number, lease_until=lease_until)
    )
    if taken.rowcount != 1:
        return None
    connection.execute(insert(tables.attempt).values(message=row["id"], number=number, started_at=now))
    connection.execute(
        update(tables.notice).where(n.message == row["id"], n.tried_at.is_(None)).values(tried_at=now)
    )
    tried_since = connection.scalar(select(func.max(n.tried_at)).where(n.message == row["id"]))
    record_attempt(connection, row["message_id"], number, now)
    return Claimed(
        id=row["id"],
        attempt=number,
        message_id=row["message_id"],
        recipient=row["recipient"],
        channel=Channel(row["channel"]),
        address=row["address"],
        subject=row["subject"],
        body=row["body"],
        tried_since=tried_since or now,
        expires_on=row["expires_on"],
        unanswered=unanswered,
    )


def waiting(connection: Connection) -> Sequence[int]:
    """The messages that have not ended."""
    return connection.scalars(select(m.id).where(m.state == State.WAITING)).all()


def release_leases(connection: Connection) -> int:
    """Give back what a dead process had claimed; only for who knows that no other one is at work."""
    held = update(tables.message).where(m.state == State.WAITING, m.lease_until.is_not(None))
    return connection.execute(held.values(lease_until=None)).rowcount


def late_count(connection: Connection, since: datetime) -> int:
    """How many messages have waited since then or longer."""
    late = and_(m.state == State.WAITING, m.composed_at <= since)
    return connection.scalar(select(func.count()).select_from(tables.message).where(late)) or 0


def attempts_between(
    connection: Connection, channels: Iterable[Channel], since: datetime, until: datetime
) -> int:
    """How many attempts over these channels began in a stretch of time.

    It has an end because a trial with a shifted clock may have left attempts in the future.
    """
    began = (
        select(func.count())
        .select_from(tables.attempt.join(tables.message))
        .where(
            tables.attempt.c.started_at > since,
            tables.attempt.c.started_at <= until,
            m.channel.in_(tuple(channels)),
        )
    )
    return connection.scalar(began) or 0
