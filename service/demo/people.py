"""What the people of the demo do: report their milestones as done, most in time, some late."""

from datetime import date, timedelta

from service.bootstrap import Parts
from service.storage import plans

# Days after the due date, by row: early, on the day, a little late, and late enough to be chased.
HABITS = (-2, 0, 1, -1, 9, 0, 3, -3, 0, 16)


def report_done(parts: Parts, today: date) -> int:
    """Mark what its party would have reported by now; returns how many milestones that is."""
    with parts.database.write() as connection:
        ready = [
            standing.milestone
            for standing in plans.standings(connection)
            if standing.done_on is None
            and standing.milestone.due_on is not None
            and today >= standing.milestone.due_on + timedelta(HABITS[standing.milestone.row % len(HABITS)])
        ]
        for milestone in ready:
            plans.store_mark(
                connection,
                milestone,
                plans.DONE,
                by=milestone.responsible,
                at=parts.clock.now(),
                today=today,
            )
    return len(ready)
