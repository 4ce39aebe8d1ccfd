"""What stands in people's calendars follows the plan, however it turns."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select

from service.bootstrap import mail_round
from service.plan.marks import Mark, MarkKind
from service.plan.milestone import Milestone
from service.plan.window import AWAITING
from service.reminders.notice import Channel, Recipient
from service.reminders.preferences import Preferences
from service.rounds import plan_notices
from service.storage import tables
from service.storage.links import LinkKind, find_link
from service.storage.marks import store_mark
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 5, 15)))
THURSDAY = date(2024, 2, 1)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    people = (a_recipient("sb"), a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    with a_workplace(tmp_path, THURSDAY, *people) as opened:
        opened.import_plan(a_plan(MEETING))
        opened.work()
        yield opened


def on(day: date) -> Milestone:
    return replace(MEETING, window=a_day(day), due_on=day, deadline=day.isoformat())


def becomes(workplace: Workplace, *milestones: Milestone, days: int = 1) -> None:
    """The plan is imported anew; so many days later the next round comes."""
    workplace.import_plan(a_plan(*milestones), digest=str(milestones))
    if days:
        workplace.clock.advance(timedelta(days))
        workplace.work()
        workplace.work()


def calendar_of(workplace: Workplace, to: str) -> list[tuple[str, str, int]]:
    """Method, date and SEQUENCE of each calendar object that an address was sent."""
    found = []
    for mail in workplace.mails():
        for part in mail.walk():
            if f"{to}@" in mail["To"] and part.get_content_type() == "text/calendar":
                event = Calendar.from_ical(part.get_content()).events[0]
                day = event.decoded("DTSTART").isoformat()
                found.append((str(part.get_param("method")), day, int(str(event["SEQUENCE"]))))
    return found


FIRST = ("REQUEST", "2024-05-15", 0)


def subjects(workplace: Workplace, to: str) -> list[str]:
    return [mail["Subject"] for mail in workplace.mails() if f"{to}@" in mail["To"]]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def test_a_date_that_is_awaited_again_is_told_and_taken_out(workplace: Workplace) -> None:
    becomes(workplace, replace(MEETING, window=AWAITING, due_on=None, deadline="Afventer dato"))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")
    assert 3 == len(subjects(workplace, "sb"))


def test_what_awaits_its_date_is_invited_to_when_it_has_one(tmp_path: Path) -> None:
    with a_workplace(tmp_path, THURSDAY, a_recipient("sb")) as workplace:
        workplace.import_plan(a_plan(replace(MEETING, window=AWAITING, due_on=None, deadline="Afventer")))
        workplace.work()
        assert [] == calendar_of(workplace, "sb")
        becomes(workplace, MEETING)
        assert [FIRST] == calendar_of(workplace, "sb")


def test_a_row_that_left_and_came_back_is_in_the_calendar_again(workplace: Workplace) -> None:
    becomes(workplace)
    becomes(workplace, MEETING, days=3)
    expected = [FIRST, ("CANCEL", "2024-05-15", 1), ("REQUEST", "2024-05-15", 2)]
    assert expected == calendar_of(workplace, "sb")


def test_a_date_that_moved_there_and_back_in_a_day_stands_where_it_stood(workplace: Workplace) -> None:
    becomes(workplace, on(date(2024, 6, 3)), days=0)
    workplace.work()
    becomes(workplace, MEETING)
    assert ("REQUEST", "2024-05-15", 2) == calendar_of(workplace, "sb")[-1]


def test_who_is_not_responsible_any_more_is_freed_and_who_is_now_is_invited(workplace: Workplace) -> None:
    becomes(workplace, replace(MEETING, parties=("fob",), responsible="FOB"))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")
    assert [("REQUEST", "2024-05-15", 0)] == calendar_of(workplace, "fob")


def test_a_date_that_moved_into_the_past_is_taken_out(workplace: Workplace) -> None:
    becomes(workplace, on(date(2024, 1, 10)))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")


def test_who_left_the_settings_is_owed_the_cancellation(workplace: Workplace) -> None:
    hears(workplace, a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")


def hears(workplace: Workplace, *people: Recipient, days: int = 1) -> None:
    """From now on these are in the settings; so many days later the next round comes."""
    office = replace(workplace.parts.office, recipients_of=lambda _plan: (people, ()))
    workplace.parts = replace(workplace.parts, office=office)
    workplace.clock.advance(timedelta(days))
    workplace.work()


def test_who_wants_no_invitations_any_more_is_freed_of_them_and_invited_anew_when_back(
    workplace: Workplace,
) -> None:
    sb = a_recipient("sb")
    hears(workplace, replace(sb, channels=frozenset({Channel.EMAIL})))
    hears(workplace, sb, days=3)
    hears(workplace, sb)
    expected = [FIRST, ("CANCEL", "2024-05-15", 1), ("REQUEST", "2024-05-15", 2)]
    assert expected == calendar_of(workplace, "sb")


def report_done(workplace: Workplace) -> None:
    now = workplace.clock.now()
    mark = Mark(kind=MarkKind.DONE, on=now.date(), at=now, by="SB", parties=("sb",))
    with workplace.parts.database.write() as connection:
        store_mark(connection, MEETING.id, mark)


def test_who_left_is_owed_the_cancellation_of_what_was_done_since(workplace: Workplace) -> None:
    hears(workplace, a_recipient("fob"), days=3)
    report_done(workplace)
    workplace.clock.advance(timedelta(days=1))
    workplace.work()
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")


def test_the_coordinator_who_stood_in_gets_the_tick_of_what_is_done(tmp_path: Path) -> None:
    with a_workplace(tmp_path, THURSDAY, a_recipient("coordinator", is_coordinator=True)) as workplace:
        workplace.import_plan(a_plan(MEETING))
        workplace.work()
        report_done(workplace)
        workplace.work()
        assert 2 == len(calendar_of(workplace, "coordinator"))
        assert "er klaret" in text_of(workplace.mails()[-1])


def test_the_coordinator_who_stood_in_is_freed_when_somebody_hears_though_not_by_invitations(
    tmp_path: Path,
) -> None:
    coordinator = a_recipient("coordinator", is_coordinator=True)
    with a_workplace(tmp_path, THURSDAY, coordinator) as workplace:
        workplace.import_plan(a_plan(MEETING))
        workplace.work()
        by_mail = replace(a_recipient("sb"), channels=frozenset({Channel.EMAIL}))
        for _ in range(4):
            hears(workplace, by_mail, coordinator)
        assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "coordinator")


def test_the_mailbox_that_invites_is_not_invited_by_itself(tmp_path: Path) -> None:
    with a_workplace(tmp_path, THURSDAY, a_recipient("sb", "frister@example.dk")) as workplace:
        workplace.import_plan(a_plan(MEETING))
        workplace.work()
        assert [] == calendar_of(workplace, "frister")


def test_only_what_an_import_changed_is_sent(tmp_path: Path) -> None:
    rows = [
        a_milestone(a_day(date(2024, 5, day)), id=f"m{day}", row=day, activity=f"Punkt {day} behandles")
        for day in range(6, 28)
    ]
    with a_workplace(tmp_path, THURSDAY, a_recipient("sb")) as workplace:
        workplace.import_plan(a_plan(*rows))
        workplace.work()
        assert len(rows) == len(calendar_of(workplace, "sb"))
        moved = replace(rows[3], window=a_day(date(2024, 6, 3)), due_on=date(2024, 6, 3))
        reworded = replace(rows[7], activity="Punkt 13 behandles og godkendes")
        becomes(workplace, *rows[:3], moved, *rows[4:7], reworded, *rows[8:])
        assert sorted(calendar_of(workplace, "sb")[len(rows) :]) == [
            ("REQUEST", "2024-05-13", 0),
            ("REQUEST", "2024-06-03", 1),
        ]


def test_an_hour_that_has_passed_when_invitations_leave_is_not_invited_to(tmp_path: Path) -> None:
    today = THURSDAY
    early = a_milestone(a_day(today, time(7, 30)), id="early", activity="Morgenmøde")
    late = a_milestone(a_day(today, time(16)), id="late", row=2, activity="Møde i styregruppen")
    with a_workplace(tmp_path, today, a_recipient("sb")) as workplace:
        workplace.import_plan(a_plan(early, late))
        workplace.work()
        assert [("REQUEST", "2024-02-01T15:00:00+00:00", 0)] == calendar_of(workplace, "sb")


def test_a_date_that_no_calendar_can_hold_holds_up_no_other_invitation(tmp_path: Path) -> None:
    never = date(9999, 6, 15)
    endless = replace(MEETING, id="m2", row=2, window=a_day(never), due_on=never, activity="En dag")
    with a_workplace(tmp_path, THURSDAY, a_recipient("sb")) as workplace:
        workplace.import_plan(a_plan(endless, MEETING))
        workplace.work()
        assert [FIRST] == calendar_of(workplace, "sb")


def nobody_listens() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed_again:
        return int(closed_again.getsockname()[1])


NEW = a_milestone(a_day(date(2024, 5, 20)), id="m2", row=2, activity="Nyt hus")


@contextmanager
def out_of_reach(workplace: Workplace) -> Iterator[None]:
    """The relay is away for four hours, until the next try is far away."""
    up, workplace.relay = workplace.relay, replace(workplace.relay, port=nobody_listens())
    workplace.clock.advance(timedelta(days=1))
    for _ in range(12):
        workplace.work()
        workplace.clock.advance(timedelta(minutes=20))
    yield
    workplace.relay = up
    for _ in range(12):
        workplace.work()
        workplace.clock.advance(timedelta(minutes=10))


def test_an_invitation_that_still_waits_when_its_row_leaves_is_never_sent(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING, NEW), digest="2")
    with out_of_reach(workplace):
        workplace.import_plan(a_plan(MEETING), digest="3")
    assert [FIRST] == calendar_of(workplace, "sb")


def test_an_invitation_that_still_waits_when_its_date_moves_says_the_new_one(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(MEETING, NEW), digest="2")
    with out_of_reach(workplace):
        later = date(2024, 6, 3)
        workplace.import_plan(a_plan(MEETING, replace(NEW, window=a_day(later), due_on=later)), digest="3")
    assert [FIRST, ("REQUEST", "2024-06-03", 0)] == calendar_of(workplace, "sb")


def test_a_withdrawal_that_still_waits_when_the_row_is_back_is_never_sent(workplace: Workplace) -> None:
    workplace.import_plan(a_plan(), digest="2")
    with out_of_reach(workplace):
        workplace.import_plan(a_plan(MEETING), digest="3")
    assert ["REQUEST", "REQUEST"] == [method for method, *_ in calendar_of(workplace, "sb")]
    assert "2024-05-15" == calendar_of(workplace, "sb")[-1][1]


def test_an_invitation_that_is_sent_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    with a_workplace(tmp_path, THURSDAY, a_recipient("sb")) as workplace:
        workplace.import_plan(a_plan(MEETING))
        parts = workplace.parts
        plan_notices(parts.database, parts.clock, parts.office)
        mail_round(parts, replace(workplace.relay, port=nobody_listens()))
        with parts.database.read() as connection:
            kept = connection.scalars(select(tables.message.c.body)).all()
        workplace.clock.advance(timedelta(hours=2))
        workplace.work()
        invitations = [mail.raw for mail in workplace.mailbox.messages() if b"text/calendar" in mail.raw]
        assert len(invitations) == 1
        assert invitations[0] in kept


def test_who_wants_a_feed_is_led_to_it_and_not_invited(tmp_path: Path) -> None:
    sb = a_recipient("sb")
    subscriber = replace(sb, channels=sb.channels - {Channel.INVITE}, preferences=Preferences(feed=True))
    people = (subscriber, a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    with a_workplace(
        tmp_path, date(2024, 5, 14), *people, base_url="https://frister.example.dk"
    ) as workplace:
        both = replace(MEETING, parties=("sb", "fob"))
        workplace.import_plan(a_plan(both))
        workplace.work()
        assert [] == calendar_of(workplace, "sb")
        assert [FIRST] == calendar_of(workplace, "fob")
        texts = {mail["To"]: text_of(mail) for mail in workplace.mails()}
        (token,) = re.findall(
            r"Få fristerne i din kalender: https://frister\.example\.dk/feed/(\S+)",
            texts["SB <sb@example.dk>"],
        )
        with workplace.parts.database.read() as connection:
            link = find_link(connection, LinkKind.FEED, token, workplace.clock.now())
        assert link is not None
        assert (link.subject, link.holder.recipient if link.holder else "") == ("sb", "sb")
        assert not any("/feed/" in text for to, text in texts.items() if "sb@" not in to)


def test_a_row_that_nobody_was_told_of_comes_and_goes_in_silence(workplace: Workplace) -> None:
    before = len(workplace.mails())
    new = a_milestone(a_day(date(2024, 5, 20)), id="m2", row=2, activity="Nyt hus")
    becomes(workplace, MEETING, new, days=0)
    becomes(workplace, MEETING)
    assert before == len(workplace.mails())
    settled = workplace.counts()
    workplace.work()
    assert settled == workplace.counts(), "planning again changes nothing"


def test_rows_of_the_past_can_be_cleared_away_in_silence(tmp_path: Path) -> None:
    with a_workplace(tmp_path / "..", THURSDAY, a_recipient("sb")) as workplace:
        past = on(date(2022, 3, 1))
        workplace.import_plan(a_plan(past))
        workplace.work()
        becomes(workplace, days=4)
        assert [] == workplace.mails()
