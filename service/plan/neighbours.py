"""What stands round a row in the plan: a hint to when something without a date must be settled."""

from dataclasses import dataclass
from datetime import date

from service.plan.milestone import Milestone
from service.plan.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The nearest dated rows above and below; None where there is none."""

    before: Milestone | None = None
    after: Milestone | None = None

    @property
    def settle_by(self) -> date | None:
        """The day by which the date should be known, since the row below begins then, or is due."""
        if self.after is None:
            return None
        starts_on, due_before = self.after.window.starts_on, self.before.due_on if self.before else None
        if starts_on and (due_before is None or due_before < starts_on):
            return starts_on
        return self.after.due_on


def between(plan: Plan, milestone: Milestone) -> Between:
    """The neighbours of a milestone among the rows of the plan, in their order."""
    dated = [each for each in plan.milestones if each.due_on and each.id != milestone.id]
    above = [each for each in dated if each.row < milestone.row]
    below = [each for each in dated if each.row > milestone.row]
    return Between(before=above[-1] if above else None, after=below[0] if below else None)
