"""What a calendar program answers to an invitation: iTIP's REPLY and COUNTER (RFC 5546 3.2.3, 3.2.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from service.messages.cleaning import one_line, shortened
from service.reminders.responses import Said

_SAID = {
    "ACCEPTED": Said.ACCEPTED,
    "DECLINED": Said.DECLINED,
    "TENTATIVE": Said.TENTATIVE,
    "DELEGATED": Said.DELEGATED,
}
_LONGEST_COMMENT = 200
_MOST_ATTENDEES = 50
_YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer in the name of one attendee, its address in lower case; `answered_at` is UTC.

    `answered_at` is None where the object has no DTSTAMP. What is proposed is local, and of a COUNTER alone.
    """

    uid: str
    attendee: str
    said: Said
    sequence: int
    answered_at: datetime | None
    proposed_on: date | None = None
    proposed_time: time | None = None
    comment: str = ""


def replies_in(ics: bytes, zone: ZoneInfo) -> list[Reply]:
    """The answers in a calendar object, none if it is no answer; raises ValueError for what is no object."""
    calendar = Calendar.from_ical(ics)
    method = str(calendar.get("METHOD", "")).upper()
    if method not in {"REPLY", "COUNTER"}:
        return []
    is_counter = method == "COUNTER"
    return [reply for event in calendar.events for reply in _replies(event, zone, is_counter=is_counter)]


def _replies(event: Event, zone: ZoneInfo, *, is_counter: bool) -> Iterator[Reply]:
    day, clock = _when(event.get("DTSTART"), zone) if is_counter else (None, None)
    stamp = getattr(event.get("DTSTAMP"), "dt", None)
    for attendee in _several(event.get("ATTENDEE"))[:_MOST_ATTENDEES]:
        said = _SAID.get(str(attendee.params.get("PARTSTAT", "")).upper())
        if is_counter and day:
            said = Said.PROPOSED
        if said:
            yield Reply(
                uid=str(event.get("UID", "")).strip(),
                attendee=_address(attendee),
                said=said,
                sequence=_sequence(event),
                answered_at=_in_utc(stamp, zone) if isinstance(stamp, datetime) else None,
                proposed_on=day,
                proposed_time=clock,
                comment=_comment(event),
            )


def _address(attendee: object) -> str:
    """Of "MAILTO:Anna@Example.dk", `anna@example.dk`."""
    scheme, _, address = str(attendee).strip().partition(":")
    return address.strip().lower() if scheme.lower() == "mailto" else ""


def _when(start: Any, zone: ZoneInfo) -> tuple[date | None, time | None]:  # noqa: ANN401 - icalendar's own
    """The local day and hour of a DTSTART; none where it has none that can be."""
    moment = getattr(start, "dt", None)
    if not isinstance(moment, date) or moment.year not in _YEARS:
        return None, None
    if not isinstance(moment, datetime):
        return moment, None
    local = _in_utc(moment, zone).astimezone(zone)
    return local.date(), local.time().replace(second=0, microsecond=0)


def _in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _sequence(event: Event) -> int:
    try:
        return max(0, int(event.get("SEQUENCE", 0)))
    except (TypeError, ValueError):
        return 0


def _comment(event: Event) -> str:
    return shortened(one_line(" ".join(map(str, _several(event.get("COMMENT"))))), _LONGEST_COMMENT)


def _several(value: Any) -> list[Any]:  # noqa: ANN401 - icalendar gives one, or a list of them
    return value if isinstance(value, list) else [] if value is None else [value]
