"""A copy of a database that is in use: whole, checked, private, or not there at all."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from service.storage.copies import BrokenDatabaseError, CopyFailedError, copy_database
from service.storage.database import Database
from service.storage.install import open_installation
from service.storage.tables import install


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_installation(f"sqlite:///{tmp_path}/rettidig.db") as opened:
        yield opened


def rows(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM install").fetchone()
    return int(count)


def test_what_is_committed_is_in_the_copy_though_it_stands_in_the_wal_only(
    database: Database, tmp_path: Path
) -> None:
    with database.write() as connection:
        connection.execute(install.insert().values(key="colour", value="green"))
    assert (tmp_path / "rettidig.db-wal").stat().st_size
    copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
    assert 3 == rows(tmp_path / "copy.db"), "key, plan and colour"


def test_the_copy_is_one_file_that_only_its_owner_can_read(database: Database, tmp_path: Path) -> None:
    assert database.file
    folder = tmp_path / "copies"
    folder.mkdir()
    copy_database(database.file, folder / "copy.db")
    assert ["copy.db"] == [each.name for each in folder.iterdir()]
    assert 0o600 == stat.S_IMODE((folder / "copy.db").stat().st_mode)


def test_a_database_and_what_stands_beside_it_are_private_from_the_start(
    database: Database, tmp_path: Path
) -> None:
    with database.write():
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("rettidig.db*")}
    assert {"rettidig.db", "rettidig.db-wal", "rettidig.db-shm"} <= modes.keys()
    assert {0o600} == set(modes.values())


def test_others_go_on_writing_and_each_copy_is_whole(database: Database, tmp_path: Path) -> None:
    """Each write adds two rows that belong together; no copy has one without the other."""
    enough = Event()

    def write_on() -> None:
        number = 0
        while not enough.is_set():
            number += 1
            with database.write() as connection:
                for half in "ab":
                    connection.execute(install.insert().values(key=f"{number}{half}", value="x" * 900))

    writer = Thread(target=write_on)
    writer.start()
    try:
        for number in range(20):
            copy_database(tmp_path / "rettidig.db", tmp_path / f"copy{number}.db")
    finally:
        enough.set()
        writer.join()
    found = [rows(tmp_path / f"copy{number}.db") for number in range(20)]
    assert {0} == {count % 2 for count in found}
    assert found == sorted(found)
    assert found[0] < found[-1], "it was written to meanwhile"


def test_an_open_transaction_is_not_in_the_copy_and_does_not_hold_it_up(
    database: Database, tmp_path: Path
) -> None:
    with database.write() as connection:
        connection.execute(install.insert().values(key="half", value="done"))
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
    assert 2 == rows(tmp_path / "copy.db")
    assert 3 == rows(tmp_path / "rettidig.db")


def test_a_damaged_database_gives_no_copy_and_one_sentence(tmp_path: Path) -> None:
    with open_installation(f"sqlite:///{tmp_path}/rettidig.db"):
        pass
    file = tmp_path / "rettidig.db"
    content = file.read_bytes()
    file.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])
    with pytest.raises(BrokenDatabaseError) as told:
        copy_database(file, tmp_path / "copy.db")
    assert "rettidig.db" in str(told.value)
    assert ["rettidig.db"] == [each.name for each in tmp_path.iterdir() if "lock" not in each.name]


def test_where_nothing_can_be_written_one_sentence_says_so(database: Database, tmp_path: Path) -> None:
    assert database.file
    with pytest.raises(CopyFailedError):
        copy_database(database.file, tmp_path / "nowhere" / "copy.db")
