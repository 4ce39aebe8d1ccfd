"""Calendar invitations: the entry, the mail around it, and how they follow a plan that changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from service.messages.calendar import CalendarEntry, Status, slot_of, uid_of
from service.messages.email import Envelope
from service.messages.invite import Invite, InviteState, compose_invite
from service.messages.mailbox import Mailbox
from service.messages.templates import Templates
from service.plan.place import place_of
from tests.calendars.readers import check

Enter = Callable[..., CalendarEntry]
Golden = Callable[[str, str], None]


class Sent(NamedTuple):
    """The calendar object, and the bytes of the mail around it."""

    ics: bytes
    raw: bytes


Compose = Callable[..., Sent]

FIRST = datetime(2024, 2, 1, 7, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)
HOUR = timedelta(hours=1)


def _event(ics: bytes) -> Event:
    (event,) = Calendar.from_ical(ics).events
    return event


@pytest.fixture(scope="module")
def compose(envelope: Envelope, templates: Templates) -> Compose:
    def with_state(
        entry: CalendarEntry, state: InviteState | None = None, outside: Envelope = envelope
    ) -> Sent:
        invite = Invite(
            entry=entry,
            state=state or InviteState.first(entry, FIRST),
            is_known=state is not None,
            plan_title="Procesplan",
            coordinator_name="Mette Koch",
        )
        composed = compose_invite(invite, outside, templates)
        return Sent(composed.ics, bytes(composed.mail))

    return with_state


@pytest.mark.parametrize("name", ["primo", "board", "council", "meeting", "hand_in"])
def test_an_invitation_says_what_was_approved(
    name: str,
    milestones: SimpleNamespace,
    enter: Enter,
    compose: Compose,
    golden: Golden,
) -> None:
    ics = compose(enter(getattr(milestones, name))).ics

    golden(f"{name}.request.ics", ics.decode())


def test_a_withdrawn_milestone_is_cancelled_under_a_higher_sequence(
    milestones: SimpleNamespace, enter: Enter, compose: Compose, golden: Golden
) -> None:
    planned, gone = enter(milestones.board), enter(milestones.board, Status.CANCELLED)
    state = InviteState.first(planned, FIRST).revised(gone, LATER)
    assert state
    ics = compose(gone, state).ics

    golden("board.cancel.ics", ics.decode())
    assert (_event(ics)["SEQUENCE"], _event(ics)["STATUS"]) == (1, "CANCELLED")
    assert _event(ics)["UID"] == _event(compose(planned).ics)["UID"]
    assert not _event(ics).alarms.times


def test_the_mail_has_the_structure_that_outlook_and_gmail_show_buttons_for(
    milestones: SimpleNamespace, enter: Enter, compose: Compose
) -> None:
    ics, raw = compose(enter(milestones.board))
    mail = message_from_bytes(raw, policy=policy.SMTP)
    *_, calendar, file = mail.walk()

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert dict(calendar["Content-Type"].params) == {
        "charset": "utf-8",
        "method": "REQUEST",
        "component": "VEVENT",
    }
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert calendar["Content-Disposition"] is None
    assert file.get_filename() == "invite.ics"
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == ics
    assert raw.isascii()


def test_the_method_stands_in_the_mail_as_in_the_calendar(
    milestones: SimpleNamespace, enter: Enter, compose: Compose
) -> None:
    for status, method in [
        (Status.PLANNED, "REQUEST"),
        (Status.DONE, "REQUEST"),
        (Status.CANCELLED, "CANCEL"),
    ]:
        ics, raw = compose(enter(milestones.board, status))
        mail = message_from_bytes(raw, policy=policy.SMTP)
        (calendar,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")

        assert calendar["Content-Type"].params["method"] == Calendar.from_ical(ics)["METHOD"] == method


def test_organizer_and_attendee_are_the_mailboxes_of_the_mail(
    milestones: SimpleNamespace, enter: Enter, compose: Compose, envelope: Envelope
) -> None:
    outside = replace(envelope, to=Mailbox(address="anna@ærø.example", name='Anna "A", SB'))
    ics, raw = compose(enter(milestones.board), outside=outside)
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)

    assert _event(ics)["ATTENDEE"] == f"mailto:{mail['To'].addresses[0].addr_spec}"
    assert _event(ics)["ORGANIZER"] == f"mailto:{mail['From'].addresses[0].addr_spec}"


def test_the_same_invitation_gives_the_same_bytes(
    milestones: SimpleNamespace, enter: Enter, compose: Compose
) -> None:
    assert compose(enter(milestones.council)) == compose(enter(milestones.council))


def test_a_moved_date_raises_the_sequence(milestones: SimpleNamespace, enter: Enter) -> None:
    first = InviteState.first(enter(milestones.board), FIRST)
    moved = first.revised(enter(replace(milestones.board, due_on=date(2024, 3, 27))), LATER)

    assert moved
    assert (moved.version.sequence, moved.version.changed_at) == (1, LATER)


def test_a_corrected_word_renews_the_stamp_and_asks_nobody_again(
    milestones: SimpleNamespace, enter: Enter
) -> None:
    first = InviteState.first(enter(milestones.board), FIRST)
    corrected = first.revised(enter(replace(milestones.board, activity="FOB behandler den.")), LATER)

    assert corrected
    assert (corrected.version.sequence, corrected.version.changed_at) == (0, LATER)


def test_a_later_word_carries_a_later_stamp_also_after_the_clock_was_set_back(
    milestones: SimpleNamespace, enter: Enter
) -> None:
    first = InviteState.first(enter(milestones.board), FIRST)
    corrected = first.revised(enter(replace(milestones.board, activity="FOB behandler den.")), FIRST - HOUR)

    assert corrected
    assert corrected.version.changed_at > FIRST


def test_the_same_row_elsewhere_in_the_document_changes_nothing(
    milestones: SimpleNamespace, enter: Enter
) -> None:
    first = InviteState.first(enter(milestones.board), FIRST)

    assert first.revised(enter(replace(milestones.board, row=17, where=place_of("side 3"))), LATER) is None


def test_a_uid_names_plan_milestone_and_address_and_shows_none_of_them() -> None:
    uid = uid_of("example.dk", "plan", "m1", "anna@example.org")

    assert uid == uid_of("example.dk", "plan", "m1", "Anna@example.org")
    assert uid != uid_of("example.dk", "plan", "m1", "bo@example.org")
    assert uid != uid_of("example.dk", "planm", "1", "anna@example.org")
    assert "anna" not in uid


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("board", date(2024, 3, 20), date(2024, 3, 21)),
        ("primo", date(2024, 3, 10), date(2024, 3, 11)),
        ("council", date(2024, 5, 27), date(2024, 5, 28)),
        # Summer time: 16 o'clock in Copenhagen; winter time: up to noon.
        ("meeting", datetime(2024, 5, 27, 14, tzinfo=UTC), datetime(2024, 5, 27, 14, 30, tzinfo=UTC)),
        ("hand_in", datetime(2024, 12, 2, 10, 30, tzinfo=UTC), datetime(2024, 12, 2, 11, tzinfo=UTC)),
    ],
)
def test_an_entry_lies_on_the_due_day_or_at_its_hour(  # noqa: PLR0917 - fixtures
    name: str, start: date, end: date, milestones: SimpleNamespace, enter: Enter, compose: Compose
) -> None:
    event = _event(compose(enter(getattr(milestones, name))).ics)

    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (start, end)


def test_a_vague_window_is_tentative_and_a_day_named_in_the_activity_is_not(
    milestones: SimpleNamespace, enter: Enter, compose: Compose
) -> None:
    vague, named = (_event(compose(enter(it)).ics) for it in (milestones.primo, milestones.council))

    assert (vague["STATUS"], named["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert "»Primo marts 2024«" in str(vague["DESCRIPTION"])


def test_a_window_can_be_shown_whole_where_that_is_wanted(milestones: SimpleNamespace, enter: Enter) -> None:
    shown = {
        name: slot_of(replace(enter(getattr(milestones, name)), whole=True))
        for name in ("primo", "council", "board", "meeting")
    }

    assert shown["primo"] == (date(2024, 3, 1), date(2024, 3, 11))
    assert shown["council"] == (date(2024, 5, 1), date(2024, 6, 1))
    assert shown["board"] == (date(2024, 3, 20), date(2024, 3, 21))
    assert shown["meeting"] == slot_of(enter(milestones.meeting))


def test_an_entry_says_that_the_day_is_free_and_has_one_alarm_before_its_start(
    milestones: SimpleNamespace, enter: Enter, compose: Compose
) -> None:
    for milestone in (milestones.board, milestones.meeting):
        event = _event(compose(enter(milestone)).ics)
        (alarm,) = event.walk("VALARM")

        assert (event["TRANSP"], event["X-MICROSOFT-CDO-BUSYSTATUS"]) == ("TRANSPARENT", "FREE")
        assert alarm.decoded("TRIGGER") < timedelta(0)


def test_a_milestone_without_a_date_has_no_invitation(milestones: SimpleNamespace, enter: Enter) -> None:
    with pytest.raises(ValueError, match="without a date"):
        InviteState.first(enter(milestones.undated), FIRST)


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=300)
    | st.lists(
        st.sampled_from(["\r\nATTENDEE:mailto:x@evil.example", "\r", "\n", "END:VEVENT", "\\n", ";", ",", ":",
                         '"', "^n", "\x00", "\x85", "\u2028", "\ud800", "\ufeff", "æ" * 40, "😀" * 20]),
        max_size=15,
    ).map("".join)
)  # fmt: skip
def test_no_cell_can_add_a_property_or_move_the_day(
    text: str,
    milestones: SimpleNamespace,
    enter: Enter,
    compose: Compose,
    envelope: Envelope,
) -> None:
    def composed(said: str) -> bytes:
        cell = replace(milestones.council, activity=said, deadline=said, responsible=said, checklist=(said,))
        outside = replace(envelope, to=Mailbox(address="fob@example.dk", name=said))
        return compose(enter(cell), outside=outside).ics

    ics = composed(text)
    event, plain = _event(ics), _event(composed("A"))

    check(ics)
    assert set(event) == set(plain)
    assert (event["UID"], event.decoded("DTSTART")) == (plain["UID"], plain.decoded("DTSTART"))
    assert event["ATTENDEE"] == "mailto:fob@example.dk"
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
    assert ics.count(b"\n") == ics.count(b"\r") == ics.count(b"\r\n")
