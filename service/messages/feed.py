"""A calendar to subscribe to (RFC 5545 and 7986). The same entries give the same bytes, so an ETag holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event, Parameters, Timezone, TimezoneStandard, vUri
from icalendar.parser import Contentline

from service.errors import Language
from service.messages.calendar import CalendarEntry, Text, Version, calendar_for, event_of, slot_of
from service.messages.cleaning import one_line
from service.messages.email import MisbuiltMessageError
from service.messages.mailbox import Mailbox
from service.plan.in_calendar import OF_MILESTONE, OF_PLAN, milestone_in_calendar, plan_in_calendar
from service.plan.plan import Plan

_END_OF_LINE = b"\r\n"
_BEFORE_ITS_ADDRESS = _END_OF_LINE + b"REFRESH-INTERVAL"
_REFRESH_HOURS = 4  # what clients make of it is between one hour and a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """With the `plan`, what no calendar can say goes along, and the feed reads back as the plan it is of."""

    name: str
    description: str
    language: Language
    zone: str
    organizer: Mailbox
    plan: Plan | None = None


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
    drafts = [(row, event) for row in dated if (event := _draft(row, feed))]
    ics = _written(feed, drafts)
    if not _reads_back(ics, drafts):
        drafts = [draft for draft in drafts if _reads_back(_written(feed, [draft]), [draft])]
        ics = _written(feed, drafts)
        if not _reads_back(ics, drafts):
            raise MisbuiltMessageError("the feed does not read back as it was written")
    kept = [row for row, _ in drafts]
    return ComposedFeed(ics, tuple(row.entry.milestone.id for row in dated if row not in kept))


def _draft(row: Row, feed: Feed) -> Event | None:
    """The entry; None when it cannot be written, for whatever reason: it must not take the others with it."""
    try:
        event = event_of(row.entry, row.version, feed.organizer)
        if feed.plan:
            event.add(OF_MILESTONE, milestone_in_calendar(row.entry.milestone))
    except Exception:  # noqa: BLE001 - see above; which were left out is told to whoever asked for the feed
        return None
    return event


def _written(feed: Feed, drafts: Sequence[tuple[Row, Event]]) -> bytes:
    calendar = _calendar(feed)
    if feed.plan:
        shown = [row.entry.milestone for row, _ in drafts]
        calendar.add(OF_PLAN, plan_in_calendar(feed.plan, shown))
    for _, event in drafts:
        calendar.add_component(event)
    if not drafts:
        calendar.add_component(_universal_time())
    ics: bytes = calendar.to_ical()
    return ics


def _universal_time() -> Timezone:
    """What a calendar without entries holds: one component there must be (RFC 5545 3.6)."""
    zone, standard = Timezone(), TimezoneStandard()
    standard.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as RFC 5545 3.6.5 asks
    standard.add("TZOFFSETFROM", timedelta())
    standard.add("TZOFFSETTO", timedelta())
    zone.add("TZID", "Etc/UTC")
    zone.add_component(standard)
    return zone


def _reads_back(ics: bytes, drafts: Sequence[tuple[Row, Event]]) -> bool:
    """Whether the bytes hold these entries on their days, with their properties, and nothing else."""
    try:
        read = Calendar.from_ical(ics).events
    except ValueError:
        return False
    meant = [(row.entry.uid, slot_of(row.entry).start, set(event)) for row, event in drafts]
    found = [(event.get("UID"), event.decoded("DTSTART"), set(event)) for event in read if not event.errors]
    return meant == found


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
            calendar.add(property_name, Text(value))
    # It has no default type (RFC 7986 5.7), so VALUE has to be said.
    calendar.add("REFRESH-INTERVAL", timedelta(hours=_REFRESH_HOURS), parameters={"VALUE": "DURATION"})
    return calendar


def addressed(ics: bytes, url: str) -> bytes:
    """A feed with the address that it is served at, which is secret, but known to whoever reads it there."""
    source: bytes = Contentline.from_parts("SOURCE", Parameters({"VALUE": "URI"}), vUri(url)).to_ical()
    head, mark, rest = ics.partition(_BEFORE_ITS_ADDRESS)
    line, end, rest = rest.partition(_END_OF_LINE)
    return head + mark + line + end + source + _END_OF_LINE + rest
