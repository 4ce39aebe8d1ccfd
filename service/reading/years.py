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
from service.reading.deadline import Deadline, read_deadline
from service.reading.document import Document, Table
from service.reading.gathering import DataRow


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
    stands under goes before it.
    """
    start = YearSource(given, f"--year {given}") if given else next(iter(sources), None)
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
