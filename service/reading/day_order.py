"""Whether dates in figures put the month first: decided once for all deadlines of a document.

Only in English: "3/4/2025" is 4 March in an American plan and 3 April in a British one. A date that can be
only one of them shows which. Everywhere else the day comes first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from service.plan.finding import Finding
from service.plan.place import Place
from service.reading.data_row import DataRow

_FIGURES = re.compile(
    r"(?<![\w/.:])(?<!week )(?<!weeks )(?P<first>\d{1,2})/(?P<second>\d{1,2})"
    r"(?:/(?P<year>(?:20)?\d\d))?(?![\d/])",
    re.IGNORECASE,
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = range(1, 32)


class _Figures(NamedTuple):
    """A date as it is written, and as it is with the day or with the month first; "" where it cannot be."""

    written: str
    where: Place
    day_first: str
    month_first: str


def with_settled_order(
    rows: Sequence[DataRow], language: str
) -> tuple[tuple[DataRow, ...], tuple[Finding, ...]]:
    """The rows with the month in letters where the plan puts it first, and what was inferred so."""
    figures = [each for row in rows for each in _figures(row)] if language == "en" else []
    shown = next((each for each in figures if not each.day_first), None)
    if shown is None:
        return tuple(rows), ()
    if any(not each.month_first for each in figures):
        return tuple(rows), tuple(finding for row in rows for finding in _told(row, "day-or-month", shown))
    settled = (replace(row, dated=_with_month_first(row)) for row in rows)
    return tuple(settled), tuple(finding for row in rows for finding in _told(row, "month-first", shown))


def _with_month_first(row: DataRow) -> str:
    return _FIGURES.sub(lambda found: _as_read(found, row.where).month_first or found.group(), row.dated)


def _figures(row: DataRow) -> Iterator[_Figures]:
    for found in _FIGURES.finditer(row.dated):
        each = _as_read(found, row.where)
        if each.day_first or each.month_first:
            yield each


def _as_read(found: re.Match[str], where: Place) -> _Figures:
    one, other = int(found["first"]), int(found["second"])
    year = found["year"] or ""
    return _Figures(found.group(), where, _in_letters(one, other, year), _in_letters(other, one, year))


def _in_letters(day: int, month: int, year: str) -> str:
    if day not in _DAYS or not 0 < month <= len(_MONTHS):
        return ""
    return f"{day} {_MONTHS[month - 1]} {f'20{year[-2:]}' if year else ''}".strip()


def _told(row: DataRow, code: str, shown: _Figures) -> Iterator[Finding]:
    """At each date that could be either."""
    for each in _figures(row):
        if each.day_first and each.month_first and each.day_first != each.month_first:
            values: dict[str, str | Place] = {
                "written": each.written,
                "day_first": each.day_first,
                "month_first": each.month_first,
                "evidence": shown.written,
                "source": shown.where,
            }
            yield Finding(code=code, row=row.number, where=row.where, values=values)
