"""What is held of answers is told to whom it is about, and goes with them, and in its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from service.reminders.retention import Retention
from service.storage import plans, tables
from service.storage.erasing import erase
from service.storage.held_data import held_on
from service.storage.pruning import prune
from service.storage.somebody import find_somebody
from tests.factories import a_plan
from tests.incoming.secretariat import FOB, SB, Secretariat
from tests.incoming.shapes import a_reply_object, alone, from_postfix

NOW = datetime(2024, 2, 12, 7, tzinfo=UTC)


def both_answer(secretariat: Secretariat) -> None:
    for address in (SB, FOB):
        ics = a_reply_object(secretariat.uid(address), address, "DECLINED", at=NOW, comment="Ferie")
        secretariat.receive(alone(address, ics, f"1{address}"))


def test_what_somebody_answered_is_told_to_it_and_erased_with_it(secretariat: Secretariat) -> None:
    both_answer(secretariat)
    secretariat.receive(from_postfix(SB, secretariat.mails_to(SB)[0]["Message-ID"]))
    with secretariat.workplace.parts.database.write() as connection:
        somebody = find_somebody(connection, SB, None, {})
        held = held_on(connection, somebody, None)
        assert [("declined", "Ferie")] == [(each["said"], each["comment"]) for each in held["responses"]]
        assert ["returned"] == [each["kind"] for each in held["record"] if each["kind"] == "returned"]
        assert 1 == erase(connection, somebody, None, secretariat.workplace.clock.now())["response"]
        assert FOB == connection.scalar(select(tables.response.c.address))


def test_answers_go_with_the_milestone_that_was_dropped_and_mails_are_forgotten_sooner(
    secretariat: Secretariat,
) -> None:
    both_answer(secretariat)
    secretariat.workplace.import_plan(a_plan(), digest="2")
    secretariat.workplace.work()
    secretariat.a_day_later(31)  # when nothing waits to be told of it any more
    now = secretariat.workplace.clock.now()
    keep = replace(Retention(), milestones=31, notices=31)

    def left(days: int) -> tuple[int, int]:
        at = now + timedelta(days)
        with secretariat.workplace.parts.database.write() as connection:
            prune(connection, keep, plans.standings(connection), now=at, today=at.date())
            counts = [
                connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (tables.response, tables.incoming)
            ]
        return counts[0], counts[1]

    assert (2, 2) == left(-1)
    assert (0, 2) == left(1)
    assert (0, 0) == left(62)
