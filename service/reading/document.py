"""What every format is turned into: paragraphs and rows of cells, in reading order, each with its place."""

from dataclasses import dataclass
from typing import Any

from service.plan.place import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of text outside the tables. `where` is its place: a page, a line."""

    text: str
    where: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it stands in the file. Cells are plain text, white space folded; "" where nothing stands.
    A line feed stands where the document itself begins a new line in a cell (a paragraph, Alt+Enter, <br>).

    Real dates (Excel, iCalendar) are written as the document shows them: ISO for a day, "2024-03" where the
    number format shows month and year only.
    """

    cells: tuple[str, ...]
    where: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that stand together. `where` names it: a table, a sheet, a page."""

    rows: tuple[Row, ...]
    where: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the file holds beside its blocks and a coordinator should hear of; `code` is that of a finding."""

    code: str
    written: str
    where: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`name` is the file name without its folder; `title` is what the format itself declares, else "".

    `kept` is the plan itself where the product wrote the file, as `plan_yaml.packed` gives it.
    """

    name: str
    blocks: tuple[Paragraph | Table, ...]
    title: str = ""
    notes: tuple[Note, ...] = ()
    kept: list[Any] | None = None
