"""Mail that a relay took and the other side sent back: what becomes of it, and what forged reports do."""

import re
from collections import Counter
from datetime import timedelta

from service.delivery.smtp import Relay
from service.incoming.taking import Effect
from service.reminders.trouble import Trouble
from service.storage import notices, undelivered
from service.storage.chain import verify
from service.storage.record import EntryKind, entries
from service.storage.returned import end_outlived
from service.storage.troubles import open_troubles
from tests.incoming.secretariat import COORDINATOR, FOB, SB, Secretariat
from tests.incoming.shapes import a_letter, from_exim, from_postfix

POLICY = ("5.7.1", "550 5.7.1 Rejected by policy")


def ids_to(secretariat: Secretariat, address: str) -> list[str]:
    return [mail["Message-ID"] for mail in secretariat.mails_to(address)]


def states(secretariat: Secretariat, recipient: str) -> Counter[tuple[str, str]]:
    with secretariat.workplace.parts.database.read() as connection:
        found = [each for each in notices.listed(connection) if each["recipient"] == recipient]
    now = secretariat.workplace.clock.now().isoformat()
    return Counter((str(each["state"]), str(each["reason"])) for each in found if str(each["at"]) <= now)


def troubles(secretariat: Secretariat) -> list[Trouble]:
    with secretariat.workplace.parts.database.read() as connection:
        return open_troubles(connection)


def a_half_hour_later(secretariat: Secretariat) -> None:
    secretariat.workplace.clock.advance(timedelta(minutes=30))
    secretariat.workplace.work()


def text_of(mail: object) -> str:
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content())


def test_after_a_hard_bounce_nothing_more_is_sent_there_and_the_coordinator_is_told_once(
    secretariat: Secretariat,
) -> None:
    reminder, invitation = ids_to(secretariat, SB)
    assert {Effect.RETURNED: 1} == secretariat.receive(from_postfix(SB, invitation))
    assert {("failed", "bounced 550 5.1.1"): 1, ("accepted", "30-days-before"): 1} == states(
        secretariat, "sb"
    )
    a_half_hour_later(secretariat)
    assert {Effect.RETURNED: 1} == secretariat.receive(from_postfix(SB, reminder, name="2@mx"))
    secretariat.a_day_later()
    for days in (16, 7, 6):
        secretariat.a_day_later(days)
    assert 2 == len(ids_to(secretariat, SB)), "nothing after the first report"
    told = [mail for mail in secretariat.mails_to(COORDINATOR) if "Ikke nået" in mail["Subject"]]
    assert ["Ikke nået: SB"] == [mail["Subject"] for mail in told]
    text = text_of(told[0])
    assert "Kom retur" in text
    assert "adressen ikke findes (550 5.1.1)" in text
    assert "rettidig outbox --clear SB" in text
    secretariat.workplace.counts()


def test_the_receipt_and_the_record_say_that_it_came_back(secretariat: Secretariat) -> None:
    invitation = ids_to(secretariat, SB)[1]
    secretariat.receive(from_exim(SB, invitation))
    with secretariat.workplace.parts.database.read() as connection:
        (receipt,) = connection.exec_driver_sql(
            "SELECT a.receipt, a.stage, a.code, a.text FROM attempt a JOIN message m ON m.id = a.message "
            "WHERE m.message_id = ?",
            (invitation,),
        ).all()
        found = [each for each in entries(connection) if each.kind is EntryKind.RETURNED]
        assert verify(connection).broken_at is None
    assert ("returned", "BOUNCE", "550 5.1.1", "No such user here") == tuple(receipt)
    assert [invitation] == [each.message_id for each in found]
    assert ("failed", "550 5.1.1") == (found[0].details["action"], found[0].details["code"])


