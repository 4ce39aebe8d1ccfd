"""Comma-separated values and their kin: semicolons (Danish Excel), TABs, pipes."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from service.plan.place import Place, Spot
from service.reading.document import Document
from service.reading.errors import UnpairedQuote
from service.reading.formats.cells import fold_lines, table_of
from service.reading.formats.source import Source

_DELIMITERS = ";\t,|"
_SAMPLE = 20_000
# The whole file may be one cell; the module's own limit would turn a long note into an error.
csv.field_size_limit(100_000_000)


def read(source: Source) -> Document:
    text = source.text()
    declared = text[4:5] if text[:4].lower() == "sep=" else ""  # Excel's own first line
    if declared:
        text = text.partition("\n")[2]
    delimiter = declared or _delimiter(text)
    first_line = 2 if declared else 1
    records = (
        (Place.at(Spot.LINE, line), cells)
        for line, cells in _records(source.name, text, delimiter, first_line)
    )
    return Document(name=source.name, blocks=tuple(table_of(records, where=Place.at(Spot.TABLE, 1))))


def _delimiter(text: str) -> str:
    """The character that gives most lines the same number of cells, more than one; else the semicolon."""

    def evenness(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record in reader if record)
        del widths[1]
        width, lines = widths.most_common(1)[0] if widths else (0, 0)
        return lines, width

    return max(_DELIMITERS, key=evenness)


def _records(name: str, text: str, delimiter: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each record.

    Strict first: a lone quotation mark would otherwise swallow every row after it. A file that fails that
    (»"Fælles" møde« as a cell) is read with quotation marks as plain text, unless they may enclose line ends.
    """
    try:
        return iter(_parsed(text, delimiter, first_line, quoting=csv.QUOTE_MINIMAL))
    except csv.Error:
        plain = _parsed(text, delimiter, first_line, quoting=csv.QUOTE_NONE)
    unpaired = [line for line, cells in plain for cell in cells if cell.count('"') % 2]
    if len(unpaired) > 1:
        raise UnpairedQuote(file=name, line=unpaired[0])
    return iter(plain)


def _parsed(
    text: str, delimiter: str, first_line: int, *, quoting: Literal[0, 3]
) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting)
    records = []
    line = first_line
    for record in reader:
        records.append((line, [fold_lines(cell) for cell in record]))
        line = first_line + reader.line_num
    return records
