"""What is held on somebody: all of it for whoever asks, and none of it once it is erased."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service.plan.marks import Mark, MarkKind
from service.reminders.notice import Recipient
from service.storage import plans
from service.storage.chain import verify
from service.storage.copies import copy_database
from service.storage.database import AlreadyRunningError, Database
from service.storage.erasing import Erased, erase_for_good
from service.storage.held_data import held_on
from service.storage.marks import store_mark
from service.storage.record import EntryKind, entries
from service.storage.somebody import Somebody, find_somebody
from tests.delivery.scripted_relay import ScriptedRelay
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

FIRST_DAY, TODAY = date(2024, 2, 1), date(2024, 3, 6)
SHARED = a_milestone(a_day(date(2024, 3, 13)), parties=("sb", "fob"), responsible="SB og FOB")
PLAN = a_plan(SHARED)
ADDRESS, NAME = "anna.holm@sb.example", "Anna Holm"
EVERYWHERE = ("notices", "messages", "calendar", "troubles", "reports", "links", "record")


def people() -> tuple[Recipient, ...]:
    return (
        replace(a_recipient("sb", ADDRESS, teams=True), name=NAME),
        a_recipient("fob"),
        a_recipient("coordinator", is_coordinator=True),
    )


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database: Anna was told, reported, could not be reached, and mails about her are on their way."""
    folder = tmp_path_factory.mktemp("lived")
    base_url = "https://frister.example.dk"
    with a_workplace(folder, FIRST_DAY, *people(), base_url=base_url) as opened:
        opened.import_plan(PLAN)
        opened.work_through(FIRST_DAY, date(2024, 2, 12))
        report(opened)
        relay = ScriptedRelay(nobody=frozenset({ADDRESS}))
        with relay.running():
            opened.relay = replace(opened.relay, port=relay.port)
            opened.work_through(date(2024, 2, 28), date(2024, 2, 28))
            opened.clock.advance(timedelta(minutes=30))
            opened.work()
        opened.relay = replace(opened.relay, port=1)
        opened.work_through(TODAY, TODAY)
        copy_database(folder / "rettidig.db", folder / "lived.db")
    return folder / "lived.db"


@pytest.fixture
def workplace(tmp_path: Path, lived: Path) -> Iterator[Workplace]:
    shutil.copy(lived, tmp_path / "rettidig.db")
    with a_workplace(tmp_path, TODAY, *people()) as opened:
        yield opened


def report(workplace: Workplace) -> None:
    now = workplace.clock.now()
    mark = Mark(kind=MarkKind.STARTED, on=now.date(), at=now, by=NAME, recipient="sb", parties=("sb",))
    with workplace.parts.database.write() as connection:
        store_mark(connection, "m1", mark)


def found(database: Database, name: str) -> Somebody:
    with database.read() as connection:
        return find_somebody(connection, name, PLAN, {})


def held(workplace: Workplace, name: str) -> dict[str, Any]:
    with workplace.parts.database.read() as connection:
        return held_on(connection, find_somebody(connection, name, PLAN, {}), PLAN)


def erased(workplace: Workplace, name: str) -> Erased:
    database = workplace.parts.database
    return erase_for_good(database, found(database, name), PLAN, workplace.clock.now())


def bytes_of(folder: Path) -> bytes:
    """All that stands in the database and beside it."""
    return b"".join(each.read_bytes() for each in folder.glob("rettidig.db*")).lower()


# --- what is held ------------------------------------------------------------------------------------------


def test_everything_that_is_held_on_somebody_is_told_with_the_addresses(workplace: Workplace) -> None:
    said = held(workplace, "SB")
    assert [ADDRESS] == said["addresses"]
    for part in EVERYWHERE:
        assert said[part], part
    assert {ADDRESS, "sb-channel"} == {each["address"] for each in said["notices"]}
    assert {"accepted", "failed"} <= {
        attempt["receipt"] for each in said["messages"] for attempt in each["attempts"]
    }
    assert ["Slagelse Boligselskab"] == [party["name"] for party in said["plan"]["parties"]]
    assert ["m1"] == [milestone["id"] for milestone in said["plan"]["milestones"]]
    assert [NAME] == [each["marked_by"] for each in said["reports"]]
    json.dumps(said)


def test_nothing_of_anybody_else_is_told_with_it(workplace: Workplace) -> None:
    said = json.dumps(held(workplace, "SB"))
    assert "fob@example.dk" not in said
    assert "coordinator@example.dk" not in said
    assert ADDRESS not in json.dumps(held(workplace, "FOB"))


def test_no_secret_is_told_with_it(workplace: Workplace) -> None:
    said = json.dumps(held(workplace, "SB"))
    assert "token_hash" not in said
    assert "/m/" not in said


