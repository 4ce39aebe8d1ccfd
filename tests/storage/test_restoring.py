"""An earlier copy in the place of the database: what was sent since then is not sent again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from service.rounds import plan_notices
from service.storage import by_hand, plans
from service.storage.copies import BrokenDatabaseError, copy_database
from service.storage.database import AlreadyRunningError, Database, NewerDatabaseError
from service.storage.restoring import NoSuchCopyError, NotOursError, Restored, restore
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import a_recipient, a_workplace

FIRST_DAY = date(2024, 2, 12)
PLAN = a_plan(a_milestone(a_day(date(2024, 3, 13))))


def restored(folder: Path, copy: Path, now: datetime) -> Restored:
    with closing(Database(f"sqlite:///{folder}/rettidig.db")) as database:
        return restore(database, copy, now)


def test_what_was_sent_after_the_copy_was_made_is_not_sent_again(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb", teams=True)) as workplace:
        workplace.import_plan(PLAN)
        workplace.work_through(FIRST_DAY, date(2024, 2, 27))
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
        workplace.work_through(date(2024, 2, 28), date(2024, 3, 6))
        assert 4 == len(workplace.mails()), "an invitation, and reminders 30, 14 and 7 days before"
        restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())
        workplace.work()
        assert 4 == len(workplace.mails())
        assert 3 == len(workplace.receiver.cards())


def test_what_was_on_its_way_when_the_copy_was_made_is_not_sent_again(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        workplace.import_plan(PLAN)
        up, workplace.relay = workplace.relay, replace(workplace.relay, port=1)
        workplace.work()
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
        workplace.relay = up
        workplace.clock.advance(timedelta(minutes=5))
        workplace.work()
        assert 2 == len(workplace.mails())
        said = restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())
        workplace.clock.advance(timedelta(minutes=5))
        workplace.work()
        assert 2 == len(workplace.mails())
        assert 2 == said.held


def test_reminders_go_on_from_the_next_one_due(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        workplace.import_plan(PLAN)
        workplace.work()
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
        workplace.work_through(date(2024, 2, 28), date(2024, 2, 28))
        said = restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())
        assert 1 == said.held
        sent = len(workplace.mails())
        workplace.work_through(date(2024, 2, 29), date(2024, 3, 6))
        assert sent + 1 == len(workplace.mails())


def test_what_waits_leaves_once_it_is_approved(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        workplace.import_plan(PLAN)
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
        plan_notices(workplace.parts.database, workplace.clock, workplace.parts.office)
        restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())
        workplace.work()
        assert [] == workplace.mails()
        with workplace.parts.database.write() as connection:
            by_hand.approve(connection)
        workplace.work()
        assert 2 == len(workplace.mails()), "an invitation and a reminder"


def test_the_database_that_was_replaced_is_kept(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
        workplace.import_plan(PLAN)
        said = restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())
        assert said.kept == tmp_path / "rettidig.db.replaced-20240212T070000Z"
        assert 0 == said.revision
        with closing(sqlite3.connect(said.kept)) as kept:
            assert (1,) == kept.execute("SELECT count(*) FROM revision").fetchone()


def test_a_damaged_database_is_replaced_too_and_kept_as_it_is(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        workplace.import_plan(PLAN)
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
    (tmp_path / "rettidig.db").write_bytes(b"nothing that SQLite knows" * 1000)
    (tmp_path / "rettidig.db-wal").write_bytes(b"left by a crash")
    said = restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())
    assert 1 == said.revision
    assert said.kept
    assert said.kept.read_bytes().startswith(b"nothing that SQLite knows")
    with closing(sqlite3.connect(tmp_path / "rettidig.db")) as now:
        assert (1,) == now.execute("SELECT count(*) FROM revision").fetchone()
        assert ("ok",) == now.execute("PRAGMA integrity_check").fetchone()


def test_it_is_refused_while_a_daemon_is_on_duty(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        copy_database(tmp_path / "rettidig.db", tmp_path / "copy.db")
        with workplace.parts.database.alone(), pytest.raises(AlreadyRunningError):
            restored(tmp_path, tmp_path / "copy.db", workplace.clock.now())


def a_database_of_something_else(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notice (id INTEGER)")


def of_a_later_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def test_what_is_no_copy_of_ours_leaves_everything_as_it_is(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb")) as workplace:
        workplace.import_plan(PLAN)
        now = workplace.clock.now()
        a_database_of_something_else(tmp_path / "other.db")
        (tmp_path / "text.db").write_text("Frist 13. marts\n" * 1000)
        copy_database(tmp_path / "rettidig.db", tmp_path / "newer.db")
        of_a_later_program(tmp_path / "newer.db")
        there = {each.name for each in tmp_path.iterdir()}
        for name, refusal in (
            ("other.db", NotOursError),
            ("text.db", BrokenDatabaseError),
            ("newer.db", NewerDatabaseError),
            ("nowhere.db", NoSuchCopyError),
        ):
            with pytest.raises(refusal):
                restored(tmp_path, tmp_path / name, now)
        assert there | {"rettidig.db.lock"} == {each.name for each in tmp_path.iterdir()}
        with workplace.parts.database.read() as connection:
            latest = plans.latest_revision(connection)
        assert latest
        assert PLAN == latest.plan
