"""Days and seasons that a plan calls by name. Periods that differ from place to place are the usual ones."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dateutil.easter import easter

_Stretch = tuple[date, date]
_InYear = Callable[[int], _Stretch]


def _easter(first: int, last: int | None = None) -> _InYear:
    """Days counted from Easter Sunday."""

    def stretch(year: int) -> _Stretch:
        sunday: date = easter(year)
        return sunday + timedelta(days=first), sunday + timedelta(days=first if last is None else last)

    return stretch


def _fixed(first: tuple[int, int], last: tuple[int, int] | None = None, years: int = 0) -> _InYear:
    """(month, day) to (month, day), so many years later."""
    return lambda year: (date(year, *first), date(year + years, *(last or first)))


def _weeks(first: int, last: int) -> _InYear:
    return lambda year: (date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 7))


def _weekday_from(month: int, day: int, weekday: int) -> _InYear:
    """The first such weekday on or after the day."""

    def stretch(year: int) -> _Stretch:
        earliest = date(year, month, day)
        found = earliest + timedelta(days=(weekday - earliest.weekday()) % 7)
        return found, found

    return stretch


_HOLIDAYS: Mapping[str, _InYear] = {
    "palm-sunday": _easter(-7),
    "maundy-thursday": _easter(-3),
    "good-friday": _easter(-2),
    "easter": _easter(-3, 1),
    "easter-sunday": _easter(0),
    "easter-monday": _easter(1),
    "easter-holiday": _easter(-8, 1),
    "prayer-day": _easter(26),
    "ascension": _easter(39),
    "whitsun": _easter(49, 50),
    "whit-monday": _easter(50),
    "shrovetide": _easter(-49),
    "epiphany": _fixed((1, 6)),
    "candlemas": _fixed((2, 2)),
    "constitution-day": _fixed((6, 5)),
    "midsummer": _fixed((6, 23)),
    "midsummer-eve": _weekday_from(6, 19, 4),
    "all-saints": _weekday_from(11, 1, 6),
    "martinmas": _fixed((11, 10)),
    "advent": _weekday_from(11, 27, 6),
    "christmas-day": _fixed((12, 25)),
    "whit-sunday": _easter(49),
    "christmas": _fixed((12, 24), (12, 26)),
    "christmas-to-new-year": _fixed((12, 27), (12, 30)),
    "new-year": _fixed((12, 31), (1, 1), years=1),
    "christmas-eve": _fixed((12, 24)),
    "christmas-holiday": _fixed((12, 22), (1, 2), years=1),
    "new-years-eve": _fixed((12, 31)),
    "new-years-day": _fixed((1, 1)),
    "early-summer": _fixed((6, 1), (6, 30)),
    "michaelmas-term": _fixed((10, 1), (12, 20)),
    "hilary-term": _fixed((1, 10), (3, 31)),
    "trinity-term": _fixed((4, 15), (7, 15)),
    "mid-year": _fixed((6, 15), (7, 15)),
    "summer-holiday": _fixed((7, 1), (7, 31)),
    "school-start": _fixed((8, 1), (8, 31)),
    "late-summer": _fixed((8, 1), (8, 31)),
    "winter-holiday": _weeks(7, 7),
    "winter-holiday-sv": _weeks(9, 9),
    "autumn-holiday": _weeks(42, 42),
    "autumn-holiday-no": _weeks(40, 40),
    "autumn-holiday-sv": _weeks(44, 44),
    "spring-term": _fixed((1, 1), (6, 30)),
    "autumn-term": _fixed((8, 1), (12, 31)),
}

_ESTIMATED = frozenset(
    {
        "autumn-holiday", "autumn-holiday-no", "autumn-holiday-sv", "autumn-term", "christmas-holiday",
        "early-summer", "easter-holiday", "hilary-term", "late-summer", "michaelmas-term", "mid-year",
        "new-year", "school-start", "spring-term", "summer-holiday", "trinity-term", "winter-holiday",
        "winter-holiday-sv",
    }
)  # fmt: skip


_WEEKLY = frozenset({"advent"})


def holiday(name: str, year: int, number: int = 1) -> _Stretch:
    """First and last day; the number counts the Sundays of Advent and the days of a feast ("2. påskedag")."""
    first, last = _HOLIDAYS[name](year)
    later = timedelta(weeks=number - 1) if name in _WEEKLY else timedelta(days=number - 1)
    return first + later, last + later


def is_estimated(name: str) -> bool:
    """Whether the days differ from place to place ("sommerferien")."""
    return name in _ESTIMATED
