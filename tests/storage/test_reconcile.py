"""Promise 1 and 2: every notice is accounted for, and planning twice changes nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service.reminders.notice import Channel, Hearer, Notice, dedupe_key
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from service.storage import by_hand, notices
from service.storage.database import Database
from service.storage.notices import Reconciled, count_by_state, reconcile
from service.storage.plans import store_revision
from tests.factories import COORDINATOR, a_day, a_hearer, a_milestone, a_plan
from tests.migrated import migrated

RULES = Rules()
MEETING = a_milestone(a_day(date(2024, 3, 13)))
PLAN = a_plan(MEETING)
FEBRUARY = datetime(2024, 2, 1, 7, tzinfo=UTC)
FIRST_DAY = date(2024, 2, 1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(migrated(tmp_path / "rettidig.db"))
    with opened.write() as connection:
        store_revision(connection, PLAN, source="plan.docx", digest="1", at=FEBRUARY, today=FIRST_DAY)
    yield opened
    opened.close()


def wanted(*hearers: Hearer, since: date = FIRST_DAY) -> list[Notice]:
    standing = Standing(milestone=MEETING, since=since)
    return list(schedule(PLAN, [standing], hearers or (a_hearer(),), RULES, date(2024, 4, 30)))


def plan_at(
    database: Database, owed: list[Notice], now: datetime = FEBRUARY, approve_above: int = 200
) -> Reconciled:
    with database.write() as connection:
        return reconcile(
            connection,
            {dedupe_key("p1", notice): notice for notice in owed},
            now=now,
            today=now.date(),
            approve_above=approve_above,
            why_not=lambda *_: "done",
        )


def counts(database: Database) -> dict[str, int]:
    with database.read() as connection:
        found = count_by_state(connection)
    assert found["planned"] == sum(count for state, count in found.items() if state != "planned")
    return found


def test_planning_twice_changes_nothing(database: Database) -> None:
    owed = wanted(a_hearer(), COORDINATOR)
    assert Reconciled(planned=len(owed)) == plan_at(database, owed)
    assert Reconciled() == plan_at(database, owed)
    assert len(owed) == counts(database)["waiting"]


def test_what_is_not_wanted_any_more_is_withdrawn_with_its_reason_and_can_come_back(
    database: Database,
) -> None:
    owed = wanted()
    plan_at(database, owed)
    assert Reconciled(withdrawn=len(owed)) == plan_at(database, [])
    assert len(owed) == counts(database)["withdrawn"]
    assert Reconciled(planned=len(owed)) == plan_at(database, owed)
    assert len(owed) == counts(database)["waiting"]


def test_a_notice_whose_day_passed_before_it_was_planned_is_visibly_expired(database: Database) -> None:
    owed = wanted()
    plan_at(database, owed, now=FEBRUARY + timedelta(days=43))
    stated = counts(database)
    expired = [notice for notice in owed if notice.expires_on and notice.expires_on <= date(2024, 3, 15)]
    assert (len(expired), len(owed)) == (stated["expired"], stated["planned"])


def test_a_renamed_recipient_gives_no_new_notices(database: Database) -> None:
    plan_at(database, wanted(a_hearer("sb", address="post@example.dk")))
    again = wanted(a_hearer("boligselskab", address="POST@example.dk", parties=frozenset({"sb"})))
    assert Reconciled() == plan_at(database, again)


def test_a_storm_waits_for_approval(database: Database) -> None:
    in_march = datetime(2024, 3, 6, 12, tzinfo=UTC)
    owed = wanted()
    sudden = [notice for notice in owed if notice.at <= in_march]
    assert len(sudden) == plan_at(database, owed, now=in_march, approve_above=len(sudden) - 1).held
    with database.write() as connection:
        assert [] == notices.due(connection, [Channel.EMAIL], in_march)
        assert len(sudden) == by_hand.approve(connection)
        assert len(sudden) == len(notices.due(connection, [Channel.EMAIL], in_march))
