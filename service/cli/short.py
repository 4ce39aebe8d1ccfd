"""A milestone on one line."""

from service.plan.milestone import Milestone


def in_short(milestone: Milestone) -> str:
    return f"{milestone.due_on or milestone.deadline}  {milestone.activity[:80]}  ({milestone.id})"
