"""The promises, kept by the rounds of the daemon on a clock that is moved: real database, real SMTP."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from service.clock import ClockInDoubtError, SystemClock
from service.delivery.desk import Desk
from service.delivery.outbox import LEASE, MAIL_CHANNELS, Way, compose_due, deliver
from service.delivery.receipt import Receipt
from service.delivery.smtp import SmtpTransport
from service.importing import PlanFile, import_plan, look_at_plan
from service.plan.marks import Mark, MarkKind
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.revision import Difference
from service.reading.reader import read_plan
from service.reminders.rules import Rules
from service.rounds import desk, plan_notices
from service.serving import daemon_of
from service.storage import by_hand, install
from service.storage.marks import store_mark
from service.storage.outgoing import Claimed
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 3, 13)))
SECOND = a_milestone(
    a_day(date(2024, 3, 20)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
PLAN = a_plan(MEETING, SECOND)
THURSDAY = date(2024, 2, 1)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    people = (
        a_recipient("sb", teams=True),
        a_recipient("fob"),
        a_recipient("coordinator", is_coordinator=True),
    )
    with a_workplace(tmp_path, THURSDAY, *people) as opened:
        yield opened


def report_done(workplace: Workplace, milestone: Milestone, on: date) -> None:
    mark = Mark(kind=MarkKind.DONE, on=on, at=workplace.clock.now(), by="SB")
    with workplace.parts.database.write() as connection:
        store_mark(connection, milestone.id, mark)


def reminders_of(workplace: Workplace, to: str) -> list[str]:
    """The days on which an address was reminded (invites apart)."""
    return [
        mail["Date"].datetime.date().isoformat()
        for mail in workplace.mails()
        if to in mail["To"] and not any(part.get_content_subtype() == "calendar" for part in mail.walk())
    ]


def test_two_months_of_reminders_arrive_each_once_on_their_day(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, date(2024, 3, 17))
    assert ["2024-02-12", "2024-02-28", "2024-03-06", "2024-03-12", "2024-03-13"] == reminders_of(
        workplace, "sb@example.dk"
    )
    assert 5 == len(workplace.receiver.cards())
    assert 0 == workplace.counts()["failed"]


def test_every_mail_has_its_own_message_id(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, date(2024, 4, 30))
    assert {1} == set(Counter(mail["Message-ID"] for mail in workplace.mails()).values())


def test_working_twice_at_the_same_moment_sends_nothing_twice(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, date(2024, 2, 12))
    sent = len(workplace.mails())
    workplace.work()
    assert sent == len(workplace.mails())


def test_importing_the_same_plan_again_sends_nothing(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, date(2024, 2, 12))
    sent = len(workplace.mails())
    workplace.import_plan(PLAN, digest="saved again by Word")
    workplace.work()
    assert sent == len(workplace.mails())


def test_after_downtime_one_collected_message_says_each_milestone_once(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work()
    workplace.clock.set(datetime(2024, 3, 12, 13, tzinfo=ZoneInfo("Europe/Copenhagen")))
    workplace.work()
    assert ["2024-03-12"] == reminders_of(workplace, "sb@example.dk")
    (told,) = [mail for mail in workplace.mails() if "Frist" in mail["Subject"] and "sb@" in mail["To"]][-1:]
    text = told.get_body(("plain",))
    assert text is not None
    assert 1 == text.get_content().count(MEETING.activity)


def test_nothing_is_sent_on_a_weekend_or_in_the_evening(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    for moment in ("2024-02-03T12:00", "2024-02-02T20:30", "2024-02-05T07:59"):
        workplace.clock.set(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Copenhagen")))
        workplace.work()
    assert [] == workplace.mails()


def test_what_is_reported_done_is_not_brought_up_again(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, date(2024, 2, 12))
    with workplace.parts.database.write() as connection:
        now = workplace.clock.now()
        mark = Mark(kind=MarkKind.DONE, on=date(2024, 2, 12), at=now, by="SB")
        store_mark(connection, MEETING.id, mark)
    workplace.work_through(date(2024, 2, 13), date(2024, 4, 30))
    assert ["2024-02-12"] == reminders_of(workplace, "sb@example.dk")
    assert workplace.counts()["withdrawn"] > 0


def test_a_moved_date_is_told_and_moves_the_entry_in_the_calendar(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work()
    later = a_day(date(2024, 3, 27))
    moved = replace(MEETING, window=later, due_on=later.last_day, deadline="27. marts 2024")
    workplace.import_plan(a_plan(moved, SECOND), digest="2")
    workplace.work_through(date(2024, 2, 2), date(2024, 2, 2))
    first, second = (
        Calendar.from_ical(part.get_content()).events[0]
        for mail in workplace.mails()
        if "sb@" in mail["To"]
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    )
    assert first["UID"] == second["UID"]
    assert (0, date(2024, 3, 13)) == (first["SEQUENCE"], first.decoded("DTSTART"))
    assert (1, date(2024, 3, 27)) == (second["SEQUENCE"], second.decoded("DTSTART"))
    assert ["2024-02-02"] == reminders_of(workplace, "sb@example.dk")


def test_a_milestone_that_left_the_plan_is_cancelled(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    workplace.work()
    workplace.import_plan(a_plan(SECOND), digest="2")
    workplace.work_through(date(2024, 2, 2), date(2024, 4, 30))
    methods = [
        part.get_param("method")
        for mail in workplace.mails()
        if "sb@" in mail["To"]
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert ["REQUEST", "CANCEL"] == methods
    assert ["2024-02-02"] == reminders_of(workplace, "sb@example.dk")


def test_a_changed_document_is_noticed_and_a_broken_one_leaves_the_last_revision(
    workplace: Workplace, tmp_path: Path
) -> None:
    parts, document = workplace.parts, tmp_path / "plan.txt"
    file = PlanFile(document, read_plan)

    def look() -> Difference | None:
        return look_at_plan(parts.database, workplace.clock, parts.office.rules, file)

    heading = "Deadline\tAktivitet\tAnsvarlig\n"
    document.write_text(f"{heading}13. marts 2024\tSB behandler materialet\tSB\n", encoding="utf-8")
    first = look()
    assert first is not None
    assert 1 == len(first.new)
    assert look() is None, "nothing has changed"
    document.write_bytes(b"\x00\x01 half a f")
    assert [look(), look()] == [None, None], "it cannot be read"
    document.write_text(f"{heading}14. marts 2024\tSB behandler materialet\tSB\n", encoding="utf-8")
    assert look() is None, "it may still be written to"
    second = look()
    assert second is not None
    assert [first.new[0].id] == [pair.now.id for pair in second.moved]


def test_a_document_that_lost_most_of_its_rows_is_not_taken_in_by_itself(
    workplace: Workplace, tmp_path: Path
) -> None:
    parts, document = workplace.parts, tmp_path / "plan.txt"
    file = PlanFile(document, read_plan)
    rows = [f"{day}. maj 2024\tOpgave nummer {day}\tSB\n" for day in range(1, 13)]
    document.write_text("Deadline\tAktivitet\tAnsvarlig\n" + "".join(rows), encoding="utf-8")
    look_at_plan(parts.database, workplace.clock, parts.office.rules, file)
    document.write_text("Deadline\tAktivitet\tAnsvarlig\n" + "".join(rows[:3]), encoding="utf-8")
    looks = [look_at_plan(parts.database, workplace.clock, parts.office.rules, file) for _ in range(4)]
    assert [None] * 4 == looks


def test_an_import_by_hand_stands_until_the_watched_document_changes(
    workplace: Workplace, tmp_path: Path
) -> None:
    parts, document = workplace.parts, tmp_path / "plan.txt"
    document.write_text("Deadline\tAktivitet\tAnsvarlig\n1. maj 2024\tBudget\tSB\n", encoding="utf-8")
    watched = PlanFile(document, read_plan)
    import_plan(
        parts.database,
        workplace.clock,
        parts.office.rules,
        PLAN,
        digest="another file",
        source="another.docx",
        watched=watched.digest(),
    )
    after_a_restart = PlanFile(document, read_plan)
    looks = [
        look_at_plan(parts.database, workplace.clock, parts.office.rules, after_a_restart) for _ in range(3)
    ]
    assert [None] * 3 == looks


def test_what_could_not_be_handed_over_is_said_anew_and_true_when_the_relay_is_back(
    workplace: Workplace,
) -> None:
    """The relay is down from the day before the meeting until the day after it; SB reports it done."""
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, date(2024, 3, 11))
    before = len(workplace.mails())
    up, workplace.relay = workplace.relay, replace(workplace.relay, port=1)
    workplace.work_through(date(2024, 3, 12), date(2024, 3, 13))
    report_done(workplace, MEETING, date(2024, 3, 13))
    workplace.relay = up
    workplace.clock.set(datetime(2024, 3, 14, 3, tzinfo=ZoneInfo("Europe/Copenhagen")))
    workplace.work()
    assert before == len(workplace.mails()), "nobody is mailed at night"
    workplace.work_through(date(2024, 3, 14), date(2024, 3, 14))
    late = [mail["Subject"] for mail in workplace.mails()[before:] if "sb@" in mail["To"]]
    assert not [subject for subject in late if subject.startswith("Frist 13. marts")]


def test_what_waited_for_a_relay_is_collected_into_one_true_mail(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING))
    workplace.work_through(THURSDAY, date(2024, 3, 11))
    before = len(workplace.mails())
    up, workplace.relay = workplace.relay, replace(workplace.relay, port=1)
    workplace.work_through(date(2024, 3, 12), date(2024, 3, 12))
    workplace.relay = up
    workplace.work_through(date(2024, 3, 13), date(2024, 3, 13))
    (late,) = [mail for mail in workplace.mails()[before:] if "sb@" in mail["To"]]
    text = late.get_body(("plain",))
    assert text is not None
    assert "I dag" in text.get_content()
    assert "I morgen" not in text.get_content()


class KilledError(BaseException):
    """The process dies here."""


def test_a_process_that_dies_after_the_relay_accepted_repeats_the_same_bytes_once(
    workplace: Workplace,
) -> None:
    parts = workplace.parts
    workplace.import_plan(a_plan(MEETING))
    plan_notices(parts.database, workplace.clock, parts.office)
    found = desk(parts.database, parts.office, parts.stationery)
    assert found
    compose_due(parts.database, workplace.clock, parts.office.rules, lambda: found, MAIL_CHANNELS)
    transport = SmtpTransport(workplace.relay)

    def send_and_die(claimed: Claimed) -> Receipt:
        transport.send("frister@example.dk", claimed.address, claimed.body)
        raise KilledError

    way = Way(channels=MAIL_CHANNELS, send=send_and_die)
    with pytest.raises(KilledError):
        deliver(parts.database, workplace.clock, parts.office.rules, way)
    transport.close()
    workplace.work()
    assert 1 == len(workplace.mails()), "the lease still runs"
    workplace.clock.advance(LEASE)
    workplace.work()
    first, again = workplace.mailbox.messages()
    assert first.raw == again.raw
    workplace.work()
    assert 2 == len(workplace.mails())


def test_two_daemons_that_compose_at_once_leave_each_notice_to_one_of_them(
    workplace: Workplace,
) -> None:
    workplace.import_plan(PLAN)
    workplace.clock.set(workplace.parts.office.rules.sent_at(date(2024, 3, 13)))
    parts = workplace.parts
    plan_notices(parts.database, workplace.clock, parts.office)
    found = desk(parts.database, parts.office, parts.stationery)

    def compose(desk_of: Callable[[], Desk | None]) -> int:
        return compose_due(parts.database, workplace.clock, parts.office.rules, desk_of, MAIL_CHANNELS)

    def after_the_other() -> Desk | None:
        assert compose(lambda: found)
        return found

    assert 0 == compose(after_the_other)
    assert 0 == workplace.counts()["suppressed"]
    workplace.work()
    assert {1} == set(Counter(mail["Message-ID"] for mail in workplace.mails()).values())


def test_a_relay_that_is_down_loses_nothing(workplace: Workplace) -> None:
    workplace.import_plan(PLAN)
    up, workplace.relay = workplace.relay, replace(workplace.relay, port=1)
    workplace.work()
    assert [] == workplace.mails()
    waiting = workplace.counts()["waiting"]
    workplace.relay = up
    workplace.clock.advance(timedelta(minutes=1))
    workplace.work()
    assert 2 == len(workplace.mails())
    assert waiting - 2 == workplace.counts()["waiting"]


def test_a_storm_after_downtime_waits_for_approval(workplace: Workplace) -> None:
    workplace.parts = replace(
        workplace.parts, office=replace(workplace.parts.office, rules=Rules(approve_above=1))
    )
    workplace.import_plan(PLAN)
    workplace.work_through(THURSDAY, THURSDAY)
    with workplace.parts.database.write() as connection:
        by_hand.approve(connection)
    workplace.work()
    sent = len(workplace.mails())
    with workplace.parts.database.write() as connection:
        install.note_tick(connection, workplace.clock.now())
    workplace.work_through(date(2024, 3, 13), date(2024, 3, 13))
    assert sent == len(workplace.mails())
    with workplace.parts.database.write() as connection:
        assert by_hand.approve(connection) > 1
        install.note_tick(connection, workplace.clock.now())
    workplace.work()
    assert sent < len(workplace.mails())


def test_no_plan_is_no_trouble(workplace: Workplace) -> None:
    workplace.work()
    assert 0 == workplace.counts()["planned"]
    workplace.import_plan(Plan(title="", language="da", milestones=(), parties=()))
    workplace.work()
    assert 0 == workplace.counts()["planned"]


def test_a_clock_that_is_set_by_days_while_the_plan_is_read_ends_no_notice(
    workplace: Workplace, tmp_path: Path
) -> None:
    workplace.import_plan(PLAN)
    document = tmp_path / "plan.txt"
    document.write_text("another version")
    with time_machine.travel(workplace.clock.now()) as host:

        def read_long(_: Path) -> Plan:
            host.shift(timedelta(days=40))
            return PLAN

        parts = replace(workplace.parts, clock=SystemClock(), plan_file=PlanFile(document, read_long))
        plan_round = daemon_of(parts).rounds["plan"]
        plan_round()
        before = workplace.counts()
        with pytest.raises(ClockInDoubtError):
            plan_round()
    assert 0 == before["expired"] < before["waiting"]
    assert before == workplace.counts()
