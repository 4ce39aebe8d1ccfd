"""A database of an earlier program is brought up to date with what is in it."""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, text

from service.plan.as_json import kept_milestone
from service.plan.marks import Mark, MarkKind
from service.storage import tables
from service.storage.copies import CopyFailedError
from service.storage.database import (
    MIGRATIONS,
    AlreadyRunningError,
    Database,
    NewerDatabaseError,
    newest_schema,
    schema_of,
)
from service.storage.links import LinkKind, create_link, find_link
from service.storage.marks import store_mark
from service.storage.plans import standings
from service.storage.troubles import open_troubles
from tests.factories import a_day, a_milestone

FIRST = a_milestone(a_day(date(2024, 3, 13)))
SECOND = a_milestone(a_day(date(2024, 3, 20)), id="m2", row=2)
AT = datetime(2024, 3, 1, 8, tzinfo=UTC)
TOKEN = "a-token-of-before"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/rettidig.db")
    yield opened
    opened.close()


def of_the_first_schema(database: Database) -> None:
    """Two milestones, one done, one done and reopened, and a link, as the first program stored them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for milestone in (FIRST, SECOND):
            connection.execute(
                insert(tables.milestone).values(
                    id=milestone.id,
                    content=kept_milestone(milestone),
                    since=date(2024, 2, 1),
                    due_on=milestone.due_on,
                    sequence=0,
                    changed_at=AT,
                )
            )
        mark = text(
            "INSERT INTO mark (milestone, kind, marked_on, marked_at, marked_by) "
            "VALUES (:milestone, :kind, '2024-03-01', '2024-03-01 08:00:00.000000', 'rettidig done')"
        )
        for milestone_id, kind in (("m1", "done"), ("m2", "done"), ("m2", "reopened")):
            connection.execute(mark, {"milestone": milestone_id, "kind": kind})
        connection.execute(
            text(
                "INSERT INTO link (token_hash, kind, subject, created_at) "
                "VALUES (:hash, 'feed', 'sb', '2024-03-01 08:00:00.000000')"
            ),
            {"hash": hash_of(TOKEN)},
        )


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def test_what_was_reported_before_still_counts(database: Database) -> None:
    of_the_first_schema(database)
    database.upgrade()
    with database.read() as connection:
        first, second = standings(connection)
    assert first.settled is not None
    assert (first.settled.kind, first.settled.by, first.settled.parties) == (
        MarkKind.DONE,
        "rettidig done",
        (),
    )
    assert second.settled is None


def test_links_of_before_still_open_and_new_ones_can_be_made(database: Database) -> None:
    of_the_first_schema(database)
    database.upgrade()
    with database.write() as connection:
        found = find_link(connection, LinkKind.FEED, TOKEN, AT)
        assert found is not None
        assert found.holder is None
        token = create_link(connection, LinkKind.MILESTONE, "m1", AT)
        assert find_link(connection, LinkKind.MILESTONE, token, AT) is not None


def test_troubles_of_teams_channels_under_their_old_names_are_over_and_those_of_mailboxes_go_on(
    database: Database,
) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for medium, address in (("teams", "sb"), ("mail", "sb@example.dk")):
            connection.execute(
                insert(tables.trouble).values(
                    medium=medium,
                    address=address,
                    recipient="sb",
                    subject="",
                    reason="refused 404",
                    stage="POST",
                    code="404",
                    text="",
                    is_dead=True,
                    since=AT,
                )
            )
    database.upgrade()
    with database.read() as connection:
        assert ["sb@example.dk"] == [each.address for each in open_troubles(connection)]


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    of_the_first_schema(database)
    database.upgrade()
    database.upgrade()
    with database.write() as connection:
        done = Mark(kind=MarkKind.DONE, on=AT.date(), at=AT, by="SB")
        assert store_mark(connection, "m2", done) == 4
        assert all(standing.settled for standing in standings(connection))


def test_the_file_of_a_migration_begins_with_the_schema_that_it_leads_to() -> None:
    scripts = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())
    assert newest_schema() == scripts[0].revision
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in scripts)


def test_the_migrations_lead_to_the_tables_of_the_program(database: Database) -> None:
    database.upgrade()
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_what_an_earlier_program_made_is_kept_beside_it(database: Database, tmp_path: Path) -> None:
    of_the_first_schema(database)
    database.upgrade()
    kept = tmp_path / f"rettidig.db.before-{newest_schema()}"
    with closing(Database(f"sqlite:///{kept}")) as before, before.read() as connection:
        assert "0001" == schema_of(connection)
        assert 3 == connection.scalar(text("SELECT count(*) FROM mark"))


def test_a_new_database_and_one_that_is_up_to_date_need_no_copy(database: Database, tmp_path: Path) -> None:
    database.upgrade()
    database.upgrade()
    assert [] == list(tmp_path.glob("*.before-*"))


def test_nothing_is_changed_under_the_hands_of_an_earlier_daemon(database: Database) -> None:
    of_the_first_schema(database)
    with database.alone(), pytest.raises(AlreadyRunningError):
        database.upgrade()
    with database.read() as connection:
        assert "0001" == schema_of(connection)


def test_without_room_for_the_copy_nothing_is_changed(database: Database, tmp_path: Path) -> None:
    of_the_first_schema(database)
    (tmp_path / f"rettidig.db.before-{newest_schema()}").mkdir()
    with pytest.raises(CopyFailedError):
        database.upgrade()
    with database.read() as connection:
        assert "0001" == schema_of(connection)


def test_what_a_later_program_made_is_left_as_it_is(database: Database) -> None:
    database.upgrade()
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError) as told:
        database.upgrade()
    assert "9999" in str(told.value)
    with database.read() as connection:
        assert "9999" == connection.scalar(text("SELECT version_num FROM alembic_version"))
