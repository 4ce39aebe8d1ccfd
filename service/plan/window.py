"""What a deadline cell means: a stretch of calendar days, and how sure the plan is of it."""

from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day
from enum import StrEnum


class Kind(StrEnum):
    """How the plan words a window; the stable values of the JSON."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    PART_OF_MONTH = "part-of-month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    SEASON = "season"
    WEEK = "week"
    BY = "by"
    FROM = "from"
    RECURRING = "recurring"
    YEAR = "year"
    TBD = "tbd"


class Certainty(StrEnum):
    """EXACT only where calendar days are fixed; AWAITING when the plan says that the date is to come."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AWAITING = "awaiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Calendar days, both ends included; never an instant, so no time zone can move it.

    An end that the plan leaves open ("senest 1. maj", "fra uge 12") is None. `time` is a local clock time
    named in the cell, None when there is none.
    """

    starts_on: date | None
    ends_on: date | None
    kind: Kind
    certainty: Certainty
    time: time_of_day | None = None

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValueError(f"a window cannot end ({self.ends_on}) before it starts ({self.starts_on})")

    @property
    def last_day(self) -> date | None:
        """The day reminders count to when the activity names no better one: the end, else the start."""
        return None if self.certainty is Certainty.AWAITING else self.ends_on or self.starts_on

    def holds(self, day: date) -> bool:
        """Whether the day lies inside; an end that is left open is no bound."""
        return (self.starts_on or day) <= day <= (self.ends_on or day)


AWAITING = Window(starts_on=None, ends_on=None, kind=Kind.TBD, certainty=Certainty.AWAITING)
