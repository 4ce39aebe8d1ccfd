"""A cell in clauses: units joined to each other, with the words that qualify them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.reading.deadline.figures import Token
from service.reading.deadline.patterns import find_units
from service.reading.deadline.sorts import Sort
from service.reading.deadline.units import Shape, Unit

_JOINTS = {Sort.DASH, Sort.SLASH, Sort.AND, Sort.UNTIL, Sort.COMMA}
_QUALIFIERS = {Sort.BY, Sort.BEFORE, Sort.FROM, Sort.AFTER, Sort.UNTIL}
_BREAKS = {Sort.WORD, Sort.LABEL, Sort.COLON, Sort.NEWER, Sort.OLDER, Sort.RECURRING, Sort.AWAITING}
_LENDERS = {Shape.DAY, Shape.WEEK, Shape.QUARTER, Shape.HALF_YEAR, Shape.THIRD}
_MUST_BE_READ = {
    Sort.WEEK, Sort.WEEKS, Sort.DURATION, Sort.QUARTER, Sort.HALF_YEAR, Sort.HALF, Sort.THIRD, Sort.LAST,
}  # fmt: skip
_ENDS = 2
_CLOCK_TIMES = re.compile(r"[-,:]?T(?:[-/t&]T)*")


@dataclass(frozen=True, slots=True)
class Link:
    """A unit and what stands between it and the unit before."""

    unit: Unit
    before: frozenset[Sort] = frozenset()

    @property
    def goes_on(self) -> bool:
        """Whether the unit before and this one are the ends of a range."""
        return bool(self.before & {Sort.DASH, Sort.UNTIL, Sort.AND, Sort.SLASH})


@dataclass(frozen=True, slots=True)
class Clause:
    links: tuple[Link, ...]
    after: frozenset[Sort] = frozenset()
    in_brackets: bool = False
    stays_open: bool = False

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(link.unit for link in self.links)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(unit.year for unit in self.units if unit.year)

    @property
    def is_of_holidays(self) -> bool:
        return all(unit.shape is Shape.HOLIDAY for unit in self.units)

    @property
    def is_only_a_name(self) -> bool:
        return self.is_of_holidays and not self.links[0].before & _QUALIFIERS

    @property
    def is_only_a_year(self) -> bool:
        return (
            len(self.links) == 1 and self.links[0].unit.shape is Shape.YEAR and not self.links[0].unit.parts
        )


def _is_only_a_year(unit: Unit) -> bool:
    return unit.shape is Shape.YEAR and not unit.parts


def without_times(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without clock times and what joins them: "14.00 - 15.30" is no range of days."""
    sorts = "".join(token.sort for token in tokens)
    gone = {place for match in _CLOCK_TIMES.finditer(sorts) for place in range(*match.span())}
    return [token for place, token in enumerate(tokens) if place not in gone]


def read_clauses(tokens: Sequence[Token], *, stays_open: bool = False) -> list[Clause]:
    """The clauses outside brackets, then those inside; a text that ends in a dash stays open ("2024 -")."""
    outside, inside = _split_brackets(tokens)
    found = list(_clauses(outside))
    if stays_open and found:
        found[-1] = replace(found[-1], stays_open=True)
    for bracket in inside:
        found += (replace(clause, in_brackets=True) for clause in _clauses(bracket))
    return found


def unread(tokens: Sequence[Token], clauses: Sequence[Clause], *, tells_length: bool) -> str:
    """What looks like a date, or stands beside a mere year, and has found no place in any clause.

    A range may well tell how long it is, "1. maj - 26. juni (8 uger)", and a day be counted from another.
    """
    units = {unit.text for clause in clauses for unit in clause.units}
    strange = _MUST_BE_READ | ({Sort.WORD} if all(clause.is_only_a_year for clause in clauses) else set())
    strange -= {Sort.WEEKS, Sort.DURATION} if tells_length else set()
    return ", ".join(
        item.text
        for item in find_units(_without_bare_brackets(without_times(tokens)))
        if (
            item.sort in strange
            if isinstance(item, Token)
            else item.text not in units and item.shape is Shape.BARE and item.number > 0
        )
    )


