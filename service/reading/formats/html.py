"""HTML, above all what Outlook and Word make of a pasted table: what a browser would show, in its order."""

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree, html
from lxml.etree import _Element

from service.plan.place import Place, Spot
from service.reading.document import Document, Note, Paragraph, Row, Table
from service.reading.errors import DamagedFile
from service.reading.formats.cells import Cell, fold, fold_lines, spread
from service.reading.formats.source import Source

_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w-]{1,30})""", re.IGNORECASE)
_UNSEEN = frozenset(["script", "style", "head", "template", "noscript", "select", "svg", "object", "iframe"])
_STRUCK = frozenset(["del", "s", "strike"])
_STRUCK_BY_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
# Elements that stand in a line of text; at the edges of all others a new line begins.
_INLINE_NAMES = (
    "a abbr b bdi bdo big cite code dfn em font i ins kbd label mark o:p q s samp small span strike strong "
    "sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_CELLS = frozenset(["td", "th"])
_ROW_GROUPS = frozenset(["tbody", "thead", "tfoot"])
_MOST_COLUMNS, _MOST_ROWS = 100, 1_000
# Where libxml2 gives up (nesting, a single text of 10 MB) the rest of the page would be lost without a word.
_CUT_SHORT = (
    etree.ErrorTypes.ERR_INTERNAL_ERROR,
    etree.ErrorTypes.ERR_RESOURCE_LIMIT,
    etree.ErrorTypes.ERR_NAME_TOO_LONG,
)

# A stretch of text, a table met on the way, or None where a new line begins.
Piece = str | _Element | None


def read(source: Source) -> Document:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = html.document_fromstring(_decoded(source).encode("utf-8", "replace"), parser=parser)
    if any(entry.type in _CUT_SHORT for entry in parser.error_log):
        raise DamagedFile(file=source.name)
    return Document(
        name=source.name,
        blocks=tuple(_blocks(root)),
        title=fold(root.findtext(".//title") or ""),
        notes=tuple(_notes(root)),
    )


def _decoded(source: Source) -> str:
    """The text by the charset that the page declares, if it keeps to it."""
    declared = _CHARSET.search(source.content[:4096])
    try:
        text = source.content.decode(declared[1].decode()) if declared else ""
    except (UnicodeDecodeError, LookupError):
        text = ""
    return text if text and "\0" not in text else source.text()


def _blocks(root: _Element) -> Iterator[Paragraph | Table]:
    paragraphs, tables = count(1), count(1)
    line = ""
    for piece in (*_flow(root), None):
        if isinstance(piece, str):
            line += piece
            continue
        if text := fold(line):
            yield Paragraph(text=text, where=Place.at(Spot.PARAGRAPH, next(paragraphs)))
        line = ""
        if piece is not None:
            yield from _table(piece, tables)


def _flow(element: _Element) -> Iterator[Piece]:
    """What the element shows. A table that only arranges the page is opened; any other stays whole."""
    if not _is_seen(element):
        return
    if _is_grid(element):
        yield element
        return
    edges: tuple[None, ...] = () if element.tag in _INLINE else (None,)
    yield from edges
    yield element.text or ""
    for child in element:
        yield from _flow(child)
        yield child.tail or ""
    yield from edges


def _is_seen(element: _Element) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _UNSEEN
        and not _is_hidden(element)
        and not _is_struck(element)
    )


def _is_hidden(element: _Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_struck(element: _Element) -> bool:
    return element.tag in _STRUCK or bool(_STRUCK_BY_STYLE.search(element.get("style") or ""))


def _notes(element: _Element, *, is_hidden: bool = False) -> Iterator[Note]:
    """Rows that a reader does not see and text that is struck out: left out of the blocks, but told."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    is_hidden = is_hidden or _is_hidden(element)
    code = "row-hidden" if is_hidden and element.tag == "tr" else ""
    code = code or ("text-struck-out" if not is_hidden and _is_struck(element) else "")
    if code:
        if written := fold(" ".join(map(str, element.itertext()))):
            yield Note(code=code, where=Place.at(Spot.LINE, str(element.sourceline)), written=written)
        return
    for child in element:
        yield from _notes(child, is_hidden=is_hidden)


def _is_grid(element: _Element) -> bool:
    """A table in which two cells with text stand side by side; the text of a grid within is not theirs."""
    return element.tag == "table" and any(sum(map(_has_text, _cells(row))) > 1 for row in _rows(element))


def _has_text(element: _Element) -> bool:
    return bool((element.text or "").strip()) or any(
        (_is_seen(child) and not _has_columns(child) and _has_text(child)) or bool((child.tail or "").strip())
        for child in element
    )


def _has_columns(element: _Element) -> bool:
    return element.tag == "table" and any(len(list(_cells(row))) > 1 for row in _rows(element))


def _table(element: _Element, tables: Iterator[int]) -> Iterator[Table]:
    where = Place.at(Spot.TABLE, next(tables))
    rows = [[_cell(cell) for cell in _cells(row)] for row in _rows(element)]
    laid_out = enumerate(spread(rows), start=1)
    filled = (
        Row(cells=cells, where=where.then(Spot.ROW, number))
        for number, cells in laid_out
        if cells and any(cells)
    )
    yield Table(rows=tuple(filled), where=where)
    for row in _rows(element):
        for cell in _cells(row):
            for piece in _pieces(cell):
                if piece is not None and not isinstance(piece, str):
                    yield from _table(piece, tables)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == "tr" and _is_seen(child):
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    return (cell for cell in row if cell.tag in _CELLS and _is_seen(cell))


def _cell(cell: _Element) -> Cell:
    return Cell(
        text=_text(cell),
        columns=_span(cell, "colspan", _MOST_COLUMNS),
        rows=_span(cell, "rowspan", _MOST_ROWS),
    )


def _span(cell: _Element, name: str, most: int) -> int:
    """The number of columns or rows a cell covers; a rowspan of 0 reaches to the end of the table."""
    found = re.match(r"\s*(\d{1,9})", cell.get(name) or "1")
    number = min(int(found[1]), most) if found else 1
    return number or (most if name == "rowspan" else 1)


def _text(cell: _Element) -> str:
    """The cell's lines; a line feed in the source is a space, as in a browser."""
    pieces = (piece for piece in _pieces(cell) if piece is None or isinstance(piece, str))
    return fold_lines("".join("\n" if piece is None else piece.replace("\n", " ") for piece in pieces))


def _pieces(cell: _Element) -> Iterator[Piece]:
    yield cell.text or ""
    for child in cell:
        yield from _flow(child)
        yield child.tail or ""
