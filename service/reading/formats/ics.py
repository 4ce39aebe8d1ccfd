"""iCalendar (RFC 5545): each event and each task a row, except those that are called off."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from service.plan.place import Place, Spot
from service.reading.document import Document, Note, Row, Table
from service.reading.errors import BrokenEntry, DamagedFile
from service.reading.formats.cells import fold
from service.reading.formats.own_feed import tree_of
from service.reading.formats.source import Source

_HEADER = ("Deadline", "Aktivitet", "Ansvarlig")
_SPOTS = {"VEVENT": Spot.EVENT, "VTODO": Spot.TASK}
_LOCAL = ZoneInfo("Europe/Copenhagen")  # where the plans are made; a document has no setting of its own
_RESPONSIBLE = ("X-ANSVARLIG", "X-RESPONSIBLE", "ATTENDEE", "ORGANIZER")
_BEGIN, _END = (re.compile(rf"^{word}:", re.IGNORECASE | re.MULTILINE) for word in ("BEGIN", "END"))
_MIDNIGHT = "00:00"


def read(source: Source) -> Document:
    text = source.text()
    if len(_BEGIN.findall(text)) != len(_END.findall(text)):
        raise DamagedFile(file=source.name)  # cut short; icalendar leaves out what was not ended
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except ValueError:
        raise DamagedFile(file=source.name) from None
    entries = [found for calendar in calendars for found in _entries(calendar)]
    planned = [(where, entry) for where, entry in entries if not _is_called_off(entry)]
    rows = tuple(_row(source.name, where, entry) for where, entry in planned)
    titles = (calendar.get("X-WR-CALNAME") or calendar.get("NAME") for calendar in calendars)
    title = next(filter(None, titles), "")
    header = Row(cells=_HEADER, where=Place.at(Spot.CALENDAR))
    blocks = (Table(rows=(header, *rows), where=Place.at(Spot.CALENDAR)),) if rows else ()
    notes = tuple(note for where, entry in entries for note in _notes(where, entry))
    kept = tree_of(calendars[0], planned) if len(calendars) == 1 and planned else None
    return Document(name=source.name, blocks=blocks, title=fold(str(title)), notes=notes, kept=kept)


def _entries(calendar: icalendar.Component) -> Iterator[tuple[Place, icalendar.Component]]:
    number = count(1)
    for entry in calendar.walk():
        if spot := _SPOTS.get(entry.name or ""):
            yield Place.at(spot, next(number)), entry


def _row(file: str, where: Place, entry: icalendar.Component) -> Row:
    try:
        cells = (_deadline(entry), _summary(entry), _responsible(entry))
    except (ValueError, TypeError, AttributeError, OverflowError, KeyError):
        raise BrokenEntry(file=file, where=where) from None
    return Row(cells=cells, where=where)


def _is_called_off(entry: icalendar.Component) -> bool:
    return str(entry.get("STATUS", "")).upper() == "CANCELLED"


def _notes(where: Place, entry: icalendar.Component) -> Iterator[Note]:
    """A row has one deadline and no state: what the calendar says beyond that is told."""
    if _is_called_off(entry):
        yield Note(code="entry-called-off", where=where, written=_summary(entry))
    elif entry.get("RRULE") is not None or entry.get("RDATE") is not None:
        yield Note(code="entry-repeats", where=where, written=_summary(entry))


def _deadline(entry: icalendar.Component) -> str:
    """The days or times of the entry, as one would write them; "" when it has none."""
    if any(name in {"DTSTART", "DTEND", "DUE", "DURATION"} for name, _ in entry.errors):
        raise ValueError("a date of the entry cannot be read")
    start, end = (
        _local(_value(entry, name)) for name in ("DTSTART", "DTEND" if entry.name == "VEVENT" else "DUE")
    )
    length = _value(entry, "DURATION")
    if end is None and start is not None and length is not None:
        end = start + length
    if end is not None and entry.name == "VEVENT" and not isinstance(end, datetime):
        end -= timedelta(days=1)  # RFC 5545 3.6.1: DTEND is the first day after it
    return _span(start, end)


def _value(entry: icalendar.Component, name: str) -> Any:  # noqa: ANN401 # a date, an instant or a duration
    found = entry.get(name)
    return None if found is None else found.dt


def _local(value: date | None) -> date | None:
    return value.astimezone(_LOCAL) if isinstance(value, datetime) and value.tzinfo else value


def _span(start: date | None, end: date | None) -> str:
    first, last = start or end, end or start
    if first is None or last is None:
        return ""
    if first.isoformat()[:10] == last.isoformat()[:10] or last < first:
        return _moment(first)
    return f"{first:%Y-%m-%d} - {last:%Y-%m-%d}"


def _moment(value: date) -> str:
    clock = f"{value:%H:%M}" if isinstance(value, datetime) else _MIDNIGHT
    return f"{value:%Y-%m-%d}" if clock == _MIDNIGHT else f"{value:%Y-%m-%d} kl. {clock}"


def _summary(entry: icalendar.Component) -> str:
    return fold(str(entry.get("SUMMARY", "")))


def _responsible(entry: icalendar.Component) -> str:
    """Those named by the first property that names anyone; a calendar's own property before its guests."""
    for name in _RESPONSIBLE:
        found = entry.get(name)
        people = found if isinstance(found, list) else [found] if found is not None else []
        if names := [text for person in people if (text := _name(person))]:
            return "; ".join(names)
    return ""


def _name(person: Any) -> str:  # noqa: ANN401 # a vCalAddress or a vText, both text with parameters
    return fold(str(person.params.get("CN") or str(person).removeprefix("mailto:").removeprefix("MAILTO:")))
