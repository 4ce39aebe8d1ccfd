"""An answer is read from whatever shape a client gives it, and only from what is one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from service.incoming.mail import calendars_in, read_mail
from service.incoming.reply import Reply, replies_in
from service.incoming.taking import speaks_for
from service.reminders.responses import Said
from tests.incoming.shapes import CLIENTS, a_reply_object, from_exchange

NOW = datetime(2024, 2, 12, 7, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
ANNA = "anna@sb.example"
UID = "0123456789abcdef@example.dk"


def replies(raw: bytes) -> list[Reply]:
    return [reply for ics in calendars_in(read_mail(raw).message) for reply in replies_in(ics, ZONE)]


def reply(ics: bytes) -> Reply:
    (found,) = replies_in(ics, ZONE)
    return found


@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_is_found_once_in_the_shape_of_each_client(client: Callable[[str, bytes], bytes]) -> None:
    (found,) = replies(client(f"Anna Ærø <{ANNA}>", a_reply_object(UID, ANNA, "DECLINED", at=NOW)))
    assert (UID, ANNA, Said.DECLINED, 0, NOW) == (
        found.uid,
        found.attendee,
        found.said,
        found.sequence,
        found.answered_at,
    )


@pytest.mark.parametrize("said", list(Said))
def test_each_answer_is_told_from_the_others(said: Said) -> None:
    if said is not Said.PROPOSED:
        assert said is reply(a_reply_object(UID, ANNA, said.upper(), at=NOW)).said


@pytest.mark.parametrize("partstat", ["NEEDS-ACTION", "COMPLETED", "X-MAYBE", ""])
def test_what_is_no_answer_yet_is_none(partstat: str) -> None:
    assert [] == replies_in(a_reply_object(UID, ANNA, partstat, at=NOW), ZONE)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "REFRESH", "PUBLISH", "ADD", "DECLINECOUNTER"])
def test_other_objects_are_no_answers(method: str) -> None:
    assert [] == replies_in(a_reply_object(UID, ANNA, "DECLINED", at=NOW, method=method), ZONE)


@pytest.mark.parametrize(
    ("start", "day", "clock"),
    [
        ("DTSTART;VALUE=DATE:20240315", date(2024, 3, 15), None),
        ("DTSTART:20240315T090000Z", date(2024, 3, 15), time(10)),
        ("DTSTART;TZID=Europe/Copenhagen:20240315T103000", date(2024, 3, 15), time(10, 30)),
        ("DTSTART;TZID=Romance Standard Time:20240315T103000", date(2024, 3, 15), time(10, 30)),
        ("DTSTART:20240315T103000", date(2024, 3, 15), time(10, 30)),
        ("DTSTART:20240314T233000Z", date(2024, 3, 15), time(0, 30)),
    ],
)
def test_another_time_that_is_proposed_is_read_in_the_time_of_the_plan(
    start: str, day: date, clock: time | None
) -> None:
    found = reply(a_reply_object(UID, ANNA, "TENTATIVE", at=NOW, method="COUNTER", start=start))
    assert (Said.PROPOSED, day, clock) == (found.said, found.proposed_on, found.proposed_time)


def test_the_day_of_the_entry_is_no_proposal_in_a_plain_answer() -> None:
    assert reply(a_reply_object(UID, ANNA, at=NOW)).proposed_on is None


def test_a_proposal_of_no_day_that_can_be_is_the_answer_beside_it() -> None:
    ics = a_reply_object(UID, ANNA, "DECLINED", at=NOW, method="COUNTER", start="DTSTART;VALUE=DATE:99991231")
    assert Said.DECLINED is reply(ics).said


def test_a_remark_is_one_short_line() -> None:
    ics = a_reply_object(UID, ANNA, at=NOW, comment="Ferie\\n\x07 \u202e" + "æ" * 500)
    comment = reply(ics).comment
    assert comment.startswith("Ferie æææ")
    assert 200 >= len(comment)


def test_an_address_is_read_in_whatever_letters_and_only_a_mail_address_is_one() -> None:
    ics = a_reply_object(UID, ANNA, at=NOW)
    assert ANNA == reply(ics.replace(b"mailto:anna@sb.example", b"MAILTO:Anna@SB.example")).attendee
    assert "" == reply(ics.replace(b"mailto:anna@sb.example", b"urn:uuid:1")).attendee


def test_without_a_stamp_nothing_is_known_of_when() -> None:
    ics = a_reply_object(UID, ANNA, at=NOW)
    assert reply(ics.replace(b"DTSTAMP:20240212T070000Z\r\n", b"")).answered_at is None


def test_an_answer_in_another_charset_is_read() -> None:
    ics = a_reply_object(UID, ANNA, at=NOW, comment="Ærø").decode().encode("iso-8859-1")
    raw = from_exchange(ANNA, ics).replace(b'charset="utf-8"', b'charset="iso-8859-1"')
    (found,) = replies(raw)
    assert "Ærø" == found.comment


@pytest.mark.parametrize(
    ("sender", "may"),
    [
        ("anna@sb.example", True),
        ("sekretaer@sb.example", True),
        ("anna@mail.sb.example", True),
        ("anna@example", False),
        ("anna@fob.example", False),
        ("anna@notsb.example", False),
        ("", False),
    ],
)
def test_whoever_is_of_the_same_house_may_answer(sender: str, may: bool) -> None:
    assert may is speaks_for(sender, ANNA)


def test_in_a_house_that_is_open_to_all_only_the_address_itself_may() -> None:
    assert speaks_for("anna@gmail.com", "anna@gmail.com")
    assert not speaks_for("bent@gmail.com", "anna@gmail.com")
