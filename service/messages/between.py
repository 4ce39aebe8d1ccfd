"""Between which rows of the plan something without a date stands, in words."""

from datetime import date

from service.errors import Language
from service.messages.cleaning import one_line, shortened
from service.messages.overview_wording import say
from service.messages.wording import short_date
from service.plan.milestone import Milestone
from service.plan.neighbours import Between

_LONGEST_ACTIVITY = 60


def between_in_words(language: Language, between: Between, today: date) -> tuple[str, ...]:
    """Where it stands and by when its date should be known; nothing for a plan without dates."""
    before, after = between.before, between.after
    which = "both" if before and after else "before" if before else "after"
    if not (before or after):
        return ()
    place = say(
        language,
        f"between.{which}",
        before=_row(language, before) if before else "",
        after=_row(language, after) if after else "",
    )
    settle_by = between.settle_by
    if settle_by is None:
        return (place,)
    is_late = settle_by <= today
    return place, say(
        language, "settle.late" if is_late else "settle.by", date=short_date(language, settle_by)
    )


def _row(language: Language, milestone: Milestone) -> str:
    activity = shortened(one_line(milestone.activity), _LONGEST_ACTIVITY)
    return say(language, "row", deadline=one_line(milestone.deadline), activity=activity)
