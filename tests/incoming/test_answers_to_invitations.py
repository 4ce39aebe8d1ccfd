"""What recipients' calendars answer is read from a real mailbox, matched, and kept in the right order."""

from datetime import UTC, date, datetime, timedelta

from service.incoming.taking import Effect
from service.reminders.responses import Said
from service.storage.chain import verify
from service.storage.record import EntryKind, concerning, entries
from tests.factories import a_plan
from tests.incoming.secretariat import BUDGET, FOB, MEETING, SB, Secretariat
from tests.incoming.shapes import CLIENTS, a_letter, a_reply_object, alone, from_exchange, from_gmail

NOW = datetime(2024, 2, 12, 7, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=5)


def test_an_answer_counts_in_the_shape_of_each_client_and_is_flagged_as_seen(
    secretariat: Secretariat,
) -> None:
    for number, client in enumerate(CLIENTS):
        said = ("ACCEPTED", "DECLINED")[number % 2]
        ics = a_reply_object(secretariat.uid(), SB, said, at=EARLIER + timedelta(seconds=number))
        assert {Effect.ANSWERED: 1} == secretariat.receive(client(f"Anna <{SB}>", ics))
        assert {SB: said.lower()} == secretariat.said()
    assert ["Seen"] * len(CLIENTS) == secretariat.dovecot.flags()


def test_of_several_answers_the_later_one_counts_in_whatever_order_they_arrive(
    secretariat: Secretariat,
) -> None:
    uid = secretariat.uid()
    late = alone(SB, a_reply_object(uid, SB, "ACCEPTED", at=NOW), "late@x")
    early = alone(SB, a_reply_object(uid, SB, "DECLINED", at=EARLIER), "early@x")
    assert {Effect.ANSWERED: 1} == secretariat.receive(late)
    assert {Effect.OLDER: 1} == secretariat.receive(early)
    assert {SB: "accepted"} == secretariat.said()


def test_neither_a_stamp_from_the_future_nor_a_raised_sequence_outdoes_what_is_answered_later(
    secretariat: Secretariat,
) -> None:
    uid = secretariat.uid()
    ahead = a_reply_object(uid, SB, "DECLINED", at=NOW + timedelta(3650), sequence=9)
    secretariat.receive(alone(SB, ahead, "a@x"))
    secretariat.a_day_later()
    now = secretariat.workplace.clock.now()
    secretariat.receive(alone(SB, a_reply_object(uid, SB, "ACCEPTED", at=now), "b@x"))
    assert {SB: "accepted"} == secretariat.said()


def test_when_the_date_moves_an_answer_is_one_to_an_earlier_date_until_there_is_a_new_one(
    secretariat: Secretariat,
) -> None:
    uid = secretariat.uid()
    secretariat.receive(alone(SB, a_reply_object(uid, SB, "ACCEPTED", at=NOW), "a@x"))
    secretariat.move_meeting(to=date(2024, 3, 14))
    assert (uid, 1) == (secretariat.uid(), secretariat.sequence())
    assert secretariat.responses()[SB].is_outdated
    slow = a_reply_object(uid, SB, "DECLINED", at=NOW + timedelta(seconds=1))
    secretariat.receive(alone(SB, slow, "b@x"))
    assert secretariat.responses()[SB].is_outdated, "it was about the earlier date too"
    secretariat.receive(alone(SB, a_reply_object(uid, SB, "ACCEPTED", at=NOW, sequence=1), "c@x"))
    found = secretariat.responses()[SB]
    assert (Said.ACCEPTED, False) == (found.said, found.is_outdated)


def test_what_was_taken_out_of_the_calendar_has_no_answer_any_more(secretariat: Secretariat) -> None:
    secretariat.receive(alone(SB, a_reply_object(secretariat.uid(), SB, "DECLINED", at=NOW)))
    secretariat.workplace.import_plan(a_plan(BUDGET), digest="2")
    secretariat.workplace.work()
    assert {} == secretariat.said()


