"""The last good copy of each feed, without its address, for when no new one can be composed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, update

from service.errors import Language
from service.storage import tables

f = tables.feed_copy.c


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCopy:
    """`left_out` are the milestones it does not show, `modified_at` is when it first read so."""

    ics: bytes
    modified_at: datetime
    left_out: tuple[str, ...] = ()


class KeptCopy(NamedTuple):
    """`edition` is what it was last found good for."""

    edition: str
    copy: FeedCopy


class FeedName(NamedTuple):
    """What a feed is of, and in which language."""

    subject: str
    language: Language


def kept_copies(connection: Connection) -> dict[FeedName, KeptCopy]:
    rows = connection.execute(select(tables.feed_copy)).mappings()
    return {FeedName(row["subject"], row["language"]): _kept(row) for row in rows}


def kept_copy(connection: Connection, name: FeedName) -> KeptCopy | None:
    row = connection.execute(select(tables.feed_copy).where(_is(name))).mappings().first()
    return _kept(row) if row else None


def keep_copy(connection: Connection, name: FeedName, kept: KeptCopy) -> None:
    values = {
        "edition": kept.edition,
        "ics": kept.copy.ics,
        "modified_at": kept.copy.modified_at,
        "left_out": list(kept.copy.left_out),
    }
    if not connection.execute(update(tables.feed_copy).where(_is(name)).values(**values)).rowcount:
        connection.execute(insert(tables.feed_copy).values(**name._asdict(), **values))


def forget_copies(connection: Connection, names: Iterable[FeedName]) -> None:
    for name in names:
        connection.execute(delete(tables.feed_copy).where(_is(name)))


def doubt_all_copies(connection: Connection) -> None:
    """The settings may be others: every feed is composed anew."""
    connection.execute(update(tables.feed_copy).values(edition=""))


def _is(name: FeedName) -> ColumnElement[bool]:
    return and_(f.subject == name.subject, f.language == name.language)


def _kept(row: RowMapping) -> KeptCopy:
    copy = FeedCopy(ics=row["ics"], modified_at=row["modified_at"], left_out=tuple(row["left_out"]))
    return KeptCopy(row["edition"], copy)
