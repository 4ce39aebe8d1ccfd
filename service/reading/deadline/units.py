"""Units of the calendar as a plan names them, and the days they stretch over."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from service.plan.window import Kind
from service.reading.deadline.holidays import holiday

Stretch = tuple[date, date]


class Shape(Enum):
    """What sort of unit the words name; BARE is a number or weekday that takes its unit from a neighbour."""

    DAY = auto()
    DAY_OF_MONTH = auto()
    WEEK = auto()
    WEEK_OF_DAY = auto()
    WEEK_OF_MONTH = auto()
    MONTH = auto()
    HALF_MONTH = auto()
    QUARTER = auto()
    THIRD = auto()
    HALF_YEAR = auto()
    SEASON = auto()
    TURN = auto()
    SCHOOL_YEAR = auto()
    HOLIDAY = auto()
    YEAR = auto()
    BARE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """`number` counts days, weeks, quarters or halves, -1 is the last; `parts` are primo (1) to ultimo (3).

    `weekday` counts from Monday, 0. `working` asks for a working day. `to_its_end` is "udgangen af".
    """

    shape: Shape
    text: str
    number: int = 0
    month: int = 0
    year: int | None = None
    weekday: int | None = None
    parts: tuple[int, ...] = ()
    name: str = ""
    working: bool = False
    to_its_end: bool = False

    @property
    def kind(self) -> Kind:
        return Kind.PART_OF_MONTH if self.parts and self.shape is Shape.MONTH else _KINDS[self._narrowed]

    @property
    def _narrowed(self) -> Shape:
        """A weekday in a week is a day."""
        return Shape.DAY if self.weekday is not None and self.shape is Shape.WEEK else self.shape

    def stretch(self, year: int) -> Stretch:
        """First and last day in the given year; OverflowError where the calendar ends."""
        return _narrow(self, _STRETCHES[self.shape](self, year))

    def is_impossible(self, year: int) -> bool:
        """Whether there is no such day or week ("31. april"); it is read as the last there is."""
        if self.shape is Shape.DAY:
            return self.number > monthrange(year, self.month)[1]
        return self.number > (
            _weeks_in(year) if self.shape is Shape.WEEK else _MOST.get(self.shape, self.number)
        )


_MOST = {Shape.QUARTER: 4, Shape.THIRD: 3, Shape.HALF_YEAR: 2, Shape.HALF_MONTH: 2}

_KINDS: Mapping[Shape, Kind] = {
    Shape.DAY: Kind.DAY,
    Shape.DAY_OF_MONTH: Kind.DAY,
    Shape.WEEK: Kind.WEEK,
    Shape.WEEK_OF_DAY: Kind.WEEK,
    Shape.WEEK_OF_MONTH: Kind.WEEK,
    Shape.MONTH: Kind.MONTH,
    Shape.HALF_MONTH: Kind.PART_OF_MONTH,
    Shape.QUARTER: Kind.QUARTER,
    Shape.THIRD: Kind.RANGE,
    Shape.HALF_YEAR: Kind.HALF_YEAR,
    Shape.SEASON: Kind.SEASON,
    Shape.TURN: Kind.RANGE,
    Shape.SCHOOL_YEAR: Kind.YEAR,
    Shape.HOLIDAY: Kind.SEASON,
    Shape.YEAR: Kind.YEAR,
    Shape.BARE: Kind.TBD,
}


def _months(year: int, first: int, last: int) -> Stretch:
    """Whole months; 13 is January of the year after."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    start_year, start_month = year + (first - 1) // 12, (first - 1) % 12 + 1
    return date(start_year, start_month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week


def _day(unit: Unit, year: int) -> Stretch:
    day = date(year, unit.month, min(unit.number, monthrange(year, unit.month)[1]))
    return day, day


def _days_of_month(unit: Unit, year: int) -> list[date]:
    first, last = _months(year, unit.month, unit.month)
    days = (first + timedelta(days=offset) for offset in range(last.day))
    return [
        day
        for day in days
        if unit.weekday in {None, day.weekday()} and not (unit.working and day.weekday() > 4)  # noqa: PLR2004 - Friday
    ]


def _nth(number: int, count: int) -> int:
    """Where the nth of so many stands; the last for -1 and for more than there are."""
    return count - 1 if number < 0 else min(number, count) - 1


def _day_of_month(unit: Unit, year: int) -> Stretch:
    days = _days_of_month(unit, year)
    day = days[_nth(unit.number, len(days))]
    return day, day


def _iso_week(year: int, week: int) -> Stretch:
    monday = date.fromisocalendar(year, max(1, min(week, _weeks_in(year))), 1)
    return monday, monday + timedelta(days=6)


def _week(unit: Unit, year: int) -> Stretch:
    monday, sunday = _iso_week(year, unit.number)
    if unit.month not in {0, monday.month, sunday.month}:
        return _week_of_month(unit, year)
    if unit.weekday is None:
        return monday, sunday
    day = monday + timedelta(days=unit.weekday)
    return day, day


def _week_of_day(unit: Unit, year: int) -> Stretch:
    day, _ = _day(unit, year)
    return day, day + timedelta(days=6)


def _week_of_month(unit: Unit, year: int) -> Stretch:
    """A week belongs to the month of its Thursday, as ISO 8601 gives weeks to years."""
    first, last = _months(year, unit.month, unit.month)
    thursdays = [
        day
        for offset in range((last - first).days + 1)
        if (day := first + timedelta(days=offset)).weekday() == 3  # noqa: PLR2004 - Thursday
    ]
    thursday = thursdays[_nth(unit.number, len(thursdays))]
    return thursday - timedelta(days=3), thursday + timedelta(days=3)


def _half_month(unit: Unit, year: int) -> Stretch:
    first, last = _months(year, unit.month, unit.month)
    return (first, first.replace(day=15)) if unit.number == 1 else (first.replace(day=16), last)


def _equal_parts(months: int) -> Callable[[Unit, int], Stretch]:
    """The year in parts of so many months; the unit's number counts them."""

    def stretch(unit: Unit, year: int) -> Stretch:
        last = 12 if unit.number < 0 else min(12, months * max(1, unit.number))
        return _months(year, last - months + 1, last)

    return stretch


_STRETCHES: Mapping[Shape, Callable[[Unit, int], Stretch]] = {
    Shape.DAY: _day,
    Shape.DAY_OF_MONTH: _day_of_month,
    Shape.WEEK: _week,
    Shape.WEEK_OF_DAY: _week_of_day,
    Shape.WEEK_OF_MONTH: _week_of_month,
    Shape.MONTH: lambda unit, year: _months(year, unit.month, unit.month),
    Shape.HALF_MONTH: _half_month,
    Shape.QUARTER: _equal_parts(3),
    Shape.THIRD: _equal_parts(4),
    Shape.HALF_YEAR: _equal_parts(6),
    Shape.SEASON: lambda unit, year: _months(year, unit.month, unit.month + 2),
    Shape.TURN: lambda _, year: (date(year, 12, 15), date(year + 1, 1, 15)),
    Shape.SCHOOL_YEAR: lambda _, year: _months(year, 8, 19),
    Shape.HOLIDAY: lambda unit, year: holiday(unit.name, year, unit.number or 1),
    Shape.YEAR: lambda _, year: _months(year, 1, 12),
}

_THIRDS_OF_MONTH = {1: (1, 10), 2: (11, 20), 3: (21, 31)}
_MONTHS_OF_PART = {
    12: {1: (1, 3), 2: (4, 9), 3: (10, 12)},
    6: {1: (1, 2), 2: (3, 4), 3: (5, 6)},
    4: {1: (1, 1), 2: (2, 3), 3: (4, 4)},
    3: {1: (1, 1), 2: (2, 2), 3: (3, 3)},
}
"""Which of a unit's months primo, medio and ultimo are: by the number of its months."""


def _narrow(unit: Unit, whole: Stretch) -> Stretch:
    """Primo, medio, ultimo of a month and of what is made of months; a week or day stays whole."""
    first, last = whole
    if not unit.parts:
        return whole
    if unit.shape is Shape.MONTH:
        start, end = _THIRDS_OF_MONTH[min(unit.parts)][0], _THIRDS_OF_MONTH[max(unit.parts)][1]
        return first.replace(day=start), first.replace(day=min(end, last.day))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day > 1 or months not in _MONTHS_OF_PART or unit.shape is Shape.HOLIDAY:
        return whole
    part = _MONTHS_OF_PART[months]
    before = first.month - 1
    return _months(first.year, before + part[min(unit.parts)][0], before + part[max(unit.parts)][1])
