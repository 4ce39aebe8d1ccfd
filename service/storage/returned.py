"""Messages that a relay took and the other side sent back: they were not accepted after all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, and_, exists, func, select, update

from service.reminders.notice import Channel
from service.reminders.trouble import BOUNCE, MEDIUM_OF, Medium
from service.storage import tables
from service.storage.recording import record_return
from service.storage.tables import State
from service.storage.troubles import note_trouble
from service.storage.undelivered import end_messages, suppress_dead

m, a, t = tables.message.c, tables.attempt.c, tables.trouble.c

RETURNED = "returned"
"""The receipt of an attempt whose message came back."""

COMES_BACK_WITHIN = timedelta(days=5)
"""How long a mail server tries (RFC 5321 4.5.4.1) before it sends a message back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What the other side said. `is_final`: it has given up; else it goes on trying, and says so.

    `recipients` are the addresses in lower case for which it speaks; `is_dead`: there is no such address.
    """

    recipients: frozenset[str]
    is_final: bool
    is_dead: bool
    code: str
    text: str


def sent_as(connection: Connection, message_ids: Collection[str]) -> str | None:
    """The Message-ID among these that is one of ours, which nobody knows who was not sent the message."""
    by_mail = m.channel.in_([channel for channel, medium in MEDIUM_OF.items() if medium is Medium.MAIL])
    return connection.scalar(select(m.message_id).where(m.message_id.in_(message_ids), by_mail).limit(1))


def take_back(connection: Connection, message_id: str, returned: Returned, now: datetime) -> bool:
    """What a returned message means for its notices and its address; whether it means anything.

    A message comes back once: one that was accepted, or of which we do not know yet that it was. That its
    address does not exist is believed of the address itself alone, not of one that it forwards to.
    """
    is_out = m.state.in_((State.ACCEPTED, State.WAITING))
    found = select(m.id, m.address, m.state).where(m.message_id == message_id, is_out)
    message = connection.execute(found).first()
    if message is None:
        return False
    details = {"action": "failed" if returned.is_final else "delayed", "code": returned.code}
    record_return(connection, message_id, {**details, "text": returned.text}, now)
    if returned.is_final:
        _fail(connection, message, returned, now)
    return True


def _fail(connection: Connection, message: Row[int, str, State], returned: Returned, now: datetime) -> None:
    address = message.address.lower()
    reason = f"bounced {returned.code}".strip()
    said = {"stage": BOUNCE, "code": returned.code, "text": returned.text}
    if message.state == State.ACCEPTED:
        last = and_(a.message == message.id, a.finished_at.is_not(None))
        handed_over_at = connection.scalar(select(func.max(a.finished_at)).where(last))
        came_back = and_(last, a.finished_at == handed_over_at)
        connection.execute(update(tables.attempt).where(came_back).values(receipt=RETURNED, **said))
        end_messages(connection, [message.id], State.FAILED, reason, now)
        if handed_over_at and _was_mended(connection, address, handed_over_at):
            return
    is_dead = returned.is_dead and address in returned.recipients
    note_trouble(connection, message.id, reason=reason, is_dead=is_dead, now=now, **said)
    suppress_dead(connection, now)


def _was_mended(connection: Connection, address: str, since: datetime) -> bool:
    """Whether a trouble with the address ended after a message was handed over: that is old news."""
    ended = exists().where(t.medium == Medium.MAIL, t.address == address, t.ended_at > since)
    return bool(connection.scalar(select(ended)))


def end_outlived(connection: Connection, now: datetime) -> int:
    """End the troubles with addresses that took something which has not come back for days.

    A relay takes mail for any address, so that says nothing by itself.
    """
    stayed = exists().where(
        a.message == m.id,
        func.lower(m.address) == t.address,
        m.channel.in_((Channel.EMAIL, Channel.INVITE)),
        m.state == State.ACCEPTED,
        a.finished_at > t.since,
        a.finished_at <= now - COMES_BACK_WITHIN,
    )
    outlived = and_(t.ended_at.is_(None), t.stage == BOUNCE, t.is_dead.is_(False), stayed)
    return connection.execute(update(tables.trouble).where(outlived).values(ended_at=now)).rowcount
