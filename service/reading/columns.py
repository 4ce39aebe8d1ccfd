"""Which column holds the deadlines, which the activities, which the responsible: by header and by content."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from service.reading.column_names import Role, is_header, names_phases, names_the_columns
from service.reading.contents import JUDGED, MOSTLY, SURE, Contents, names_days
from service.reading.date_columns import DateColumns, date_columns
from service.reading.date_names import is_generic
from service.reading.document import Row
from service.reading.party_parts import looks_like_party
from service.reading.responsible import split_responsible
from service.reading.row_kinds import is_dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns, 0 is the first. `header` is the row above the data, if the table has one.

    `ends` is a second date column ("Slut"); `period` one of months or years beside the bare days or months of
    `deadline`; `otherwise` are columns of deadlines that count where `deadline` is empty; `own` are those
    whose dates are deadlines of their own ("Møde" beside "Frist"), `plain` is the one whose name says no more
    than "Dato", `unread` others that hold dates; `weekday` and `clocks` (from, to) complete the date; `units`
    are what stands before the bare numbers of a column ("uge" below "Uge"); `unnamed` are the columns of
    words left over in a table without a header; `phase` is a column of its own beside the activities
    ("Fase"). Without `activity` the names of the date columns say what happens.
    """

    deadline: int
    activity: int | None
    responsible: int | None = None
    ends: int | None = None
    period: int | None = None
    otherwise: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    plain: int | None = None
    weekday: int | None = None
    unread: tuple[int, ...] = ()
    clocks: tuple[int, ...] = ()
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

    @property
    def name_of_clocks(self) -> str:
        return " ".join(map(self.name, self.clocks))

    def name(self, place: int) -> str:
        """As the header has it; by its number where there is none."""
        cells = self.header.cells if self.header else ()
        return (cells[place] if place < len(cells) else "") or str(place + 1)


_HEADER_AMONG = 10
_LONGEST_PARTY = 3  # words
_SELDOM = 0.3  # of as many cells as the fullest column has
_RATHER_A_NAME = 0.8  # of the length of a name does not speak for an activity
_WORD = re.compile(r"[^\W\d_]{2}")


def recognise(rows: Sequence[Row]) -> Columns | None:
    """The columns of a table that is a plan; None when no column holds deadlines beside activities."""
    at = next((place for place in range(len(rows[:_HEADER_AMONG])) if _is_header_at(rows, place)), None)
    at = _names_above_dates(rows) if at is None else at
    header = None if at is None else rows[at]
    data = rows if at is None else rows[at + 1 :]
    table = Contents(header, data, max((len(row.cells) for row in rows), default=0))
    dates = date_columns(table)
    return _Roles(table, dates).columns() if dates else None


def _is_header_at(rows: Sequence[Row], place: int) -> bool:
    """Below rows of data only what is a header beyond doubt."""
    has_data_above = any(
        sum(map(bool, row.cells)) > 1 and any(map(is_dated, row.cells)) for row in rows[:place]
    )
    return is_header(rows[place]) and (not has_data_above or names_the_columns(rows[place]))


def _names_above_dates(rows: Sequence[Row]) -> int | None:
    """The first row of several cells, if two of them stand above columns of dates and are none themselves."""
    at = next((place for place, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), None)
    if at is None:
        return None
    columns = zip(*(row.cells for row in rows[at + 1 : at + 1 + JUDGED]), strict=False)
    above_dates = [
        name
        for name, cells in zip(rows[at].cells, columns, strict=False)
        if _WORD.search(name) and _are_dates([cell for cell in cells if cell])
    ]
    return at if len(above_dates) > 1 and not any(map(is_dated, above_dates)) else None


