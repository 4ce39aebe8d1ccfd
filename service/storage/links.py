"""Secret links, hashed at rest: who holds one may see or report what it is for, until it is revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, or_, select, update

from service.errors import Language
from service.storage import tables

c = tables.link.c

_NAME_LENGTH = 6


class LinkKind(StrEnum):
    """What a link opens; one kind is never valid for another."""

    FEED = "feed"
    PLAN = "plan"
    MILESTONE = "milestone"
    COORDINATOR = "coordinator"
    SIGN_IN = "sign-in"
    API = "api"


# What a feed is of, beside the ids of parties, which hold neither "+" nor "@".
WHOLE_PLAN, OF_THE_COORDINATOR = "", "@coordinator"


def feed_of(parties: Iterable[str]) -> str:
    """The subject of a feed that holds what is up to any of these parties."""
    return "+".join(sorted(parties))


def parties_in(subject: str) -> frozenset[str]:
    """The parties of a feed that is neither the whole plan's nor the coordinator's."""
    return frozenset(subject.split("+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """To whom a link was sent, and the parties that it may report for."""

    recipient: str
    name: str
    parties: frozenset[str]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`subject` is what a feed is of, a milestone's id, or "" for the plan; `name` is what logs may call it.

    One that went out in a message knows the `holder` and the Message-ID.
    """

    kind: LinkKind
    subject: str
    created_at: datetime
    revoked_at: datetime | None
    name: str
    holder: Holder | None = None
    message_id: str | None = None


def create_link(
    connection: Connection,
    kind: LinkKind,
    subject: str,
    at: datetime,
    *,
    holder: Holder | None = None,
    message_id: str | None = None,
    lapses_at: datetime | None = None,
) -> str:
    """Make a link and return its token (256 bits), which is stored nowhere.

    It is valid until it is revoked, at the latest until `lapses_at`.

    43 characters: Google refuses feed addresses over 256 characters.
    """
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(tables.link).values(
            token_hash=_hash(token),
            kind=kind,
            subject=subject,
            created_at=at,
            holder=_as_json(holder) if holder else None,
            message_id=message_id,
            lapses_at=lapses_at,
        )
    )
    return token


def find_link(connection: Connection, kind: LinkKind, token: str, at: datetime) -> Link | None:
    """The link behind a token that is valid at an instant.

    None for an unknown, a revoked, a lapsed or another kind's one alike.
    """
    is_valid = c.revoked_at.is_(None) & or_(c.lapses_at.is_(None), c.lapses_at > at)
    found = select(tables.link).where(c.token_hash == _hash(token), c.kind == kind, is_valid)
    row = connection.execute(found).mappings().first()
    return _link(row) if row else None


def feeds_in_use(connection: Connection, at: datetime) -> list[tuple[str, Language | None]]:
    """What the feeds are of that somebody has an address of, and in whose language, each once."""
    language = c.holder["language"].as_string()
    is_valid = c.revoked_at.is_(None) & or_(c.lapses_at.is_(None), c.lapses_at > at)
    found = select(c.subject, language).where(c.kind == LinkKind.FEED, is_valid).distinct()
    return [(subject, of) for subject, of in connection.execute(found)]


def sent_at(connection: Connection, link: Link) -> datetime | None:
    """When the message that carries the link was last handed over, or is being; None before that."""
    tried = select(func.max(func.coalesce(tables.attempt.c.finished_at, tables.attempt.c.started_at)))
    carried = tried.select_from(tables.attempt.join(tables.message)).where(
        tables.message.c.message_id == link.message_id
    )
    return connection.scalar(carried)


def links(connection: Connection) -> list[Link]:
    rows = connection.execute(select(tables.link).order_by(c.kind, c.subject, c.created_at)).mappings()
    return [_link(row) for row in rows]


def use_up(connection: Connection, kind: LinkKind, token: str, at: datetime) -> bool:
    """Take a link that works once; whether it was valid until now."""
    if find_link(connection, kind, token, at) is None:
        return False
    taken = update(tables.link).where(c.token_hash == _hash(token), c.revoked_at.is_(None))
    return connection.execute(taken.values(revoked_at=at)).rowcount == 1


def made_since(connection: Connection, kind: LinkKind, since: datetime) -> int:
    """How many links of a kind were made after an instant."""
    made = select(func.count()).select_from(tables.link).where(c.kind == kind, c.created_at > since)
    return connection.scalar(made) or 0


def revoke_links(connection: Connection, kind: LinkKind, subject: str, at: datetime) -> int:
    """Make every link of this kind and subject worthless at once; returns how many there were."""
    valid = (c.kind == kind) & (c.subject == subject) & c.revoked_at.is_(None)
    return connection.execute(update(tables.link).where(valid).values(revoked_at=at)).rowcount


def revoke_link(connection: Connection, kind: LinkKind, token: str, at: datetime) -> None:
    """Make this one link worthless at once."""
    this = (c.token_hash == _hash(token)) & (c.kind == kind) & c.revoked_at.is_(None)
    connection.execute(update(tables.link).where(this).values(revoked_at=at))


def revoke_links_of(connection: Connection, recipient: str, at: datetime) -> int:
    """Make every link that was sent to a recipient worthless at once; returns how many there were."""
    theirs = (c.holder["recipient"].as_string() == recipient) & c.revoked_at.is_(None)
    return connection.execute(update(tables.link).where(theirs).values(revoked_at=at)).rowcount


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
        holder=_holder(row["holder"]) if row["holder"] else None,
        message_id=row["message_id"],
    )


def _as_json(holder: Holder) -> dict[str, object]:
    return {**asdict(holder), "parties": sorted(holder.parties)}


def _holder(content: dict[str, Any]) -> Holder:
    return Holder(**{**content, "parties": frozenset(content["parties"])})
