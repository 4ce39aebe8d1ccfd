"""What an attempt came to: for the message, for its notices, and for what else waits at the address."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from service.reminders.trouble import MEDIUM_OF
from service.storage import tables
from service.storage.outgoing import Claimed
from service.storage.recording import record_answer
from service.storage.tables import State
from service.storage.troubles import end_refusal, note_trouble
from service.storage.undelivered import end_messages, let_go, suppress_dead

m = tables.message.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an attempt came to: what the other side said, and the state the message has from now on.

    `is_dead`: the other side said that there is no such address.
    """

    receipt: str
    code: str
    text: str
    state: State
    reason: str
    stage: str = ""
    is_dead: bool = False
    next_at: datetime | None = None


def settle(connection: Connection, claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    """Record the answer. The notices of a message end with it, and all that wait for a dead address.

    An answer that comes after the lease was over and somebody else took the message changes nothing more,
    unless it is that the message was accepted.
    """
    a = tables.attempt.c
    connection.execute(
        update(tables.attempt)
        .where(a.message == claimed.id, a.number == claimed.attempt)
        .values(
            finished_at=now,
            receipt=outcome.receipt,
            stage=outcome.stage,
            code=outcome.code,
            text=outcome.text,
        )
    )
    answer = {
        "answer": outcome.receipt,
        "stage": outcome.stage,
        "code": outcome.code,
        "text": outcome.text,
        "next_at": outcome.next_at.isoformat() if outcome.next_at else None,
    }
    record_answer(connection, claimed.message_id, claimed.attempt, answer, now)
    if outcome.state is not State.ACCEPTED and not _is_in_hand(connection, claimed):
        return
    match outcome.state:
        case State.WAITING:
            again = {"reason": outcome.reason, "lease_until": None, "next_at": outcome.next_at or now}
            connection.execute(update(tables.message).where(m.id == claimed.id).values(**again))
        case State.ACCEPTED:
            let_go(connection, [claimed.id], State.ACCEPTED, "")
            end_refusal(connection, MEDIUM_OF[claimed.channel], claimed.address, now)
        case _:
            end_messages(connection, [claimed.id], outcome.state, outcome.reason, now)
            note_trouble(
                connection,
                claimed.id,
                reason=outcome.reason,
                stage=outcome.stage,
                code=outcome.code,
                text=outcome.text,
                is_dead=outcome.is_dead,
                now=now,
            )
            suppress_dead(connection, now)


def _is_in_hand(connection: Connection, claimed: Claimed) -> bool:
    """Whether nobody else has taken or ended the message since it was claimed."""
    own = (m.id == claimed.id) & (m.attempts == claimed.attempt) & (m.state == State.WAITING)
    return connection.scalar(select(m.id).where(own)) is not None
