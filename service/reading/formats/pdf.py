"""PDF: tables by their ruled lines, else by alignment; what stands outside them as paragraphs."""

import io
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, count, groupby
from operator import attrgetter
from typing import NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from service.plan.place import Place, Spot
from service.reading.document import Document, Paragraph, Row, Table
from service.reading.errors import DamagedFile, PasswordProtected, ScannedPages
from service.reading.formats.cells import Cell, fold, spread
from service.reading.formats.pdf_columns import Rows, Stack, regions
from service.reading.formats.pdf_lines import Char, joined, lines, whole_words
from service.reading.formats.source import Source

_END, _TAIL = b"%%EOF", 2048
_TOUCHING = 3  # points within which ruled lines meet

Box = tuple[float, float, float, float]


class _Frame(NamedTuple):
    """A text before its lines are joined: the lines, the edge they are wrapped at, the cells it covers."""

    stack: Stack
    right: float
    columns: int = 1
    rows: int = 1


class _Block(NamedTuple):
    """Frames beside and below each other; a lone one is a paragraph."""

    top: float
    rows: list[list[_Frame]]


def read(source: Source) -> Document:
    if _END not in source.content[-_TAIL:]:
        raise DamagedFile(file=source.name)  # cut short; pdfminer would give the pages it still finds
    try:
        with closing(pdfplumber.open(io.BytesIO(source.content))) as opened:
            pages = [_blocks_on(page) for page in opened.pages]
            has_pictures = any(page.images for page in opened.pages[:1])
            title = opened.metadata.get("Title")
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise PasswordProtected(file=source.name) from None
        raise DamagedFile(file=source.name) from None
    if has_pictures and not any(pages):
        raise ScannedPages(file=source.name)
    return Document(
        name=source.name, blocks=tuple(_read_out(pages)), title=fold(title) if isinstance(title, str) else ""
    )


def _blocks_on(page: Page) -> list[_Block]:
    chars: list[Char] = [char for char in page.dedupe_chars().chars if char["upright"]]
    grids = []
    for table in page.find_tables({"explicit_horizontal_lines": _missing_edges(page.edges)}):
        grid, rest = _ruled(table.cells, chars)
        if grid:
            grids.append(grid)
            chars = rest
    page.close()  # what pdfplumber keeps of a page is many times its text
    tops = sorted(grid.top for grid in grids)
    outside = (
        _aligned(rows)
        for _, between in groupby(lines(chars), key=lambda line: bisect(tops, line.top))
        for rows in regions(list(between))
    )
    return sorted((*grids, *outside), key=attrgetter("top"))


def _missing_edges(edges: Sequence[Char]) -> list[Char]:
    """A level line where upright ones end without one: a row broken over two pages has none on either."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = sorted(edge["top"] for edge in edges if edge["orientation"] == "h")
    if len(upright) < 2 or not level:  # noqa: PLR2004 # nothing is framed
        return []
    left, right = min(edge["x0"] for edge in upright), max(edge["x1"] for edge in upright)
    ends = Counter(round(edge[side]) for edge in upright for side in ("top", "bottom"))
    return [
        {
            "object_type": "line",
            "x0": left,
            "x1": right,
            "top": y,
            "bottom": y,
            "width": right - left,
            "height": 0,
        }
        for y, times in ends.items()
        if times > 1 and not any(abs(y - edge) <= _TOUCHING for edge in level)
    ]


def _ruled(boxes: Sequence[Box], chars: Sequence[Char]) -> tuple[_Block | None, list[Char]]:
    """The table that the boxes draw, and the characters outside; no table if nothing stands side by side."""
    bands = _Bands(_edges(box[1] for box in boxes), _edges(box[0] for box in boxes))
    inside, outside = bands.sorted_into(boxes, chars)
    rows: list[list[_Frame]] = [[] for _ in bands.tops]
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        covered = bands.rows(box)
        rows[covered.start].append(_Frame(lines(inside[box]), box[2], bands.columns(box), len(covered)))
    if not any(sum(bool(frame.stack) for frame in row) > 1 for row in rows):
        return None, list(chars)
    return _Block(bands.tops[0], rows), outside


class _Bands(NamedTuple):
    """The rows and columns between the edges of a table's cells; merged cells cover several."""

    tops: list[float]
    lefts: list[float]

    def rows(self, box: Box) -> range:
        return range(max(bisect(self.tops, box[1] + 1) - 1, 0), max(bisect(self.tops, box[3] - 1), 1))

    def columns(self, box: Box) -> int:
        return max(bisect(self.lefts, box[2] - 1) - bisect(self.lefts, box[0] + 1) + 1, 1)

    def sorted_into(
        self, boxes: Sequence[Box], chars: Sequence[Char]
    ) -> tuple[dict[Box, list[Char]], list[Char]]:
        """Each box with the characters in it, and those in none."""
        by_row: dict[int, list[Box]] = {}
        for box in boxes:
            for row in self.rows(box):
                by_row.setdefault(row, []).append(box)
        inside: dict[Box, list[Char]] = {box: [] for box in boxes}
        outside: list[Char] = []
        for char in chars:
            x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
            around = by_row.get(bisect(self.tops, y) - 1, ())
            found = next((box for box in around if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
            (outside if found is None else inside[found]).append(char)
        return inside, outside


def _edges(positions: Iterable[float]) -> list[float]:
    """The positions in order, those that touch counted once."""
    distinct: list[float] = []
    for position in sorted(positions):
        if not distinct or position - distinct[-1] > _TOUCHING:
            distinct.append(position)
    return distinct


def _aligned(rows: Rows) -> _Block:
    rights = [max((line.right for line in chain(*column)), default=0.0) for column in zip(*rows, strict=True)]
    frames = [[_Frame(stack, right) for stack, right in zip(row, rights, strict=True)] for row in rows]
    return _Block(min(line.top for line in chain(*rows[0])), frames)


def _read_out(pages: Sequence[Sequence[_Block]]) -> Iterator[Paragraph | Table]:
    """The texts with their lines joined; every whole word of the document helps to know a cut one."""
    frames = (frame for blocks in pages for block in blocks for row in block.rows for frame in row)
    words = whole_words(frame.stack for frame in frames)

    def text(frame: _Frame) -> str:
        return joined(frame.stack, right=frame.right, words=words)

    for number, blocks in enumerate(pages, start=1):
        where = Place.at(Spot.PAGE, number)
        row_numbers = count(1)
        for block in blocks:
            if len(block.rows[0]) == 1 == len(block.rows):
                yield Paragraph(text=text(block.rows[0][0]), where=where)
                continue
            laid_out = spread(
                [Cell(text=text(f), columns=f.columns, rows=f.rows) for f in row] for row in block.rows
            )
            numbered = ((cells, next(row_numbers)) for cells in laid_out)
            rows = (
                Row(cells=cells, where=where.then(Spot.ROW, place))
                for cells, place in numbered
                if cells and any(cells)
            )
            yield Table(rows=tuple(rows), where=where)
