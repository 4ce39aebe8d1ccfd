"""What each address has in its calendar on our behalf."""

from sqlalchemy import Connection, delete, insert, select

from service.messages.calendar import Version
from service.messages.invite import InviteState
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


def store_invite(connection: Connection, milestone: str, address: str, state: InviteState) -> None:
    connection.execute(delete(tables.invite).where(i.milestone == milestone, i.address == address))
    connection.execute(
        insert(tables.invite).values(
            milestone=milestone,
            address=address,
            sequence=state.version.sequence,
            changed_at=state.version.changed_at,
            schedule=state.schedule,
            wording=state.wording,
        )
    )
