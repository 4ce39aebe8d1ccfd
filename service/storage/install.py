"""What this installation is: its name, its key, and when it was last seen alive."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import URL, Connection, delete, insert, select, update

from service.storage import tables
from service.storage.database import Database


@contextmanager
def open_installation(url: str | URL) -> Iterator[Database]:
    """The database behind a URL, at this program's schema and with what the installation is known by.

    Whoever only reads must find the key and the name; closed on leaving.
    """
    database = Database(url)
    try:
        database.upgrade()
        with database.write() as connection:
            install_key(connection)
            plan_id(connection)
        yield database
    finally:
        database.close()


def install_key(connection: Connection) -> bytes:
    """The secret from which Message-IDs and calendar UIDs are derived; made on first use."""
    return bytes.fromhex(_remembered(connection, "key", secrets.token_hex(32)))


def plan_id(connection: Connection) -> str:
    """The name of the one plan of this installation in dedupe keys; made on first use."""
    return _remembered(connection, "plan", f"p{secrets.token_hex(4)}")


def note_file(connection: Connection, digest: str) -> None:
    """Remember which version of the watched document was taken in, or set aside by an import by hand."""
    note(connection, "file", digest)


def noted_file(connection: Connection) -> str | None:
    return noted(connection, "file")


def note_tick(connection: Connection, at: datetime) -> None:
    note(connection, "tick", at.isoformat())


def last_tick(connection: Connection) -> datetime | None:
    """When the daemon last finished its round (UTC); None before the first."""
    value = noted(connection, "tick")
    return datetime.fromisoformat(value) if value else None


def tidied_on(connection: Connection) -> str | None:
    """The local day on which what was kept for long enough was last let go of."""
    return noted(connection, "tidied")


def note_tidied(connection: Connection, day: date) -> None:
    note(connection, "tidied", day.isoformat())


def note_restored(connection: Connection, at: datetime) -> None:
    """From now on what is suddenly due waits for approval: it may have been sent after the copy was made."""
    note(connection, "restored", at.isoformat())


def is_restored(connection: Connection) -> bool:
    """Whether an earlier copy was put in place, and nobody has approved what waits because of it."""
    return noted(connection, "restored") is not None


def note_approved(connection: Connection) -> None:
    connection.execute(delete(tables.install).where(tables.install.c.key == "restored"))


def note(connection: Connection, key: str, value: str) -> None:
    """Remember one thing, instead of what was remembered under this key before."""
    if _remembered(connection, key, value) != value:
        connection.execute(update(tables.install).where(tables.install.c.key == key).values(value=value))


def noted(connection: Connection, key: str) -> str | None:
    return connection.scalar(select(tables.install.c.value).where(tables.install.c.key == key))


def _remembered(connection: Connection, key: str, otherwise: str) -> str:
    found = noted(connection, key)
    if found is None:
        connection.execute(insert(tables.install).values(key=key, value=otherwise))
    return otherwise if found is None else str(found)
