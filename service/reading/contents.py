"""A table looked at column by column: what its header calls them and what stands in them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from service.reading.column_names import role_named, unit_named
from service.reading.deadline import looks_like_deadline
from service.reading.document import Row
from service.reading.row_kinds import Grain, grain, is_period

JUDGED = 200  # rows are enough to tell what a column holds
SURE = 0.4  # of a column: a date and a remark behind it are a deadline too
MOSTLY = 0.7  # of a column's cells
_WHOLLY = 0.9  # of a cell's letters


class Contents:
    """`written` are the names as the header has them, "" where none stands; `roles` what they name.

    `dated` is how much of each column is the language of deadlines, `grains` how fine its dates are.
    """

    def __init__(self, header: Row | None, data: Sequence[Row], width: int) -> None:
        self.header = header
        self.data = data[:JUDGED]
        self.places = range(width)
        self.cells = [
            [row.cells[place] for row in self.data if place < len(row.cells) and row.cells[place]]
            for place in self.places
        ]
        names = header.cells if header else ()
        self.written = [names[place] if place < len(names) else "" for place in self.places]
        self.roles = [role_named(name) if name else None for name in self.written]
        self.dated = [self.share(place, looks_like_deadline) for place in self.places]
        self.grains = [self._grain(place) for place in self.places]

    def share(self, place: int, holds: Callable[[str], float]) -> float:
        cells = self.cells[place]
        return sum(map(holds, cells)) / len(cells) if cells else 0.0

    def unit(self, place: int) -> str:
        return unit_named(self.written[place])

    def free(self, taken: set[int | None]) -> list[int]:
        """The columns whose names say nothing of their role."""
        return [place for place in self.places if self.roles[place] is None and place not in taken]

    def pairs(self, one: int, other: int) -> Iterator[tuple[str, str]]:
        """The cells of two columns, row by row."""
        for row in self.data:
            if max(one, other) < len(row.cells):
                yield row.cells[one], row.cells[other]

    def _grain(self, place: int) -> Grain:
        """That of most of its cells; a month or a year must be all that stands there."""
        grains = Counter(map(grain, self.cells[place]))
        most, times = max(grains.items(), key=itemgetter(1), default=(Grain.NONE, 0))
        return most if times >= MOSTLY * grains.total() else Grain.NONE


def names_days(cell: str) -> float:
    """A deadline with a figure or a month in it: "I gang" and "x" below "Status" name no day."""
    return looks_like_deadline(cell) if any(map(str.isdigit, cell)) or is_period(cell) else 0.0


def is_deadline_alone(cell: str) -> bool:
    """A date, or that one is to come, and nothing else: no text that names a day."""
    return looks_like_deadline(cell) >= _WHOLLY
