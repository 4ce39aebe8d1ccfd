"""What each address has in its calendar on our behalf."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from service.storage import tables

i = tables.invite.c


@dataclass(frozen=True, slots=True, kw_only=True)
class SentInvite:
    """The last invite composed for one milestone and address. `sequence` only ever rises (RFC 5546 2.1.4)."""

    milestone: str
    address: str
    sequence: int
    content_hash: str
    stamped_at: datetime
    cancelled: bool


def sent_invite(connection: Connection, milestone: str, address: str) -> SentInvite | None:
    found = select(tables.invite).where(i.milestone == milestone, i.address == address)
    row = connection.execute(found).mappings().first()
    return SentInvite(**row) if row else None


def store_invite(connection: Connection, invite: SentInvite) -> None:
    same = (i.milestone == invite.milestone) & (i.address == invite.address)
    connection.execute(delete(tables.invite).where(same))
    connection.execute(
        insert(tables.invite).values(
            milestone=invite.milestone,
            address=invite.address,
            sequence=invite.sequence,
            content_hash=invite.content_hash,
            stamped_at=invite.stamped_at,
            cancelled=invite.cancelled,
        )
    )
