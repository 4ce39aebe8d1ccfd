"""A calendar object as a calendar shows it: read from its bytes alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from service.errors import Language
from service.messages.wording import at_time, clock_in_words, long_date, say, sentence_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """`ends` is the last moment excluded, as RFC 5545 has it."""

    method: str
    summary: str
    starts: date | datetime
    ends: date | datetime
    description: str = ""


def appointment_in(ics: str | bytes) -> Appointment:
    calendar = Calendar.from_ical(ics)
    (event,) = calendar.events
    return Appointment(
        method=str(calendar["METHOD"]),
        summary=str(event["SUMMARY"]),
        starts=event.decoded("DTSTART"),
        ends=event.decoded("DTEND"),
        description=str(event.get("DESCRIPTION", "")),
    )


def slot_in_words(appointment: Appointment, language: Language, zone: ZoneInfo) -> str:
    """As in "Onsdag den 20. marts 2024, hele dagen", clock times in the zone."""
    starts, ends = appointment.starts, appointment.ends
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        local, until = starts.astimezone(zone), ends.astimezone(zone)
        first = at_time(language, long_date(language, local.date()), local.time())
        return f"{sentence_case(first)} – {clock_in_words(language, until.time())}"
    last = ends - timedelta(days=1)
    days = [sentence_case(long_date(language, starts))]
    if last > starts:
        days.append(long_date(language, last))
    return f"{' – '.join(days)}, {say(language, 'all.day')}"
