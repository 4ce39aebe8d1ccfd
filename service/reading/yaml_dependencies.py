"""What comes after what in a plan's YAML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from service.plan.milestone import Milestone, Predecessor
from service.reading.errors import YamlValueMissing
from service.reading.yaml_fields import Fields

_AFTER = ("id", "days")
_DAYS = range(3661)  # between two milestones


def predecessors(milestone: Fields) -> tuple[Predecessor, ...]:
    """What it comes after, each once with the longest distance that is asked for."""
    found: dict[str, int] = {}
    for each in milestone.items("after", _AFTER):
        first, days = each.text("id"), each.number("days", among=_DAYS, example="14") or 0
        if not first:
            raise YamlValueMissing(file=each.file, line=each.line, key="id")
        found[first] = max(days, found.get(first, 0))
    return tuple(Predecessor(id=first, days=days) for first, days in found.items())


def under_present_names(milestones: Sequence[Milestone], present: Mapping[str, str]) -> Iterator[Milestone]:
    """Where a person changed an id, what comes after it need not be changed too.

    `present` leads from the ids of the document's reading to those that stand now.
    """
    standing = {milestone.id for milestone in milestones}
    for milestone in milestones:
        after = (
            first if first.id in standing else replace(first, id=present.get(first.id, first.id))
            for first in milestone.after
        )
        yield replace(milestone, after=tuple(after))
