"""Who cannot be reached, since when and why."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, exists, func, insert, select, update

from service.reminders.notice import Channel
from service.reminders.reasons import Ending
from service.reminders.trouble import BOUNCE, INBOX, MEDIUM_OF, Medium, Trouble
from service.storage import tables

t = tables.trouble.c


def open_troubles(connection: Connection) -> list[Trouble]:
    """Those that have not ended, oldest first."""
    rows = connection.execute(select(tables.trouble).where(t.ended_at.is_(None)).order_by(t.id))
    return [_trouble(row) for row in rows.mappings()]


def note_trouble(
    connection: Connection,
    message: int,
    *,
    reason: str,
    stage: str = "",
    code: str = "",
    text: str = "",
    is_dead: bool = False,
    now: datetime,
) -> None:
    """Remember that a message could not be handed over. However often an address fails, it is told of once.

    One that turns out not to exist is in trouble anew, since that is something else to be told of.
    """
    m, n = tables.message.c, tables.notice.c
    found = select(m.channel, m.address, m.recipient, m.subject).where(m.id == message)
    row = connection.execute(found).mappings().one()
    about = select(n.milestone).where(n.message == message).order_by(n.id).limit(1)
    values = {
        "medium": MEDIUM_OF[Channel(row["channel"])],
        "address": row["address"].lower(),
        "recipient": row["recipient"],
        "milestone": connection.scalar(about),
        "subject": row["subject"],
        "reason": reason,
        "stage": stage,
        "code": code,
        "text": text,
        "is_dead": is_dead,
    }
    _note(connection, values, now)


def note_calendar_trouble(
    connection: Connection, recipient: str, *, stage: str, code: str, now: datetime
) -> None:
    """Remember that a recipient's collection cannot be brought up to date."""
    values = {
        "medium": Medium.CALENDAR,
        "address": recipient,
        "recipient": recipient,
        "milestone": None,
        "subject": "",
        "reason": Ending.NOT_WRITTEN,
        "stage": stage,
        "code": code,
        "text": "",
        "is_dead": False,
    }
    _note(connection, values, now)


def note_inbox_trouble(
    connection: Connection, place: str, *, stage: str, code: str, text: str, now: datetime
) -> None:
    """Remember that the mailbox at a place, "host:port", cannot be read."""
    values = {
        "medium": Medium.INBOX,
        "address": place.lower(),
        "recipient": INBOX,
        "milestone": None,
        "subject": "",
        "reason": Ending.NOT_READ,
        "stage": stage,
        "code": code,
        "text": text,
        "is_dead": False,
    }
    _note(connection, values, now)


def _note(connection: Connection, values: Mapping[str, Any], now: datetime) -> None:
    medium, address, is_dead = values["medium"], values["address"], values["is_dead"]
    known = connection.scalars(select(t.is_dead).where(_open_at(medium, address))).all()
    if any(known) or (known and not is_dead):
        return
    end_trouble(connection, medium, address, now)
    connection.execute(insert(tables.trouble).values(**values, since=now))


def end_trouble(connection: Connection, medium: Medium, address: str, now: datetime) -> bool:
    """The address took something again, or somebody says that it will; whether it was in trouble."""
    ended = update(tables.trouble).where(_open_at(medium, address.lower())).values(ended_at=now)
    return connection.execute(ended).rowcount > 0


def end_refusal(connection: Connection, medium: Medium, address: str, now: datetime) -> None:
    """The address took something again. A relay takes what will come back as well, so a BOUNCE stands."""
    ended = and_(_open_at(medium, address.lower()), t.stage != BOUNCE)
    connection.execute(update(tables.trouble).where(ended).values(ended_at=now))


def end_calendar_troubles(connection: Connection, known: Collection[str], now: datetime) -> None:
    """Of the recipients beside those known, whose calendars nobody writes in any more."""
    forgotten = and_(t.medium == Medium.CALENDAR, t.address.not_in(known), t.ended_at.is_(None))
    connection.execute(update(tables.trouble).where(forgotten).values(ended_at=now))


def end_inbox_troubles(connection: Connection, now: datetime, *, but: str = "") -> None:
    """The mailbox can be read again, or another one is read now; `but` is the place of that one."""
    ended = and_(t.medium == Medium.INBOX, t.address != but.lower(), t.ended_at.is_(None))
    connection.execute(update(tables.trouble).where(ended).values(ended_at=now))


def is_dead(channel: ColumnElement[str], address: ColumnElement[str]) -> ColumnElement[bool]:
    """A condition on a row that has an address: nothing more is to be sent there."""
    medium = case((channel == Channel.TEAMS, Medium.TEAMS.value), else_=Medium.MAIL.value)
    here = and_(t.medium == medium, t.address == func.lower(address))
    return exists().where(t.is_dead, t.ended_at.is_(None), here)


def _open_at(medium: Medium, address: str) -> ColumnElement[bool]:
    return and_(t.medium == medium, t.address == address, t.ended_at.is_(None))


def _trouble(row: RowMapping) -> Trouble:
    return Trouble(
        id=row["id"],
        medium=Medium(row["medium"]),
        address=row["address"],
        recipient=row["recipient"],
        milestone=row["milestone"] or "",
        subject=row["subject"],
        reason=row["reason"],
        stage=row["stage"],
        code=row["code"],
        text=row["text"],
        is_dead=row["is_dead"],
        since=row["since"],
    )
