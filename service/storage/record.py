"""The record of who was told what, when, and what the other side answered. Entries are added, never changed.

Each entry holds the hash of the one before it, so that one which was changed or left out shows. Names and
addresses stand apart, and an entry refers to them by a hash with a secret in it: once they are erased nothing
leads back to them, and the chain is whole all the same. The database refuses every change of an entry; it
lets go of old ones, and of names, only where an entry says so.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, and_, exists, insert, or_, select

from service.storage import tables

r, a = tables.record.c, tables.addressee.c

BEGINNING = ""
"""What stands for the hash before the first entry."""


class EntryKind(StrEnum):
    """PLAN: what the plan says of a milestone. NOTICE: why a MESSAGE tells of it. ENDED: none did.

    RESPONSE: what a calendar answered to an invitation. RETURNED: a message that was taken came back.
    """

    PLAN = "plan"
    NOTICE = "notice"
    MESSAGE = "message"
    ATTEMPT = "attempt"
    ANSWER = "answer"
    RETURNED = "returned"
    RESPONSE = "response"
    ENDED = "ended"
    MARK = "mark"
    RESTORED = "restored"
    PRUNED = "pruned"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom an entry is about: a recipient at an address, or who reported something."""

    recipient: str
    name: str = ""
    channel: str = ""
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`at` is UTC. `to` is None where it is about nobody in particular, and where that was erased."""

    number: int
    at: datetime
    kind: EntryKind
    milestone: str
    message_id: str
    to: Addressee | None
    is_erased: bool
    details: dict[str, Any]
    hash: str


def append(
    connection: Connection,
    kind: EntryKind,
    at: datetime,
    *,
    milestone: str = "",
    message_id: str = "",
    addressee: str = "",
    through: int | None = None,
    details: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Add an entry, in the transaction of what it tells of. `addressee` is what `reference` returned."""
    last = last_entry(connection)
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    values = {
        "number": number,
        "at": at.astimezone(UTC),
        "kind": kind.value,
        "milestone": milestone,
        "message_id": message_id,
        "addressee": addressee,
        "details": canonical(dict(details)),
        "through": through,
        "previous": previous,
    }
    connection.execute(insert(tables.record).values(**values, hash=hash_of(values)))


def last_entry(connection: Connection) -> Row[int, str] | None:
    """The number and hash of the last entry; None in an empty record."""
    return connection.execute(select(r.number, r.hash).order_by(r.number.desc()).limit(1)).first()


def reference(connection: Connection, to: Addressee) -> str:
    """By what entries refer to somebody; the same for the same until that is erased."""
    who = asdict(to)
    known = connection.scalar(select(a.id).where(*(a[name] == value for name, value in who.items())))
    if known is not None:
        return str(known)
    who["nonce"] = secrets.token_hex(32)
    made = reference_of(who)
    connection.execute(insert(tables.addressee).values(id=made, **who))
    return made


def entries(connection: Connection, which: ColumnElement[bool] | None = None) -> list[Entry]:
    """All that is recorded, in order, or what a condition is true of."""
    found = select(tables.record, a.recipient, a.name, a.channel, a.address).outerjoin(
        tables.addressee, r.addressee == a.id
    )
    if which is not None:
        found = found.where(which)
    return [_entry(row) for row in connection.execute(found.order_by(r.number)).mappings()]


def concerning(milestone: str) -> ColumnElement[bool]:
    """The condition on the entries of a milestone and of the messages in which it was told of."""
    told = tables.record.alias().c
    in_a_message = exists().where(
        told.kind == EntryKind.NOTICE, told.milestone == milestone, told.message_id == r.message_id
    )
    return or_(r.milestone == milestone, and_(r.milestone == "", r.message_id != "", in_a_message))


def canonical(value: object) -> str:
    """JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(entry: Mapping[str, Any]) -> str:
    fields = ("previous", "number", "kind", "milestone", "message_id", "addressee", "details", "through")
    return _sha256([entry["at"].isoformat(), *(entry[name] for name in fields)])


def reference_of(who: Mapping[str, Any]) -> str:
    """The hash that stands for an addressee; without the nonce nobody can try names and addresses on it."""
    return _sha256([who[name] for name in ("nonce", "recipient", "name", "channel", "address")])


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _entry(row: RowMapping) -> Entry:
    is_known = row["recipient"] is not None
    return Entry(
        number=row["number"],
        at=row["at"],
        kind=EntryKind(row["kind"]),
        milestone=row["milestone"],
        message_id=row["message_id"],
        to=Addressee(**{name: row[name] for name in ("recipient", "name", "channel", "address")})
        if is_known
        else None,
        is_erased=bool(row["addressee"]) and not is_known,
        details=json.loads(row["details"]),
        hash=row["hash"],
    )
