"""A calendar to subscribe to (RFC 5545 and 7986). The same entries give the same bytes, so an ETag holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

from service.errors import Language
from service.messages.calendar import CalendarEntry, Version, calendar_for, event_of, slot_of
from service.messages.cleaning import one_line
from service.messages.email import MisbuiltMessageError
from service.messages.mailbox import Mailbox

_REFRESH_HOURS = 4  # what clients make of it is between one hour and a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """`url` is where it is served: secret, and known to whoever reads the feed anyway."""

    name: str
    description: str
    language: Language
    zone: str
    url: str
    organizer: Mailbox


class Row(NamedTuple):
    entry: CalendarEntry
    version: Version


class ComposedFeed(NamedTuple):
    """`left_out` are ids of milestones whose entry could not be read back, for the coordinator to see."""

    ics: bytes
    left_out: tuple[str, ...]


def compose_feed(feed: Feed, rows: Sequence[Row]) -> ComposedFeed:
    """All dated entries; an invalid one is left out, for Google drops a whole feed because of one bad line.

    No attendees (PUBLISH forbids them) and no alarms (Apple, Google and Outlook drop those of a feed).
    """
    dated = [row for row in rows if row.entry.milestone.due_on is not None]
    dated.sort(key=lambda row: (row.entry.milestone.due_on, row.entry.milestone.row, row.entry.uid))
    calendar = _calendar(feed)
    left_out = []
    for row in dated:
        event = _sound_event(row, feed.organizer)
        if event:
            calendar.add_component(event)
        else:
            left_out.append(row.entry.milestone.id)
    ics = calendar.to_ical()
    if len(Calendar.from_ical(ics).events) != len(dated) - len(left_out):
        raise MisbuiltMessageError("the feed does not read back with all its entries")
    return ComposedFeed(ics, tuple(left_out))


def _calendar(feed: Feed) -> Calendar:
    name, description = one_line(feed.name), one_line(feed.description)
    calendar = calendar_for("PUBLISH")
    for property_name, value in [
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("DESCRIPTION", description),
        ("X-WR-CALDESC", description),
        ("X-WR-TIMEZONE", feed.zone),
        ("COLOR", "teal"),
        ("X-PUBLISHED-TTL", f"PT{_REFRESH_HOURS}H"),
    ]:
        if value:  # libical takes an empty property for an error
            calendar.add(property_name, value)
    # Neither has a default type (RFC 7986 5.7, 5.8), so VALUE has to be said.
    calendar.add("REFRESH-INTERVAL", timedelta(hours=_REFRESH_HOURS), parameters={"VALUE": "DURATION"})
    calendar.add("SOURCE", feed.url, parameters={"VALUE": "URI"})
    return calendar


def _sound_event(row: Row, organizer: Mailbox) -> Event | None:
    """The entry, if it reads back as it was written."""
    try:
        event = event_of(row.entry, row.version, organizer)
        read = Event.from_ical(event.to_ical())
    except ValueError:
        return None
    same = read.get("UID") == row.entry.uid and read.decoded("DTSTART") == slot_of(row.entry).start
    return event if same and set(read) == set(event) and not read.errors else None
