"""One row as the columns of the plan see it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.reading.columns import Columns
from service.reading.deadline import read_deadline
from service.reading.document import Row
from service.reading.formats.cells import shortened
from service.reading.row_kinds import year_in

_ANY_YEAR = 2024  # two days are apart in any year


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as its columns see it; `period` is a month or year in a column of its own, `phase` the like."""

    row: Row
    deadline: str
    activity: str
    responsible: str
    period: str = ""
    phase: str = ""

    @property
    def lone_text(self) -> str:
        """The text of a row that says one thing: one filled cell, or one cell merged over all columns."""
        said = {cell for cell in self.row.cells if cell}
        return said.pop() if len(said) == 1 else ""


def cells_of(row: Row, columns: Columns) -> Cells:
    """Lines within a cell matter only where each may name another party."""

    def lines(place: int | None) -> str:
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def cell(place: int | None) -> str:
        return " ".join(lines(place).split())

    def dated(place: int) -> str:
        text = cell(place)
        return f"{columns.units[place]} {text}".strip() if re.match(r"\d", text) else text

    starts = next(filter(None, map(dated, (columns.deadline, *columns.otherwise))), "")
    ends = cell(columns.ends)
    deadline = f"{starts} – {ends}" if starts and ends and starts != ends else starts or ends
    folded = replace(row, cells=tuple(" ".join(text.split()) for text in row.cells))
    activity = cell(columns.activity)
    return Cells(
        row=folded,
        deadline=deadline,
        activity=activity if _says_something(activity) else "",
        responsible=lines(columns.responsible),
        period=cell(columns.period),
        phase=cell(columns.phase),
    )


def _says_something(activity: str) -> bool:
    """A dash fills an empty cell; ditto marks are quotation marks."""
    return re.search(r"[^\s\-–—.]", activity) is not None


def joined(text: str, rest: str) -> str:
    """A word cut at the end of the line is made whole again."""
    if (
        re.search(r"[^\W\d_]-$", text)
        and rest[:1].islower()
        and not re.match(r"(?:og|eller|samt|och|and)\b", rest)
    ):
        return text[:-1] + rest
    return f"{text} {rest}".strip()


def quoted(row: Row) -> str:
    text = " | ".join(dict.fromkeys(cell for cell in row.cells if cell))
    return shortened(text)


def dates_beside(rows: Sequence[Row], columns: Columns) -> Iterator[int]:
    """The columns that tell another day than the deadline beside them, in at least one row.

    A week or a time of day beside the date tells the same once more.
    """
    for place in columns.otherwise:
        both = (
            (row.cells[columns.deadline], row.cells[place])
            for row in rows
            if row is not columns.header and max(columns.deadline, place) < len(row.cells)
        )
        if not columns.units[place] and any(_are_apart(first, second) for first, second in both):
            yield place


def _are_apart(first: str, second: str) -> bool:
    if not first or not second:
        return False
    year = year_in(first) or year_in(second) or _ANY_YEAR
    one, other = (read_deadline(text, year).window for text in (first, second))
    if one.starts_on is None or one.ends_on is None or other.starts_on is None or other.ends_on is None:
        begins, ends = one.starts_on or one.ends_on, other.starts_on or other.ends_on
        return begins is not None and ends is not None and begins != ends
    return one.ends_on < other.starts_on or other.ends_on < one.starts_on
