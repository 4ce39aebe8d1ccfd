"""One row as the columns of the plan see it."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from service.reading.clock_times import time_of_day
from service.reading.columns import Columns
from service.reading.document import Row
from service.reading.formats.cells import shortened


class Telling(NamedTuple):
    """What a column beside the deadline says of the same day."""

    column: str
    text: str


class Said(NamedTuple):
    """When, as one cell says it, and the time of day beside it.

    Where several columns hold dates, `column` is the name of this one; `name` too, if it says what is due.
    """

    when: str
    clock: str = ""
    name: str = ""
    column: str = ""

    @property
    def written(self) -> str:
        return f"{self.when} {self.clock}".strip()


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as its columns see it; `period` is a month or year in a column of its own, `phase` the like.

    `deadline` is the first of the cells that say when; `said` are all of them, one for each deadline;
    `otherwise` is what tells the same once more, the week beside the date.
    """

    row: Row
    deadline: str
    activity: str
    responsible: str
    period: str = ""
    phase: str = ""
    said: tuple[Said, ...] = ()
    otherwise: tuple[Telling, ...] = ()

    @property
    def lone_text(self) -> str:
        """The text of a row that says one thing: one filled cell, or one cell merged over all columns."""
        said = {cell for cell in self.row.cells if cell}
        return said.pop() if len(said) == 1 else ""


def cells_of(row: Row, columns: Columns) -> Cells:
    """Lines within a cell matter only where each may name another party."""
    folded = replace(row, cells=tuple(" ".join(text.split()) for text in row.cells))
    said = _said(folded, columns)
    activity = _cell(folded, columns.activity)
    return Cells(
        row=folded,
        deadline=next((each.when for each in said if each.when), ""),
        activity=activity if _says_something(activity) else "",
        responsible=_cell(row, columns.responsible).strip(),
        period=_cell(folded, columns.period),
        phase=_cell(folded, columns.phase),
        said=said,
        otherwise=tuple(
            Telling(columns.name(place), text)
            for place in columns.otherwise
            if (text := _dated(folded, columns, place)) and _cell(folded, columns.deadline)
        ),
    )


def _said(row: Row, columns: Columns) -> tuple[Said, ...]:
    """What each column of dates says; the times belong to the nearest of them."""
    clock = time_of_day([_cell(row, place) for place in columns.clocks], columns.name_of_clocks)
    one = Said(_stretch(row, columns, columns.deadline, *columns.otherwise), clock)
    places = sorted((columns.deadline, *columns.own))
    when = {place: _stretch(row, columns, place) for place in places}
    if not columns.own or not any(when.values()):
        return (one,)
    timed = min(places, key=lambda place: abs(place - columns.clocks[0])) if columns.clocks else None
    return tuple(
        Said(
            when=when[place],
            clock=clock if place == timed else "",
            name="" if place == columns.plain else columns.name(place),
            column=columns.name(place),
        )
        for place in places
    )


def _stretch(row: Row, columns: Columns, *places: int) -> str:
    """The first of the cells that says anything, and the end that stands in a column of its own."""
    starts = next(filter(None, (_dated(row, columns, place) for place in places)), "")
    if columns.deadline in places and re.match(r"\d", starts):
        starts = f"{_cell(row, columns.weekday)} {starts}".strip()
    ends = _cell(row, columns.ends) if columns.deadline in places else ""
    return f"{starts} – {ends}" if starts and ends and starts != ends else starts or ends


def _dated(row: Row, columns: Columns, place: int) -> str:
    text = _cell(row, place)
    return f"{columns.units[place]} {text}".strip() if re.match(r"\d", text) else text


def _cell(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


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
