"""A plan in the properties of a calendar that the product wrote: what reading it back gives the same plan.

An entry lies on its due day and says the rest in words for people; the window, its kind and the parties stand
in properties of our own, which other programs pass over (RFC 5545 3.8.8.2).
"""

import json
from collections.abc import Sequence

from service.plan.as_json import milestone_as_json, party_as_json
from service.plan.milestone import Milestone
from service.plan.plan import Plan

OF_PLAN, OF_MILESTONE = "X-RETTIDIG-PLAN", "X-RETTIDIG-MILESTONE"


def plan_in_calendar(plan: Plan, milestones: Sequence[Milestone]) -> str:
    """What the plan itself is, and the parties of these of its milestones."""
    named = {party for milestone in milestones for party in milestone.parties}
    parties = [party_as_json(party) for party in plan.parties if party.id in named]
    for party in parties:
        party["members"] = [member for member in party["members"] if member in named]
    return _written({"title": plan.title, "language": plan.language, "parties": parties})


def milestone_in_calendar(milestone: Milestone) -> str:
    fields = {**milestone_as_json(milestone), "phase": milestone.phase}
    del fields["row"]  # a calendar counts its own
    return _written(fields)


def _written(fields: dict[str, object]) -> str:
    """In ASCII: no letter of a cell can be taken for the end of a line."""
    return json.dumps(fields, separators=(",", ":"))
