"""A milestone as a resource of its own in a calendar collection (CalDAV, RFC 4791)."""

from collections.abc import Iterable
from typing import NamedTuple

from icalendar import Calendar, Event

from service.messages.calendar import calendar_for, event_of
from service.messages.feed import Row


class ComposedResource(NamedTuple):
    name: str
    ics: bytes


class ComposedCollection(NamedTuple):
    """The resources by their names, and the ids of milestones whose entry cannot be written."""

    resources: dict[str, bytes]
    left_out: tuple[str, ...]


def names_of_plan(plan_id: str) -> str:
    """How the names of all resources of a plan begin: by this they are known as ours, and no other is."""
    return f"rettidig-{plan_id}-"


def compose_collection(rows: Iterable[Row], plan_id: str) -> ComposedCollection:
    resources: dict[str, bytes] = {}
    left_out: list[str] = []
    for row in rows:
        try:
            name, ics = _resource(row, plan_id)
        except Exception:  # noqa: BLE001 - one bad row must not take the others with it; it is named
            left_out.append(row.entry.milestone.id)
        else:
            resources[name] = ics
    return ComposedCollection(resources, tuple(left_out))


def says_the_same(theirs: bytes, ours: bytes) -> bool:
    """Whether a resource that somebody has changed still shows the deadline as we do.

    An alarm, a note or a colour is theirs to add.
    """
    try:
        return _shown(theirs) == _shown(ours)
    except Exception:  # noqa: BLE001 - whatever stands there is a stranger's
        return False


def _resource(row: Row, plan_id: str) -> ComposedResource:
    """Without METHOD, which RFC 4791 4.1 forbids, and with one UID.

    Nobody is invited, so there is no organizer either: to a server that sends invitations (RFC 6638) an
    entry with one is a meeting. Nor an alarm, which would ring for everybody who shares the calendar.
    """
    event = event_of(row.entry, row.version, organizer=None)
    calendar = calendar_for(method=None)
    calendar.add_component(event)
    ics: bytes = calendar.to_ical()
    (read,) = Calendar.from_ical(ics).events
    if read.get("UID") != row.entry.uid or set(read) != set(event) or read.errors:
        raise ValueError("the entry does not read back as it was written")
    digest, _, _ = row.entry.uid.partition("@")
    return ComposedResource(f"{names_of_plan(plan_id)}{digest}.ics", ics)


def _shown(ics: bytes) -> tuple[object, ...]:
    event: Event
    (event,) = Calendar.from_ical(ics).events
    named = (str(event.get(name, "")) for name in ("UID", "SUMMARY", "STATUS"))
    return *named, event.decoded("DTSTART"), event.decoded("DTEND")
