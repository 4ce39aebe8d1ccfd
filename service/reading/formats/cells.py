"""Cell text and merged cells, the same for every format that has them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.plan.place import Place
from service.reading.document import Paragraph, Row, Table

# Nothing a reader of the plan sees: control characters, soft hyphens, zero-width and direction marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# Word's bullet stands in the private area of its symbol font.
_QUOTED = 60  # letters
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "•"}


def fold(text: str) -> str:
    """The text on one line, as it would be read aloud: white space folded, invisible characters left out."""
    return " ".join(_INVISIBLE.sub("", text).translate(_SYMBOLS).split())


def visible(text: str) -> str:
    """The text with its lines and its spaces, and without what nobody sees: a terminal would obey it."""
    return _INVISIBLE.sub("", _BREAKS.sub(" ", text))


def shortened(text: str) -> str:
    """As it is quoted in a sentence: on one line, and no longer than it takes to find it by."""
    line = fold(text)
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


def fold_lines(text: str) -> str:
    """A cell's text, each of its lines folded: a line begun on purpose may mean "and another"."""
    return "\n".join(filter(None, map(fold, text.split("\n"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as Word and HTML write it: once, with the number of columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def spread(rows: Iterable[Sequence[Cell]], *, most_columns: int = 100) -> Iterator[tuple[str, ...] | None]:
    """Each row of a table with its merged cells laid out; None for a row that holds nothing of its own.

    A cell merged downwards is true of every row it covers, so its text is repeated ("Marts 2024" beside three
    activities); one merged sideways says its text once, so that a heading across the table stays a heading.
    """
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        laid: dict[int, str] = {column: text for column, (text, _) in hanging.items()}
        below = {column: (text, left - 1) for column, (text, left) in hanging.items() if left > 1}
        column = 0
        for cell in row:
            while column in laid:
                column += 1
            for offset in range(min(cell.columns, most_columns - column)):
                text = "" if offset else cell.text
                laid[column + offset] = text
                if cell.rows > 1:
                    below[column + offset] = (text, cell.rows - 1)
            column += cell.columns
        hanging = below
        width = max(laid, default=-1) + 1
        yield tuple(laid.get(position, "") for position in range(width)) if row else None


def table_of(rows: Iterable[tuple[Place, Sequence[str]]], *, where: Place) -> Iterator[Paragraph | Table]:
    """Blocks of a grid that may begin with titles: the lone cells on top are paragraphs, the rest is a table.

    `rows` are pairs of place and cells. Rows without any text hold nothing and are left out.
    """
    filled = [Row(cells=tuple(cells), where=place) for place, cells in rows if any(cells)]
    width = max((len(row.cells) for row in filled), default=0)
    start = next((at for at, row in enumerate(filled) if sum(map(bool, row.cells)) > 1), len(filled))
    for row in filled[:start]:
        yield Paragraph(text=fold(" ".join(row.cells)), where=row.where)
    if filled[start:]:
        even = (replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in filled[start:])
        yield Table(rows=tuple(even), where=where)
