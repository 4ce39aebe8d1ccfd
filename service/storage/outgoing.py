"""Messages on their way: bound to their notices, claimed, attempted, settled."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, exists, func, insert, literal, or_, select, update

from service.reminders.notice import Channel
from service.storage import tables
from service.storage.notices import OwedNotice
from service.storage.tables import State

m = tables.message.c

# The answer after which the other side may or may not have a message; `delivery.receipt` says when.
UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message rendered once: the bytes that every attempt sends."""

    message_id: str
    recipient: str
    channel: Channel
    address: str
    sent_on: date
    occasion: str
    subject: str
    body: bytes
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this process alone may try to deliver until its lease ends."""

    id: int
    attempt: int
    message_id: str
    recipient: str
    channel: Channel
    address: str
    subject: str
    body: bytes
    composed_at: datetime
    expires_on: date | None


class NoticesTakenError(Exception):
    """A race between two processes: somebody else ended or bound one of the notices; compose anew."""


def already_told(connection: Connection, day: date) -> frozenset[tuple[Channel, str]]:
    """Who was sent a reminder (not an invite) with that day's date, or waits to be, over which channel.

    Addresses are in lower case: two spellings of a mailbox are one.
    """
    told = select(m.channel, m.address).where(
        m.sent_on == day, m.channel != Channel.INVITE, m.state.in_((State.WAITING, State.ACCEPTED))
    )
    return frozenset((Channel(channel), address.lower()) for channel, address in connection.execute(told))


def store_message(
    connection: Connection, composed: Composed, notices: Sequence[OwedNotice], now: datetime
) -> None:
    """Store a message and bind its notices, all or nothing; raises NoticesTakenError."""
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
    bound = connection.execute(
        update(tables.notice)
        .where(
            tables.notice.c.id.in_([notice.id for notice in notices]),
            tables.notice.c.state == State.WAITING,
            tables.notice.c.message.is_(None),
        )
        .values(message=key[0] if key else None)
    )
    if bound.rowcount != len(notices):
        raise NoticesTakenError


def dissolve_untrue(connection: Connection, wanted: Container[str], today: date) -> int:
    """Take apart the messages that would not be true any more, so that their notices are composed anew.

    That is one of an earlier day ("i morgen"), or one with a notice that is not wanted any more. A message
    that may have arrived keeps its bytes, since only an identical copy can be known as one; an invitation
    does, since it says no days. Returns how many were taken apart.
    """
    may_have_arrived = exists().where(
        tables.attempt.c.message == m.id,
        or_(tables.attempt.c.receipt.is_(None), tables.attempt.c.receipt == UNCERTAIN),
    )
    loose = and_(m.state == State.WAITING, m.lease_until.is_(None), m.channel != Channel.INVITE)
    untrue = [
        message
        for message, sent_on in connection.execute(select(m.id, m.sent_on).where(loose, ~may_have_arrived))
        if sent_on < today or any(key not in wanted for key in _keys_in(connection, message))
    ]
    for message in untrue:
        # The name is free again: the same notices composed anew are the same message.
        connection.execute(
            update(tables.message)
            .where(m.id == message)
            .values(
                state=State.WITHDRAWN,
                reason="composed-anew",
                body=b"",
                message_id=m.message_id + literal(f"#{message}"),
            )
        )
        notice = tables.notice
        connection.execute(update(notice).where(notice.c.message == message).values(message=None))
    return len(untrue)


def _keys_in(connection: Connection, message: int) -> Sequence[str]:
    notice = tables.notice.c
    return connection.scalars(select(notice.dedupe_key).where(notice.message == message)).all()


def expire_messages(connection: Connection, today: date) -> int:
    """End the messages that could not be handed over before their day passed, with their notices."""
    late = and_(m.state == State.WAITING, m.lease_until.is_(None), m.expires_on <= today)
    ended = {"state": State.EXPIRED, "reason": "its-day-had-passed"}
    messages = connection.scalars(select(m.id).where(late)).all()
    connection.execute(update(tables.message).where(m.id.in_(messages)).values(body=b"", **ended))
    notice = tables.notice
    connection.execute(update(notice).where(notice.c.message.in_(messages)).values(**ended))
    return len(messages)


def claim(
    connection: Connection, channels: Iterable[Channel], now: datetime, lease_until: datetime
) -> Claimed | None:
    """Take the next message to try, counting the attempt before it is made.

    One whose lease ran out is taken again: its process died between the claim and the answer, and the same
    bytes go out under the same Message-ID.
    """
    is_free = or_(m.lease_until.is_(None), m.lease_until <= now)
    ready = and_(m.state == State.WAITING, m.next_at <= now, is_free, m.channel.in_(tuple(channels)))
    row = connection.execute(select(tables.message).where(ready).order_by(m.next_at, m.id)).mappings().first()
    if row is None:
        return None
    number = row["attempts"] + 1
    taken = connection.execute(
        update(tables.message)
        .where(m.id == row["id"], m.attempts == row["attempts"])
        .values(attempts=number, lease_until=lease_until)
    )
    if taken.rowcount != 1:
        return None
    connection.execute(insert(tables.attempt).values(message=row["id"], number=number, started_at=now))
    return Claimed(
        id=row["id"],
        attempt=number,
        message_id=row["message_id"],
        recipient=row["recipient"],
        channel=Channel(row["channel"]),
        address=row["address"],
        subject=row["subject"],
        body=row["body"],
        composed_at=row["composed_at"],
        expires_on=row["expires_on"],
    )


def release_leases(connection: Connection) -> int:
    """Give back what a dead process had claimed; only for who knows that no other one is at work."""
    held = update(tables.message).where(m.state == State.WAITING, m.lease_until.is_not(None))
    return connection.execute(held.values(lease_until=None)).rowcount


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an attempt came to: what the other side said, and the state the message has from now on."""

    receipt: str
    code: str
    text: str
    state: State
    reason: str
    next_at: datetime | None = None


def settle(connection: Connection, claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    """Record the answer; the notices of a message end with it, and its bytes are let go.

    They hold links by which one reports, which are to be nowhere but with their reader.
    """
    connection.execute(
        update(tables.attempt)
        .where(tables.attempt.c.message == claimed.id, tables.attempt.c.number == claimed.attempt)
        .values(finished_at=now, receipt=outcome.receipt, code=outcome.code, text=outcome.text)
    )
    values = {"state": outcome.state, "reason": outcome.reason, "lease_until": None}
    body = {} if outcome.state is State.WAITING else {"body": b""}
    connection.execute(
        update(tables.message)
        .where(m.id == claimed.id)
        .values(**values, **body, next_at=outcome.next_at or now)
    )
    if outcome.state is not State.WAITING:
        connection.execute(
            update(tables.notice)
            .where(tables.notice.c.message == claimed.id)
            .values(state=outcome.state, reason=outcome.reason)
        )
