"""What an operator can do to single notices, and what is refused with a sentence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from service.errors import RettidigError
from service.reminders.notice import Channel
from service.reminders.rules import Rules
from service.storage import by_hand, notices, outgoing, settling
from service.storage.tables import State
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 3, 13)))
BUDGET = a_milestone(a_day(date(2024, 3, 13)), id="m2", row=2, activity="SB behandler budgettet.")
MONDAY = date(2024, 2, 12)
NOWHERE = 1


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with a_workplace(tmp_path, MONDAY, a_recipient("sb")) as opened:
        opened.import_plan(a_plan(MEETING, BUDGET))
        yield opened


def with_relay_down(workplace: Workplace) -> None:
    workplace.relay = replace(workplace.relay, port=NOWHERE)
    workplace.work()


def listed(workplace: Workplace, channel: str = "email") -> list[dict[str, object]]:
    """The notices that are due over a channel."""
    now = workplace.clock.now().isoformat()
    with workplace.parts.database.read() as connection:
        found = notices.listed(connection)
    return [each for each in found if each["channel"] == channel and str(each["at"]) <= now]


def ids(workplace: Workplace, channel: str = "email") -> list[int]:
    return [int(str(each["id"])) for each in listed(workplace, channel)]


def states(workplace: Workplace, channel: str = "email") -> list[object]:
    return [each["state"] for each in listed(workplace, channel)]


def cancel(workplace: Workplace, *which: int) -> int:
    with workplace.parts.database.write() as connection:
        return by_hand.cancel(connection, which, workplace.clock.now())


def try_again(workplace: Workplace, *which: int) -> int:
    now = workplace.clock.now()
    with workplace.parts.database.write() as connection:
        return by_hand.try_again(connection, which, now=now, today=now.date())


def fail_everything(workplace: Workplace) -> None:
    """Let all that is due be refused for good, as by a relay with a bad day."""
    with workplace.parts.database.write() as connection:
        now = workplace.clock.now()
        while claimed := outgoing.claim(
            connection, list(Channel), now, lease_until=now + timedelta(hours=1), today=MONDAY
        ):
            result = settling.Outcome(
                receipt="failed", code="554 5.6.0", text="", state=State.FAILED, reason="refused 554 5.6.0"
            )
            settling.settle(connection, claimed, result, now)


def test_one_of_a_collected_message_is_cancelled_and_the_other_goes_out_alone(workplace: Workplace) -> None:
    up = workplace.relay
    with_relay_down(workplace)
    first, second = ids(workplace)
    assert 1 == cancel(workplace, first)
    workplace.relay = up
    workplace.clock.advance(timedelta(hours=1))
    workplace.work()
    (reminder,) = [mail for mail in workplace.mails() if mail["Subject"].startswith("Frist")]
    assert BUDGET.activity in reminder["Subject"]
    assert {"suppressed", "accepted"} == {*states(workplace)}
    assert "accepted" == listed(workplace)[ids(workplace).index(second)]["state"]
    workplace.counts()


def test_what_is_cancelled_is_not_planned_anew(workplace: Workplace) -> None:
    with_relay_down(workplace)
    cancel(workplace, *ids(workplace), *ids(workplace, "invite"))
    workplace.work()
    assert {"suppressed"} == {*states(workplace), *states(workplace, "invite")}


def test_a_message_that_may_have_arrived_is_cancelled_whole_or_not(workplace: Workplace) -> None:
    with_relay_down(workplace)
    with workplace.parts.database.write() as connection:
        connection.exec_driver_sql("UPDATE attempt SET receipt = 'uncertain'")
    first, second = ids(workplace)
    with pytest.raises(by_hand.MayHaveArrivedError, match=f"{first} {second} --cancel"):
        cancel(workplace, first)
    assert 2 == cancel(workplace, first, second)


def test_what_failed_is_tried_again_and_sent_as_the_same_message(workplace: Workplace) -> None:
    with_relay_down(workplace)
    workplace.clock.advance(timedelta(hours=1))
    fail_everything(workplace)
    assert {"failed"} == {*states(workplace), *states(workplace, "invite")}
    workplace.relay = replace(workplace.relay, port=workplace.mailbox.port)
    assert 4 == try_again(workplace), "without numbers, all that failed"
    workplace.work()
    assert {"accepted"} == {*states(workplace), *states(workplace, "invite")}
    calendars = [mail for mail in workplace.mails() if mail["Subject"].startswith("Kalender")]
    assert 2 == len(calendars), "an invitation that failed is not taken for known"
    workplace.counts()


def test_what_waits_for_its_next_try_is_tried_at_once(workplace: Workplace) -> None:
    with_relay_down(workplace)
    workplace.relay = replace(workplace.relay, port=workplace.mailbox.port)
    try_again(workplace, *ids(workplace))
    workplace.work()
    assert {"accepted"} == {*states(workplace)}


def test_single_held_notices_are_let_go(workplace: Workplace) -> None:
    office = replace(workplace.parts.office, rules=Rules(approve_above=0))
    workplace.parts = replace(workplace.parts, office=office)
    workplace.work()
    assert [] == workplace.mails()
    first, _second = ids(workplace)
    with workplace.parts.database.write() as connection:
        assert 1 == by_hand.approve(connection, [first])
    workplace.work()
    assert [MEETING.activity in mail["Subject"] for mail in workplace.mails()] == [True]
    with workplace.parts.database.write() as connection:
        assert 3 == by_hand.approve(connection)


def test_what_makes_no_sense_is_refused(workplace: Workplace) -> None:
    workplace.work()
    sent = ids(workplace)[0]
    for refused, deed in (
        (by_hand.OverError, try_again),
        (by_hand.NotWaitingError, cancel),
    ):
        with pytest.raises(refused, match=str(sent)):
            deed(workplace, sent)
        with pytest.raises(by_hand.UnknownNoticeError):
            deed(workplace, 999)
    with workplace.parts.database.read() as connection:
        later = max(int(str(each["id"])) for each in notices.listed(connection) if each["state"] == "waiting")
        with pytest.raises(by_hand.NotHeldError):
            by_hand.approve(connection, [later])
    with pytest.raises(by_hand.NotDueError):
        try_again(workplace, later)


def test_what_is_not_true_any_more_is_not_tried_again(workplace: Workplace) -> None:
    with_relay_down(workplace)
    workplace.clock.advance(timedelta(hours=1))
    fail_everything(workplace)
    (first, *_) = ids(workplace)
    workplace.clock.set(workplace.parts.office.rules.sent_at(date(2024, 3, 15)))
    with pytest.raises(by_hand.UntrueError):
        try_again(workplace, first)
    assert 0 == try_again(workplace)


def test_what_is_being_sent_can_neither_be_cancelled_nor_hastened(workplace: Workplace) -> None:
    with_relay_down(workplace)
    workplace.clock.advance(timedelta(hours=1))
    now = workplace.clock.now()
    with workplace.parts.database.write() as connection:
        lease = now + timedelta(minutes=5)
        outgoing.claim(connection, [Channel.EMAIL], now, lease_until=lease, today=MONDAY)
    for deed in (cancel, try_again):
        with pytest.raises(by_hand.BeingSentError):
            deed(workplace, ids(workplace)[0])


@pytest.mark.parametrize(
    "error",
    [each for each in vars(by_hand).values() if isinstance(each, type) and each.__name__.endswith("Error")],
)
def test_each_refusal_names_the_notice_in_both_languages(error: type[RettidigError]) -> None:
    if error is RettidigError:
        return
    refused = error(id=7, state="accepted", recipient="SB", ids="7 8")
    assert "7" in refused.sentence("da")
    assert "7" in refused.sentence("en")
