"""Word (.docx): the body as it stands after every tracked change is accepted, without what is struck out.

Headers, footers, comments and footnotes live in other parts of the package and are left out.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from typing import cast

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import _Element

from service.plan.place import Place, Spot
from service.reading.document import Document, Note, Paragraph, Row, Table
from service.reading.errors import DamagedFile, WrongEnding
from service.reading.formats.cells import Cell, fold, fold_lines, spread
from service.reading.formats.source import Source

# What stands between a paragraph or a table and the text, and says nothing itself.
_WRAPPERS = "sdt sdtContent ins moveTo customXml smartTag hyperlink fldSimple"
_TRANSPARENT = frozenset(qn(f"w:{name}") for name in _WRAPPERS.split())
# A deleted or moved-away stretch, and the second telling of a drawing for older programs.
_GONE = frozenset(
    [qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"]
)
_SPACING = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:t"))
_TEXT_BOX = qn("w:txbxContent")
_RUN = qn("w:r")
_STRIKES = (qn("w:strike"), qn("w:dstrike"))
_OFF = frozenset(["0", "false", "off"])


def read(source: Source) -> Document:
    try:
        opened = docx.Document(io.BytesIO(source.content))
    except PackageNotFoundError:
        raise DamagedFile(file=source.name) from None
    except ValueError:  # python-docx: the package's main part is no Word document
        raise WrongEnding(file=source.name, found="ZIP", suffix=".docx", instead=".docx") from None
    if opened.element.getroottree().docinfo.doctype:
        raise DamagedFile(file=source.name)  # Word writes none; the text behind an entity would be missing
    blocks = tuple(_Body().blocks(cast("_Element", opened.element.body)))
    return Document(
        name=source.name,
        blocks=blocks,
        title=fold(opened.core_properties.title),
        notes=tuple(_struck_out(cast("_Element", opened.element.body))),
    )


@dataclass(frozen=True, slots=True)
class _Body:
    """Walks a body once; counts paragraphs and tables as it meets them."""

    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))

    def blocks(self, container: _Element) -> Iterator[Paragraph | Table]:
        for element in _children(container):
            if element.tag == _PARAGRAPH:
                yield from self._paragraph(element)
            elif element.tag == _TABLE:
                yield from self._table(element)

    def _paragraph(self, element: _Element) -> Iterator[Paragraph | Table]:
        where = Place.at(Spot.PARAGRAPH, next(self.paragraphs))
        if text := fold(_text(element)):
            yield Paragraph(text=text, where=where)
        for box in _inside(element, _TEXT_BOX):
            yield from self.blocks(box)

    def _table(self, element: _Element) -> Iterator[Paragraph | Table]:
        """The table; or the blocks in its cells, if it only frames or arranges them."""
        if not _stands_side_by_side(element):
            for cell in chain.from_iterable(map(_children, _rows(element))):
                yield from self.blocks(cell)
            return
        where = Place.at(Spot.TABLE, next(self.tables))
        laid_out = spread(_merged([list(_cells(row)) for row in _rows(element)]))
        numbered = ((number, cells) for number, cells in enumerate(laid_out, start=1) if cells and any(cells))
        filled = tuple(Row(cells=cells, where=where.then(Spot.ROW, number)) for number, cells in numbered)
        if filled:
            yield Table(rows=filled, where=where)
        for nested in _inside(element, _TABLE):
            if _is_grid(nested):
                yield from self._table(nested)


def _children(container: _Element) -> Iterator[_Element]:
    """The children that are there for a reader: wrappers opened, deletions passed over."""
    for child in container:
        if child.tag in _TRANSPARENT:
            yield from _children(child)
        elif not _is_gone(child) and not _is_deleted_row(child):
            yield child


def _is_gone(element: _Element) -> bool:
    return element.tag in _GONE or _is_struck(element)


def _is_struck(element: _Element) -> bool:
    if element.tag != _RUN:
        return False
    marks = (element.find(f"{qn('w:rPr')}/{mark}") for mark in _STRIKES)
    return any(mark is not None and mark.get(qn("w:val")) not in _OFF for mark in marks)


def _struck_out(body: _Element) -> Iterator[Note]:
    """The struck-out text of each paragraph that has any."""
    paragraphs = (found for found in body.iter(_PARAGRAPH) if not _is_within_gone(found))
    for paragraph in paragraphs:
        struck = (run for run in _inside_all(paragraph, _RUN) if _is_struck(run))
        if written := fold("".join(map(_text, struck))):
            yield Note(code="text-struck-out", written=written)


def _inside_all(element: _Element, tag: str) -> Iterator[_Element]:
    """As `_inside`, with what is struck out."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE:
            yield from _inside_all(child, tag)


