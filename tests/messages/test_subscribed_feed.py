"""A feed to subscribe to: what is in it, and that nothing can break it or make it look changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from service.messages.calendar import CalendarEntry, Status, Version
from service.messages.feed import Feed, Row, addressed, compose_feed
from service.messages.mailbox import Mailbox
from tests.calendars.readers import check

Enter = Callable[..., CalendarEntry]
Golden = Callable[[str, str], None]

VERSION = Version(sequence=2, changed_at=datetime(2024, 2, 1, 7, tzinfo=UTC))
URL = "https://frister.example.dk/feed/abc.ics"
FEED = Feed(
    name="FOB: frister",
    description="Frister for FOB i Procesplan",
    language="da",
    zone="Europe/Copenhagen",
    organizer=Mailbox(address="frister@example.dk", name="Rettidig"),
)


@pytest.fixture(scope="module")
def rows(milestones: SimpleNamespace, enter: Enter) -> list[Row]:
    return [
        Row(enter(milestones.meeting, Status.CANCELLED), VERSION),
        Row(enter(milestones.board, Status.DONE), VERSION),
        Row(enter(milestones.undated), VERSION),
        Row(enter(milestones.primo), VERSION),
    ]


def test_a_feed_says_what_was_approved(rows: list[Row], golden: Golden) -> None:
    ics, left_out = compose_feed(FEED, rows)

    golden("feed.ics", addressed(ics, URL).decode())
    assert left_out == ()


def test_dated_entries_stand_in_order_and_say_what_became_of_them(rows: list[Row]) -> None:
    events = Calendar.from_ical(compose_feed(FEED, rows).ics).events

    assert [event["SUMMARY"] for event in events] == [
        "Frist (ca.): Bestyrelsen godkender materialet og indstiller til kommunen.",
        "✓ FOB - bestyrelsen behandler prækvalifikationen.",
        "AFLYST: Møde i styregruppen.",
    ]


def test_the_order_of_the_rows_does_not_change_a_byte(rows: list[Row]) -> None:
    assert compose_feed(FEED, rows) == compose_feed(FEED, list(reversed(rows)))


def test_a_feed_has_no_uid_of_its_own_no_attendees_and_no_alarms(rows: list[Row]) -> None:
    ics = compose_feed(FEED, rows).ics
    calendar = Calendar.from_ical(ics)

    assert "UID" not in calendar
    assert b"ATTENDEE" not in ics
    assert b"VALARM" not in ics


def test_what_has_no_default_type_says_its_type(rows: list[Row]) -> None:
    lines = addressed(compose_feed(FEED, rows).ics, URL).decode().splitlines()

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert f"SOURCE;VALUE=URI:{URL}" in lines
    assert "X-PUBLISHED-TTL:PT4H" in lines


def test_a_feed_of_nothing_is_a_calendar() -> None:
    assert check(compose_feed(FEED, []).ics) == []


@pytest.mark.parametrize("never", [date.max, date(9999, 6, 1), date.min])
def test_an_entry_on_a_day_that_no_calendar_has_is_left_out_and_named(rows: list[Row], never: date) -> None:
    impossible = replace(rows[3].entry.milestone, id="never", due_on=never)
    broken = Row(replace(rows[3].entry, milestone=impossible), VERSION)
    ics, left_out = compose_feed(FEED, [*rows, broken])

    assert left_out == ("never",)
    assert ics == compose_feed(FEED, rows).ics


def test_an_entry_that_cannot_be_read_back_is_left_out_and_named(rows: list[Row]) -> None:
    broken = Row(replace(rows[3].entry, url="https://a.example/\r\nATTENDEE:mailto:b@c.example"), VERSION)
    ics, left_out = compose_feed(FEED, [*rows, broken])

    assert left_out == (broken.entry.milestone.id,)
    assert ics == compose_feed(FEED, rows).ics


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(st.text(max_size=120), min_size=1, max_size=5), name=st.text(max_size=60))
def test_no_text_breaks_a_feed(
    texts: list[str], name: str, milestones: SimpleNamespace, enter: Enter
) -> None:
    rows = [
        Row(
            replace(
                enter(replace(milestones.primo, activity=text, deadline=text)),
                uid=f"{number}@example.dk",
                responsible=(text,),
            ),
            VERSION,
        )
        for number, text in enumerate(texts)
    ]
    ics, left_out = compose_feed(replace(FEED, name=name, description=name), rows)

    assert left_out == ()
    assert {found.uid for found in check(ics)} == {row.entry.uid for row in rows}


@pytest.mark.parametrize("said", ["S:\\Nyborg", "S:\\nyborg", "a\\\\Nb", "x\\,y;z", "\\"])
def test_what_is_written_with_a_backslash_is_read_so(
    enter: Enter, milestones: SimpleNamespace, said: str
) -> None:
    feed = replace(FEED, name=said)
    ics = compose_feed(feed, [Row(enter(replace(milestones.board, activity=said)), VERSION)]).ics
    (found,) = check(ics)
    assert found.summary == f"Frist: {said}"
    escaped = said.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    assert {f"NAME:{escaped}", f"X-WR-CALNAME:{escaped}"} <= set(ics.decode().splitlines()), "RFC 7986 5.1"
