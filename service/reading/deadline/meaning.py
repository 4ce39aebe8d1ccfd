"""From clauses to one window: what "senest" and "fra" make of a stretch, and which of several counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from service.plan.finding import Finding
from service.plan.window import AWAITING, Certainty, Kind, Window
from service.reading.deadline.calendar_years import Placed, place
from service.reading.deadline.clauses import Clause
from service.reading.deadline.holidays import is_estimated
from service.reading.deadline.sorts import Sort
from service.reading.deadline.units import Shape, Stretch, Unit

_ANY_YEAR = 2024
_DAY = timedelta(days=1)
_CLOSING = {Sort.BY, Sort.BEFORE}
_OPENING = {Sort.FROM, Sort.AFTER}
_ASSUMED = {Shape.MONTH_TURN, Shape.SPLIT_YEAR, Shape.SPLIT_QUARTER, Shape.SPLIT_SEASON}
"""Units whose days differ from place to place."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What one clause means: all its days, and the window that its qualifiers leave of them."""

    clause: Clause
    days: Stretch
    window: Window
    findings: tuple[Finding, ...] = ()


def written(stretch: Stretch) -> str:
    """Days as a finding shows them, in any language."""
    first, last = stretch
    return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"


def understand(clause: Clause, year: int | None) -> Sense | None:
    """The clause in its year; None where no year is known."""
    placed = place(clause, year)
    if placed is None:
        return None
    clause, placed = _narrower(clause, placed)
    days, is_reversed = _all_days(placed)
    findings = tuple(_remarks(clause, placed, days, is_reversed=is_reversed))
    certainty = Certainty.EXACT if _is_exact(placed, is_reversed=is_reversed) else Certainty.APPROXIMATE
    kind = _kind(placed)
    window = _qualified(
        clause, placed, Window(starts_on=days[0], ends_on=days[1], kind=kind, certainty=certainty)
    )
    return Sense(clause, days, window, findings)


def _narrower(clause: Clause, placed: tuple[Placed, ...]) -> tuple[Clause, tuple[Placed, ...]]:
    """Leave out a unit that only places the others: "uge 12 - 18. marts", "uge 10, 4.-8. marts"."""
    for outer, joint, rest in ((0, 1, slice(1, None)), (-1, -1, slice(-1))):
        others = placed[rest]
        is_alone = all(unit.unit.shape is not placed[outer].unit.shape for unit in others)
        if not others or not is_alone or Sort.UNTIL in clause.links[joint].before:
            continue
        if _contains(placed[outer].stretch, _all_days(others)[0]):
            return replace(clause, links=clause.links[rest]), others
    return clause, placed


def _kind(placed: Sequence[Placed]) -> Kind:
    if len({unit.stretch for unit in placed}) > 1:
        return Kind.RANGE
    return Kind.DAY if placed[0].unit.shape is Shape.HOLIDAY and _is_a_day(placed[0]) else placed[0].unit.kind


def _is_a_day(placed: Placed) -> bool:
    first, last = placed.stretch
    return first == last


def _all_days(placed: Sequence[Placed]) -> tuple[Stretch, bool]:
    """First to last day of all units, and whether they are written backwards."""
    stretches = [unit.stretch for unit in placed]
    days = min(first for first, _ in stretches), max(last for _, last in stretches)
    return days, stretches[0][0] > stretches[-1][1]


def _is_exact(placed: Iterable[Placed], *, is_reversed: bool) -> bool:
    return not is_reversed and all(
        _is_a_day(unit) and not unit.unit.is_impossible(unit.year) for unit in placed
    )


def _remarks(
    clause: Clause, placed: Sequence[Placed], days: Stretch, *, is_reversed: bool
) -> Iterable[Finding]:
    text = " – ".join(unit.text for unit in clause.units)
    if is_reversed:
        yield Finding(code="range-reversed", values={"written": text, "understood": written(days)})
    elif placed[0].year != placed[-1].year and any(unit.year is None for unit in clause.units):
        yield Finding(code="over-new-year", values={"written": text, "understood": written(days)})
    last = placed[-1].unit
    is_vague = last.shape not in {Shape.DAY, Shape.HOLIDAY} and not last.to_its_end
    if Sort.BEFORE in clause.links[0].before and is_vague:
        yield Finding(code="before-read-as-by", values={"written": text, "understood": days[1].isoformat()})
    for unit in placed:
        yield from _remarks_on_unit(unit)


def _remarks_on_unit(placed: Placed) -> Iterable[Finding]:
    unit, first = placed.unit, placed.stretch[0]
    values = {"written": unit.text, "understood": written(placed.stretch)}
    if unit.is_impossible(placed.year):
        yield Finding(code="day-impossible", values=values)
    elif unit.shape is Shape.DAY and unit.weekday not in {None, first.weekday()}:
        yield Finding(code="weekday-contradicts", values=values)
    if unit.shape in _ASSUMED or (unit.shape is Shape.HOLIDAY and is_estimated(unit.name)):
        yield Finding(code="period-assumed", values=values)