def _without_bare_brackets(tokens: Sequence[Token]) -> list[Token]:
    """Take brackets off that only complete the unit before them: "2. halvår (2024)", "uge 12 (tirsdag)"."""
    sorts = "".join(token.sort for token in tokens)
    gone = {
        place for match in re.finditer(r"\([WYbg]\)", sorts) for place in (match.start(), match.end() - 1)
    }
    return [token for place, token in enumerate(tokens) if place not in gone]


def _split_brackets(tokens: Sequence[Token]) -> tuple[list[Token], list[list[Token]]]:
    tokens = _without_bare_brackets(tokens)
    outside: list[Token] = []
    inside: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if token.sort is Sort.OPEN:
            depth += 1
            inside.append([])
        elif token.sort is Sort.CLOSE:
            depth = max(0, depth - 1)
        else:
            (inside[-1] if depth else outside).append(token)
    return outside, inside


def _clauses(tokens: Sequence[Token]) -> Iterator[Clause]:
    links: list[Link] = []
    since: set[Sort] = set()
    broken = False
    for item in find_units(tokens):
        if isinstance(item, Token):
            since.add(item.sort)
            broken = broken or item.sort in _BREAKS
            continue
        if links and (broken or (not since and _is_a_name(links[-1].unit, item))):
            yield from _clause(links, since)
            links = []
        links.append(Link(item, frozenset(since)))
        since, broken = set(), False
    yield from _clause(links, since)


def _is_a_name(unit: Unit, following: Unit) -> bool:
    """Whether a holiday is only the name of its neighbour: "Efterårsferie uge 42", "uge 42 efterårsferie"."""
    return (unit.shape is Shape.HOLIDAY) is not (following.shape is Shape.HOLIDAY)


def _clause(links: Iterable[Link], after: set[Sort]) -> Iterator[Clause]:
    whole = _collapse_year(_adopt(list(links)))
    if whole:
        yield Clause(tuple(whole), frozenset(after))


def _adopt(links: list[Link]) -> list[Link]:
    """Give bare numbers the unit of a neighbour: "3. - 10. august", "uge 12 og 14", "1. og 2. kvartal"."""
    adopted = list(links)
    for places, step in ((range(len(links) - 2, -1, -1), 1), (range(1, len(links)), -1)):
        for place in places:
            bare, lender = adopted[place].unit, adopted[place + step].unit
            is_joined = adopted[max(place, place + step)].before & _JOINTS
            if is_joined and _can_lend(lender, bare):
                adopted[place] = replace(adopted[place], unit=_lend(lender, bare))
    return _without_bare(adopted)


def _can_lend(lender: Unit, bare: Unit) -> bool:
    return bare.shape is Shape.BARE and lender.shape in (_LENDERS if bare.number else {Shape.WEEK})


def _without_bare(links: list[Link]) -> list[Link]:
    """Drop what found no unit; the weekdays of "mandag-onsdag 6.-8. maj" belong to no single day."""
    dropped = any(link.unit.shape is Shape.BARE and not link.unit.number for link in links)
    return [
        replace(link, unit=replace(link.unit, weekday=None)) if dropped else link
        for link in links
        if link.unit.shape is not Shape.BARE
    ]


def _lend(lender: Unit, bare: Unit) -> Unit:
    return replace(
        lender,
        text=bare.text,
        number=bare.number or lender.number,
        weekday=bare.weekday,
        year=bare.year or lender.year,
        parts=(),
    )


def _collapse_year(links: list[Link]) -> list[Link]:
    """Lend a year that stands beside its unit, not at the end of a range: "2024 - forår", "marts - 2024"."""
    if any(link.before & {Sort.UNTIL, Sort.FROM} for link in links):
        return links
    for year, others in ((links[:1], links[1:]), (links[-1:], links[:-1])):
        if others and _is_only_a_year(year[0].unit) and all(link.unit.year is None for link in others):
            return [replace(link, unit=replace(link.unit, year=year[0].unit.year)) for link in others]
    return _collapse_second_year(links)


def _collapse_second_year(links: list[Link]) -> list[Link]:
    """Lend the second of two years to the end of a range: "vinter/forår 2024/25", "nov-feb 21/22"."""
    if len(links) <= _ENDS or not _is_only_a_year(links[-1].unit) or links[0].unit.year:
        return links
    *others, last, year = links
    if (last.unit.year or 0) + 1 != year.unit.year:
        return links
    return [*others, replace(last, unit=replace(last.unit, year=year.unit.year))]
