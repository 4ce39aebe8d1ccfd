"""A calendar that the product wrote -> the tree of the plan in it, as a plan in YAML has it.

Whatever does not fit is no such calendar: an entry from elsewhere, one that somebody moved, a property that
was cut. It is read by what every calendar says instead.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from service.plan.as_yaml import UNDERSTOOD
from service.plan.in_calendar import OF_MILESTONE, OF_PLAN
from service.plan.place import Place

Packed = list[Any]
_AS_IN_THE_DOCUMENT = ("id", "deadline", "responsible", "parties")


def tree_of(
    calendar: icalendar.Component, entries: Sequence[tuple[Place, icalendar.Component]]
) -> Packed | None:
    """The tree in the form of `plan_yaml.packed`; its lines are the numbers of the entries."""
    try:
        return _tree(calendar, entries)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError):
        return None


def _tree(calendar: icalendar.Component, entries: Sequence[tuple[Place, icalendar.Component]]) -> Packed:
    zone = ZoneInfo(str(calendar["X-WR-TIMEZONE"]))
    milestones = [
        _packed(_milestone(number, where, entry, zone), number)
        for number, (where, entry) in enumerate(entries, start=1)
    ]
    line, plan = _packed(_object(calendar, OF_PLAN), 1)
    return [line, {**plan, "milestones": [line, milestones]}]


def _milestone(number: int, where: Place, entry: icalendar.Component, zone: ZoneInfo) -> dict[str, Any]:
    said = _object(entry, OF_MILESTONE)
    if not _lies_on(entry, date.fromisoformat(said["due_on"]), zone):
        raise ValueError("somebody moved the entry")
    source = {name: said[name] for name in _AS_IN_THE_DOCUMENT}
    read_as = {name: said[name] for name in UNDERSTOOD}
    return {**said, "source": {**source, "row": number, "where": where.in_words("da"), "read_as": read_as}}


def _object(component: icalendar.Component, name: str) -> dict[str, Any]:
    found = json.loads(str(component[name]))
    if not isinstance(found, dict):
        raise TypeError
    return found


def _lies_on(entry: icalendar.Component, day: date, zone: ZoneInfo) -> bool:
    start, end = _moment(entry, "DTSTART"), _moment(entry, "DTEND")
    if not isinstance(start, datetime):
        return bool(start <= day < end)
    return day in {start.astimezone(zone).date(), end.astimezone(zone).date()}


def _moment(entry: icalendar.Component, name: str) -> Any:  # noqa: ANN401 # a day or an instant
    found: Any = entry[name]
    return found.dt


def _packed(value: object, line: int) -> Packed:
    """Texts, lists and mappings of texts; what has no value is left out. Raises for what no file can hold."""
    if isinstance(value, dict):
        kept = {str(key): item for key, item in value.items() if item is not None}
        return [line, {key: _packed(item, line) for key, item in kept.items()}]
    if isinstance(value, list):
        return [line, [_packed(item, line) for item in value]]
    text = str(value)
    text.encode()
    return [line, text]
