"""What else dated text tells: the day that an activity names, and whether a cell is a deadline at all."""

from datetime import date, timedelta
from functools import lru_cache

from service.plan.window import Window
from service.reading.deadline.clauses import read_clauses, without_times
from service.reading.deadline.figures import Token
from service.reading.deadline.patterns import find_units
from service.reading.deadline.sorts import Sort
from service.reading.deadline.tidy import tidy
from service.reading.deadline.tokens import scan
from service.reading.deadline.units import Shape
from service.reading.deadline.years import settle_years

_SAYS_WHEN = {Sort.AWAITING, Sort.BLANK, Sort.RECURRING, Sort.THIS_YEAR}
_STRANGE = {Sort.WORD, Sort.LABEL, Sort.OLDER}
_LONGEST_CELL = 300
_LONGEST_WINDOW = timedelta(days=800)


def read_day_in(activity: str, window: Window) -> date | None:
    """The one calendar day inside the window that the activity names; None where it names none or several.

    "Byrådsmøde 27. maj" in a row "Maj 2024" is 27 May 2024. A window with an open end holds no such day.
    """
    first, last = window.starts_on, window.ends_on
    if first is None or last is None or last - first > _LONGEST_WINDOW:
        return None
    if not any(character.isdigit() for character in activity):
        return None  # a calendar day is named in figures; most activities are read no further
    tokens = settle_years(scan(tidy(activity)), first.year)
    units = [unit for clause in read_clauses(without_times(tokens)) for unit in clause.units]
    days = {
        unit.stretch(year)[0]
        for unit in units
        if unit.shape is Shape.DAY
        for year in ([unit.year] if unit.year else range(first.year, last.year + 1))
        if not unit.is_impossible(year)
    }
    inside = {day for day in days if first <= day <= last}
    return inside.pop() if len(inside) == 1 else None


@lru_cache(maxsize=8192)
def looks_like_deadline(text: str) -> float:
    """How much of a cell is the language of deadlines, 0 to 1: "Marts 2024" is 1, "Møde i marts" 0.6."""
    cell = tidy(text)
    if len(cell) > _LONGEST_CELL:
        return 0.0
    items = list(find_units(settle_years(scan(cell), None)))
    says_when = any(
        item.sort in _SAYS_WHEN if isinstance(item, Token) else item.shape is not Shape.BARE for item in items
    )
    if not says_when:
        return 0.0
    strange = sum(len(item.text) for item in items if isinstance(item, Token) and item.sort in _STRANGE)
    letters = sum(character.isalnum() for character in cell)
    return max(0.0, 1 - strange / letters) if letters else 0.0
