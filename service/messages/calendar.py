"""The door to `icalendar`: a milestone as a calendar entry, for invitations, feeds and collections alike."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from service.errors import Language
from service.messages.cleaning import header_text, one_line, shortened
from service.messages.entry import plan_wording
from service.messages.mailbox import Mailbox
from service.messages.wording import listed, say
from service.plan.milestone import Milestone
from service.plan.window import Certainty, Kind

# Without the number of the version: a feed must not change because the program did.
_PRODID = "-//Rettidig//Rettidig//DA"
_LENGTH_OF_MEETING = timedelta(minutes=30)
_SUMMARY = 120


class Status(StrEnum):
    PLANNED = "planned"
    LATE = "late"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A dated milestone in a calendar. `uid` stays the same over all its versions.

    `whole` shows a window of several days from end to end rather than on its due day. `of` are the names to
    set before the title, for a reader whom all entries concern.
    """

    uid: str
    milestone: Milestone
    responsible: tuple[str, ...]
    status: Status
    language: Language
    zone: ZoneInfo
    url: str | None = field(default=None, repr=False)
    whole: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Which state of an entry this is: the SEQUENCE, and the instant (UTC) of the last change."""

    sequence: int
    changed_at: datetime


class Text(vText):
    r"""What a plan says, escaped as RFC 5545 3.3.11 has it.

    icalendar takes a backslash before an N for a line break that is escaped already, as in "S:\Nyborg".
    """

    def to_ical(self) -> bytes:
        return b"\\\\".join(vText(part).to_ical() for part in self.split("\\"))


class Slot(NamedTuple):
    """Two dates for a whole day, the end excluded; two instants in UTC for a clock time."""

    start: date
    end: date


def uid_of(domain: str, *identity: str) -> str:
    """The UID of whatever is identified so: plan and milestone, for an invitation the address as well.

    Nothing that may change (date, title, row) and nothing readable goes into it.
    """
    digest = hashlib.sha256("\x1f".join(part.casefold() for part in identity).encode()).hexdigest()
    return f"{digest[:32]}@{domain}"


def slot_of(entry: CalendarEntry) -> Slot:
    """The due day, or half an hour of it: up to a deadline ("senest kl. 12"), from the hour of a meeting.

    The due day also for a window of months, unless it is wanted whole: a bar over all of it says less and is
    soon ignored. A whole day is written as dates, so that no time zone can move it; a clock time in UTC,
    since Outlook takes a TZID without its VTIMEZONE for an error and a VTIMEZONE by RDATE for another hour.
    Raises ValueError for what no calendar can hold.
    """
    due_on, clock = entry.milestone.due_on, entry.milestone.window.time
    if due_on is None or due_on.year in {MINYEAR, MAXYEAR}:
        raise ValueError("a milestone without a date, or on no real one, has no place in a calendar")
    if clock is None:
        first = (entry.milestone.window.starts_on if entry.whole else None) or due_on
        return Slot(min(first, due_on), _last_day(entry, due_on) + timedelta(days=1))
    named = datetime.combine(due_on, clock, entry.zone).astimezone(ZoneInfo("UTC"))
    if entry.milestone.window.kind is Kind.BY:
        return Slot(named - _LENGTH_OF_MEETING, named)
    return Slot(named, named + _LENGTH_OF_MEETING)


def _last_day(entry: CalendarEntry, due_on: date) -> date:
    ends_on = entry.milestone.window.ends_on
    return max(ends_on, due_on) if entry.whole and ends_on else due_on


def event_of(entry: CalendarEntry, version: Version, organizer: Mailbox | None) -> Event:
    """The VEVENT that all calendars have in common; it never blocks the day."""
    event = Event()
    slot = slot_of(entry)
    event.add("UID", entry.uid)
    event.add("DTSTAMP", version.changed_at)
    event.add("LAST-MODIFIED", version.changed_at)
    event.add("SEQUENCE", version.sequence)
    event.add("DTSTART", slot.start)
    event.add("DTEND", slot.end)
    event.add("SUMMARY", Text(summary_of(entry)))
    if description := description_of(entry):
        event.add("DESCRIPTION", Text(description))
    event.add("STATUS", _status(entry))
    event.add("TRANSP", "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    if organizer:
        event.add("ORGANIZER", address_of(organizer))
    if entry.url:
        event.add("URL", vUri(entry.url))
    return event


def summary_of(entry: CalendarEntry) -> str:
    key = entry.status.value
    if entry.status is Status.PLANNED and _is_approximate(entry.milestone):
        key = "approximate"
    activity = shortened(one_line(entry.milestone.activity), _SUMMARY)
    title = say(entry.language, f"entry.{key}", activity=activity)
    return f"{entry.of} · {title}" if entry.of else title


def description_of(entry: CalendarEntry) -> str:
    language, milestone = entry.language, entry.milestone
    names = listed(language, [one_line(name) for name in entry.responsible])
    lines = [
        one_line(milestone.activity),
        plan_wording(language, milestone),
        say(language, "responsible", names=names) if names else "",
        say(language, "checklist") if milestone.checklist else "",
        *(f"- {one_line(point)}" for point in milestone.checklist),
    ]
    return "\n".join(line for line in lines if line)


def alarm_of(entry: CalendarEntry) -> Alarm:
    """At nine the day before, or an hour before a clock time.

    The only alarm, and before the start: Outlook keeps one and drops the sign of its trigger.
    """
    all_day = entry.milestone.window.time is None
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", Text(summary_of(entry)))
    alarm.add("TRIGGER", timedelta(hours=-15 if all_day else -1))
    return alarm


def address_of(mailbox: Mailbox, parameters: Mapping[str, str] = MappingProxyType({})) -> vCalAddress:
    address = vCalAddress(mailbox.uri)
    for name, value in parameters.items():
        address.params[name] = vText(value)
    if mailbox.name:
        address.params["CN"] = vText(header_text(mailbox.name))
    return address


def calendar_for(method: str | None) -> Calendar:
    # Not `Calendar.new`: it adds a random UID, by which each fetch differs and vdirsyncer loses entries.
    calendar = Calendar()
    calendar.add("PRODID", _PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if method:
        calendar.add("METHOD", method)
    return calendar


def schedule_of(entry: CalendarEntry) -> str:
    """A hash of what moves an appointment: a change of it asks everybody again (RFC 5546 2.1.4)."""
    return _hash(*(moment.isoformat() for moment in slot_of(entry)), _status(entry))


def wording_of(entry: CalendarEntry) -> str:
    """A hash of what is merely read."""
    return _hash(summary_of(entry), description_of(entry), entry.url or "")


def _status(entry: CalendarEntry) -> str:
    if entry.status is Status.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if _is_approximate(entry.milestone) else "CONFIRMED"


def _is_approximate(milestone: Milestone) -> bool:
    """Whether the due day is only the end of a vague window; a day that the activity itself names is firm."""
    window = milestone.window
    return window.certainty is not Certainty.EXACT and milestone.due_on == window.last_day


def _hash(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
