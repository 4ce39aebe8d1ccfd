"""Units of the calendar as a plan names them, and the days they stretch over."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from service.plan.window import Kind
from service.reading.deadline.holidays import holiday

Stretch = tuple[date, date]
_DAY = timedelta(days=1)
_SATURDAY = 5
_SCHOOL_YEAR_BEGINS = 8


class Shape(Enum):
    """What sort of unit the words name; BARE is a number or weekday that takes its unit from a neighbour."""

    DAY = auto()
    DAY_OF_MONTH = auto()
    WEEK = auto()
    WEEK_OF_DAY = auto()
    WEEK_OF_MONTH = auto()
    WEEKEND = auto()
    WEEKEND_OF_MONTH = auto()
    MONTH = auto()
    HALF_MONTH = auto()
    QUARTER = auto()
    THIRD = auto()
    HALF_YEAR = auto()
    SEASON = auto()
    SPLIT_SEASON = auto()
    TURN = auto()
    MONTH_TURN = auto()
    SPLIT_YEAR = auto()
    SPLIT_QUARTER = auto()
    HOLIDAY = auto()
    AFTER_HOLIDAY = auto()
    BEFORE_HOLIDAY = auto()
    YEAR = auto()
    BARE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """`number` counts days, weeks, quarters or halves, -1 is the last; `parts` are primo (1) to ultimo (3).

    `month` is the first one of what is made of months. `weekday` counts from Monday, 0. `working` asks for
    a working day. `to_its_end` is "udgangen af", `names_two_years` is "2024/25".
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
    names_two_years: bool = False

    @property
    def kind(self) -> Kind:
        """A part of a month is no month, and a weekday in a week no week."""
        if self.shape is Shape.MONTH and self.parts:
            return Kind.PART_OF_MONTH
        return Kind.DAY if self.shape in _WEEKS and self.weekday is not None else _KINDS[self.shape]

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


_WEEKS = {Shape.WEEK, Shape.AFTER_HOLIDAY, Shape.BEFORE_HOLIDAY}
"""Of which a weekday names the day."""
_MOST = {Shape.QUARTER: 4, Shape.SPLIT_QUARTER: 4, Shape.THIRD: 3, Shape.HALF_YEAR: 2, Shape.HALF_MONTH: 2}

_KINDS: Mapping[Shape, Kind] = {
    Shape.DAY: Kind.DAY,
    Shape.DAY_OF_MONTH: Kind.DAY,
    Shape.WEEK: Kind.WEEK,
    Shape.WEEK_OF_DAY: Kind.WEEK,
    Shape.WEEK_OF_MONTH: Kind.WEEK,
    Shape.WEEKEND: Kind.RANGE,
    Shape.WEEKEND_OF_MONTH: Kind.RANGE,
    Shape.MONTH: Kind.MONTH,
    Shape.HALF_MONTH: Kind.PART_OF_MONTH,
    Shape.QUARTER: Kind.QUARTER,
    Shape.THIRD: Kind.RANGE,
    Shape.HALF_YEAR: Kind.HALF_YEAR,
    Shape.SEASON: Kind.SEASON,
    Shape.SPLIT_SEASON: Kind.SEASON,
    Shape.TURN: Kind.RANGE,
    Shape.MONTH_TURN: Kind.RANGE,
    Shape.SPLIT_YEAR: Kind.YEAR,
    Shape.SPLIT_QUARTER: Kind.QUARTER,
    Shape.HOLIDAY: Kind.SEASON,
    Shape.AFTER_HOLIDAY: Kind.WEEK,
    Shape.BEFORE_HOLIDAY: Kind.WEEK,
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


def _weekend(unit: Unit, year: int) -> Stretch:
    _, sunday = _iso_week(year, unit.number)
    return sunday - _DAY, sunday


def _weekend_of_month(unit: Unit, year: int) -> Stretch:
    saturday, _ = _day_of_month(replace(unit, weekday=_SATURDAY), year)
    return saturday, saturday + _DAY


def _turn_of_month(unit: Unit, year: int) -> Stretch:
    """Ultimo of the first month and primo of the next."""
    (first, _), (_, last) = (
        _months(year, unit.month, unit.month),
        _months(year, unit.month + 1, unit.month + 1),
    )
    return first.replace(day=21), last.replace(day=10)


def _after_holiday(unit: Unit, year: int) -> Stretch:
    """The next such weekday, or the week that begins when the holiday ends or soon after."""
    _, last = holiday(unit.name, year)
    if unit.weekday is None:
        monday = last + timedelta(days=-last.weekday() % 7)
        return monday, monday + timedelta(days=6)
    day = last + timedelta(days=(unit.weekday - last.weekday() - 1) % 7 + 1)
    return day, day


def _before_holiday(unit: Unit, year: int) -> Stretch:
    """The last such weekday, or the last whole week, before the holiday."""
    first, _ = holiday(unit.name, year)
    if unit.weekday is None:
        monday = first - timedelta(days=first.weekday() + 7)
        return monday, monday + timedelta(days=6)
    day = first - timedelta(days=(first.weekday() - unit.weekday - 1) % 7 + 1)
    return day, day


def _half_month(unit: Unit, year: int) -> Stretch:
    first, last = _months(year, unit.month, unit.month)
    return (first, first.replace(day=15)) if unit.number == 1 else (first.replace(day=16), last)


def _equal_parts(months: int) -> Callable[[Unit, int], Stretch]:
    """The year in parts of so many months; the unit's number counts them, or a month names its part."""

    def stretch(unit: Unit, year: int) -> Stretch:
        number = unit.number or (unit.month - 1) // months + 1
        last = 12 if number < 0 else min(12, months * max(1, number))
        return _months(year, last - months + 1, last)

    return stretch


def _split_season(unit: Unit, year: int) -> Stretch:
    """The season in the school year that begins in August: "forår 2025/26" is in 2026."""
    season_year = year if unit.month > _SCHOOL_YEAR_BEGINS else year + 1
    return _months(season_year, unit.month, unit.month + 2)


_STRETCHES: Mapping[Shape, Callable[[Unit, int], Stretch]] = {
    Shape.DAY: _day,
    Shape.DAY_OF_MONTH: _day_of_month,
    Shape.WEEK: _week,
    Shape.WEEK_OF_DAY: _week_of_day,
    Shape.WEEK_OF_MONTH: _week_of_month,
    Shape.WEEKEND: _weekend,
    Shape.WEEKEND_OF_MONTH: _weekend_of_month,
    Shape.MONTH: lambda unit, year: _months(year, unit.month, unit.month),
    Shape.HALF_MONTH: _half_month,
    Shape.QUARTER: _equal_parts(3),
    Shape.THIRD: _equal_parts(4),
    Shape.HALF_YEAR: _equal_parts(6),
    Shape.SEASON: lambda unit, year: _months(year, unit.month, unit.month + 2),
    Shape.SPLIT_SEASON: _split_season,
    Shape.TURN: lambda _, year: (date(year, 12, 15), date(year + 1, 1, 15)),
    Shape.MONTH_TURN: _turn_of_month,
    Shape.SPLIT_YEAR: lambda unit, year: _months(year, unit.month, unit.month + 11),
    Shape.SPLIT_QUARTER: lambda unit, year: _months(year, 3 * unit.number + 1, 3 * unit.number + 3),
    Shape.HOLIDAY: lambda unit, year: holiday(unit.name, year, unit.number or 1),
    Shape.AFTER_HOLIDAY: _after_holiday,
    Shape.BEFORE_HOLIDAY: _before_holiday,
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
