"""Which days people work, by country."""

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, count
from typing import Literal, Self, get_args

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)
SATURDAY = 5

# Public employers in Denmark close on these beyond the public holidays (KL's agreements: 24 December; 31
# December by custom). 1 May and 5 June differ from employer to employer.
CLOSED_BY_CUSTOM = frozenset({(12, 24), (12, 31)})

WeekDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
WORKED_ON: tuple[WeekDay, ...] = get_args(WeekDay)

_YEARLY = re.compile(r"\d\d-\d\d")
A_LEAP_YEAR = 2024
_MOST_DAYS_YEARLY = 92  # a summer; what is closed for longer every year leaves no days to remind on


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Days on which nobody is at work: dates, and months with days that are meant in every year."""

    dates: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()


def read_closed(text: str) -> Closed:
    """Closing days as a setting writes them: a day, or the first and the last of several.

    "05-01" and "07-08..07-26" are meant each year, "2024-05-10" and "2024-07-08..2024-07-26" once. Raises
    ValueError for anything else.
    """
    first, _, last = text.partition("..")
    if _YEARLY.fullmatch(first):
        start, end = (date.fromisoformat(f"{A_LEAP_YEAR}-{day}") for day in (first, last or first))
        if end < start:  # over New Year
            end = end.replace(year=A_LEAP_YEAR + 1)
        return Closed(yearly=frozenset((day.month, day.day) for day in _days(start, end, _MOST_DAYS_YEARLY)))
    return Closed(dates=frozenset(_days(date.fromisoformat(first), date.fromisoformat(last or first), 366)))


def _days(first: date, last: date, most: int) -> Iterator[date]:
    length = (last - first).days + 1
    if not 0 < length <= most:
        raise ValueError(length)
    return (first + timedelta(days) for days in range(length))


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
            closed=frozenset[date]().union(*(days.dates for days in read)),
            closed_yearly=frozenset[tuple[int, int]]().union(*(days.yearly for days in read)),
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

    def between(self, earlier: date, later: date) -> int:
        """How many working days there are after a day up to and including a later one."""
        years = range(earlier.year, later.year)
        whole = sum(_worked_by(self, year)[-1] for year in years)
        return whole + self._worked_by(later) - self._worked_by(earlier)

    def _worked_by(self, day: date) -> int:
        """The working days of the year up to and including a day of it."""
        return _worked_by(self, day.year)[day.timetuple().tm_yday]

    def later(self, day: date, working_days: int) -> date:
        """The day so many working days after another, which need not be worked on itself."""
        for _ in range(working_days):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def following(self, day: date, every: int, weekday: WeekDay | None) -> Iterator[date]:
        """Working days after a day, in order and without end, never more than `every` working days apart.

        With a `weekday` they are the same for whatever day one counts from: that day of the week or, when
        nobody works on it, the next working day. An `every` of ten is every second week, the same ones for
        all, and one of less than five also brings days between. Without one they are counted from the day.
        """
        if weekday is None:
            while True:
                day = self.later(day, every)
                yield day
        start = self._start_of_turn(day, every, weekday, turns=-1)
        for turns in count():
            following = self._start_of_turn(day, every, weekday, turns=turns)
            while start < following:
                if start > day:
                    yield start
                start = self.later(start, every)
            start = following

    def _start_of_turn(self, day: date, every: int, weekday: WeekDay, turns: int) -> date:
        """The weekday of the last common week that began on or before a day, moved by so many turns."""
        weeks = max(every // len(WORKED_ON), 1)
        week = (day - date.min).days // ONE_WEEK.days  # 1 January of the year 1 is a Monday
        common = week - week % weeks + weeks * turns
        return self.on_or_after(date.min + common * ONE_WEEK + timedelta(WORKED_ON.index(weekday)))


@cache
def _worked_by(workdays: Workdays, year: int) -> tuple[int, ...]:
    """How many days of a year are worked on by the end of each of them; first none, last all."""
    days = (date.fromordinal(date(year, 1, 1).toordinal() + number) for number in range(365 + isleap(year)))
    return tuple(accumulate((workdays.includes(day) for day in days), initial=0))
