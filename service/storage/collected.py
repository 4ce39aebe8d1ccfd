"""What each calendar collection holds on our behalf, and when it is looked at next."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from service.storage import tables
from service.storage.install import install_key

c, r = tables.collection.c, tables.resource.c


class Held(NamedTuple):
    """A resource as it was last seen to be right: its ETag there, and the hash of what we say."""

    etag: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """How a collection stands: the edition of the plan it shows, and its own state as the server tells it.

    `failures` is how often in a row it could not be brought up to date, since `failing_since`.
    """

    next_at: datetime
    edition: str = ""
    state: str = ""
    failures: int = 0
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A collection that the settings do not know any more, with so many entries of ours in it."""

    recipient: str
    entries: int


def collection_id(connection: Connection, url: str) -> str:
    """What a collection is known by here: a keyed hash, since its address may be a secret."""
    return hmac.new(install_key(connection), url.encode(), hashlib.sha256).hexdigest()


def visited(connection: Connection, collection: str) -> Visited | None:
    row = connection.execute(select(tables.collection).where(c.id == collection)).mappings().first()
    if row is None:
        return None
    return Visited(
        edition=row["edition"],
        state=row["state"],
        next_at=row["next_at"],
        failures=row["failures"],
        failing_since=row["failing_since"],
    )


def note_visit(
    connection: Connection, collection: str, recipient: str, stands: Visited, looked_at: datetime
) -> None:
    values = {
        "recipient": recipient,
        "edition": stands.edition,
        "state": stands.state,
        "next_at": stands.next_at,
        "failures": stands.failures,
        "failing_since": stands.failing_since,
        "looked_at": looked_at,
    }
    known = update(tables.collection).where(c.id == collection).values(**values)
    if not connection.execute(known).rowcount:
        connection.execute(insert(tables.collection).values(id=collection, **values))


def visit_all_anew(connection: Connection, now: datetime) -> None:
    """The settings may be others: whatever stood in the way of a collection, it is tried at once."""
    connection.execute(update(tables.collection).values(edition="", next_at=now))


def held_resources(connection: Connection, collection: str) -> dict[str, Held]:
    """What it holds of ours, by name."""
    rows = connection.execute(select(r.name, r.etag, r.digest).where(r.collection == collection))
    return {name: Held(etag, digest) for name, etag, digest in rows}


def note_resource(connection: Connection, collection: str, name: str, held: Held | None) -> None:
    connection.execute(delete(tables.resource).where(r.collection == collection, r.name == name))
    if held:
        row = {"collection": collection, "name": name, **held._asdict()}
        connection.execute(insert(tables.resource).values(**row))


def forget_collections(connection: Connection, collections: Iterable[str]) -> int:
    """Forget collections with what they hold; returns how many there were."""
    gone = tuple(collections)
    connection.execute(delete(tables.resource).where(r.collection.in_(gone)))
    return connection.execute(delete(tables.collection).where(c.id.in_(gone))).rowcount


def left_behind(connection: Connection, known: Collection[str]) -> list[Left]:
    """The collections beside those known that still hold something of ours."""
    entries = func.count()
    found = (
        select(c.recipient, entries)
        .join_from(tables.collection, tables.resource)
        .where(c.id.not_in(known))
        .group_by(c.id, c.recipient)
        .order_by(c.recipient)
    )
    return [Left(recipient=key, entries=count) for key, count in connection.execute(found)]