def test_what_bounced_for_another_reason_is_told_and_later_mail_is_sent_all_the_same(
    secretariat: Secretariat,
) -> None:
    for number, message_id in enumerate(ids_to(secretariat, SB)):
        secretariat.receive(from_postfix(SB, message_id, *POLICY, name=f"{number}@mx"))
    a_half_hour_later(secretariat)
    secretariat.a_day_later(16)
    assert 3 == len(ids_to(secretariat, SB))
    secretariat.receive(from_postfix(SB, ids_to(secretariat, SB)[2], *POLICY, name="3@mx"))
    a_half_hour_later(secretariat)
    told = [mail for mail in secretariat.mails_to(COORDINATOR) if "Ikke nået" in mail["Subject"]]
    assert 1 == len(told), "that the relay took the next one is no news, nor that it came back too"
    assert "lukker os ikke ind (550 5.7.1)" in text_of(told[0])


def test_a_trouble_is_over_when_something_has_not_come_back_for_days(secretariat: Secretariat) -> None:
    secretariat.receive(from_postfix(SB, ids_to(secretariat, SB)[0], *POLICY))
    database, clock = secretariat.workplace.parts.database, secretariat.workplace.clock
    for days, ended in ((16, 0), (4, 0), (1, 1)):
        secretariat.a_day_later(days)
        with database.write() as connection:
            assert ended == end_outlived(connection, clock.now())
    assert [] == troubles(secretariat)


def test_a_report_that_it_is_still_being_tried_is_recorded_and_nothing_else(secretariat: Secretariat) -> None:
    message_id = ids_to(secretariat, SB)[0]
    secretariat.receive(from_postfix(SB, message_id, "4.4.1", "", action="delayed", name="1@mx"))
    assert [] == troubles(secretariat)
    assert {Effect.RETURNED: 1} == secretariat.receive(from_postfix(SB, message_id, name="2@mx"))
    assert [True] == [each.is_dead for each in troubles(secretariat)]


def test_where_the_mailbox_passes_mail_on_to_one_that_is_gone_the_address_itself_is_not_dead(
    secretariat: Secretariat,
) -> None:
    secretariat.receive(from_postfix("anna@elsewhere.example", ids_to(secretariat, SB)[0]))
    assert [(SB, False)] == [(each.address, each.is_dead) for each in troubles(secretariat)]


def test_forged_reports_have_no_effect(secretariat: Secretariat) -> None:
    _, invitation = ids_to(secretariat, SB)
    genuine = from_postfix(SB, invitation, name="f@x")
    forged = [
        from_postfix(SB, "<guessed@example.dk>", name="a@x"),
        from_postfix(SB, re.sub("^<.", "<x", invitation), name="b@x"),
        from_postfix(SB, "", name="c@x"),
        genuine.replace(b"Return-Path: <>", f"Return-Path: <{FOB}>".encode()),
        genuine.replace(b"MAILER-DAEMON@mx.example.dk", COORDINATOR.encode()),
        a_letter(SB, f"Mail til {SB} kom ikke frem: 550 5.1.1 {invitation}"),
    ]
    assert {Effect.NONE: 6} == secretariat.receive(*forged)
    assert [] == troubles(secretariat)


def test_a_report_of_what_was_sent_before_the_address_was_mended_is_old_news(
    secretariat: Secretariat,
) -> None:
    first, second = ids_to(secretariat, SB)
    secretariat.receive(from_postfix(SB, first, name="1@mx"))
    secretariat.workplace.clock.advance(timedelta(hours=1))
    with secretariat.workplace.parts.database.write() as connection:
        undelivered.take_recipient_for_good(connection, "sb", secretariat.workplace.clock.now())
    secretariat.receive(from_postfix(SB, second, name="2@mx"))
    assert [] == troubles(secretariat)
    assert {("failed", "bounced 550 5.1.1"): 2} == states(secretariat, "sb")


def test_a_report_that_is_faster_than_the_relays_own_answer_counts(secretariat: Secretariat) -> None:
    secretariat.workplace.relay = Relay(host="127.0.0.1", port=1, security="none")
    secretariat.a_day_later(16)
    with secretariat.workplace.parts.database.read() as connection:
        waiting = connection.exec_driver_sql(
            "SELECT message_id FROM message WHERE state = 'waiting' AND recipient = 'sb'"
        ).scalar_one()
    secretariat.receive(from_postfix(SB, waiting))
    assert [True] == [each.is_dead for each in troubles(secretariat)]
    assert ("suppressed", "address-does-not-exist") in states(secretariat, "sb")
