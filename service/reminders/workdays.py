"""Which days people work, by country."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5

# Public employers in Denmark close on these beyond the public holidays (KL's agreements: 24 December; 31
# December by custom). 1 May and 5 June differ from employer to employer and are a setting.
CLOSED_BY_CUSTOM: dict[str, frozenset[tuple[int, int]]] = {"DK": frozenset({(12, 24), (12, 31)})}


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """The working days of a country; `closed` are further days on which nobody is at work."""

    country: str = "DK"
    closed: frozenset[date] = frozenset()

    def includes(self, day: date) -> bool:
        return (
            day.weekday() < SATURDAY
            and day not in self.closed
            and (day.month, day.day) not in CLOSED_BY_CUSTOM.get(self.country, ())
            and day not in public_holidays(self.country, day.year)
        )

    def opens_week(self, day: date) -> bool:
        """Whether it is the first day of its week (Monday to Sunday) on which people work."""
        monday = day - timedelta(day.weekday())
        return self.includes(day) and day == self.on_or_after(monday)

    def opens_month(self, day: date) -> bool:
        """Whether it is the first working day of its month."""
        return self.includes(day) and day == self.on_or_after(day.replace(day=1))

    def on_or_before(self, day: date) -> date:
        """The day itself if it is worked on, else the nearest working day before it."""
        while not self.includes(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked on, else the nearest working day after it."""
        while not self.includes(day):
            day += ONE_DAY
        return day
