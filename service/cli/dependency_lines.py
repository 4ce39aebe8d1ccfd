"""What comes after what, as commands show it: to programs as JSON, to people line by line."""

from collections.abc import Iterable
from typing import Any

from service.cli.output import phrase, reply_language, tell
from service.messages.cleaning import one_line, shortened
from service.messages.consequence_wording import slack_in_words
from service.plan.milestone import Milestone
from service.reminders.consequences import Dependency

_ACTIVITY = 70  # letters


def dependency_as_json(dependency: Dependency) -> dict[str, Any]:
    """Days are calendar days; `over_on` is the first day on which the first of the two can be over."""
    due_on = dependency.then.milestone.due_on
    return {
        "first": dependency.first.milestone.id,
        "then": dependency.then.milestone.id,
        "days": dependency.days,
        "over_on": dependency.over_on.isoformat(),
        "due_on": due_on.isoformat() if due_on else None,
        "slack": dependency.slack,
        "slack_in_workdays": dependency.slack_in_workdays,
        "fits": dependency.fits,
    }


def tell_dependencies(found: Iterable[Dependency]) -> None:
    """Each milestone that others come after, and below it those others with the room there is."""
    by_first: dict[str, list[Dependency]] = {}
    for each in found:
        by_first.setdefault(each.first.milestone.id, []).append(each)
    for those in by_first.values():
        first = those[0].first.milestone
        tell(_named(first) + ("" if first.due_on == those[0].over_on else _over_on(those[0])))
        for each in those:
            tell(f"  → {_named(each.then.milestone)}: {_room(each)}")


def _named(milestone: Milestone) -> str:
    activity = shortened(one_line(milestone.activity), _ACTIVITY)
    return phrase("Række", "Row") + f" {milestone.row}  {milestone.due_on or '–'}  {activity}"


def _over_on(dependency: Dependency) -> str:
    if dependency.first.settled:
        return phrase(f"  – overstået {dependency.over_on}", f"  – over on {dependency.over_on}")
    return phrase(
        f"  – tidligst overstået {dependency.over_on}", f"  – over on {dependency.over_on} at the earliest"
    )


def _room(dependency: Dependency) -> str:
    slack = slack_in_words(reply_language(), dependency)
    days = dependency.days
    return slack + (phrase(f", mindst {days} dage efter", f", at least {days} days after") if days else "")