def _qualified(clause: Clause, placed: Sequence[Placed], window: Window) -> Window:
    first, last = clause.links[0].before, clause.links[-1].before
    single = len(clause.links) == 1 or not last & {Sort.UNTIL, Sort.DASH, *_CLOSING}
    if first & _OPENING and single and not (last | clause.after) & _CLOSING:
        return replace(window, kind=Kind.FROM, starts_on=_start_after(first, placed[0]), ends_on=None)
    if clause.stays_open or Sort.ONWARDS in clause.after:
        return replace(window, kind=Kind.FROM, ends_on=None)
    until = Sort.UNTIL in first and len(clause.links) == 1
    closed_after = Sort.BY in clause.after and len(clause.links) == 1
    if first & _CLOSING or until or closed_after:
        end = _end_before(first, placed[-1], window)
        return replace(
            window, kind=Kind.BY, starts_on=None, ends_on=end, certainty=_by_certainty(placed[-1], window)
        )
    return window


def _start_after(qualifiers: frozenset[Sort], placed: Placed) -> date:
    """The first day: "efter maj" starts in June, "efter 1. maj" on that day."""
    first, last = placed.stretch
    if Sort.AFTER in qualifiers and _is_turn_of_year(placed.unit):
        names_the_new_year = placed.unit.year and not placed.unit.names_two_years
        return date(placed.year if names_the_new_year else placed.year + 1, 1, 1)
    return last + _DAY if Sort.AFTER in qualifiers and not _is_a_day(placed) else first


def _end_before(qualifiers: frozenset[Sort], placed: Placed, window: Window) -> date | None:
    """The last day: "inden sommerferien" ends before it begins; "inden maj" is read as "senest maj"."""
    if Sort.BEFORE in qualifiers and _is_turn_of_year(placed.unit):
        return date(placed.year, 12, 31)
    if Sort.BEFORE in qualifiers and placed.unit.shape is Shape.HOLIDAY:
        return placed.stretch[0] - _DAY
    return window.ends_on


def _is_turn_of_year(unit: Unit) -> bool:
    return unit.shape is Shape.TURN or unit.name == "new-year"


def _by_certainty(placed: Placed, window: Window) -> Certainty:
    return Certainty.EXACT if placed.unit.to_its_end else window.certainty


def _text(sense: Sense) -> str:
    return " ".join(unit.text for unit in sense.clause.units)


def choose(senses: Sequence[Sense]) -> Sense:
    """One sense of several: the narrower of two that agree, else from the first day to the last."""
    chosen = senses[0]
    for sense in senses[1:]:
        chosen = _of_two(chosen, sense)
    return chosen


def _of_two(first: Sense, second: Sense) -> Sense:
    findings = (*first.findings, *second.findings)
    if second.clause.in_brackets and second.clause.is_of_holidays and second.window.kind is Kind.FROM:
        return _set_aside(second, first, findings)
    same_days = first.days == second.days and second.window.certainty is not Certainty.EXACT
    if _contains(first.days, second.days) and not same_days:
        return replace(second, window=_closed_by(first, second.window), findings=findings)
    if _contains(second.days, first.days):
        return replace(first, findings=findings)
    if second.clause.in_brackets:
        better, other = (second, first) if second.clause.years and not first.clause.years else (first, second)
        return _set_aside(other, better, findings)
    return _first_to_last(first, second, findings)


def _set_aside(other: Sense, better: Sense, findings: tuple[Finding, ...]) -> Sense:
    aside = Finding(
        code="date-set-aside",
        values={"written": _text(better), "aside": _text(other), "understood": written(better.days)},
    )
    return replace(better, findings=(*findings, aside))


def _closed_by(outer: Sense, window: Window) -> Window:
    """The beginning of what another clause names: "maj 2024 (fra den 15.)" ends with May."""
    end = outer.days[1]
    if window.kind is not Kind.FROM or outer.window.kind is Kind.FROM or (window.starts_on or end) > end:
        return window
    return replace(window, kind=Kind.RANGE, ends_on=end)


def _contains(outer: Stretch, inner: Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _first_to_last(first: Sense, second: Sense, findings: tuple[Finding, ...]) -> Sense:
    days = min(first.days[0], second.days[0]), max(first.days[1], second.days[1])
    certainties = {first.window.certainty, second.window.certainty}
    window = Window(
        starts_on=days[0],
        ends_on=days[1],
        kind=Kind.RANGE,
        certainty=Certainty.EXACT if certainties == {Certainty.EXACT} else Certainty.APPROXIMATE,
    )
    several = Finding(
        code="several-dates",
        values={"understood": written(days), "written": f"{_text(first)} … {_text(second)}"},
    )
    return Sense(first.clause, days, window, (*findings, several))


def without_date(clauses: Sequence[Clause]) -> Window:
    """The window of clauses whose year nobody knows: no days yet."""
    if clauses[0].units[0].shape in {Shape.DAY_OF_MONTH, Shape.HOLIDAY, Shape.YEAR}:
        return replace(AWAITING, kind=Kind.RECURRING, certainty=Certainty.APPROXIMATE)
    in_any_year = understand(clauses[0], _ANY_YEAR)
    return replace(AWAITING, kind=in_any_year.window.kind) if in_any_year else AWAITING
