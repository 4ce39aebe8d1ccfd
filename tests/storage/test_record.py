"""Who was told what, when, and what was answered: kept as it was written, or seen not to be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from service.plan.marks import Mark, MarkKind
from service.rounds import plan_notices
from service.storage import tables
from service.storage.chain import forget, prune, verify
from service.storage.database import Database
from service.storage.install import open_installation
from service.storage.marks import store_mark
from service.storage.record import Addressee, EntryKind, append, concerning, entries, reference
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 3, 13)), row=5, responsible="Slagelse Boligselskab (SB)")
OTHER = a_milestone(a_day(date(2024, 3, 13)), id="m2", row=6, activity="FOB behandler budgettet.")
PLAN = a_plan(MEETING, OTHER)
AT = datetime(2024, 3, 1, 7, tzinfo=UTC)
SB = Addressee(recipient="sb", name="SB", channel="email", address="sb@example.dk")


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with a_workplace(tmp_path, date(2024, 2, 1), a_recipient("sb")) as opened:
        yield opened


def recorded(workplace: Workplace, milestone: str = "m1") -> list[tuple[str, str]]:
    """What is on the record of a milestone, in short: the kind, and what is most telling of it."""
    telling = {
        EntryKind.PLAN: "change",
        EntryKind.MESSAGE: "channel",
        EntryKind.NOTICE: "why",
        EntryKind.ATTEMPT: "attempt",
        EntryKind.ANSWER: "answer",
        EntryKind.ENDED: "reason",
        EntryKind.MARK: "kind",
    }
    with workplace.parts.database.read() as connection:
        found = entries(connection, concerning(milestone))
    return [(entry.kind.value, str(entry.details[telling[entry.kind]])) for entry in found]


def test_a_notice_is_followed_from_the_cell_of_the_plan_to_what_the_other_side_answered(
    workplace: Workplace,
) -> None:
    workplace.import_plan(PLAN, digest="a1b2")
    workplace.work_through(date(2024, 2, 12), date(2024, 2, 12))
    with workplace.parts.database.read() as connection:
        found = entries(connection, concerning("m1"))
    (plan,) = [entry for entry in found if entry.kind is EntryKind.PLAN]
    sent = next(mail for mail in workplace.mails() if not mail["Subject"].startswith("Kalender"))
    message, notice, attempt, answer = [entry for entry in found if entry.message_id == sent["Message-ID"]]
    assert {
        "change": "new",
        "revision": 1,
        "source": "plan.docx",
        "sha256": "a1b2",
        "row": 5,
        "deadline": "13. marts 2024",
        "activity": MEETING.activity,
        "responsible": "Slagelse Boligselskab (SB)",
        "due_on": "2024-03-13",
    } == plan.details
    assert ("30-days-before", "2024-02-12", 1) == tuple(
        notice.details[name] for name in ("why", "falls_on", "revision")
    )
    assert SB == message.to
    assert sent["Subject"] == message.details["subject"]
    assert 1 == attempt.details["attempt"]
    assert ("accepted", "250 2.0.0") == (answer.details["answer"], answer.details["code"])


def test_the_hash_is_that_of_the_bytes_that_the_other_side_has(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(date(2024, 2, 12), date(2024, 2, 12))
    with workplace.parts.database.read() as connection:
        kept = {entry.details["sha256"] for entry in entries(connection) if entry.kind is EntryKind.MESSAGE}
    assert kept == {sha256(mail.raw).hexdigest() for mail in workplace.mailbox.messages()}
    assert 3 == len(kept), "a reminder and two invitations"


def test_a_message_about_several_milestones_is_on_the_record_of_each_and_no_other_notice_with_it(
    workplace: Workplace,
) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(date(2024, 2, 12), date(2024, 2, 12))
    for milestone in ("m1", "m2"):
        told = recorded(workplace, milestone)
        assert 1 == told.count(("notice", "30-days-before"))
        assert 1 == told.count(("message", "email"))


def test_each_try_and_each_answer_is_on_the_record(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING))
    workplace.work_through(date(2024, 2, 1), date(2024, 2, 11))
    up, workplace.relay = workplace.relay, replace(workplace.relay, port=1)
    workplace.work_through(date(2024, 2, 12), date(2024, 2, 12))
    workplace.relay = up
    workplace.clock.advance(timedelta(minutes=2))
    workplace.work()
    assert [
        ("message", "email"),
        ("notice", "30-days-before"),
        ("attempt", "1"),
        ("answer", "delayed"),
        ("attempt", "2"),
        ("answer", "accepted"),
    ] == recorded(workplace)[-6:]


def test_what_was_owed_and_not_told_is_on_the_record_with_the_reason(workplace: Workplace) -> None:
    """The relay is down until the day has passed."""
    workplace.import_plan(a_plan(MEETING))
    workplace.relay = replace(workplace.relay, port=1)
    workplace.work_through(date(2024, 3, 11), date(2024, 3, 22))
    ended = [reason for kind, reason in recorded(workplace) if kind == "ended"]
    assert {"composed-anew", "its-day-had-passed"} <= set(ended)


def test_a_report_is_on_the_record_and_what_nobody_was_owed_yet_is_not(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING))
    plan_notices(workplace.parts.database, workplace.clock, workplace.parts.office)
    with workplace.parts.database.write() as connection:
        mark = Mark(kind=MarkKind.DONE, on=AT.date(), at=AT, by="Mette", recipient="sb")
        store_mark(connection, "m1", mark)
    plan_notices(workplace.parts.database, workplace.clock, workplace.parts.office)
    assert workplace.counts()["withdrawn"] > 1
    assert [("plan", "new"), ("mark", "done"), ("ended", "done")] == recorded(workplace)
    with workplace.parts.database.read() as connection:
        _, mark_made, _ = entries(connection, concerning("m1"))
    assert Addressee(recipient="sb", name="Mette") == mark_made.to


def test_a_plan_that_says_the_same_again_adds_nothing(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.import_plan(PLAN, digest="saved again")
    later = a_day(date(2024, 3, 27))
    workplace.import_plan(a_plan(replace(MEETING, window=later, due_on=later.last_day)), digest="3")
    assert [("plan", "new"), ("plan", "moved")] == recorded(workplace)
    assert [("plan", "new"), ("plan", "dropped")] == recorded(workplace, "m2")


# --- what the database refuses -----------------------------------------------------------------------------


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_installation(f"sqlite:///{tmp_path}/rettidig.db") as opened:
        yield opened


def three_entries(database: Database, at: datetime = AT) -> None:
    with database.write() as connection:
        whom = reference(connection, SB)
        for number in range(3):
            append(
                connection,
                EntryKind.MESSAGE,
                at + timedelta(minutes=number),
                message_id=f"<{number}@example.dk>",
                addressee=whom,
                details={"subject": f"Frist {number}"},
            )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET details = '{}' WHERE number = 2",
        "DELETE FROM record WHERE number = 2",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE number = 2",
        "REPLACE INTO record VALUES (2, '2024-03-01', 'mark', '', '', '', '{}', NULL, '', '')",
        "UPDATE addressee SET name = 'FOB'",
        "DELETE FROM addressee",
        "REPLACE INTO addressee SELECT id, nonce, 'fob', name, channel, address FROM addressee",
        "INSERT INTO record VALUES (4, '2024-03-01', 'pruned', '', '', '', '{}', 4, '', '')",
    ],
)
def test_no_entry_and_no_name_can_be_changed_or_taken_out(database: Database, statement: str) -> None:
    three_entries(database)
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(text(statement))
    with database.read() as connection:
        assert (1, 3, None) == (
            verify(connection).first,
            verify(connection).last,
            verify(connection).broken_at,
        )


# --- what shows when somebody gets round that ----------------------------------------------------------


def tampered(database: Database, *statements: str) -> tuple[int | None, str]:
    """What is found after somebody with the whole file in hand has taken the triggers off it."""
    three_entries(database)
    with database.write() as connection:
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
        found = verify(connection)
    return found.broken_at, found.why


@pytest.mark.parametrize(
    ("statement", "broken_at", "why"),
    [
        ('UPDATE record SET details = \'{"subject":"Frist 9"}\' WHERE number = 2', 2, "changed"),
        ("UPDATE record SET at = '2024-02-01 08:00:00.000000' WHERE number = 3", 3, "changed"),
        ("UPDATE record SET addressee = '' WHERE number = 1", 1, "changed"),
        ("DELETE FROM record WHERE number = 2", 3, "missing"),
        ("DELETE FROM record WHERE number = 1", 2, "cut"),
        ("UPDATE addressee SET address = 'fob@example.dk'", 1, "name"),
        ("DELETE FROM addressee", 1, "name"),
    ],
)
def test_what_was_changed_behind_its_back_is_found(
    database: Database, statement: str, broken_at: int, why: str
) -> None:
    assert (broken_at, why) == tampered(database, statement)


def test_a_record_that_nobody_touched_is_whole_and_so_is_an_empty_one(database: Database) -> None:
    with database.read() as connection:
        assert (0, 0, None) == (
            verify(connection).first,
            verify(connection).last,
            verify(connection).broken_at,
        )
    assert (None, "") == tampered(database)


# --- what leaves it ---------------------------------------------------------------------------------------


def numbers(connection: Connection) -> list[int]:
    return list(connection.scalars(select(tables.record.c.number).order_by(tables.record.c.number)))


def test_old_entries_leave_together_with_an_entry_that_says_so(database: Database) -> None:
    three_entries(database)
    later = AT + timedelta(days=400)
    three_entries(database, later)
    with database.write() as connection:
        assert 0 == prune(connection, AT + timedelta(days=20), later), "they are not a month too old"
        assert 3 == prune(connection, AT + timedelta(days=100), later)
        assert [4, 5, 6, 7] == numbers(connection)
        found = verify(connection)
    assert (4, 7, None) == (found.first, found.last, found.broken_at)


def test_when_all_is_old_the_names_leave_too(database: Database) -> None:
    three_entries(database)
    with database.write() as connection:
        prune(connection, AT + timedelta(days=100), AT + timedelta(days=400))
        assert [] == connection.execute(select(tables.addressee)).all()
        assert [EntryKind.PRUNED] == [entry.kind for entry in entries(connection)]
        assert verify(connection).broken_at is None


def test_years_of_leaves_keep_the_chain_whole(database: Database) -> None:
    for month in range(1, 40):
        now = AT + timedelta(days=30 * month)
        three_entries(database, now)
        with database.write() as connection:
            prune(connection, now - timedelta(days=365), now)
            assert verify(connection).broken_at is None
    with database.read() as connection:
        kept = [entry.at for entry in entries(connection)]
    assert now - timedelta(days=365 + 31 + 30) < min(kept) < now - timedelta(days=330)


def test_an_erased_name_is_gone_and_the_entries_say_only_that_there_was_one(database: Database) -> None:
    three_entries(database)
    with database.write() as connection:
        forget(connection, connection.scalars(select(tables.addressee.c.id)).all(), AT)
    with database.read() as connection:
        assert [] == connection.execute(select(tables.addressee)).all()
        told = entries(connection)
        assert verify(connection).broken_at is None
    assert [None] * 4 == [entry.to for entry in told]
    assert all(entry.is_erased for entry in told)
    assert "sb@example.dk" not in str(told)


def test_who_is_told_again_after_being_erased_is_somebody_new(database: Database) -> None:
    references: list[str] = []
    for _ in range(2):
        with database.write() as connection:
            references.append(reference(connection, SB))
            append(connection, EntryKind.MESSAGE, AT, addressee=references[-1])
            forget(connection, references[-1:], AT)
    assert 2 == len(set(references))
