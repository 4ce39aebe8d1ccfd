"""What each address has in its calendar on our behalf."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from service.messages.calendar import Version
from service.messages.invite import InviteState
from service.reminders.calendars import HeldEntry
from service.storage import tables

i = tables.invite.c


def sent_invite(connection: Connection, milestone: str, address: str) -> InviteState | None:
    """What the calendar behind an address was last told of a milestone."""
    found = select(tables.invite).where(i.milestone == milestone, i.address == address)
    row = connection.execute(found).mappings().first()
    if row is None:
        return None
    version = Version(sequence=row["sequence"], changed_at=row["changed_at"])
    return InviteState(version=version, schedule=row["schedule"], wording=row["wording"])


def held_entries(connection: Connection, today: date, zone: ZoneInfo) -> list[HeldEntry]:
    """What calendars hold of what is still to come."""
    return _entries(connection, zone, i.cancelled.is_(False), i.due_on >= today)


def withdrawn_entries(connection: Connection, zone: ZoneInfo) -> list[HeldEntry]:
    """What was taken out of calendars again."""
    return _entries(connection, zone, i.cancelled.is_(True))


def _entries(connection: Connection, zone: ZoneInfo, *which: ColumnElement[bool]) -> list[HeldEntry]:
    return [
        HeldEntry(
            milestone=row["milestone"],
            address=row["address"],
            recipient=row["recipient"],
            due_on=row["due_on"],
            sequence=row["sequence"],
            told_on=row["changed_at"].astimezone(zone).date(),
        )
        for row in connection.execute(select(tables.invite).where(*which)).mappings()
    ]


def store_invite(
    connection: Connection,
    entry: HeldEntry,
    state: InviteState,
    *,
    cancelled: bool,
) -> None:
    milestone, address = entry.milestone, entry.address
    connection.execute(delete(tables.invite).where(i.milestone == milestone, i.address == address))
    connection.execute(
        insert(tables.invite).values(
            milestone=milestone,
            address=address,
            sequence=state.version.sequence,
            changed_at=state.version.changed_at,
            schedule=state.schedule,
            wording=state.wording,
            recipient=entry.recipient,
            due_on=entry.due_on,
            cancelled=cancelled,
        )
    )