@pytest.mark.parametrize("name", ["sb", "SB", "Slagelse Boligselskab", ADDRESS.upper()])
def test_somebody_is_found_by_key_party_alias_and_address(workplace: Workplace, name: str) -> None:
    assert {ADDRESS} == set(held(workplace, name)["addresses"])


def test_on_nobody_nothing_is_held(workplace: Workplace) -> None:
    for name in ("nobody", "nobody@example.dk", "a@b"):
        assert Somebody() == found(workplace.parts.database, name)


# --- and none of it any more -------------------------------------------------------------------------------


def test_nothing_is_left_in_the_bytes_of_the_files(workplace: Workplace, tmp_path: Path) -> None:
    traces = (ADDRESS.encode(), NAME.lower().encode(), b"anna")
    assert all(trace in bytes_of(tmp_path) for trace in traces)
    gone = erased(workplace, "SB")
    assert [] == [trace for trace in traces if trace in bytes_of(tmp_path)]
    for part in ("notice", "message", "attempt", "invite", "trouble", "link", "names_in_the_record"):
        assert gone[part], part
    assert Somebody(parties=frozenset({"sb"})) == found(workplace.parts.database, "SB")


def test_copies_that_the_program_left_beside_it_go_too(workplace: Workplace, tmp_path: Path) -> None:
    copy_database(tmp_path / "rettidig.db", tmp_path / "rettidig.db.before-0002")
    copy_database(tmp_path / "rettidig.db", tmp_path / "rettidig.db.replaced-20240101T070000Z")
    assert 2 == erased(workplace, "SB")["copies"]
    assert ADDRESS.encode() not in bytes_of(tmp_path)


def test_what_was_deleted_before_is_in_no_free_page(workplace: Workplace, tmp_path: Path) -> None:
    """Erased twice over: rows of an address that only free pages and the WAL could still hold."""
    with workplace.parts.database.write() as connection:
        connection.execute(text("PRAGMA secure_delete = OFF"))
        connection.execute(text("DELETE FROM attempt"))
        connection.execute(text("DELETE FROM notice WHERE recipient = 'sb'"))
        connection.execute(text("DELETE FROM message WHERE recipient = 'sb'"))
    erased(workplace, "SB")
    assert ADDRESS.encode() not in bytes_of(tmp_path)


def test_the_others_are_told_as_before_and_nobody_twice(workplace: Workplace) -> None:
    before = [each["dedupe_key"] for each in held(workplace, "FOB")["notices"]]
    erased(workplace, "SB")
    assert before == [each["dedupe_key"] for each in held(workplace, "FOB")["notices"]]
    others = people()[1:]
    office = replace(workplace.parts.office, recipients_of=lambda _plan: (others, ()))
    workplace.parts = replace(workplace.parts, office=office)
    workplace.work_through(date(2024, 3, 7), date(2024, 3, 13))
    told = [(mail["To"], mail["Subject"], mail["Message-ID"]) for mail in workplace.mails()]
    assert 3 == len([to for to, _, _ in told if "fob@" in to]), "what waited, and two reminders"
    assert not [to for to, _, _ in told if ADDRESS in to]
    assert len(told) == len({message_id for _, _, message_id in told})


def test_a_report_still_counts_and_bears_the_name_that_the_plan_has(workplace: Workplace) -> None:
    erased(workplace, "SB")
    with workplace.parts.database.read() as connection:
        (standing,) = plans.standings(connection)
    assert standing.progress.started
    assert ("Slagelse Boligselskab", "") == (
        standing.progress.started.by,
        standing.progress.started.recipient,
    )


def test_the_record_is_whole_and_says_that_somebody_was_told_but_not_who(workplace: Workplace) -> None:
    erased(workplace, "SB")
    with workplace.parts.database.read() as connection:
        told = [entry for entry in entries(connection) if entry.kind is EntryKind.MESSAGE]
        assert verify(connection).broken_at is None
    assert 3 < sum(entry.is_erased for entry in told) < len(told)
    assert all(entry.details["sha256"] for entry in told)


def test_who_reported_by_telephone_is_found_by_the_name_that_was_noted(
    workplace: Workplace, tmp_path: Path
) -> None:
    now = workplace.clock.now()
    by_telephone = Mark(kind=MarkKind.STARTED, on=now.date(), at=now, by="Bo Bang")
    with workplace.parts.database.write() as connection:
        store_mark(connection, "m1", by_telephone)
    assert 1 == erased(workplace, "Bo Bang")["names_in_reports"]
    assert b"bo bang" not in bytes_of(tmp_path)
    assert ADDRESS.encode() in bytes_of(tmp_path), "nobody else was erased"


def test_it_is_refused_while_a_daemon_that_knows_the_recipient_is_on_duty(
    workplace: Workplace, tmp_path: Path
) -> None:
    with workplace.parts.database.alone(), pytest.raises(AlreadyRunningError):
        erased(workplace, "SB")
    assert ADDRESS.encode() in bytes_of(tmp_path)
