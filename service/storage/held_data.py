"""Everything that is held on somebody, for whoever asks for it (GDPR article 15) or takes it along (20)."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, or_, select

from service.plan.as_json import milestone_as_json, party_as_json
from service.plan.plan import Plan
from service.storage import tables
from service.storage.record import entries
from service.storage.somebody import Somebody

Held = dict[str, Any]


def held_on(connection: Connection, somebody: Somebody, plan: Plan | None) -> Held:
    """All rows about somebody as JSON, addresses included, by what they are; instants in UTC."""
    messages = _rows(connection, tables.message, somebody.is_at(tables.message))
    return {
        "addresses": sorted(somebody.addresses),
        "names": sorted(somebody.names),
        "plan": _in_the_plan(plan, somebody),
        "notices": _told(connection, tables.notice, somebody),
        "messages": [_message(connection, row) for row in messages],
        "calendar": _told(connection, tables.invite, somebody),
        "collections": [_collection(connection, row) for row in _collections(connection, somebody)],
        "responses": _told(connection, tables.response, somebody),
        "troubles": _told(connection, tables.trouble, somebody),
        "reports": [_as_json(row) for row in _rows(connection, tables.mark, somebody.has_reported())],
        "links": [_link(row) for row in _rows(connection, tables.link, somebody.holds())],
        "record": _recorded(connection, somebody),
    }


def _in_the_plan(plan: Plan | None, somebody: Somebody) -> Held:
    """What the document says of the party: that is the plan's, and is not erased with the rest."""
    if plan is None:
        return {"parties": [], "milestones": []}
    responsible = [each for each in plan.milestones if somebody.parties & set(each.parties)]
    return {
        "parties": [party_as_json(party) for party in plan.parties if party.id in somebody.parties],
        "milestones": [milestone_as_json(each) for each in responsible],
    }


def _told(connection: Connection, table: Table, somebody: Somebody) -> list[Held]:
    return [_as_json(row) for row in _rows(connection, table, somebody.is_at(table))]


def _message(connection: Connection, row: RowMapping) -> Held:
    """The bytes are kept only until the other side has them; they hold links that are for their reader."""
    attempt = tables.attempt
    tries = _rows(connection, attempt, attempt.c.message == row["id"])
    body = row["body"]
    content = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest() if body else None}
    return {**_as_json(row, leave_out={"body"}), **content, "attempts": [_as_json(each) for each in tries]}


def _collections(connection: Connection, somebody: Somebody) -> Sequence[RowMapping]:
    return _rows(connection, tables.collection, somebody.has_collection())


def _collection(connection: Connection, row: RowMapping) -> Held:
    """Its address is held nowhere but in the settings."""
    of = tables.resource.c.collection
    entries = connection.scalar(select(func.count()).where(of == row["id"]))
    return {**_as_json(row, leave_out={"id"}), "entries": entries}


def _link(row: RowMapping) -> Held:
    """A link can only be recognised; what it looks like is held nowhere."""
    return _as_json(row, leave_out={"token_hash"})


def _recorded(connection: Connection, somebody: Somebody) -> list[Held]:
    """Their entries in the record, and what became of the messages that they tell of."""
    whose = tables.addressee.c.id
    theirs = set(connection.scalars(select(whose).where(somebody.is_meant())))
    record = tables.record.c
    messages = select(record.message_id).where(record.addressee.in_(theirs), record.message_id != "")
    about = or_(record.addressee.in_(theirs), record.message_id.in_(messages))
    return [
        {
            "number": entry.number,
            "at": entry.at.isoformat(),
            "kind": entry.kind.value,
            "milestone": entry.milestone,
            "message_id": entry.message_id,
            **entry.details,
        }
        for entry in entries(connection, about)
    ]


def _rows(connection: Connection, table: Table, which: ColumnElement[bool]) -> Sequence[RowMapping]:
    first = next(iter(table.primary_key))
    return connection.execute(select(table).where(which).order_by(first)).mappings().all()


def _as_json(row: RowMapping, leave_out: Collection[str] = ()) -> Held:
    return {name: _plain(value) for name, value in row.items() if name not in leave_out}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
