"""Excel (.xlsx): every visible sheet, as the cells were last calculated and shown.

Hidden rows are read like all others, since a filter left on hides rows that are still the plan; a hidden
sheet is not read, and a note says so if it has anything in it.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime, time
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.workbook import Workbook

from service.plan.place import Place, Spot
from service.reading.document import Document, Note, Paragraph, Table
from service.reading.errors import FormulaWithoutValue, TooManyRows
from service.reading.formats.cells import fold, fold_lines, table_of
from service.reading.formats.source import Source

# One stray cell in the far corner spans 17 billion cells.
_MOST_ROWS = 10_000
_MOST_COLUMNS = 100
_MOST_EMPTY_ROWS = 200

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
# What a number format shows besides the date: quoted text, [colour] or [language], escapes and padding.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')

Cells = tuple[str, ...]


def read(source: Source) -> Document:
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings(action="ignore"))  # openpyxl tells of parts it leaves out
        shown, written = (
            stack.enter_context(closing(_open(source, data_only=data_only))) for data_only in (True, False)
        )
        pairs = zip(shown.worksheets, written.worksheets, strict=True)
        sheets = [_Sheet(source.name, *pair) for pair in pairs]
        blocks = tuple(block for sheet in sheets if sheet.is_visible for block in sheet.blocks())
        left_out = [sheet for sheet in sheets if not sheet.is_visible and sheet.has_content()]
        return Document(
            name=source.name,
            blocks=blocks,
            title=fold(shown.properties.title or ""),
            notes=tuple(sheet.note() for sheet in left_out),
        )


def _open(source: Source, *, data_only: bool) -> Workbook:
    return openpyxl.load_workbook(
        io.BytesIO(source.content), read_only=True, data_only=data_only, keep_links=False
    )


class _Sheet(NamedTuple):
    """One sheet twice: as it shows its values, and with its formulas."""

    file: str
    shown: Any  # a ReadOnlyWorksheet; the stubs know only the common one
    written: Any

    @property
    def where(self) -> Place:
        return Place.at(Spot.SHEET, fold(self.shown.title))

    @property
    def is_visible(self) -> bool:
        return bool(self.shown.sheet_state == "visible")

    def has_content(self) -> bool:
        """Whether anything stands near the top; hidden sheets are not searched further."""
        top = self.shown.iter_rows(max_row=_MOST_EMPTY_ROWS, max_col=_MOST_COLUMNS)
        return any(cell.value is not None for cells in top for cell in cells)

    def note(self) -> Note:
        return Note(code="sheet-hidden", where=self.where, written=fold(self.shown.title))

    def blocks(self) -> Iterator[Paragraph | Table]:
        rows = _filled_down(self._rows(), _merged_down(self.shown))
        yield from table_of(
            ((self.where.then(Spot.ROW, number), cells) for number, cells in rows), where=self.where
        )

    def _rows(self) -> Iterator[tuple[int, Cells]]:
        """Number and cells of each row with something in it, up to the first long stretch of nothing."""
        empty = 0
        both = zip(
            *(sheet.iter_rows(max_col=_MOST_COLUMNS) for sheet in (self.shown, self.written)), strict=False
        )
        for number, (shown, written) in enumerate(both, start=1):
            cells = self._cells(number, shown, written)
            empty = 0 if any(cells) else empty + 1
            if empty > _MOST_EMPTY_ROWS:
                return
            if number > _MOST_ROWS and any(cells):
                raise TooManyRows(file=self.file, where=self.where, limit=_MOST_ROWS)
            yield number, cells

    def _cells(self, row: int, shown: Sequence[Any], written: Sequence[Any]) -> Cells:
        cells = [_text(cell) for cell in shown]
        for column, cell in enumerate(written):
            if cell.data_type == "f" and shown[column].value is None:
                address = f"{get_column_letter(column + 1)}{row}"
                raise FormulaWithoutValue(file=self.file, sheet=fold(self.shown.title), cell=address)
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells)


def _text(cell: Any) -> str:  # noqa: ANN401 # an EmptyCell or a ReadOnlyCell, which share no type
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"  # as Danish Excel shows it
    if isinstance(value, datetime | date | time):
        return _date_text(value, cell.number_format)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return fold_lines(str(value).replace("\r", "\n"))


def _date_text(value: datetime | date | time, number_format: str) -> str:
    """The date as far as the number format shows it: "2024-03" under "mmm-yy", "2024" under "yyyy"."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    shows = _LITERAL.sub("", number_format.partition(";")[0]).lower()
    clock = "h" in shows or "s" in shows
    if "d" not in shows and not clock:
        return value.strftime("%Y-%m") if "m" in shows else value.strftime("%Y")
    day = value.strftime("%Y-%m-%d")
    return f"{day} {value:%H:%M}" if clock and isinstance(value, datetime) and value.time() != time() else day


def _merged_down(sheet: Any) -> dict[int, list[tuple[int, int]]]:  # noqa: ANN401 # the stubs know no read-only sheet
    """First row of each cell merged downwards -> its column and its last row.

    Read from the sheet's own XML: openpyxl knows merged cells only when it loads the whole sheet.
    """
    with sheet._get_source() as opened:  # noqa: SLF001 # the only way to the part that belongs to this sheet
        ranges = _MERGED.findall(opened.read())
    found: dict[int, list[tuple[int, int]]] = {}
    for merged in ranges:
        start, end = (coordinate_to_tuple(corner) for corner in merged.decode().split(":"))
        (first, column), (last, _) = start, end
        if column <= _MOST_COLUMNS and first < last:
            found.setdefault(first, []).append((column - 1, last))
    return found


def _filled_down(
    rows: Iterator[tuple[int, Cells]], merged: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, Cells]]:
    """A cell merged downwards is true of every row it covers that says something of its own."""
    hanging: dict[int, tuple[str, int]] = {}
    for number, cells in rows:
        hanging = {column: (text, last) for column, (text, last) in hanging.items() if number <= last}
        if any(cells):
            filled = [*cells, *[""] * (max(hanging, default=-1) + 1 - len(cells))]
            for column, (text, _) in hanging.items():
                filled[column] = filled[column] or text
            yield number, tuple(filled)
        for column, last in merged.get(number, ()):
            text = cells[column] if column < len(cells) else ""
            hanging[column] = (text, last)
