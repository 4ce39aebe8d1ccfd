"""Which column holds the deadlines, which the activities, which the responsible: by header and by content."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from service.reading.column_names import (
    Role,
    is_header,
    names_phases,
    names_the_columns,
    role_named,
    unit_named,
)
from service.reading.deadline import looks_like_deadline
from service.reading.document import Row
from service.reading.party_parts import looks_like_party
from service.reading.responsible import split_responsible
from service.reading.row_kinds import Grain, grain, is_dated, is_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns, 0 is the first. `header` is the row above the data, if the table has one.

    `ends` is a second date column ("Slut"); `period` one of months or years beside the bare days or months
    of `deadline`; `otherwise` are columns of deadlines that count where `deadline` is empty; `units` are what
    stands before the bare numbers of a column ("uge" below "Uge"); `unread` columns hold dates too;
    `unnamed` are the columns of words left over in a table without a header; `phase` is a column of its own
    beside the activities ("Fase").
    """

    deadline: int
    activity: int
    responsible: int | None = None
    ends: int | None = None
    period: int | None = None
    otherwise: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()
    unnamed: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    phase: int | None = None
    header: Row | None = None

    @property
    def width(self) -> int:
        return len(self.units)

    @property
    def roles(self) -> tuple[tuple[str, int | None], ...]:
        return (
            (Role.DEADLINE, self.deadline),
            (Role.ACTIVITY, self.activity),
            (Role.RESPONSIBLE, self.responsible),
        )

    def name(self, place: int) -> str:
        """As the header has it; by its number where there is none."""
        cells = self.header.cells if self.header else ()
        return (cells[place] if place < len(cells) else "") or str(place + 1)


_HEADER_AMONG = 10
JUDGED = 200  # rows are enough to tell what a column holds
_LONGEST_PARTY = 3  # words
_MOSTLY = 0.7  # of a column's cells
_NEEDS_ANOTHER = 0.5  # a number that is a date once a heading or the next column says its month
_SELDOM = 0.3  # of as many cells as the fullest column has
_RATHER_A_NAME = 0.8  # of the length of a name does not speak for an activity
_WORD = re.compile(r"[^\W\d_]{2}")
_SURE = 0.4  # of a column: a date and a remark behind it are a deadline too


def recognise(rows: Sequence[Row]) -> Columns | None:
    """The columns of a table that is a plan; None when no column holds deadlines beside activities."""
    at = next((place for place in range(len(rows[:_HEADER_AMONG])) if _is_header_at(rows, place)), None)
    header = None if at is None else rows[at]
    data = rows if at is None else rows[at + 1 :]
    return _Contents(header, data, max((len(row.cells) for row in rows), default=0)).columns()


def _is_header_at(rows: Sequence[Row], place: int) -> bool:
    """Below rows of data only what is a header beyond doubt."""
    has_data_above = any(
        sum(map(bool, row.cells)) > 1 and any(map(is_dated, row.cells)) for row in rows[:place]
    )
    return is_header(rows[place]) and (not has_data_above or names_the_columns(rows[place]))