def _is_within_gone(element: _Element) -> bool:
    return any(above.tag in _GONE or _is_deleted_row(above) for above in element.iterancestors())


def _is_deleted_row(element: _Element) -> bool:
    return element.tag == _ROW and element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _inside(element: _Element, tag: str) -> Iterator[_Element]:
    """The nearest descendants of that tag; not those within one of them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif not _is_gone(child):
            yield from _inside(child, tag)


def _text(element: _Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == _TEXT:
            yield (child.text or "").replace("\n", " ")
        elif child.tag in _SPACING:
            yield _SPACING[child.tag]
        elif child.tag == _TABLE:
            yield "" if _is_grid(child) else f"\n{_text(child)}\n"
        elif not _is_gone(child) and child.tag != _TEXT_BOX:
            yield from _pieces(child)
            yield "\n" if child.tag in (_PARAGRAPH, _CELL) else ""


def _is_grid(nested: _Element) -> bool:
    """A table in a cell is one of its own if it has rows and columns; any less is part of the cell's text."""
    rows = _rows(nested)
    return len(rows) > 1 and any(len(_cells_of(row)) > 1 for row in rows)


def _stands_side_by_side(table: _Element) -> bool:
    """Whether two texts stand beside each other; those of a grid within are not the table's own."""
    return any(sum(map(_has_text, _cells_of(row))) > 1 for row in _rows(table))


def _has_text(element: _Element) -> bool:
    return any(
        bool((child.text or "").strip()) if child.tag == _TEXT else _has_text(child)
        for child in element
        if not _is_gone(child) and not (child.tag == _TABLE and _is_grid(child))
    )


def _cells_of(row: _Element) -> list[_Element]:
    return [cell for cell in _children(row) if cell.tag == _CELL]


def _rows(table: _Element) -> list[_Element]:
    return [row for row in _children(table) if row.tag == _ROW]


@dataclass(frozen=True, slots=True, kw_only=True)
class _WordCell:
    text: str
    column: int
    columns: int
    continues: bool


def _cells(row: _Element) -> Iterator[_WordCell]:
    column = _number(row, "w:trPr", "w:gridBefore", otherwise=0)
    if column:
        yield _WordCell(text="", column=0, columns=column, continues=False)
    for cell in _cells_of(row):
        columns = _number(cell, "w:tcPr", "w:gridSpan", otherwise=1)
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continues = merge is not None and merge.get(qn("w:val")) != "restart"
        boxes = "".join("\n" + _text(box) for box in _inside(cell, _TEXT_BOX))
        yield _WordCell(
            text=fold_lines(_text(cell) + boxes), column=column, columns=columns, continues=continues
        )
        column += columns


def _number(element: _Element, properties: str, name: str, *, otherwise: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    value = (found.get(qn("w:val")) if found is not None else None) or ""
    return min(int(value), 100) if value.isdecimal() else otherwise


def _merged(rows: list[list[_WordCell]]) -> Iterable[list[Cell]]:
    """Word marks each cell of a vertical merge; count them and keep the first, as HTML does."""
    heights: dict[tuple[int, int], int] = {}
    starts: dict[int, int] = {}
    for index, row in enumerate(rows):
        for cell in row:
            if cell.continues and cell.column in starts and not cell.text:
                heights[starts[cell.column], cell.column] += 1
            else:
                starts[cell.column] = index
                heights[index, cell.column] = 1
    for index, row in enumerate(rows):
        yield [
            Cell(text=cell.text, columns=cell.columns, rows=heights[index, cell.column])
            for cell in row
            if (index, cell.column) in heights
        ]
