"""Which days people work, by country."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Self

ONE_DAY = timedelta(days=1)
SATURDAY = 5
_MOST_DAYS = 366

# Public employers in Denmark close on these beyond the public holidays (KL's agreements: 24 December; 31
# December by custom). 1 May and 5 June differ from employer to employer.
CLOSED_BY_CUSTOM = frozenset({(12, 24), (12, 31)})


_YEARLY = re.compile(r"(\d\d)-(\d\d)")
_A_LEAP_YEAR = 2024


def read_closed(text: str) -> frozenset[date] | tuple[int, int]:
    """Closing days as a setting writes them: "05-01" each year, "2024-05-10", or "2024-07-08..2024-07-26".

    Raises ValueError for anything else.
    """
    if yearly := _YEARLY.fullmatch(text):
        day = date(_A_LEAP_YEAR, int(yearly[1]), int(yearly[2]))
        return day.month, day.day
    first, _, last = text.partition("..")
    start = date.fromisoformat(first)
    length = (date.fromisoformat(last or first) - start).days
    if not 0 <= length <= _MOST_DAYS:
        raise ValueError(text)
    return frozenset(start + timedelta(days) for days in range(length + 1))


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - a third of a second that commands without dates need not wait for

    return frozenset(holidays.country_holidays(country, years=year))


def is_country(code: str) -> bool:
    """Whether the holidays of a country are known, by its code ("DK")."""
    import holidays  # noqa: PLC0415 - the same

    return code in holidays.list_supported_countries()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """The working days of a country, less days on which nobody is at work all the same.

    `closed` are dates, `closed_yearly` months and days of every year.
    """

    country: str = "DK"
    closed: frozenset[date] = frozenset()
    closed_yearly: frozenset[tuple[int, int]] = CLOSED_BY_CUSTOM

    @classmethod
    def of(cls, country: str, closed: Iterable[str]) -> Self:
        """The working days of a country, less the closing days written as `read_closed` has them."""
        read = [read_closed(text) for text in closed]
        return cls(
            country=country,
            closed=frozenset[date]().union(*(days for days in read if isinstance(days, frozenset))),
            closed_yearly=frozenset(day for day in read if isinstance(day, tuple)),
        )

    def includes(self, day: date) -> bool:
        return (
            day.weekday() < SATURDAY
            and day not in self.closed
            and (day.month, day.day) not in self.closed_yearly
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
