"""The database read by somebody else: what the product claims, to be compared with what was recorded."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

STATES = {"waiting", "accepted", "failed", "expired", "withdrawn", "suppressed"}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        yield connection


def exists(path: Path) -> bool:
    """Whether there are tables yet."""
    if not path.exists():
        return False
    with reading(path) as connection:
        found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'attempt'").fetchone()
    return bool(found[0])


def notices(path: Path, before: str = "9999-12-31") -> Counter[str]:
    """How many notices that are due before an instant (UTC) are in which state."""
    query = "SELECT state, count(*) FROM notice WHERE at < ? GROUP BY state"
    with reading(path) as connection:
        return Counter(dict(connection.execute(query, [before])))


def ended_because(path: Path, reason: str) -> int:
    """How many notices have this reason."""
    with reading(path) as connection:
        found = connection.execute("SELECT count(*) FROM notice WHERE reason = ?", [reason]).fetchone()
    return int(found[0])


def messages(path: Path) -> Counter[str]:
    with reading(path) as connection:
        return Counter(dict(connection.execute("SELECT state, count(*) FROM message GROUP BY state")))


def accepted(path: Path) -> set[str]:
    """The Message-IDs of which the product says that they were accepted."""
    with reading(path) as connection:
        return {
            row[0] for row in connection.execute("SELECT message_id FROM message WHERE state = 'accepted'")
        }


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
