"""Which year a unit is in when its own words do not say."""

from dataclasses import dataclass
from datetime import timedelta

from service.reading.deadline.clauses import Clause
from service.reading.deadline.units import Shape, Stretch, Unit

_LAST_YEAR = 2199
_LONGEST_TURN = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in its year."""

    unit: Unit
    year: int

    @property
    def stretch(self) -> Stretch:
        return self.unit.stretch(self.year)


def place(clause: Clause, year: int | None) -> tuple[Placed, ...] | None:
    """The units of a clause in their years; None where neither the clause nor the given year says.

    A unit without a year takes that of the unit before it, a leading one that of the first that has one.
    Where this would make a range run backwards the borrowed year gives way: "november - januar 2025" starts
    in 2024.
    """
    known = next((place for place, unit in enumerate(clause.units) if unit.year), None)
    if known is None and year is None:
        return None
    lead = known or 0
    first = clause.units[lead]
    placed = [Placed(first, first.year or year or 0)]
    for unit in clause.units[lead + 1 :]:
        placed.append(_place_after(placed[-1], unit))
    for unit in reversed(clause.units[:lead]):
        placed.insert(0, _place_before(unit, placed[0]))
    return tuple(placed)


def _place_after(before: Placed, unit: Unit) -> Placed:
    if unit.year:
        return Placed(unit, unit.year)
    same, later = Placed(unit, before.year), Placed(unit, before.year + 1)
    return later if _is_over_new_year(before, same, (before, later)) else same


def _place_before(unit: Unit, after: Placed) -> Placed:
    same, earlier = Placed(unit, after.year), Placed(unit, after.year - 1)
    return earlier if _is_over_new_year(same, after, (earlier, after)) else same


def _is_over_new_year(first: Placed, last: Placed, turned: tuple[Placed, Placed]) -> bool:
    """Whether a range that runs backwards is meant over New Year, and not merely written backwards."""
    if first.stretch[0] <= last.stretch[1] or max(unit.year for unit in turned) > _LAST_YEAR:
        return False
    if Shape.DAY not in {first.unit.shape, last.unit.shape}:
        return True
    if first.unit.month == last.unit.month:
        return False
    return turned[1].stretch[1] - turned[0].stretch[0] <= _LONGEST_TURN