class _Contents:
    """One table looked at column by column."""

    def __init__(self, header: Row | None, data: Sequence[Row], width: int) -> None:
        self.header = header
        self.columns_of_cells = [
            [row.cells[place] for row in data[:JUDGED] if place < len(row.cells) and row.cells[place]]
            for place in range(width)
        ]
        cells = header.cells if header else ()
        self.names = [role_named(cells[place]) if place < len(cells) else None for place in range(width)]
        self.dated = [self._share(place, looks_like_deadline) for place in range(width)]
        self.grains = [self._grain(place) for place in range(width)]

    def columns(self) -> Columns | None:
        deadline = self._deadline()
        if deadline is None:
            return None
        deadline, period = self._with_period(deadline)
        ends = self._ends(deadline)
        otherwise = [place for place in self._named_deadlines() if place not in {deadline, ends, period}]
        taken = {deadline, ends, period, *otherwise}
        responsible = self._named_best(Role.RESPONSIBLE, taken)
        activity = self._activity(taken | {responsible})
        if activity is None:
            activity, responsible = responsible, None
        if activity is None:
            return None
        if responsible is None:
            responsible = self._responsible_by_content(taken | {activity})
        return Columns(
            deadline=deadline,
            activity=activity,
            responsible=responsible,
            ends=ends,
            period=period,
            otherwise=tuple(otherwise),
            unread=tuple(
                place
                for place in range(len(self.names))
                if place not in taken | {activity, responsible} and self._share(place, _names_days) >= _SURE
            ),
            unnamed=tuple(self._unnamed(taken | {activity, responsible})),
            units=tuple(map(self._unit, range(len(self.names)))),
            phase=self._phase(taken | {activity, responsible}),
            header=self.header,
        )

    def _phase(self, taken: set[int | None]) -> int | None:
        cells = self.header.cells if self.header else ()
        return next(
            (place for place, cell in enumerate(cells) if place not in taken and names_phases(cell)), None
        )

    def _unnamed(self, taken: set[int | None]) -> Iterator[int]:
        for place in self._free(taken) if self.header is None else ():
            has_words = any(map(_WORD.search, self.columns_of_cells[place]))
            if has_words and self.dated[place] < _SURE:
                yield place

    def _named_deadlines(self) -> Iterator[int]:
        for place, name in enumerate(self.names):
            if name and name[0] is Role.DEADLINE and (self.dated[place] >= _SURE or self._unit(place)):
                yield place

    def _deadline(self) -> int | None:
        """The name and the content both speak; a column of dates needs no name, a name needs a date below."""
        scores = [self._deadline_score(place) for place in range(len(self.names))]
        best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=None)
        return best if best is not None and scores[best] >= _SURE else None

    def _deadline_score(self, place: int) -> float:
        name = self.names[place]
        if name and name[0] is Role.DEADLINE:
            needs_another = self._unit(place) or self.grains[place] is Grain.DAY_ALONE
            told = max(self.dated[place], _NEEDS_ANOTHER if needs_another else 0)
            return told + (1 - name[1] / 100 if told else 0)
        if name:
            return 0
        return self.dated[place] if len(self.columns_of_cells[place]) > 1 or not self.header else 0

    def _with_period(self, deadline: int) -> tuple[int, int | None]:
        """The column of deadlines, and the one to its left or right that only says their month or year."""
        grain = self.grains[deadline]
        if grain in {Grain.MONTH, Grain.YEAR}:
            finer = [place for place in self._may_be_dates(deadline) if self._completes(place, grain)]
            if finer:
                return finer[0], deadline
        coarser = [
            place
            for place in self._may_be_dates(deadline)
            if self.grains[place] and self._completes(deadline, self.grains[place])
        ]
        return deadline, next(iter(coarser), None)

    def _may_be_dates(self, deadline: int) -> Iterator[int]:
        """Unnamed columns count right beside the deadlines: bare numbers elsewhere number the rows."""
        for place, name in enumerate(self.names):
            if place != deadline and (
                name[0] is Role.DEADLINE if name else place == deadline + 1 or self.dated[place] >= _SURE
            ):
                yield place

    def _completes(self, place: int, coarse: Grain) -> bool:
        """Bare days below a month; below a year whatever else is a date."""
        if coarse is Grain.MONTH:
            return self.grains[place] is Grain.DAY_ALONE
        is_date = self.dated[place] >= _SURE or self.grains[place] is Grain.DAY_ALONE
        return coarse is Grain.YEAR and self.grains[place] is not Grain.YEAR and is_date

    def _grain(self, place: int) -> Grain:
        """That of most of its cells; a month or a year must be all that stands there."""
        grains = Counter(map(grain, self.columns_of_cells[place]))
        most, times = max(grains.items(), key=itemgetter(1), default=(Grain.NONE, 0))
        return most if times >= _MOSTLY * grains.total() else Grain.NONE

    def _ends(self, deadline: int) -> int | None:
        places = (place for place, name in enumerate(self.names) if name and name[0] is Role.ENDS)
        return next((place for place in places if place != deadline and self.dated[place] >= _SURE), None)

    def _named_best(self, role: Role, taken: set[int | None]) -> int | None:
        places = [
            (name[1], place)
            for place, name in enumerate(self.names)
            if name and name[0] is role and place not in taken
        ]
        return min(places)[1] if places else None

    def _activity(self, taken: set[int | None]) -> int | None:
        named = self._named_best(Role.ACTIVITY, taken)
        if named is not None:
            return named
        free = [place for place in self._free(taken) if self.columns_of_cells[place]]
        return max(free, key=self._activity_score, default=None)

    def _responsible_by_content(self, taken: set[int | None]) -> int | None:
        scores = {place: self._responsible_score(place) for place in self._free(taken)}
        best = max(scores, key=lambda place: scores[place], default=None)
        return best if best is not None and scores[best] >= _SURE else None

    def _responsible_score(self, place: int) -> float:
        """Cells that are parties; in a table without names also short ones that come again and again."""
        if len(self.columns_of_cells[place]) < _SELDOM * max(map(len, self.columns_of_cells)):
            return 0  # the rest of a broken line
        likeness = self._share(place, _party_likeness)
        if self.header:
            return likeness
        persons = self._share(place, _is_person)
        return max(likeness, persons, self._share(place, self._comes_again_in(place)))

    def _comes_again_in(self, place: int) -> Callable[[str], bool]:
        times = Counter(cell for cell in self.columns_of_cells[place] if _is_name_like(cell))
        return lambda cell: times[cell] > 1

    def _free(self, taken: set[int | None]) -> list[int]:
        return [place for place, name in enumerate(self.names) if name is None and place not in taken]

    def _share(self, place: int, holds: Callable[[str], float]) -> float:
        cells = self.columns_of_cells[place]
        return sum(map(holds, cells)) / len(cells) if cells else 0.0

    def _activity_score(self, place: int) -> float:
        """The longest texts, other than names of parties."""
        cells = self.columns_of_cells[place]
        parties, persons = self._share(place, _party_likeness), self._share(place, _is_person)
        return sum(map(len, cells)) / len(cells) * (1 - max(parties / 2, persons * _RATHER_A_NAME))

    def _unit(self, place: int) -> str:
        cells = self.header.cells if self.header else ()
        return unit_named(cells[place]) if place < len(cells) else ""


def _is_name_like(cell: str) -> bool:
    """A few words beginning with a capital, no figures."""
    return cell[0].isupper() and len(cell.split()) <= _LONGEST_PARTY and not any(map(str.isdigit, cell))


def _names_days(cell: str) -> float:
    """A deadline with a figure or a month in it: "I gang" and "x" below "Status" name no day."""
    return looks_like_deadline(cell) if any(map(str.isdigit, cell)) or is_period(cell) else 0.0


def _is_person(cell: str) -> bool:
    """As in "Jens Hansen": two words or more, each with a capital."""
    words = cell.split()
    return len(words) > 1 and _is_name_like(cell) and all(word[0].isupper() for word in words)


def _party_likeness(cell: str) -> float:
    parties = split_responsible(cell)
    return sum(map(looks_like_party, parties)) / len(parties) if parties else 0.0