def _are_dates(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(map(is_dated, cells)) >= MOSTLY * len(cells)


@dataclass(frozen=True, slots=True)
class _Roles:
    """Which of the columns that are no dates say what is to be done and by whom."""

    table: Contents
    dates: DateColumns

    def columns(self) -> Columns | None:
        taken: set[int | None] = {*self.dates.places}
        responsible = self._named_best(Role.RESPONSIBLE, taken)
        activity = self._activity(taken | {responsible})
        if activity is None:
            activity, responsible = responsible, responsible if self.dates.own else None
        if activity is None and not self.dates.own:
            return None
        if responsible is None:
            responsible = self._responsible_by_content(taken | {activity})
        taken |= {activity, responsible}
        return Columns(
            deadline=self.dates.deadline,
            activity=activity,
            responsible=responsible,
            ends=self.dates.ends,
            period=self.dates.period,
            otherwise=self.dates.otherwise,
            own=self.dates.own,
            plain=self._plain(),
            weekday=self.dates.weekday,
            unread=tuple(self._unread(taken)),
            clocks=self.dates.clocks,
            unnamed=tuple(self._unnamed(taken)),
            units=tuple(map(self.table.unit, self.table.places)),
            phase=self._phase(taken),
            header=self.table.header,
        )

    def _plain(self) -> int | None:
        dates = (self.dates.deadline, *self.dates.own)
        return next((place for place in dates if is_generic(self.table.written[place])), None)

    def _unread(self, taken: set[int | None]) -> Iterator[int]:
        for place in self.table.places:
            if place not in taken and self.table.share(place, names_days) >= SURE:
                yield place

    def _phase(self, taken: set[int | None]) -> int | None:
        names = enumerate(self.table.written)
        return next((place for place, name in names if place not in taken and names_phases(name)), None)

    def _unnamed(self, taken: set[int | None]) -> Iterator[int]:
        for place in self.table.free(taken) if self.table.header is None else ():
            has_words = any(map(_WORD.search, self.table.cells[place]))
            if has_words and self.table.dated[place] < SURE:
                yield place

    def _named_best(self, role: Role, taken: set[int | None]) -> int | None:
        places = [
            (name[1], place)
            for place, name in enumerate(self.table.roles)
            if name and name[0] is role and place not in taken
        ]
        return min(places)[1] if places else None

    def _activity(self, taken: set[int | None]) -> int | None:
        named = self._named_best(Role.ACTIVITY, taken)
        if named is not None:
            return named
        free = [place for place in self.table.free(taken) if self.table.cells[place]]
        return max(free, key=self._activity_score, default=None)

    def _responsible_by_content(self, taken: set[int | None]) -> int | None:
        scores = {place: self._responsible_score(place) for place in self.table.free(taken)}
        best = max(scores, key=lambda place: scores[place], default=None)
        return best if best is not None and scores[best] >= SURE else None

    def _responsible_score(self, place: int) -> float:
        """Cells that are parties; in a table without names also short ones that come again and again."""
        if len(self.table.cells[place]) < _SELDOM * max(map(len, self.table.cells)):
            return 0  # the rest of a broken line
        likeness = self.table.share(place, _party_likeness)
        if self.table.header:
            return likeness
        persons = self.table.share(place, _is_person)
        return max(likeness, persons, self.table.share(place, self._comes_again_in(place)))

    def _comes_again_in(self, place: int) -> Callable[[str], bool]:
        times = Counter(cell for cell in self.table.cells[place] if _is_name_like(cell))
        return lambda cell: times[cell] > 1

    def _activity_score(self, place: int) -> float:
        """The longest texts, other than names of parties."""
        cells = self.table.cells[place]
        parties, persons = self.table.share(place, _party_likeness), self.table.share(place, _is_person)
        return sum(map(len, cells)) / len(cells) * (1 - max(parties / 2, persons * _RATHER_A_NAME))


def _is_name_like(cell: str) -> bool:
    """A few words beginning with a capital, no figures."""
    return cell[0].isupper() and len(cell.split()) <= _LONGEST_PARTY and not any(map(str.isdigit, cell))


def _is_person(cell: str) -> bool:
    """As in "Jens Hansen": two words or more, each with a capital."""
    words = cell.split()
    return len(words) > 1 and _is_name_like(cell) and all(word[0].isupper() for word in words)


def _party_likeness(cell: str) -> float:
    parties = split_responsible(cell)
    return sum(map(looks_like_party, parties)) / len(parties) if parties else 0.0
