"""What has been kept for long enough goes, and nothing is sent twice or left unsaid because of that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, select
from structlog.testing import capture_logs

from service.plan.marks import Mark, MarkKind
from service.plan.milestone import Milestone
from service.reminders.notice import Recipient
from service.reminders.retention import Retention
from service.storage import tables
from service.storage.chain import verify
from service.storage.copies import copy_database
from service.storage.links import LinkKind, create_link, revoke_links
from service.storage.marks import store_mark
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

FIRST_DAY = date(2024, 2, 1)
FOR_EVER = Retention(notices=None, milestones=None, revisions=None, links=None, record=None, copies=None)
A_MONTH = Retention(notices=31, milestones=31, revisions=31, links=31, record=31, copies=31)
FORGETFUL = Retention(notices=1, milestones=400, revisions=1, links=1, record=1)

MEETING = a_milestone(a_day(date(2024, 3, 13)))
LATER = a_milestone(
    a_day(date(2024, 4, 24)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)


def people() -> tuple[Recipient, ...]:
    return (
        a_recipient("sb", teams=True),
        a_recipient("fob"),
        a_recipient("coordinator", is_coordinator=True),
    )


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with a_workplace(tmp_path, FIRST_DAY, *people(), retention=A_MONTH) as opened:
        yield opened


def report(workplace: Workplace, milestone: str, kind: MarkKind = MarkKind.DONE) -> None:
    now = workplace.clock.now()
    with workplace.parts.database.write() as connection:
        store_mark(connection, milestone, Mark(kind=kind, on=now.date(), at=now, by="SB"))


def rows(workplace: Workplace, table: Table) -> int:
    with workplace.parts.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def work_on(workplace: Workplace, day: date) -> None:
    workplace.work_through(day, day)


# --- nothing twice, nothing lost ---------------------------------------------------------------------------

Steps = list[tuple[str, str, int]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["done", "moved", "dropped", "back"]),
        st.sampled_from(["m1", "m2"]),
        st.integers(1, 25),
    ),
    min_size=3,
    max_size=6,
)


@settings(max_examples=5)
@given(STEPS)
def test_who_forgets_all_after_a_day_sends_what_one_sends_who_forgets_nothing(steps: Steps) -> None:
    sent = []
    for retention in (FOR_EVER, FORGETFUL):
        with (
            TemporaryDirectory() as folder,
            a_workplace(Path(folder), FIRST_DAY, *people(), retention=retention) as workplace,
        ):
            sent.append(lived(workplace, steps))
    remembering, forgetting = sent
    assert remembering == forgetting


def lived(workplace: Workplace, steps: Steps) -> list[tuple[str, str]]:
    """What was sent, and to whom, in a life of reports, moves and drops with weeks between them."""
    plan = {"m1": MEETING, "m2": LATER}
    workplace.import_plan(a_plan(*plan.values()))
    workplace.work()
    day = FIRST_DAY
    for number, (what, which, days) in enumerate(steps):
        act(workplace, plan, what, which, number)
        for _ in range(2):
            day += timedelta(days=days)
            work_on(workplace, day)
    return [(str(mail["To"]), str(mail["Subject"])) for mail in workplace.mails()]


def act(workplace: Workplace, plan: dict[str, Milestone], what: str, which: str, number: int) -> None:
    known = {"m1": MEETING, "m2": LATER}[which]
    match what:
        case "done":
            report(workplace, which)
            return
        case "dropped":
            plan.pop(which, None)
        case _:
            assert known.due_on
            due_on = known.due_on + timedelta(days=7 * number if what == "moved" else 0)
            plan[which] = replace(known, window=a_day(due_on), due_on=due_on)
    workplace.import_plan(a_plan(*plan.values()), digest=str(number))


def test_what_is_late_for_years_is_brought_up_once_each_time(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING))
    workplace.work_through(FIRST_DAY, date(2024, 3, 25))
    for month in range(15):
        before = len(workplace.mails())
        work_on(workplace, date(2024, 5, 6) + timedelta(days=28 * month))
        workplace.work()
        to_sb = [mail for mail in workplace.mails()[before:] if "sb@" in mail["To"]]
        assert 1 == len(to_sb)
    ids = [mail["Message-ID"] for mail in workplace.mails()]
    assert len(ids) == len(set(ids))


def test_who_heard_of_an_open_milestone_is_told_when_it_moves_however_long_ago_that_was(
    tmp_path: Path,
) -> None:
    far = replace(MEETING, window=a_day(date(2025, 3, 13)), due_on=date(2025, 3, 13))
    with a_workplace(tmp_path, FIRST_DAY, a_recipient("sb"), retention=FORGETFUL) as workplace:
        workplace.import_plan(a_plan(far))
        work_on(workplace, FIRST_DAY)
        work_on(workplace, date(2024, 12, 2))
        moved = replace(far, window=a_day(date(2025, 3, 20)), due_on=date(2025, 3, 20))
        workplace.import_plan(a_plan(moved), digest="2")
        work_on(workplace, date(2024, 12, 3))
        assert any(mail["Subject"].startswith("Ny frist") for mail in workplace.mails())


# --- what goes when ----------------------------------------------------------------------------------------


def test_what_has_ended_goes_when_it_was_kept_and_everybody_was_told(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING))
    workplace.work_through(FIRST_DAY, date(2024, 3, 13))
    report(workplace, "m1")
    passing = (tables.notice, tables.message, tables.attempt, tables.invite)
    assert all(rows(workplace, table) for table in passing)
    work_on(workplace, date(2024, 4, 12))
    assert all(rows(workplace, table) for table in passing)
    work_on(workplace, date(2024, 7, 15))
    assert [0, 0, 0, 0] == [rows(workplace, table) for table in passing]
    assert 1 == rows(workplace, tables.mark), "or it would be late"
    assert 1 == rows(workplace, tables.revision), "the latest is the plan"


def test_a_milestone_that_left_the_plan_goes_with_all_that_was_held_on_it(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING, LATER))
    workplace.work_through(FIRST_DAY, date(2024, 2, 12))
    report(workplace, "m1", MarkKind.STARTED)
    workplace.import_plan(a_plan(LATER), digest="2")
    workplace.work_through(date(2024, 2, 13), date(2024, 2, 14))
    work_on(workplace, date(2024, 3, 18))
    with workplace.parts.database.read() as connection:
        assert ["m2"] == list(connection.scalars(select(tables.milestone.c.id)))
        assert {"m2"} == set(connection.scalars(select(tables.notice.c.milestone)))
    assert 0 == rows(workplace, tables.mark)
    assert 1 == rows(workplace, tables.revision)


def test_links_that_open_nothing_go_and_the_others_stay(workplace: Workplace) -> None:
    now = workplace.clock.now()
    workplace.import_plan(a_plan(MEETING, LATER))
    with workplace.parts.database.write() as connection:
        for kind, subject in ((LinkKind.FEED, "sb"), (LinkKind.FEED, "fob"), (LinkKind.MILESTONE, "m2")):
            create_link(connection, kind, subject, now)
        create_link(connection, LinkKind.SIGN_IN, "", now, lapses_at=now)
        create_link(connection, LinkKind.MILESTONE, "m1", now)
        revoke_links(connection, LinkKind.FEED, "fob", now)
    report(workplace, "m1")
    work_on(workplace, date(2024, 3, 11))
    assert 3 == rows(workplace, tables.link), "what was revoked and what lapsed is gone"
    work_on(workplace, date(2024, 5, 14))
    with workplace.parts.database.read() as connection:
        kept = connection.execute(select(tables.link.c.kind, tables.link.c.subject)).all()
    assert {("feed", "sb"), ("milestone", "m2")} == {tuple(row) for row in kept}


def test_the_record_is_pruned_too_and_stays_whole(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING))
    workplace.work_through(FIRST_DAY, date(2024, 2, 12))
    for day in (date(2024, 4, 15), date(2024, 5, 13), date(2024, 6, 10), date(2024, 7, 8)):
        work_on(workplace, day)
        with workplace.parts.database.read() as connection:
            found = verify(connection)
        assert found.broken_at is None
    assert found.first > 1


def test_old_copies_of_the_database_go_and_those_of_others_stay(workplace: Workplace, tmp_path: Path) -> None:
    for name in ("rettidig.db.before-0002", "rettidig.db.replaced-20240101T070000Z", "mine.db"):
        copy_database(tmp_path / "rettidig.db", tmp_path / name)
    work_on(workplace, FIRST_DAY)
    assert 2 == len([*tmp_path.glob("*.before-*"), *tmp_path.glob("*.replaced-*")])
    work_on(workplace, FIRST_DAY.replace(year=FIRST_DAY.year + 20))
    assert [] == [*tmp_path.glob("*.before-*"), *tmp_path.glob("*.replaced-*")]
    assert (tmp_path / "mine.db").exists()


def test_it_is_done_once_a_day_and_the_log_says_what_went_and_how_far_the_record_goes(
    workplace: Workplace,
) -> None:
    workplace.import_plan(a_plan(MEETING))
    workplace.work_through(FIRST_DAY, date(2024, 3, 13))
    report(workplace, "m1")
    with capture_logs() as logs:
        work_on(workplace, date(2024, 5, 21))
        workplace.work()
    told = {line["event"]: line for line in logs}
    assert 1 == [line["event"] for line in logs].count("pruned")
    assert told["pruned"]["notices"] > 3
    with workplace.parts.database.read() as connection:
        assert told["record"]["hash"] == verify(connection).head
    assert "@example.dk" not in str(logs)
