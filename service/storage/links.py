"""Secret links, hashed at rest: who holds the link may see one feed or page, until it is revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select, update

from service.storage import tables

c = tables.link.c

_NAME_LENGTH = 6


class LinkKind(StrEnum):
    """What a link opens; one kind is never valid for another."""

    FEED = "feed"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`subject` is a party's id, or "" for the whole plan. `name` is what logs may call it."""

    kind: LinkKind
    subject: str
    created_at: datetime
    revoked_at: datetime | None
    name: str


def create_link(connection: Connection, kind: LinkKind, subject: str, at: datetime) -> str:
    """Make a link and return its token (256 bits), which is stored nowhere.

    43 characters: Google refuses feed addresses over 256 characters.
    """
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(tables.link).values(token_hash=_hash(token), kind=kind, subject=subject, created_at=at)
    )
    return token


def find_link(connection: Connection, kind: LinkKind, token: str) -> Link | None:
    """The valid link behind a token; None for an unknown, a revoked or another kind's one alike."""
    found = select(tables.link).where(c.token_hash == _hash(token), c.kind == kind, c.revoked_at.is_(None))
    row = connection.execute(found).mappings().first()
    return _link(row) if row else None


def links(connection: Connection) -> list[Link]:
    rows = connection.execute(select(tables.link).order_by(c.kind, c.subject, c.created_at)).mappings()
    return [_link(row) for row in rows]


def revoke_links(connection: Connection, kind: LinkKind, subject: str, at: datetime) -> int:
    """Make every link of this kind and subject worthless at once; returns how many there were."""
    valid = (c.kind == kind) & (c.subject == subject) & c.revoked_at.is_(None)
    return connection.execute(update(tables.link).where(valid).values(revoked_at=at)).rowcount


def token_name(token: str) -> str:
    """What logs may call the link behind a token, valid or not; the same as `Link.name`."""
    return _hash(token)[:_NAME_LENGTH]


def _hash(token: str) -> str:
    # 256 random bits need no salt and no slow hash.
    return hashlib.sha256(token.encode()).hexdigest()


def _link(row: RowMapping) -> Link:
    return Link(
        kind=LinkKind(row["kind"]),
        subject=row["subject"],
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
        name=row["token_hash"][:_NAME_LENGTH],
    )
