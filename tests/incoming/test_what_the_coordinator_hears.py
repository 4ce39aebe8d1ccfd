"""The coordinator is told of answers in the message of the day, once; whoever wrote is never written to."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.factories import a_plan
from tests.incoming.dovecot import Dovecot
from tests.incoming.secretariat import BUDGET, COORDINATOR, FOB, MEETING, SB, Secretariat, a_secretariat
from tests.incoming.shapes import a_letter, a_reply_object, alone, from_postfix
from tests.workplace import a_recipient

NOW = datetime(2024, 2, 12, 7, tzinfo=UTC)
FLOOD = int(os.environ.get("FLOOD_MAILS", "200"))


def answer(secretariat: Secretariat, address: str, said: str, name: str = "1", **more: str) -> bytes:
    now = secretariat.workplace.clock.now()
    ics = a_reply_object(secretariat.uid(address), address, said, at=now, **more)  # type: ignore[arg-type]
    return alone(address, ics, f"{name}{address}")


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def told(secretariat: Secretariat) -> list[EmailMessage]:
    return secretariat.mails_to(COORDINATOR)


def test_who_declined_is_told_once_with_the_reason_and_the_deadline_stands(secretariat: Secretariat) -> None:
    secretariat.receive(answer(secretariat, SB, "DECLINED", comment="Ferie"))
    secretariat.workplace.work()
    for _ in range(5):
        secretariat.a_day_later()
    (mail,) = told(secretariat)
    assert "Takket nej 13. marts 2024: Organisationsbestyrelsen" in mail["Subject"]
    assert "SB har takket nej i kalenderen: »Ferie«" in text_of(mail)
    assert "Fristen står ved magt" in text_of(mail)
    secretariat.a_day_later(11)
    assert "Frist 13. marts" in secretariat.mails_to(SB)[-1]["Subject"], "reminders go on"


def test_who_proposes_another_time_is_told_with_the_day(secretariat: Secretariat) -> None:
    start = "DTSTART;VALUE=DATE:20240312"
    secretariat.receive(answer(secretariat, SB, "TENTATIVE", method="COUNTER", start=start))
    secretariat.workplace.work()
    (mail,) = told(secretariat)
    assert "Anden tid foreslået 13. marts 2024" in mail["Subject"]
    assert "SB foreslår 12. marts" in text_of(mail)


def test_several_answers_come_in_one_message_and_those_that_ask_for_nothing_in_none(
    secretariat: Secretariat,
) -> None:
    secretariat.receive(answer(secretariat, SB, "DECLINED"), answer(secretariat, FOB, "DECLINED"))
    secretariat.workplace.work()
    (mail,) = told(secretariat)
    assert {"SB har takket nej", "FOB har takket nej"} == {
        name for name in ("SB har takket nej", "FOB har takket nej") if name in text_of(mail)
    }
    secretariat.a_day_later()
    secretariat.receive(answer(secretariat, SB, "ACCEPTED", "2"), answer(secretariat, FOB, "TENTATIVE", "2"))
    secretariat.a_day_later()
    assert 1 == len(told(secretariat))


def test_what_was_taken_back_before_it_was_told_is_not_told(secretariat: Secretariat) -> None:
    secretariat.workplace.clock.advance(timedelta(hours=14))  # quiet hours
    secretariat.receive(answer(secretariat, SB, "DECLINED"))
    secretariat.workplace.work()
    secretariat.workplace.clock.advance(timedelta(minutes=5))
    secretariat.receive(answer(secretariat, SB, "ACCEPTED", "2"))
    secretariat.a_day_later()
    assert [] == told(secretariat)


def test_who_declines_on_the_day_itself_is_told_though_the_coordinator_has_had_its_message(
    secretariat: Secretariat,
) -> None:
    secretariat.receive(answer(secretariat, FOB, "DECLINED"))
    secretariat.workplace.work()
    secretariat.workplace.work_through(date(2024, 3, 13), date(2024, 3, 13))
    secretariat.receive(answer(secretariat, FOB, "ACCEPTED", "2"), answer(secretariat, SB, "DECLINED"))
    with secretariat.workplace.parts.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE message SET sent_on = '2024-03-13' WHERE recipient = 'coordinator'"
        )
    secretariat.workplace.work()
    assert 1 == len(told(secretariat))
    secretariat.a_day_later()
    assert "SB har takket nej" in text_of(told(secretariat)[-1])


def test_an_answer_about_what_has_left_the_plan_is_not_told(secretariat: Secretariat) -> None:
    late = answer(secretariat, SB, "DECLINED")
    secretariat.workplace.import_plan(a_plan(BUDGET), digest="2")
    secretariat.receive(late)
    secretariat.workplace.work()
    assert not any("Takket nej" in mail["Subject"] for mail in told(secretariat))


@pytest.fixture
def of_one_house(tmp_path: Path, dovecot: Dovecot) -> Iterator[Secretariat]:
    """The coordinator hears for a party too, and is invited."""
    both = a_recipient("sb", COORDINATOR)
    coordinator = a_recipient("coordinator", is_coordinator=True)
    with a_secretariat(tmp_path, dovecot, MEETING, recipients=(both, coordinator)) as opened:
        yield opened


def test_a_coordinator_who_answered_is_not_told_what_it_answered(of_one_house: Secretariat) -> None:
    before = len(told(of_one_house))
    of_one_house.receive(answer(of_one_house, COORDINATOR, "DECLINED"))
    of_one_house.a_day_later()
    assert before == len(told(of_one_house))
    assert {COORDINATOR: "declined"} == of_one_house.said(), "it is shown"


def test_nor_one_who_answered_for_a_colleague(secretariat: Secretariat) -> None:
    ics = a_reply_object(secretariat.uid(SB), SB, "DECLINED", at=NOW)
    secretariat.receive(alone(COORDINATOR, ics))
    secretariat.a_day_later()
    assert {SB: "declined"} == secretariat.said()
    assert [] == told(secretariat)


def test_an_auto_responder_that_ignores_headers_is_answered_by_nobody(secretariat: Secretariat) -> None:
    """Whatever it gets, it writes back at once: a letter, a decline, and a report that it does not exist."""
    answered = 0
    for day in range(4):
        mails = secretariat.mails_to(SB)
        for number, mail in enumerate(mails[answered:], start=answered):
            secretariat.receive(
                a_letter(SB, f"Jeg er på ferie {day} {number}."),
                answer(secretariat, SB, "DECLINED", f"{day}.{number}"),
                from_postfix(SB, mail["Message-ID"], "5.7.1", "550 5.7.1 no", name=f"{day}.{number}@x"),
            )
        answered = len(mails)
        secretariat.a_day_later()
    assert 2 == len(secretariat.mails_to(SB)), "the invitation and the first reminder"
    assert 3 >= len(told(secretariat))


def test_a_flood_of_reports_and_declines_makes_one_message(secretariat: Secretariat) -> None:
    ids = [mail["Message-ID"] for mail in secretariat.mails_to(SB)]
    flood = [
        from_postfix(SB, ids[number % 2], name=f"{number}@x")
        if number % 2
        else answer(secretariat, SB, "DECLINED", str(number))
        for number in range(FLOOD)
    ]
    tally = secretariat.receive(*flood)
    assert FLOOD == tally.total()
    for _ in range(3):
        secretariat.workplace.clock.advance(timedelta(minutes=30))
        secretariat.workplace.work()
    assert ["Ikke nået: SB"] == [mail["Subject"] for mail in told(secretariat) if "nået" in mail["Subject"]]
    assert 2 >= len(told(secretariat))
    assert 2 == len(secretariat.mails_to(SB))
