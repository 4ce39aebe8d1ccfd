"""Erasing somebody: what is held on them goes, from the tables and from the bytes of the files.

What the plan's own document says stays, and so does the record's chain, which then says only that somebody
was told. What others wait for is written anew, since it may tell of whoever is erased.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from service.errors import RettidigError
from service.plan.plan import Plan
from service.reminders.notice import Occasion
from service.reminders.reasons import Ending
from service.storage import tables
from service.storage.chain import forget
from service.storage.collected import forget_collections
from service.storage.copies import BESIDE, copies_beside
from service.storage.database import Database
from service.storage.outgoing import waiting
from service.storage.somebody import Somebody
from service.storage.undelivered import give_up

m, n = tables.message.c, tables.notice.c


class NotErasedError(RettidigError):
    da = "{file} rummer stadig en af adresserne. Stop alt, der bruger databasen, og kør kommandoen igen."
    en = "{file} still holds one of the addresses. Stop whatever uses the database, and run this again."


NOBODY = "–"
"""Who reported something, once that is erased and no party of the plan spoke."""

Erased = Counter[str]


def erase_for_good(database: Database, somebody: Somebody, plan: Plan | None, now: datetime) -> Erased:
    """Erase somebody, write the files anew, and remove the copies that the program has left beside them.

    Only when no daemon is on duty (AlreadyRunningError). Raises NotErasedError when an address can still be
    found in a file.
    """
    with database.alone():
        with database.write() as connection:
            gone = erase(connection, somebody, plan, now)
        database.scrub()
        database.close()
        if database.file:
            gone["copies"] = _remove(copies_beside(database.file))
            _search(database.file, somebody.addresses)
    return +gone


def _remove(files: Collection[Path]) -> int:
    for file in files:
        file.unlink()
    return len(files)


def _search(database: Path, addresses: Collection[str]) -> None:
    """Whatever SQLite says: look at the bytes."""
    for end in ("", *BESIDE):
        file = Path(f"{database}{end}")
        content = file.read_bytes().lower() if file.exists() else b""
        if any(address.encode() in content for address in addresses):
            raise NotErasedError(file=file.name)


def erase(connection: Connection, somebody: Somebody, plan: Plan | None, now: datetime) -> Erased:
    """Take somebody out of every table; returns how many rows and names that were."""
    give_up(connection, waiting(connection), Ending.SOMEBODY_WAS_ERASED, now)
    troubles = _troubles(connection, somebody)
    gone: Erased = Counter(
        names_in_subjects=_silence_alerts(connection, troubles),
        names_in_reports=_rename_reports(connection, somebody, plan),
        names_in_the_record=_forget(connection, somebody, now),
    )
    messages = _ids(connection, m.id, somebody.is_at(tables.message))
    notices = or_(somebody.is_at(tables.notice), n.message.in_(messages))
    for table, which in (
        (tables.notice, notices),
        (tables.attempt, tables.attempt.c.message.in_(messages)),
        (tables.message, m.id.in_(messages)),
        (tables.invite, somebody.is_at(tables.invite)),
        (tables.trouble, tables.trouble.c.id.in_(troubles)),
        (tables.response, somebody.is_at(tables.response)),
        (tables.link, somebody.holds()),
    ):
        gone[table.name] += connection.execute(delete(table).where(which)).rowcount
    # Their names may stand in these; what is left is composed anew.
    gone["feed_copy"] += connection.execute(delete(tables.feed_copy)).rowcount
    theirs = connection.scalars(select(tables.collection.c.id).where(somebody.has_collection()))
    gone["collection"] += forget_collections(connection, theirs)
    return +gone


def _ids(connection: Connection, column: ColumnElement[int], which: ColumnElement[bool]) -> Sequence[int]:
    return connection.scalars(select(column).where(which)).all()


def _troubles(connection: Connection, somebody: Somebody) -> Sequence[int]:
    return _ids(connection, tables.trouble.c.id, somebody.is_at(tables.trouble))


def _silence_alerts(connection: Connection, troubles: Collection[int]) -> int:
    """The coordinator was told whom it was about in the subject."""
    told = select(n.message).where(n.occasion == Occasion.UNREACHABLE, n.mark.in_(troubles))
    silent = update(tables.message).where(m.id.in_(told), m.subject != "").values(subject="")
    return connection.execute(silent).rowcount


def _rename_reports(connection: Connection, somebody: Somebody, plan: Plan | None) -> int:
    """A report stays, since the plan stands by it, under the plan's own name for who is responsible."""
    names = {party.id: party.name for party in plan.parties} if plan else {}
    mark = tables.mark.c
    reports = connection.execute(select(mark.id, mark.parties).where(somebody.has_reported())).all()
    for number, parties in reports:
        by = ", ".join(names[party] for party in parties if party in names) or NOBODY
        changed = update(tables.mark).where(mark.id == number).values(marked_by=by, recipient="")
        connection.execute(changed)
    return len(reports)


def _forget(connection: Connection, somebody: Somebody, now: datetime) -> int:
    whom = connection.scalars(select(tables.addressee.c.id).where(somebody.is_meant())).all()
    forget(connection, whom, now)
    return len(whom)
