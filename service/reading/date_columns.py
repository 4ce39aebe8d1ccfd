"""The columns of dates in a table: the deadlines, what completes them, and further deadlines of their own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from service.plan.window import Certainty, Window
from service.reading.clock_times import is_time_of_day
from service.reading.column_names import Role
from service.reading.contents import MOSTLY, SURE, Contents, is_deadline_alone, names_days
from service.reading.date_names import is_generic, names_a_start, tells_the_past
from service.reading.deadline import read_deadline
from service.reading.row_kinds import Grain, is_day_alone, is_weekday, year_in

_NEEDS_ANOTHER = 0.5  # a number that is a date once a heading or the next column says its month
_LESS_THAN_A_NAME = 0.9  # "Møde" may stand above the days of the meetings
_ANY_YEAR = 2024  # two days are apart in any year


@dataclass(frozen=True, slots=True, kw_only=True)
class DateColumns:
    """Places of columns as `Columns` has them."""

    deadline: int
    ends: int | None = None
    period: int | None = None
    otherwise: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    weekday: int | None = None
    clocks: tuple[int, ...] = ()

    @property
    def places(self) -> set[int]:
        one = (self.deadline, self.ends, self.period, self.weekday)
        return {place for place in (*one, *self.otherwise, *self.own, *self.clocks) if place is not None}


def date_columns(table: Contents) -> DateColumns | None:
    """None where no column holds deadlines."""
    return _Dates(table).columns()


class _Told(NamedTuple):
    """In how many rows another column tells another day than the deadline, and in how many the same."""

    apart: int
    alike: int


@dataclass(frozen=True, slots=True)
class _Dates:
    table: Contents

    def columns(self) -> DateColumns | None:
        deadline = self._deadline()
        if deadline is None:
            return None
        deadline, period = self._with_period(deadline)
        deadline, ends = self._stretch(deadline)
        taken = {deadline, ends, period}
        clocks = self._clocks(deadline, taken)
        taken |= {*clocks}
        told = {
            place: _compared(self.table.pairs(deadline, place))
            for place in self.table.places
            if place not in taken and self._holds_deadlines(deadline, place)
        }
        own = tuple(place for place in told if self._is_of_its_own(place, told[place]))
        taken |= {*own}
        otherwise = tuple(
            place
            for place in self._named_deadlines()
            if place not in taken and not tells_the_past(self.table.written[place])
        )
        return DateColumns(
            deadline=deadline,
            ends=ends,
            period=period,
            otherwise=otherwise,
            own=own,
            weekday=next(self._weekdays({*taken, *otherwise}), None),
            clocks=clocks,
        )

    def _deadline(self) -> int | None:
        """The name and the content both speak; a column of dates needs no name, a name needs a date below."""
        scores = [self._score(place) for place in self.table.places]
        best = max(self.table.places, key=lambda place: (scores[place], -place), default=None)
        return best if best is not None and scores[best] >= SURE else None

    def _score(self, place: int) -> float:
        score = self._score_of_dates(place)
        return min(score, SURE) if tells_the_past(self.table.written[place]) else score

    def _score_of_dates(self, place: int) -> float:
        table, name = self.table, self.table.roles[place]
        if name and name[0] is Role.DEADLINE:
            needs_another = table.unit(place) or table.grains[place] is Grain.DAY_ALONE
            told = max(table.dated[place], _NEEDS_ANOTHER if needs_another else 0)
            return told + (1 - name[1] / 100 if told else 0)
        if name and name[0] is not Role.ACTIVITY:
            return 0
        dated = table.share(place, is_deadline_alone) * _LESS_THAN_A_NAME if name else table.dated[place]
        return dated if len(table.cells[place]) > 1 or not table.header else 0

    def _with_period(self, deadline: int) -> tuple[int, int | None]:
        """The column of deadlines, and the one to its left or right that only says their month or year."""
        grain = self.table.grains[deadline]
        if grain in {Grain.MONTH, Grain.YEAR}:
            finer = [place for place in self._may_be_dates(deadline) if self._completes(place, grain)]
            if finer:
                return finer[0], deadline
        coarser = [
            place
            for place in self._may_be_dates(deadline)
            if self.table.grains[place] and self._completes(deadline, self.table.grains[place])
        ]
        return deadline, next(iter(coarser), None)

    def _may_be_dates(self, deadline: int) -> Iterator[int]:
        """Unnamed columns count right beside the deadlines: bare numbers elsewhere number the rows."""
        for place, name in enumerate(self.table.roles):
            if place != deadline and (
                name[0] is Role.DEADLINE if name else place == deadline + 1 or self.table.dated[place] >= SURE
            ):
                yield place

    def _completes(self, place: int, coarse: Grain) -> bool:
        """Bare days below a month; below a year whatever else is a date."""
        grain = self.table.grains[place]
        if coarse is Grain.MONTH:
            return grain is Grain.DAY_ALONE
        is_date = self.table.dated[place] >= SURE or grain is Grain.DAY_ALONE
        return coarse is Grain.YEAR and grain is not Grain.YEAR and is_date

    def _stretch(self, deadline: int) -> tuple[int, int | None]:
        """A column of starts and one of ends are one window; without ends it ends with the deadline."""
        written = self.table.written
        starts = next((place for place in self._dated(Role.DEADLINE) if names_a_start(written[place])), None)
        ends = next((place for place in self._dated(Role.ENDS) if place != deadline), None)
        if starts is None or starts == deadline:
            return deadline, ends
        if ends is not None:
            return starts, ends
        return (deadline, None) if is_generic(written[deadline]) else (starts, deadline)

    def _dated(self, role: Role) -> Iterator[int]:
        for place in self.table.places:
            if self._is_named(place, role) and self.table.dated[place] >= SURE:
                yield place

    def _named_deadlines(self) -> Iterator[int]:
        for place in self.table.places:
            is_dated = self.table.dated[place] >= SURE or self.table.unit(place)
            if is_dated and self._is_named(place, Role.DEADLINE):
                yield place

    def _is_named(self, place: int, *roles: Role) -> bool:
        name = self.table.roles[place]
        return name is not None and name[0] in roles

    def _is_of_its_own(self, place: int, told: _Told) -> bool:
        """A name says what is due on its days, and they are others than those of the deadline."""
        name = self.table.written[place]
        if not name or tells_the_past(name) or self.table.unit(place):
            return False
        if self._is_named(place, Role.EXTRA, Role.RESPONSIBLE, Role.ENDS):
            return False
        return told.apart > told.alike or (not told.alike and not is_generic(name))

    def _holds_deadlines(self, deadline: int, place: int) -> bool:
        """Below a name of deadlines dates are enough; elsewhere they must be all that stands there."""
        if self.table.grains[deadline] is Grain.DAY_ALONE:
            return self.table.share(place, _is_day_of_month) >= MOSTLY
        if self.table.share(place, names_days) < SURE:
            return False
        is_named = self._is_named(place, Role.DEADLINE)
        return is_named or self.table.share(place, is_deadline_alone) >= MOSTLY

    def _weekdays(self, taken: set[int | None]) -> Iterator[int]:
        for place in self.table.places:
            is_other = place in taken or self._is_named(place, Role.EXTRA, Role.RESPONSIBLE)
            if not is_other and self.table.share(place, is_weekday) >= MOSTLY:
                yield place

    def _clocks(self, deadline: int, taken: set[int | None]) -> tuple[int, ...]:
        """The times of day, from and to; below a month bare numbers are days."""
        if self.table.grains[deadline] in {Grain.MONTH, Grain.YEAR}:
            return ()
        found = [place for place in self.table.places if place not in taken and self._holds_times(place)]
        return tuple(found[:2] if found[1:2] == [found[0] + 1] else found[:1]) if found else ()

    def _holds_times(self, place: int) -> bool:
        if self._is_named(place, Role.EXTRA, Role.RESPONSIBLE):
            return False
        name = self.table.written[place]
        return self.table.share(place, lambda cell: is_time_of_day(cell, name)) >= MOSTLY


def _is_day_of_month(cell: str) -> bool:
    """As in "8." or "mandag 8": a bare number counts something else."""
    return is_day_alone(cell) and not cell.isdigit()


def _compared(pairs: Iterable[tuple[str, str]]) -> _Told:
    """Rows in which one of the two cells tells no day do not count."""
    said = [_tell_the_same(first, second) for first, second in pairs if first and second]
    return _Told(apart=said.count(False), alike=said.count(True))


def _tell_the_same(first: str, second: str) -> bool | None:
    year = year_in(first) or year_in(second) or _ANY_YEAR
    return tell_the_same(read_deadline(first, year).window, read_deadline(second, year).window)


def tell_the_same(one: Window, other: Window) -> bool | None:
    """Whether two windows are the same days, or one the week or month that the other is in."""
    first_day, last_day = one.starts_on or one.ends_on, one.ends_on or one.starts_on
    other_first, other_last = other.starts_on or other.ends_on, other.ends_on or other.starts_on
    if first_day is None or last_day is None or other_first is None or other_last is None:
        return None
    if {one.certainty, other.certainty} == {Certainty.EXACT}:
        return (first_day, last_day) == (other_first, other_last)
    return first_day <= other_last and other_first <= last_day
