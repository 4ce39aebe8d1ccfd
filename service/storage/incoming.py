"""How far the mailbox was read, and which mails had an effect: each has it once, however often it is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, insert, select

from service.storage import tables
from service.storage.install import note, noted

KEPT_FOR = timedelta(days=92)
"""Longer than a mailbox is looked back into."""

POSITION, STATE = "inbox position", "inbox state"

c = tables.incoming.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The last mail that is dealt with: RFC 3501 2.3.1.1. `place` tells one mailbox from another."""

    place: str
    validity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxState:
    """When the mailbox was last looked into, since when that fails, and why; all None or "" where unknown."""

    looked_at: datetime | None = None
    failing_since: datetime | None = None
    stage: str = ""
    code: str = ""


def position(connection: Connection) -> Position | None:
    found = noted(connection, POSITION)
    return Position(**json.loads(found)) if found else None


def note_position(connection: Connection, at: Position) -> None:
    note(connection, POSITION, json.dumps({"place": at.place, "validity": at.validity, "uid": at.uid}))


def inbox_state(connection: Connection) -> InboxState:
    found = noted(connection, STATE)
    return _state(json.loads(found)) if found else InboxState()


def note_inbox_state(connection: Connection, state: InboxState) -> None:
    written = {
        "looked_at": state.looked_at.isoformat() if state.looked_at else None,
        "failing_since": state.failing_since.isoformat() if state.failing_since else None,
        "stage": state.stage,
        "code": state.code,
    }
    note(connection, STATE, json.dumps(written))


def is_first(connection: Connection, digest: str, now: datetime) -> bool:
    """Whether a mail has had no effect yet; from now on it has. In the transaction of the effect."""
    if connection.scalar(select(exists().where(c.digest == digest))):
        return False
    connection.execute(insert(tables.incoming).values(digest=digest, read_at=now))
    return True


def forget_mails(connection: Connection, now: datetime) -> int:
    """Let go of what is known of mails that are not looked at any more."""
    return connection.execute(delete(tables.incoming).where(c.read_at <= now - KEPT_FOR)).rowcount


def _state(written: Mapping[str, str | None]) -> InboxState:
    return InboxState(
        looked_at=_instant(written["looked_at"]),
        failing_since=_instant(written["failing_since"]),
        stage=written["stage"] or "",
        code=written["code"] or "",
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
