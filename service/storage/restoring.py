"""Putting an earlier copy in the place of the database, so that nothing is sent twice because of it."""

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, inspect

from service.errors import RettidigError
from service.reminders.reasons import Ending
from service.storage import install, notices, outgoing, plans, undelivered
from service.storage.copies import BESIDE, connected, make_whole, part_of, put, take_over, write_into
from service.storage.database import Database, NoFileError, schema_of
from service.storage.install import open_installation
from service.storage.record import EntryKind, append

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class NoSuchCopyError(RettidigError):
    da = "{file} findes ikke eller kan ikke læses. Skriv stien til en fil fra »rettidig backup«."
    en = "{file} is not there or cannot be read. Write the path of a file from “rettidig backup”."


class NotOursError(RettidigError):
    da = "{file} er ikke en kopi af Rettidigs database. Skriv stien til en fil fra »rettidig backup«."
    en = "{file} is no copy of Rettidig's database. Write the path of a file from “rettidig backup”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What stands in the database now, and where the one that was replaced is kept, if there was one.

    `seen_at` is the last round before the copy was made; `held` notices wait for approval.
    """

    seen_at: datetime | None
    revision: int
    held: int
    kept: Path | None = None


def restore(database: Database, copy: Path, now: datetime) -> Restored:
    """Put a copy in the place of the database, which is kept beside it.

    Not while a daemon is on duty (AlreadyRunningError). What is due by now may have been sent after the copy
    was made, so it waits until somebody approves it. All is prepared in a file of its own, checked and
    brought to this program's schema, before anything is replaced.
    """
    file = database.file
    if file is None:
        raise NoFileError
    if not copy.is_file():
        raise NoSuchCopyError(file=copy.name)
    with database.alone(), part_of(file) as part:
        take_over(copy, part)
        restored = _prepare(part, copy, now)
        database.close()
        kept = _replace(file, part, Path(f"{file}.replaced-{now:%Y%m%dT%H%M%SZ}"))
    return replace(restored, kept=kept)


def _prepare(part: Path, copy: Path, now: datetime) -> Restored:
    url = URL.create("sqlite", database=str(part))
    _check_that_it_is_ours(url, copy)
    with open_installation(url) as taken, taken.write() as connection:
        latest = plans.latest_revision(connection)
        undelivered.give_up(connection, outgoing.waiting(connection), Ending.RESTORED, now)
        restored = Restored(
            seen_at=install.last_tick(connection),
            revision=latest.number if latest else 0,
            held=notices.hold(connection, since=LONG_AGO, until=now, above=0),
        )
        install.note_restored(connection, now)
        seen_at = restored.seen_at.isoformat() if restored.seen_at else None
        append(connection, EntryKind.RESTORED, now, details={"seen_at": seen_at, "copy": copy.name})
    with closing(connected(part)) as whole:
        make_whole(whole, copy)
    return restored


def _check_that_it_is_ours(url: URL, copy: Path) -> None:
    with closing(Database(url)) as taken, taken.read() as connection:
        if schema_of(connection) is None or not inspect(connection).has_table("notice"):
            raise NotOursError(file=copy.name)


def _keep(file: Path, kept: Path) -> None:
    with closing(connected(file)) as replaced, part_of(kept) as part:
        with closing(connected(part)) as copy:
            write_into(replaced, copy)
        put(part, kept)


def _replace(file: Path, part: Path, kept: Path) -> Path | None:
    """Keep the file, sound or not, and put the part in its place; returns where it is kept."""
    if not file.exists():
        put(part, file)
        return None
    try:
        _keep(file, kept)
        with closing(connected(part)) as origin, closing(connected(file)) as live:
            write_into(origin, live)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _replace_what_is_broken(file, part, kept)
    return kept


def _replace_what_is_broken(file: Path, part: Path, kept: Path) -> None:
    """Byte by byte, since SQLite cannot read it; so no other program is using it either."""
    for end in BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{file}{end}").rename(f"{kept}{end}")
    shutil.copy(file, kept)
    # Its WAL is gone by now: SQLite would take it for that of the copy.
    put(part, file)
