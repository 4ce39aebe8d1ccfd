"""Opening the database, its transactions, its schema."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from service.errors import RettidigError
from service.storage.copies import BUSY_SECONDS, copy_database

WRITE_LOCK = int.from_bytes(b"rettidig")
MIGRATIONS = Path(__file__).parent / "migrations"


class UnknownDatabaseError(RettidigError):
    da = "RETTIDIG_DATABASE_URL kan ikke bruges; skriv fx sqlite:///data/rettidig.db."
    en = "RETTIDIG_DATABASE_URL cannot be used; write sqlite:///data/rettidig.db, for example."


class UnreachableDatabaseError(RettidigError):
    da = "RETTIDIG_DATABASE_URL: databasen kan ikke åbnes ({kind}). Findes den, og må vi skrive i den?"
    en = "RETTIDIG_DATABASE_URL: the database cannot be opened ({kind}). Is it there, and may we write to it?"


class NewerDatabaseError(RettidigError):
    da = "Databasen er lavet af en nyere Rettidig (skema {found}); opdater programmet."
    en = "The database was made by a newer Rettidig (schema {found}); update the program."


class AlreadyRunningError(RettidigError):
    da = "En anden Rettidig arbejder allerede med denne database; stop den først."
    en = "Another Rettidig is already at work on this database; stop that one first."


class NoFileError(RettidigError):
    da = "RETTIDIG_DATABASE_URL er ingen fil: brug serverens egne værktøjer, pg_dump og pg_restore."
    en = "RETTIDIG_DATABASE_URL is no file: use the server's own tools, pg_dump and pg_restore."


class Database:
    """One engine, two kinds of transaction. Network calls never stand inside either."""

    def __init__(self, url: str | URL) -> None:
        try:
            self._engine = _engine(url)
        except (ArgumentError, NoSuchModuleError, ImportError):
            # The URL may hold a password: it is not repeated.
            raise UnknownDatabaseError from None
        except OSError as refused:
            raise UnreachableDatabaseError(kind=type(refused).__name__) from None

    @property
    def file(self) -> Path | None:
        """Where an SQLite database stands; None for a server's."""
        url = self._engine.url
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its first statement and commits on leaving.

        WAL with a plain BEGIN does not honour the busy timeout when a reader turns writer; BEGIN IMMEDIATE
        does (reliability measurements: 470 of 600 transactions failed without it, 0 with it).
        """
        with self._engine.connect().execution_options(begins="IMMEDIATE") as connection, connection.begin():
            if self.file is None:
                _take_the_write_lock(connection)
            yield connection

    def upgrade(self) -> None:
        """Bring the schema to this program's; raises NewerDatabaseError instead of touching a newer one.

        The first use of the database, so that one which cannot be used is told of here. What an earlier
        program made is not changed under the hands of a daemon (AlreadyRunningError), and an SQLite file is
        copied before: `rettidig.db.before-0005`.
        """
        try:
            with self.read() as connection:
                found, head = schema_of(connection), newest_schema()
            if found is None:
                self._migrate()
            elif found != head:
                with self.alone():
                    self._migrate(self.file)
        except DBAPIError as refused:
            raise UnreachableDatabaseError(kind=type(refused.orig).__name__) from None

    def _migrate(self, worth_keeping: Path | None = None) -> None:
        # Alembic brings the dialects of every server there is, a sixth of what a command takes to begin; and
        # most commands find the schema as it should be.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.write() as connection:
            # Others wait for the write lock, so the copy is what the migration finds.
            if worth_keeping:
                copy_database(worth_keeping, Path(f"{worth_keeping}.before-{newest_schema()}"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the one daemon on this database; raises AlreadyRunningError.

        Yields whether that is certain: a file can be locked, and the lock dies with its process; a server is
        shared by its nature, and there claims are kept apart by their leases.
        """
        if self.file is None:
            yield False
            return
        with Path(f"{self.file}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunningError from None
            yield True

    def scrub(self) -> None:
        """Write every page anew, so that nothing that was deleted is left in one, and empty the WAL.

        On a server the tables are rewritten; what its own WAL and backups remember is for its administrator.
        """
        if self.file:
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("VACUUM")
            self.checkpoint()
            return
        with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as server:
            server.exec_driver_sql("VACUUM (FULL, ANALYZE)")

    def checkpoint(self) -> None:
        """Let nothing stay in the WAL of an SQLite file, which holds what was deleted too."""
        if self.file:
            with closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()


def newest_schema() -> str:
    return _schemas()[0]


@cache
def _schemas() -> tuple[str, ...]:
    """Every schema there has been, the newest first; the files of the migrations begin with their numbers."""
    numbers = (file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*_*.py"))
    return tuple(sorted(numbers, reverse=True))


def schema_of(connection: Connection) -> str | None:
    """The schema of a database, None of an empty one; raises NewerDatabaseError for a later program's."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found and found not in _schemas():
        raise NewerDatabaseError(found=found)
    return found


def _take_the_write_lock(connection: Connection) -> None:
    """One writer at a time on a server too, as the record's chain needs it; held until the transaction ends.

    Nobody waits for ever: neither for the lock, nor for a process that was stopped while it had it.
    """
    for setting, seconds in (("lock_timeout", BUSY_SECONDS), ("idle_in_transaction_session_timeout", 30)):
        connection.execute(select(func.set_config(setting, f"{seconds}s", True)))  # noqa: FBT003 - is_local
    connection.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))


def _engine(url: str | URL) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    # Parameters are addresses and bodies: they must not stand in the text of an exception.
    engine = create_engine(
        parsed, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}, hide_parameters=True
    )
    event.listen(engine, "do_connect", partial(_keep_private, parsed.database))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_private(file: str | None, *_: object) -> None:
    """It holds addresses and the installation's key; SQLite gives what it puts beside it the same mode.

    One that is there is not even opened: closing it again would drop every lock that this process has on it
    (POSIX), and with them SQLite's own.
    """
    if file:
        with suppress(OSError):  # it is there, or SQLite finds the same trouble and says so
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """sqlite3 would begin late and deferred by itself (isolation_level is None here to stop it)."""
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begins', 'DEFERRED')}")
