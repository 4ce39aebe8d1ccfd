"""Plain text: TAB columns, columns aligned with spaces, dated lists; every other line is a paragraph."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from service.plan.place import Place, Spot
from service.reading.document import Document, Paragraph, Row, Table
from service.reading.formats import dated_list
from service.reading.formats.cells import fold
from service.reading.formats.source import Source

# Two spaces after a full stop are the typewriter's habit and no gap.
_GAP = re.compile(r"(?<=\S)(?:(?<![.!?])\s{2}|\s{3})\s*(?=\S)")
_INDENT = re.compile(r"\s{2,}\S")
_RULE = re.compile(r"[\s\-=_+|*~:`]*")
_PIPE = re.compile(r"(?<!\\)\|")
_PIPED = re.compile(r"\s*\|.*\||.*\S\s+\|\s+\S")

Line = tuple[int, str]
Blocks = list[Paragraph | Table]


def read(source: Source) -> Document:
    return Document(name=source.name, blocks=tuple(blocks(source.text())))


def blocks(text: str) -> Iterator[Paragraph | Table]:
    """The lines in order, each either in a table or a paragraph. Blank lines and ruled lines say nothing."""
    numbered = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    lines = [(number, line) for number, line in numbered if not line.strip() or not _RULE.fullmatch(line)]
    at = 0
    while at < len(lines):
        layout = next(layout for layout in _LAYOUTS if layout.begins(lines[at][1]))
        end = _end(lines, at, layout.goes_on)
        yield from layout.blocks([line for line in lines[at:end] if line[1].strip()])
        at = end


def _end(lines: Sequence[Line], start: int, goes_on: Callable[[str], object]) -> int:
    """Where the run of lines of one layout ends.

    Blank lines may stand in it, and so may a lone line directly between two others: a heading row.
    """
    end = start + 1
    for at in range(end, len(lines)):
        line = lines[at][1]
        lone = at == end and at + 1 < len(lines)
        if goes_on(line) or (lone and line.strip() and goes_on(lines[at + 1][1])):
            end = at + 1
        elif line.strip():
            break
    return end


def _piped(lines: Sequence[Line]) -> Blocks:
    """A table drawn with strokes, as in Markdown; the strokes at both ends are the frame."""
    bare = [(number, line.strip().removeprefix("|").removesuffix("|")) for number, line in lines]
    return _rows(
        [
            (number, tuple(fold(cell.replace("\\|", "|")) for cell in _PIPE.split(line)))
            for number, line in bare
        ]
    )


def _is_tabbed(line: str) -> bool:
    return "\t" in line.strip(" ") and bool(line.strip())


def _tabbed(lines: Sequence[Line]) -> Blocks:
    """A TAB at the end of a cell is one column on, unless only folding TABs together makes the rows even."""
    split = [(number, line.split("\t")) for number, line in lines]
    folded = [(number, re.split(r"\t+", line.strip("\t"))) for number, line in lines]
    if len({len(cells) for _, cells in split}) > 1 == len({len(cells) for _, cells in folded}):
        split = folded
    return _rows([(number, tuple(map(fold, cells))) for number, cells in split])


def _aligned(lines: Sequence[Line]) -> Blocks:
    split = [(number, _GAP.split(line.strip())) for number, line in lines]
    widths = {len(cells) for _, cells in split}
    if len(lines) == 1:
        return _paragraphs(lines)
    if len(widths) == 1:
        return _rows([(number, tuple(map(fold, cells))) for number, cells in split])
    starts = _column_starts([line for _, line in lines])
    if len(starts) < 2:  # noqa: PLR2004 # one column is no table
        return _paragraphs(lines)
    return _rows([(number, _cut(line, starts)) for number, line in lines])


def _column_starts(lines: Sequence[str]) -> list[int]:
    """The positions at which more than one line, and a third of those with gaps, begin a new column."""
    gapped = [[found.end() for found in _GAP.finditer(line)] for line in lines]
    count = Counter(position for positions in gapped for position in positions)
    enough = max(2, sum(map(bool, gapped)) / 3)
    return [0, *sorted(position for position, times in count.items() if times >= enough)]


def _cut(line: str, starts: Sequence[int]) -> tuple[str, ...]:
    """The line's stretches of text, each in the column in which it begins."""
    cells = [""] * len(starts)
    for stretch in re.finditer(r"\S+(?:\s\S+)*", line):
        column = max(at for at, start in enumerate(starts) if start <= max(stretch.start(), 0))
        cells[column] = fold(f"{cells[column]} {stretch.group()}")
    return tuple(cells)


def _rows(rows: Sequence[tuple[int, tuple[str, ...]]]) -> Blocks:
    """A table; or paragraphs, if no row has two cells (TABs used for indenting)."""
    if not any(sum(map(bool, cells)) > 1 for _, cells in rows):
        return _paragraphs([(number, " ".join(cells)) for number, cells in rows])
    filled = tuple(
        Row(cells=cells, where=Place.at(Spot.LINE, number)) for number, cells in rows if any(cells)
    )
    return [Table(rows=filled, where=filled[0].where)]


def _items(lines: Sequence[Line]) -> Blocks:
    """A dated list; what follows an item without a date of its own is the rest of it, or a heading.

    A line with a date and no break behind it ("20. maj Fest") stands apart.
    """
    found: list[tuple[Place, dated_list.Item]] = []
    apart: list[Line] = []
    for number, line in lines:
        if item := dated_list.item(line):
            found.append((Place.at(Spot.LINE, number), item))
        elif dated_list.is_heading(line):
            found.append((Place.at(Spot.LINE, number), dated_list.Item(fold(line))))
        elif dated_list.date_before(line):
            apart.append((number, line))
        else:
            place, last = found[-1]
            found[-1] = (place, last._replace(what=fold(f"{last.what} {line}")))
    table = dated_list.table(found, where=found[0][0])
    return [table, *_paragraphs(apart)] if table else _paragraphs(lines)


def _paragraphs(lines: Sequence[Line]) -> Blocks:
    return [
        Paragraph(text=text, where=Place.at(Spot.LINE, number))
        for number, line in lines
        if (text := fold(line))
    ]


class _Layout(NamedTuple):
    """How lines stand together: what begins a run, what goes on with it, what it means."""

    begins: Callable[[str], object]
    goes_on: Callable[[str], object]
    blocks: Callable[[Sequence[Line]], Blocks]


_LAYOUTS = (
    _Layout(_PIPED.match, _PIPED.match, _piped),
    _Layout(_is_tabbed, _is_tabbed, _tabbed),
    _Layout(dated_list.item, lambda line: dated_list.item(line) or _INDENT.match(line), _items),
    _Layout(_GAP.search, lambda line: _GAP.search(line) or _INDENT.match(line), _aligned),
    _Layout(lambda _line: True, lambda _line: False, _paragraphs),
)
