"""What an attempt came to, when two processes had the same message in hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.reminders.notice import Channel
from service.storage import outgoing, settling, tables
from service.storage.outgoing import Claimed
from service.storage.settling import Outcome
from service.storage.tables import State
from service.storage.troubles import open_troubles
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MONDAY = date(2024, 2, 12)
A_MINUTE = timedelta(minutes=1)
ACCEPTED = Outcome(receipt="accepted", code="250", text="", state=State.ACCEPTED, reason="")
REFUSED = Outcome(receipt="failed", code="550 5.1.1", text="", state=State.FAILED, reason="x", is_dead=True)
DELAYED = Outcome(receipt="delayed", code="451", text="", state=State.WAITING, reason="delayed 451")


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """One mail is composed, and could not be handed over yet."""
    with a_workplace(tmp_path, MONDAY, a_recipient("sb")) as opened:
        opened.import_plan(a_plan(a_milestone(a_day(date(2024, 3, 13)))))
        up, opened.relay = opened.relay, replace(opened.relay, port=1)
        opened.work()
        opened.relay = up
        opened.clock.advance(timedelta(hours=1))
        yield opened


def claimed(workplace: Workplace) -> Claimed:
    now = workplace.clock.now()
    with workplace.parts.database.write() as connection:
        found = outgoing.claim(connection, [Channel.EMAIL], now, lease_until=now + A_MINUTE, today=MONDAY)
    assert found
    workplace.clock.advance(2 * A_MINUTE)
    return found


def settle(workplace: Workplace, claimed: Claimed, outcome: Outcome) -> None:
    with workplace.parts.database.write() as connection:
        settling.settle(connection, claimed, outcome, workplace.clock.now())


@pytest.mark.parametrize("late", [REFUSED, DELAYED])
def test_what_was_accepted_stays_so_whatever_an_earlier_process_hears_later(
    workplace: Workplace, late: Outcome
) -> None:
    first, second = claimed(workplace), claimed(workplace)
    settle(workplace, second, ACCEPTED)
    settle(workplace, first, late)
    counts = workplace.counts()
    assert (1, 0) == (counts["accepted"], counts["failed"])
    with workplace.parts.database.read() as connection:
        assert [] == open_troubles(connection)


def test_a_late_answer_does_not_take_the_message_out_of_the_hands_of_who_has_it_now(
    workplace: Workplace,
) -> None:
    first, second = claimed(workplace), claimed(workplace)
    settle(workplace, first, DELAYED)
    held = select(tables.message.c.lease_until).where(tables.message.c.id == second.id)
    with workplace.parts.database.read() as connection:
        assert connection.scalar(held)
    settle(workplace, second, DELAYED)
    with workplace.parts.database.read() as connection:
        assert not connection.scalar(held)


def test_that_it_was_accepted_counts_whoever_hears_it(workplace: Workplace) -> None:
    first, second = claimed(workplace), claimed(workplace)
    settle(workplace, first, ACCEPTED)
    settle(workplace, second, REFUSED)
    counts = workplace.counts()
    assert (1, 0) == (counts["accepted"], counts["failed"])
