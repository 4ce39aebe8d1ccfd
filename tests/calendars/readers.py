"""What other people's programs make of a calendar object of ours; each is a reader of its own.

libical (Evolution, KDE) holds it against its table of what each METHOD demands and forbids (RFC 5546);
icalendar, vobject (Radicale) and ical.js (Thunderbird, Nextcloud) say which entries they find, on which days.
"""

import ctypes
import ctypes.util
import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import icalendar
import vobject

from tests import javascript

HERE = Path(__file__).parent


class Found(NamedTuple):
    """One entry; `start` and `end` are days, or instants in UTC, in ISO 8601."""

    uid: str
    start: str
    end: str
    sequence: int
    status: str
    summary: str


class RefusedError(AssertionError):
    """A reader does not take a calendar object, or finds something else in it than the others."""


_taken: dict[bytes, list[Found]] = {}


def check(ics: bytes) -> list[Found]:
    """What all readers agree that an object holds; raises RefusedError. Each object is read once."""
    digest = hashlib.sha256(ics).digest()
    if digest not in _taken:
        _taken[digest] = _read_by_all(ics)
    return _taken[digest]


def objects_taken() -> int:
    """How many different objects all readers have taken so far."""
    return len(_taken)


def readers_named() -> list[str]:
    """The readers there are, with their versions."""
    versions = {name: version(name) for name in ("icalendar", "vobject")}
    versions |= javascript.versions(HERE)
    named = [f"{name} {number}" for name, number in versions.items() if is_there(name)]
    return [*(["libical"] if libical() else []), *named]


def _read_by_all(ics: bytes) -> list[Found]:
    if complaint := libical_complaint(ics):
        raise RefusedError(f"libical: {complaint}")
    first, *others = ((name, read(ics)) for name, read in READERS.items() if is_there(name))
    for name, found in others:
        if found != first[1]:
            raise RefusedError(f"{name} finds {found}, {first[0]} {first[1]}")
    return first[1]


def libical_complaint(ics: bytes) -> str:
    """The object with libical's remarks in it, when it has any."""
    library = libical()
    if library is None:
        return ""
    component = library.icalparser_parse_string(ics)
    if not component:
        return "it cannot be parsed at all"
    try:
        library.icalrestriction_check(component)  # notes what it finds inside the component
        if library.icalcomponent_count_errors(component):
            return str(ctypes.string_at(library.icalcomponent_as_ical_string(component)).decode())
        return ""
    finally:
        library.icalcomponent_free(component)


@cache
def libical() -> ctypes.CDLL | None:
    found = ctypes.util.find_library("ical")
    if found is None:
        javascript.missing("libical3 is not installed")
        return None
    library = ctypes.CDLL(found)
    for name in ("icalparser_parse_string", "icalcomponent_as_ical_string"):
        getattr(library, name).restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for name in ("restriction_check", "component_count_errors", "component_free", "component_as_ical_string"):
        getattr(library, f"ical{name}").argtypes = [ctypes.c_void_p]
    return library


@lru_cache(maxsize=4)
def parsed(ics: bytes) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(ics)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def by_icalendar(ics: bytes) -> list[Found]:
    calendar = parsed(ics)
    calendar.validate()  # type: ignore[no-untyped-call]
    if faulty := [event.errors for event in calendar.events if event.errors]:
        raise RefusedError(f"icalendar: {faulty}")
    return [
        Found(
            uid=str(event["UID"]),
            start=event.decoded("DTSTART").isoformat(),
            end=event.decoded("DTEND").isoformat(),
            sequence=int(event.decoded("SEQUENCE")),
            status=str(event["STATUS"]),
            summary=str(event["SUMMARY"]),
        )
        for event in calendar.events
    ]


def by_vobject(ics: bytes) -> list[Found]:
    calendar = vobject.readOne(ics.decode())
    calendar.validate(raiseException=True)
    return [
        Found(
            uid=event.uid.value,
            start=_iso(event.dtstart.value),
            end=_iso(event.dtend.value),
            sequence=int(event.sequence.value),
            status=event.status.value,
            summary=event.summary.value,
        )
        for event in calendar.contents.get("vevent", [])
    ]


def by_ical_js(ics: bytes) -> list[Found]:
    try:
        return [Found(*entry) for entry in javascript.ask(HERE, ics.decode())]
    except javascript.RefusedError as refused:
        raise RefusedError(f"ical.js: {refused}") from None


READERS: Mapping[str, Callable[[bytes], list[Found]]] = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "ical.js": by_ical_js,
}


def is_there(name: str) -> bool:
    return name != "ical.js" or javascript.is_there(HERE)


def _iso(value: date) -> str:
    return value.isoformat()
