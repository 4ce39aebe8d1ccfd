"""From the mail to the report and back: real SMTP, real pages, one clock."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import requests
from icalendar import Calendar, Event
from sqlalchemy import select

from service.bootstrap import site_of
from service.reminders.rules import Rules
from service.storage import tables
from service.storage.links import links
from service.web.app import create_app
from service.web.server import WebServer
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import RULES, Workplace, a_recipient, a_workplace

BASE = "https://frister.example.dk"
SHARED = a_milestone(
    a_day(date(2024, 3, 13)),
    activity="Materialet indsendes.",
    parties=("sb", "fob"),
    checklist=("Budget", "Referat"),
)
PLAN = a_plan(SHARED)
FIRST_REMINDER = date(2024, 2, 12)
THURSDAY = date(2024, 2, 1)
PEOPLE = (
    a_recipient("sb", teams=True),
    a_recipient("fob"),
    a_recipient("sk"),
    a_recipient("coordinator", is_coordinator=True),
)


class Loop:
    """An installation whose mails are read and whose pages are pressed."""

    def __init__(self, workplace: Workplace, server: WebServer) -> None:
        self.workplace = workplace
        self.server = server

    def mails(self, to: str) -> list[EmailMessage]:
        return [mail for mail in self.workplace.mails() if f"{to}@" in mail["To"]]

    def reminders(self, to: str) -> list[EmailMessage]:
        return [mail for mail in self.mails(to) if not entries([mail])]

    def press(self, path: str, **fields: str) -> requests.Response:
        return requests.post(self.url + path, data=fields, timeout=10, allow_redirects=False)

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, timeout=10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def an_hour_later(self) -> None:
        self.workplace.clock.advance(timedelta(hours=1))


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def link_in(mail: EmailMessage) -> str:
    found = re.search(rf"{BASE}(/m/\S+)", text_of(mail))
    assert found, text_of(mail)
    return found[1]


def entries(mails: list[EmailMessage]) -> list[Event]:
    return [
        Calendar.from_ical(part.get_content()).events[0]
        for mail in mails
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]


@contextmanager
def a_loop(folder: Path, rules: Rules, base_url: str | None = BASE) -> Iterator[Loop]:
    with a_workplace(folder, THURSDAY, *PEOPLE, rules=rules, base_url=base_url) as workplace:
        server = WebServer(
            create_app(site_of(workplace.parts, language="da", base_url=BASE)), "127.0.0.1", 0
        ).start()
        workplace.import_plan(PLAN)
        workplace.work_through(THURSDAY, FIRST_REMINDER)
        yield Loop(workplace, server)
        server.stop()


@pytest.fixture
def rules() -> Rules:
    return RULES


@pytest.fixture
def loop(tmp_path: Path, rules: Rules) -> Iterator[Loop]:
    with a_loop(tmp_path, rules) as opened:
        yield opened


def test_each_mail_and_card_carries_a_link_of_its_own_that_works(loop: Loop) -> None:
    sb, fob = link_in(loop.reminders("sb")[-1]), link_in(loop.reminders("fob")[-1])
    (card,) = loop.workplace.receiver.cards()
    assert BASE in str(card.card)
    assert sb != fob
    assert "Materialet indsendes." in loop.get(sb).text
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 2, 28))
    assert link_in(loop.reminders("sb")[-1]) != sb


def test_without_an_address_of_the_pages_mails_carry_no_links(tmp_path: Path) -> None:
    with a_loop(tmp_path, RULES, base_url=None) as loop:
        assert "/m/" not in text_of(loop.reminders("sb")[-1])
        with loop.workplace.parts.database.read() as connection:
            assert links(connection) == []


def test_done_by_one_ends_it_for_all_and_the_others_are_told_once(loop: Loop) -> None:
    loop.an_hour_later()
    loop.press(link_in(loop.reminders("sb")[-1]), kind="done")
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 4, 30))
    assert len(loop.reminders("sb")) == 1
    _reminded, news = loop.reminders("fob")
    assert news["Subject"] == "Udført: Materialet indsendes."
    assert "Meldt udført af SB den 12. februar 2024" in text_of(news)
    assert loop.reminders("coordinator") == []
    assert loop.workplace.counts()["withdrawn"] > 0


def test_undone_the_reminders_come_as_before(loop: Loop) -> None:
    loop.an_hour_later()
    path = link_in(loop.reminders("sb")[-1])
    loop.press(path, kind="done")
    loop.workplace.work()
    loop.press(path, kind="undone", mark="1")
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 3, 13))
    days = [mail["Date"].datetime.date().isoformat() for mail in loop.reminders("sb")]
    assert days == ["2024-02-12", "2024-02-28", "2024-03-06", "2024-03-12", "2024-03-13"]


def test_a_press_in_the_second_the_mail_arrives_has_to_come_twice(loop: Loop) -> None:
    path = link_in(loop.reminders("sb")[-1])
    loop.press(path, kind="done")
    assert "Tryk én gang til" in loop.get(path).text
    loop.press(path, kind="done")
    assert "Tryk én gang til" not in loop.get(path).text


def test_under_way_is_said_in_the_next_reminder_with_what_is_left_of_the_list(loop: Loop) -> None:
    loop.an_hour_later()
    path = link_in(loop.reminders("sb")[-1])
    loop.press(path, kind="started")
    loop.press(path, kind="ticked", point="1")
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 2, 28))
    said = text_of(loop.reminders("sb")[-1])
    assert "I gang siden 12. februar 2024" in said
    assert "Klar: Budget" in said
    assert "Mangler:\n  [ ] Referat\n" in said
    assert "[ ] Budget" not in said
    assert "Klar: Budget" in str(loop.workplace.receiver.cards()[-1].card)


def test_handed_over_the_new_party_gets_word_reminders_and_the_entry(loop: Loop) -> None:
    loop.an_hour_later()
    loop.press(link_in(loop.reminders("sb")[-1]), kind="handed-over", to="sk")
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 3, 13))
    assert len(loop.reminders("sb")) == 1
    word, *reminders = loop.reminders("sk")
    assert word["Subject"] == "Jeres frist 13. marts 2024: Materialet indsendes."
    assert "Givet videre af SB den 12. februar 2024" in text_of(word)
    assert len(reminders) == 4
    assert [entry["STATUS"] for entry in entries(loop.mails("sb"))] == ["CONFIRMED", "CANCELLED"]
    assert [entry["STATUS"] for entry in entries(loop.mails("sk"))] == ["CONFIRMED"]
    assert len(loop.reminders("fob")) == 5, "FOB still has its part"


def test_the_coordinators_own_mail_reports_for_everybody(loop: Loop) -> None:
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 3, 27))
    loop.an_hour_later()
    (escalated,) = loop.reminders("coordinator")
    loop.press(link_in(escalated), kind="done")
    told = len(loop.workplace.mails())
    loop.workplace.work_through(date(2024, 3, 28), date(2024, 4, 30))
    assert told == len(loop.workplace.mails())


def test_done_early_puts_a_tick_on_the_entry_in_the_calendar(loop: Loop) -> None:
    loop.an_hour_later()
    path = link_in(loop.reminders("sb")[-1])
    loop.press(path, kind="done")
    loop.workplace.work()
    for to in ("sb", "fob"):
        first, ticked = entries(loop.mails(to))
        assert (first["UID"], first["SEQUENCE"]) == (ticked["UID"], ticked["SEQUENCE"])
        assert ticked["SUMMARY"] == "✓ Materialet indsendes."
        assert (ticked["STATUS"], ticked["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
        assert ticked.subcomponents == [], "what is done rings no bell"
    loop.press(path, kind="undone", mark="1")
    loop.workplace.work()
    assert entries(loop.mails("sb"))[-1]["SUMMARY"] == "Frist: Materialet indsendes."


def test_done_after_its_day_says_nothing_to_calendars(loop: Loop) -> None:
    loop.workplace.work_through(date(2024, 2, 13), date(2024, 3, 20))
    told = len(entries(loop.mails("sb")))
    loop.an_hour_later()
    loop.press(link_in(loop.reminders("sb")[-1]), kind="done")
    loop.workplace.work_through(date(2024, 3, 21), date(2024, 3, 25))
    assert told == len(entries(loop.mails("sb")))


class TestWhereEntriesAreTakenOff:
    @pytest.fixture
    def rules(self) -> Rules:
        return replace(RULES, when_done="cancel")

    def test_done_early_cancels_the_entry(self, loop: Loop) -> None:
        loop.an_hour_later()
        loop.press(link_in(loop.reminders("sb")[-1]), kind="done")
        loop.workplace.work()
        first, last = entries(loop.mails("sb"))
        assert (first["SEQUENCE"], last["SEQUENCE"], last["STATUS"]) == (0, 1, "CANCELLED")


class TestWhereEachMustReport:
    @pytest.fixture
    def rules(self) -> Rules:
        return replace(RULES, done_by="each")

    def test_only_the_one_who_has_not_is_reminded(self, loop: Loop) -> None:
        loop.an_hour_later()
        loop.press(link_in(loop.reminders("sb")[-1]), kind="done")
        loop.workplace.work_through(date(2024, 2, 13), date(2024, 3, 6))
        assert [len(loop.reminders(to)) for to in ("sb", "fob")] == [1, 3]
        loop.an_hour_later()
        path = link_in(loop.reminders("fob")[-1])
        loop.press(path, kind="done")
        assert "udført" in loop.get(path).text
        loop.workplace.work_through(date(2024, 3, 7), date(2024, 4, 30))
        assert len(loop.reminders("fob")) == 3


def test_a_link_that_was_sent_is_nowhere_in_the_database(loop: Loop, tmp_path: Path) -> None:
    token = link_in(loop.reminders("sb")[-1]).removeprefix("/m/")
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("rettidig.db*"))
    assert token.encode() not in kept
    with loop.workplace.parts.database.read() as connection:
        assert set(connection.scalars(select(tables.message.c.body))) == {b""}


def test_a_mail_that_is_tried_again_keeps_its_bytes_and_its_link(loop: Loop) -> None:
    """The link is made when the mail is composed, and the mail is composed once."""
    workplace = loop.workplace
    up = workplace.relay
    workplace.relay = replace(up, port=1)
    workplace.work_through(date(2024, 2, 28), date(2024, 2, 28))
    with workplace.parts.database.read() as connection:
        made = len(links(connection))
    workplace.relay = up
    workplace.clock.advance(timedelta(minutes=5))
    workplace.work()
    with workplace.parts.database.read() as connection:
        assert made == len(links(connection))
    assert loop.get(link_in(loop.reminders("sb")[-1])).status_code == 200
