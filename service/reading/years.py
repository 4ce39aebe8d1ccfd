"""The year of a deadline that names none: from its heading row, its neighbours, the title or the file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from service.plan.finding import Finding
from service.plan.place import Place, Spot
from service.plan.window import Window
from service.reading.data_row import DataRow
from service.reading.deadline import Deadline, read_deadline
from service.reading.document import Document, Table
from service.reading.row_kinds import is_period


class _Dated(NamedTuple):
    """A day of the plan and where it stands."""

    day: date
    where: Place


class YearSource(NamedTuple):
    """A year and where it stands, quoted or as its place; `straddles`: two half years ("2024/25")."""

    year: int
    source: str | Place
    straddles: bool = False


# Further back than this from the row above, and the plan has passed New Year; less is an overlap of two rows.
_TURN = timedelta(days=92)
_TURN_OF_A_SCHOOL_YEAR = timedelta(days=31)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d])")
_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–/]\s*((?:19|20)?\d\d)(?!\d)")
_LONGEST_HINT = 160
_DATE_OF_ISSUE = re.compile(
    r"\b(?:pr\.|udkast|opdateret|revideret|version|vedtaget|utkast|per|as of|draft)", re.IGNORECASE
)


def year_sources(document: Document, title: str) -> Iterator[YearSource]:
    """Where the document as a whole names a year, the most telling place first."""
    texts = [title, document.title]
    for block in document.blocks:
        if isinstance(block, Table):
            texts.append(block.where.name_of(Spot.SHEET))
        elif len(block.text) <= _LONGEST_HINT:
            texts.append(block.text)
    texts.append(document.name)
    issued = [text for text in texts if _DATE_OF_ISSUE.search(text)]
    for text in [*(text for text in texts if text not in issued), *issued]:
        if (year := _only_year(text)) is not None:
            yield YearSource(year, f"»{text.strip()}«", straddles=_SPAN.search(text) is not None)


def _only_year(text: str) -> int | None:
    """The one year a text names; of "2024/25" and "2024-2025" the first, where such a plan begins."""
    if span := _SPAN.search(text):
        first, last = int(span[1]), int(span[2][-2:])
        return first if (first + 1) % 100 == last else None
    years = {int(year) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def read_deadlines(
    rows: Sequence[DataRow],
    sources: Sequence[YearSource],
    given: int | None = None,
) -> list[Deadline]:
    """The deadline of each row, in order; what was inferred is among its findings.

    `given` is the year the user states for the first row; only a year in the row itself or in the heading it
    stands under goes before it. The first date of each row is read from top to bottom; the others of the row
    lie as near to it as they can.
    """
    start = YearSource(given, f"--year {given}") if given else next(iter(sources), None)
    rows = list(_in_terms(rows, start))
    firsts = [place for place, row in enumerate(rows) if not place or row.number != rows[place - 1].number]
    found = dict(zip(firsts, _in_order([rows[place] for place in firsts], start), strict=True))
    last: dict[str, _Dated] = {}
    for place, row in enumerate(rows):
        if place not in found:
            beside = last.get(row.column if is_period(row.column) else rows[place - 1].column)
            found[place] = _read(row, _nearest(row, beside) or start)
        if day := _first_day(found[place].window):
            last[row.column] = _Dated(day, row.where)
    return [found[place] for place in range(len(rows))]


def _in_terms(rows: Sequence[DataRow], start: YearSource | None) -> Iterator[DataRow]:
    """Below "Efterår" and "Forår" as names of columns each date stands in the year of its term."""
    terms = {row.column: replace(row, dated=row.column) for row in reversed(rows) if is_period(row.column)}
    in_order = [terms[name] for name in dict.fromkeys(row.column for row in rows) if name in terms]
    days = (_first_day(term.window) for term in _walk(in_order, start, turns=True))
    years = {row.column: day.year for row, day in zip(in_order, days, strict=True) if day}
    for row in rows:
        yield replace(row, heading_year=years.get(row.column, row.heading_year))


def _nearest(row: DataRow, beside: _Dated | None) -> YearSource | None:
    """The year in which the deadline is nearest to what stands beside it; in its own column for a term."""
    if beside is None:
        return YearSource(row.heading_year, str(row.heading_year)) if row.heading_year else None
    days = {
        year: day
        for year in (beside.day.year, beside.day.year + 1, beside.day.year - 1)
        if (day := _first_day(read_deadline(row.dated, year).window))
    }
    year = min(days, key=lambda year: abs(days[year] - beside.day), default=beside.day.year)
    return YearSource(year, beside.where)


def _in_order(rows: Sequence[DataRow], start: YearSource | None) -> list[Deadline]:
    if start is None:
        start = _from_below(rows)
    as_named = _walk(rows, start, turns=False)
    turn = _turn(start) if start else _TURN
    turns = sum(later < earlier - turn for earlier, later in _steps(as_named))
    # A plan in order passes New Year once a year. One that jumps back more often is sorted by something else.
    return _walk(rows, start, turns=True) if 0 < turns <= 1 + len(rows) // 8 else as_named


def _steps(deadlines: Sequence[Deadline]) -> Iterator[tuple[date, date]]:
    days = [day for deadline in deadlines if (day := _first_day(deadline.window))]
    yield from pairwise(days)


def _walk(rows: Sequence[DataRow], start: YearSource | None, *, turns: bool) -> list[Deadline]:
    deadlines: list[Deadline] = []
    base, above, heading_year = start, None, None
    for row in rows:
        if row.heading_year and row.heading_year != heading_year:
            heading_year, above = row.heading_year, None
            base = YearSource(heading_year, str(heading_year))
        source = base
        deadline = _read(row, source)
        day = _first_day(deadline.window)
        inferred = source is not None and not deadline.names_year
        if turns and inferred and source and day and above and day < above - _turn(source):
            source = YearSource(source.year + 1, source.source)
            deadline = _read(row, source)
            day = _first_day(deadline.window)
        if day:
            above = day
            base = source._replace(year=day.year) if inferred and source else YearSource(day.year, row.where)
        deadlines.append(deadline)
    return deadlines


def _turn(source: YearSource) -> timedelta:
    return _TURN_OF_A_SCHOOL_YEAR if source.straddles else _TURN


def _from_below(rows: Sequence[DataRow]) -> YearSource | None:
    """The year of the first row below that names one, or the year before where New Year lies between."""
    for row in rows[1:]:
        below = read_deadline(row.dated, None)
        day = _first_day(below.window)
        if below.names_year and day:
            here = _first_day(read_deadline(rows[0].dated, day.year).window)
            return YearSource(day.year - (here is not None and here > day + _TURN), row.where)
    return None


def _read(row: DataRow, source: YearSource | None) -> Deadline:
    """The deadline; a year that came from elsewhere is told with the place it came from."""
    deadline = read_deadline(row.dated, source.year if source else None)
    return replace(deadline, findings=tuple(_with_source(finding, source) for finding in deadline.findings))


def _with_source(finding: Finding, source: YearSource | None) -> Finding:
    if source is None or finding.code != "year-inferred":
        return finding
    return replace(finding, values={**finding.values, "source": source.source})


def _first_day(window: Window) -> date | None:
    return window.starts_on or window.ends_on
