"""For how long what is held is kept after it has served."""

from dataclasses import dataclass
from datetime import date, timedelta

from service.reminders.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days; None is for ever. What still serves is kept however old it is.

    `notices`, with their messages and answers, are counted from the day on which they would have become
    untrue; `milestones`, with what was reported of them, from the day on which the plan dropped them; earlier
    `revisions` from their import; `links` from when they stopped to open anything. `copies` are those of the
    database that the program itself leaves beside it.
    """

    notices: int | None = 730
    milestones: int | None = 730
    revisions: int | None = 1095
    links: int | None = 90
    record: int | None = 1095
    copies: int | None = 35

    def remembers(self, notice: Notice, today: date) -> bool:
        """Whether it would still be known that this notice was planned; what is not is not planned anew."""
        if self.notices is None or notice.expires_on is None:
            return True
        return notice.expires_on > today - timedelta(self.notices)
