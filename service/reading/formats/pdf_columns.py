"""Lines on a page without ruled tables -> tables whose columns only alignment shows, and paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.reading.formats.pdf_lines import Line

_COLUMN_GAP = 1.2  # of the font size; justified words stand closer
_SAME_COLUMN = 4  # points
_FEWEST_LINES = 3
_NEW_ROW = 1.2  # of the usual distance between two lines
_WRAPPED = 1.7  # of the font size: lines farther apart do not belong to one paragraph
_BULLET = re.compile(r"\W{1,2}|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[-–—/,+&]|\b(?:og|til|eller|and|to|och))$", re.IGNORECASE)

Stack = list[Line]  # lines below each other that make one text
Rows = list[list[Stack]]


@dataclass(frozen=True, slots=True)
class _Broken:
    """A line cut where its columns seem to be."""

    line: Line
    parts: tuple[Line, ...]


def regions(page: Sequence[Line]) -> Iterator[Rows]:
    """The page from the top, as rows of stacks; a paragraph is one row of one stack."""
    broken = [_Broken(line, _parts(line)) for line in page]
    starts = _column_starts(broken)
    at = 0
    while at < len(broken):
        end = _table_end(broken, at, starts)
        if end:
            yield _rows(broken[at:end], starts)
        else:
            end = _paragraph_end(broken, at)
            yield [[[entry.line for entry in broken[at:end]]]]
        at = end


def _parts(line: Line) -> tuple[Line, ...]:
    parts = tuple(line.split(_COLUMN_GAP * line.size))
    return (line,) if len(parts) == 2 and _BULLET.fullmatch(parts[0].text) else parts  # noqa: PLR2004 # a list item


def _column_starts(broken: Sequence[_Broken]) -> list[float]:
    """Left edges that at least three lines share, where at least one of them stands beside something else."""
    edges = sorted(part.left for entry in broken if len(entry.parts) > 1 for part in entry.parts)
    clusters: list[list[float]] = []
    for edge in edges:
        if clusters and edge - clusters[-1][-1] <= _SAME_COLUMN:
            clusters[-1].append(edge)
        else:
            clusters.append([edge])
    return [cluster[0] for cluster in clusters if len(cluster) >= _FEWEST_LINES]


def _fits(entry: _Broken, starts: Sequence[float]) -> bool:
    """Whether each part stays in the column in which it begins."""
    columns = [_column(part, starts) for part in entry.parts]
    if len(set(columns)) < len(columns):
        return False
    nexts = [starts[column + 1] if column + 1 < len(starts) else float("inf") for column in columns]
    return all(part.right <= following for part, following in zip(entry.parts, nexts, strict=True))


def _column(part: Line, starts: Sequence[float]) -> int:
    return max((at for at, start in enumerate(starts) if start <= part.left + _SAME_COLUMN), default=0)


def _table_end(broken: Sequence[_Broken], at: int, starts: Sequence[float]) -> int:
    """Where the table that begins at this line ends; 0 if none does."""
    if len(starts) < 2 or len(broken[at].parts) < 2:  # noqa: PLR2004 # a table has two columns
        return 0
    end = at
    while end < len(broken) and _fits(broken[end], starts):
        end += 1
    while end > at and len(broken[end - 1].parts) < 2 and _is_far(broken, end - 1):  # noqa: PLR2004
        end -= 1
    return end if sum(len(entry.parts) > 1 for entry in broken[at:end]) >= _FEWEST_LINES else 0


def _is_far(broken: Sequence[_Broken], at: int) -> bool:
    return broken[at].line.top - broken[at - 1].line.top > 2 * broken[at].line.size


def _rows(broken: Sequence[_Broken], starts: Sequence[float]) -> Rows:
    distances = [below.line.top - above.line.top for above, below in pairwise(broken)]
    usual = min(distances)
    spaced = max(distances) > _NEW_ROW * usual
    rows: Rows = []
    for at, entry in enumerate(broken):
        apart = at == 0 or distances[at - 1] > _NEW_ROW * usual
        if at == 0 or (apart if spaced else _begins_row(entry, rows[-1], starts)):
            rows.append([[] for _ in starts])
        for part in entry.parts:
            rows[-1][_column(part, starts)].append(part)
    return rows


def _begins_row(entry: _Broken, above: Sequence[Stack], starts: Sequence[float]) -> bool:
    """Where all lines stand equally far apart: a text in the first column that goes on with none above."""
    if _column(entry.parts[0], starts) > 0:
        return False
    return not (above[0] and _GOES_ON.search(above[0][-1].text))


def _paragraph_end(broken: Sequence[_Broken], at: int) -> int:
    """A line goes on below if the next one's first word would not have fitted on it."""
    right = max(entry.line.right for entry in broken)
    end = at + 1
    while (
        end < len(broken)
        and len(broken[end].parts) == 1
        and _wraps(broken[end - 1].line, broken[end].line, right)
    ):
        end += 1
    return end


def _wraps(line: Line, below: Line, right: float) -> bool:
    if (
        abs(line.size - below.size) > 1
        or below.top - line.top > _WRAPPED * line.size
        or _BULLET.match(below.text + " ")
    ):
        return False
    first_word = next(below.split(0.2 * below.size))
    return line.right + (first_word.right - first_word.left) + 0.2 * line.size > right
