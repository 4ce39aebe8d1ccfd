"""Collected and calm, seen from the mailbox: digests, pauses, downtime and storms over real SMTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.reminders.notice import Channel, Recipient
from service.reminders.preferences import Preferences, read_pause
from service.reminders.recipients import hearers
from service.reminders.rules import Rules
from service.rounds import plan_notices
from service.storage import by_hand, install
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import RULES, Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 7, 10)))
GROUP = a_milestone(
    a_day(date(2024, 7, 10)),
    id="m2",
    row=2,
    activity="Boligorganisationerne mødes.",
    parties=("boligorganisationerne",),
)
PLAN = a_plan(MEETING, GROUP)
MONDAY = date(2024, 6, 24)
HOLIDAY = (read_pause("2024-07-01..2024-07-12"),)
REMINDERS_ONLY = frozenset({Channel.EMAIL, Channel.TEAMS})
COORDINATOR = a_recipient("coordinator", is_coordinator=True)


def somebody(key: str, *emails: str, **wants: Any) -> Recipient:
    return replace(a_recipient(key, *emails), channels=REMINDERS_ONLY, preferences=Preferences(**wants))


@contextmanager
def at_work(folder: Path, *people: Recipient, rules: Rules | None = None) -> Iterator[Workplace]:
    with a_workplace(folder, MONDAY, *people, rules=rules or RULES) as workplace:
        workplace.import_plan(PLAN)
        yield workplace


def now_with(workplace: Workplace, *people: Recipient) -> None:
    """As after a restart with other settings."""
    office = replace(workplace.parts.office, recipients_of=lambda _plan: (people, ()))
    workplace.parts = replace(workplace.parts, office=office)


def days(workplace: Workplace, to: str) -> list[str]:
    mails = [mail for mail in workplace.mails() if to.lower() in mail["To"].lower()]
    return [mail["Date"].datetime.date().isoformat() for mail in mails]


def body(workplace: Workplace, to: str) -> str:
    found = [mail for mail in workplace.mails() if to in mail["To"]][-1].get_body(("plain",))
    assert found is not None
    return str(found.get_content())


def test_nothing_reaches_who_is_away_and_afterwards_one_mail_says_what_is_left(tmp_path: Path) -> None:
    sb = somebody("sb", pauses=HOLIDAY)
    with at_work(tmp_path, sb, somebody("fob"), COORDINATOR) as workplace:
        workplace.work_through(MONDAY, date(2024, 7, 15))
        assert days(workplace, "sb@") == ["2024-06-26", "2024-07-15"]
        assert body(workplace, "sb@").count(MEETING.activity) == 1
        assert "5 dage over fristen" in body(workplace, "sb@")
        assert "2024-07-10" in days(workplace, "coordinator@")
        assert workplace.counts()["failed"] == 0


def test_a_pause_set_while_reminders_wait_holds_them_and_lifted_early_they_come_at_once(
    tmp_path: Path,
) -> None:
    with at_work(tmp_path, somebody("sb"), COORDINATOR) as workplace:
        workplace.work_through(MONDAY, date(2024, 6, 28))
        now_with(workplace, somebody("sb", pauses=HOLIDAY), COORDINATOR)
        workplace.work_through(date(2024, 7, 1), date(2024, 7, 10))
        assert days(workplace, "sb@") == ["2024-06-26"]
        now_with(workplace, somebody("sb"), COORDINATOR)
        workplace.work_through(date(2024, 7, 11), date(2024, 7, 11))
        assert days(workplace, "sb@") == ["2024-06-26", "2024-07-11"]
        assert "1 dag over fristen" in body(workplace, "sb@")


def test_after_downtime_that_ran_into_a_pause_nothing_reaches_who_is_away(tmp_path: Path) -> None:
    sb = somebody("sb", pauses=(read_pause("2024-07-01..2024-07-05"),))
    with at_work(tmp_path, sb, COORDINATOR) as workplace:
        workplace.work_through(MONDAY, date(2024, 6, 25))
        before = days(workplace, "sb@")
        workplace.work_through(date(2024, 7, 1), date(2024, 7, 5))
        assert days(workplace, "sb@") == before
        workplace.work_through(date(2024, 7, 8), date(2024, 7, 8))
        assert days(workplace, "sb@") == [*before, "2024-07-08"]


def test_a_weekly_reader_gets_one_mail_a_week_with_everything_and_the_other_each_day(tmp_path: Path) -> None:
    with at_work(tmp_path, somebody("sb", digest="weekly"), somebody("fob")) as workplace:
        workplace.work_through(MONDAY, date(2024, 7, 10))
        assert days(workplace, "sb@") == ["2024-06-24", "2024-07-01", "2024-07-08"]
        assert "2024-07-10" in days(workplace, "fob@")


def test_who_is_reached_by_name_and_through_a_group_hears_once(tmp_path: Path) -> None:
    with at_work(tmp_path, somebody("sb"), somebody("fob")) as workplace:
        workplace.work_through(MONDAY, date(2024, 7, 10))
        told = days(workplace, "sb@")
        assert len(told) == len(set(told)) == 4
        assert body(workplace, "sb@").count(GROUP.activity) == 1
        assert body(workplace, "sb@").count(MEETING.activity) == 1


def test_two_recipients_in_one_mailbox_hear_once_however_it_is_spelled(tmp_path: Path) -> None:
    people = (
        somebody("fob", "Kontor@Bolig.example", digest="weekly", pauses=HOLIDAY),
        somebody("sb", "kontor@bolig.example", digest="monthly"),
    )
    assert len([each for each in hearers(people) if each.channel is Channel.EMAIL]) == 1
    with at_work(tmp_path, *people) as workplace:
        workplace.work_through(MONDAY, date(2024, 7, 10))
        told = days(workplace, "kontor@bolig.example")
        assert told == ["2024-06-26", "2024-07-03", "2024-07-09", "2024-07-10"], (
            "they disagree, so that it is as the rules have it, and only one of them is away"
        )
        assert body(workplace, "Kontor@").count(MEETING.activity) == 1


def test_a_mailbox_that_is_spelled_otherwise_from_today_on_is_still_told_once_a_day(tmp_path: Path) -> None:
    later = a_milestone(a_day(date(2024, 7, 11)), id="m3", row=3, activity="Ny opgave.")
    with at_work(tmp_path, somebody("sb", "Kontor@sb.example")) as workplace:
        plan_notices(workplace.parts.database, workplace.clock, workplace.parts.office)
        now_with(workplace, somebody("sb", "kontor@sb.example"))
        workplace.import_plan(a_plan(MEETING, GROUP, later), digest="2")
        workplace.work_through(MONDAY, date(2024, 7, 11))
        told = days(workplace, "kontor@sb.example")
        assert len(told) == len(set(told))


def test_a_teams_channel_of_two_recipients_gets_one_card_a_day(tmp_path: Path) -> None:
    fob, sb = (
        replace(somebody(key), channels=frozenset({Channel.TEAMS}), teams="fob") for key in ("fob", "sb")
    )
    with at_work(tmp_path, fob, sb) as workplace:
        workplace.work_through(MONDAY, date(2024, 7, 3))
        assert len(workplace.receiver.cards()) == 2


def test_a_storm_because_a_pause_is_lifted_waits_for_approval(tmp_path: Path) -> None:
    sb = somebody("sb", pauses=HOLIDAY)
    with at_work(tmp_path, sb, rules=replace(RULES, approve_above=3)) as workplace:
        workplace.work_through(MONDAY, date(2024, 7, 8))
        now_with(workplace, somebody("sb"))
        workplace.work_through(date(2024, 7, 9), date(2024, 7, 9))
        assert days(workplace, "sb@") == ["2024-06-26"]
        approve(workplace, at_least=4)
        assert days(workplace, "sb@") == ["2024-06-26", "2024-07-09"]


@pytest.mark.parametrize("wants", [{"digest": "weekly"}, {"pauses": (read_pause("2024-06-28..2024-07-09"),)}])
def test_a_storm_after_downtime_waits_though_it_waited_for_a_digest_or_for_the_end_of_a_pause(
    tmp_path: Path, wants: dict[str, Any]
) -> None:
    with at_work(tmp_path, somebody("sb", **wants), rules=replace(RULES, approve_above=3)) as workplace:
        workplace.work_through(MONDAY, date(2024, 6, 27))
        before = days(workplace, "sb@")
        tick(workplace)
        workplace.work_through(date(2024, 7, 10), date(2024, 7, 10))
        assert days(workplace, "sb@") == before
        tick(workplace)
        approve(workplace, at_least=4)
        assert days(workplace, "sb@") == [*before, "2024-07-10"]


def tick(workplace: Workplace) -> None:
    """A sign of life, as the daemon leaves it."""
    with workplace.parts.database.write() as connection:
        install.note_tick(connection, workplace.clock.now())


def approve(workplace: Workplace, *, at_least: int) -> None:
    with workplace.parts.database.write() as connection:
        assert by_hand.approve(connection) >= at_least
    workplace.work()