def test_nobody_answers_for_somebody_else_though_the_invitation_was_forwarded(
    secretariat: Secretariat,
) -> None:
    mine = a_reply_object(secretariat.uid(SB), SB, "DECLINED", at=NOW)
    forged = [
        from_exchange("anna@example.com", mine, "a@x"),
        from_exchange("a@example.dk, b@example.dk", mine, "b@x"),
        alone(FOB, a_reply_object(secretariat.uid(SB), FOB, "DECLINED", at=NOW), "c@x"),
        alone(SB, a_reply_object("0" * 32 + "@example.dk", SB, "DECLINED", at=NOW), "d@x"),
        alone(SB, a_reply_object(f"{MEETING.id}@example.dk", SB, "DECLINED", at=NOW), "e@x"),
    ]
    assert {Effect.STRANGER: 2, Effect.NONE: 3} == secretariat.receive(*forged)
    assert {} == secretariat.said()
    assert [""] * 5 == secretariat.dovecot.flags(), "they are left for people"


def test_an_answer_in_a_mail_that_is_passed_on_is_not_taken(secretariat: Secretariat) -> None:
    inner = alone(SB, a_reply_object(secretariat.uid(), SB, "DECLINED", at=NOW)).decode()
    head = f"From: {SB}\r\nMessage-ID: <fw@x>\r\nMIME-Version: 1.0"
    kind = 'Content-Type: multipart/mixed; boundary="b"'
    forwarded = f"{head}\r\n{kind}\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    assert {Effect.NONE: 1} == secretariat.receive(forwarded.encode())


def test_what_people_machines_and_lists_write_stays_unread(secretariat: Secretariat) -> None:
    others = [
        a_letter(),
        a_letter("anna@sb.example", "Jeg er på ferie.", Auto_Submitted="auto-replied"),
        a_letter("liste@example.org", "Nyt fra listen", List_Id="<nyt.example.org>", Precedence="bulk"),
    ]
    assert {Effect.NONE: 3} == secretariat.receive(*others)
    assert [""] * 3 == secretariat.dovecot.flags()


def test_broken_objects_and_mails_hold_up_no_other(secretariat: Secretariat) -> None:
    good = a_reply_object(secretariat.uid(), SB, at=NOW)
    broken = [
        alone(SB, b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n", "a@x"),
        alone(SB, b"\xff\xfe\x00", "b@x"),
        alone(SB, good.replace(b"DTSTAMP:2024", b"DTSTAMP:99999").replace(b"UID:", b"UID:x"), "c@x"),
        from_exchange(SB, b"", "d@x").replace(b"base64", b"x-unknown"),
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        + b"--b\r\nContent-Type: text/calendar\r\n" * 300,
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 3000
        + b"Content-Type: text/calendar\r\n",
        b"From: \xe6\xf8\xe5 <x>\r\nContent-Type: text/calendar; charset=klingon\r\n\r\n" + good,
    ]
    tally = secretariat.receive(*broken, from_gmail(SB, good, "good@x"))
    assert (8, 1) == (tally.total(), tally[Effect.ANSWERED])
    assert {SB: "accepted"} == secretariat.said()


def test_an_entry_is_known_though_the_sender_address_was_changed_since(secretariat: Secretariat) -> None:
    name = secretariat.uid().partition("@")[0]
    secretariat.receive(alone(SB, a_reply_object(f"{name}@old.example", SB, at=NOW)))
    assert {SB: "accepted"} == secretariat.said()


def test_the_record_tells_what_was_answered_and_is_whole(secretariat: Secretariat) -> None:
    start = "DTSTART;VALUE=DATE:20240315"
    ics = a_reply_object(secretariat.uid(), SB, "TENTATIVE", at=NOW, method="COUNTER", start=start)
    secretariat.receive(alone(SB, ics))
    with secretariat.workplace.parts.database.read() as connection:
        found = entries(connection, concerning(MEETING.id))
        assert verify(connection).broken_at is None
    (told,) = [each for each in found if each.kind is EntryKind.RESPONSE]
    assert ("proposed", "2024-03-15") == (told.details["said"], told.details["proposed_on"])
    assert told.to is not None
    assert "sb" == told.to.recipient
