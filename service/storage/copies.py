"""Copies of an SQLite database, made while it is in use: whole or not at all, checked, for its owner only."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from glob import escape
from pathlib import Path
from tempfile import mkstemp

from service.errors import RettidigError

BUSY_SECONDS = 10
PAUSE_SECONDS = 0.25
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database that is in use, or that a crash left."""


class CopyFailedError(RettidigError):
    da = "{file}: kopien kan ikke laves ({kind}). Er der plads, og må vi skrive der?"
    en = "{file}: the copy cannot be made ({kind}). Is there room, and may we write there?"


class BrokenDatabaseError(RettidigError):
    da = "{file}: databasen er beskadiget ({problem}). Gendan en ældre kopi med »rettidig restore FIL«."
    en = "{file}: the database is damaged ({problem}). Restore an earlier copy with “rettidig restore FILE”."


def copy_database(source: Path, target: Path) -> None:
    """A checked copy of what is committed at this moment; others may read and write meanwhile.

    It is one file of mode 0600, and on the disk before it gets its name. Raises CopyFailedError and
    BrokenDatabaseError.
    """
    with part_of(target) as part:
        with closing(connected(source)) as origin, closing(connected(part)) as copy:
            write_into(origin, copy)
            make_whole(copy, source)
        put(part, target)


def forget_old_copies(database: Path, before: datetime) -> int:
    """Remove what the program itself has left beside a database, if it is older; returns how many files."""
    old = [each for each in copies_beside(database) if each.stat().st_mtime < before.timestamp()]
    for copy in old:
        copy.unlink(missing_ok=True)
    return len(old)


def copies_beside(database: Path) -> list[Path]:
    """The copies of what a migration or a restore replaced, and what one that was killed left unfinished."""
    name = escape(database.name)
    kept = (f"{name}.before-*", f"{name}.replaced-*", f".{name}.*.part*")
    return sorted(each for pattern in kept for each in database.parent.glob(pattern))


def take_over(source: Path, part: Path) -> None:
    """A checked copy of a file that nobody uses, which may stand where nothing can be written."""
    for end in ("", *BESIDE):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{source}{end}", f"{part}{end}")
    with closing(connected(part)) as copy:
        make_whole(copy, source)


def write_into(origin: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Put the content of one database in the place of another's, there in one transaction."""
    waited = 0

    def watch(status: int, _remaining: int, _total: int) -> None:
        nonlocal waited
        waited += status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        if waited * PAUSE_SECONDS > BUSY_SECONDS:
            raise sqlite3.OperationalError("database is locked")

    origin.backup(copy, progress=watch, sleep=PAUSE_SECONDS)


def make_whole(copy: sqlite3.Connection, source: Path) -> None:
    """Let a copy be one file without a WAL; raises BrokenDatabaseError, which names the source."""
    try:
        copy.execute("PRAGMA journal_mode=DELETE")
        (problem,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        problem = "no SQLite database"
    if problem != "ok":
        raise BrokenDatabaseError(file=source.name, problem=" ".join(str(problem).split())[:100])


def connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """A file beside the target that only its owner may read, and that is gone in the end; CopyFailedError."""
    try:
        handle, name = mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
        finally:
            for left in part.parent.glob(f"{part.name}*"):
                left.unlink()
    except (OSError, sqlite3.OperationalError) as refused:
        raise CopyFailedError(file=target.name, kind=type(refused).__name__) from None


def put(part: Path, target: Path) -> None:
    """Give a part its name, once its bytes are on the disk."""
    _flush(part)
    part.replace(target)
    _flush(target.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
