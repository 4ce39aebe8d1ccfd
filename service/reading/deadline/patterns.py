"""The grammar: which row of tokens names which unit; the longest row wins, then the upper one.

A comma may stand between any two elements.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.reading.deadline.figures import Token
from service.reading.deadline.sorts import Sort
from service.reading.deadline.units import Shape, Unit

_ELEMENTS = {
    "weekday": "W", "number": "n", "nth": "[nol]", "month": "M", "year": "Y", "date": "D", "week": "[Kk]",
    "one-week": "[Kc]", "week-of": "c",
    "quarter": "Q", "half-year": "H", "half": "h", "third": "3", "days": "d", "season": "S", "winter": "V",
    "turn": "A", "month-turn": "m", "weekend": "w", "after": "a", "before": "B", "slash": "/",
    "split-year": "Z", "holiday": "F", "joint": "[-/&t]", "part": "[PE]", "colon": ":",
    "this-year": "y", "dash": "-",
}  # fmt: skip
_OPTIONAL = {"parts": "[PE](?:[-/&t][PE])?-?"}

PATTERNS: tuple[tuple[Shape, str], ...] = (
    (Shape.DAY, "weekday? date"),
    (Shape.DAY, "weekday? date year"),
    (Shape.DAY, "date weekday"),
    (Shape.DAY, "weekday? number month year?"),
    (Shape.DAY, "weekday? number dash month dash year"),
    (Shape.DAY, "year colon? weekday? number month"),
    (Shape.DAY, "weekday? month number year?"),
    (Shape.DAY, "part date"),
    (Shape.DAY, "part number month year?"),
    (Shape.DAY_OF_MONTH, "nth weekday month year?"),
    (Shape.DAY_OF_MONTH, "nth days month year?"),
    (Shape.MONTH, "parts? month year?"),
    (Shape.MONTH, "month dash? parts year?"),
    (Shape.MONTH, "year colon? parts? month"),
    (Shape.HALF_MONTH, "nth half month year?"),
    (Shape.WEEK, "parts? week number year?"),
    (Shape.WEEK, "week number joint year"),
    (Shape.WEEK, "year joint? colon? week number"),
    (Shape.WEEK, "parts? number one-week year?"),
    (Shape.WEEK, "weekday week number year?"),
    (Shape.WEEK, "week number colon? dash? weekday year?"),
    (Shape.WEEKEND, "weekend week number year?"),
    (Shape.WEEKEND, "week number weekend year?"),
    (Shape.WEEKEND_OF_MONTH, "nth weekend month year?"),
    (Shape.WEEK_OF_DAY, "week-of weekday? date"),
    (Shape.WEEK_OF_DAY, "week-of weekday? number month year?"),
    (Shape.WEEK_OF_DAY, "week-of weekday? month number year?"),
    (Shape.WEEK_OF_MONTH, "nth one-week month year?"),
    (Shape.WEEK, "week number month year"),
    (Shape.QUARTER, "parts? nth quarter year?"),
    (Shape.QUARTER, "parts? quarter number year?"),
    (Shape.QUARTER, "month quarter year?"),
    (Shape.QUARTER, "quarter number joint year"),
    (Shape.QUARTER, "year joint? colon? nth quarter"),
    (Shape.QUARTER, "year joint? colon? quarter number"),
    (Shape.THIRD, "nth third year?"),
    (Shape.THIRD, "third number year?"),
    (Shape.HALF_YEAR, "parts? nth half-year year?"),
    (Shape.HALF_YEAR, "parts? half-year number year?"),
    (Shape.HALF_YEAR, "year joint? colon? nth half-year"),
    (Shape.HALF_YEAR, "year joint? colon? half-year number"),
    (Shape.HALF_YEAR, "nth half year"),
    (Shape.SEASON, "parts? season year?"),
    (Shape.SPLIT_SEASON, "parts? season year slash year"),
    (Shape.SEASON, "year colon? season"),
    (Shape.SEASON, "parts? winter year?"),
    (Shape.SEASON, "winter year joint year"),
    (Shape.SEASON, "year colon? winter"),
    (Shape.TURN, "turn year?"),
    (Shape.TURN, "turn year joint year"),
    (Shape.MONTH_TURN, "month-turn month joint month year?"),
    (Shape.SPLIT_YEAR, "parts? split-year year?"),
    (Shape.SPLIT_YEAR, "parts? split-year year joint year"),
    (Shape.SPLIT_YEAR, "year joint year split-year"),
    (Shape.SPLIT_QUARTER, "nth quarter year slash year"),
    (Shape.SPLIT_QUARTER, "quarter number split-year? year slash year"),
    (Shape.SPLIT_QUARTER, "quarter number split-year year"),
    (Shape.HOLIDAY, "parts? holiday year?"),
    (Shape.HOLIDAY, "nth weekday? holiday year?"),
    (Shape.HOLIDAY, "year colon? holiday"),
    (Shape.AFTER_HOLIDAY, "weekday after holiday year?"),
    (Shape.AFTER_HOLIDAY, "one-week after holiday year?"),
    (Shape.BEFORE_HOLIDAY, "weekday before holiday year?"),
    (Shape.BEFORE_HOLIDAY, "one-week before holiday year?"),
    (Shape.YEAR, "parts? year"),
    (Shape.YEAR, "year parts"),
    (Shape.YEAR, "parts? this-year year?"),
    (Shape.YEAR, "this-year part year?"),
    (Shape.BARE, "weekday? number year?"),
    (Shape.BARE, "weekday"),
)


class _Row(NamedTuple):
    shape: Shape
    pattern: re.Pattern[str]


def _compile(words: str) -> re.Pattern[str]:
    """A row as a pattern; a comma belongs to the optional element beside it, never to the row's edge."""
    pattern = ""
    has_core = False
    for word in words.split():
        name = word.removesuffix("?")
        element = _OPTIONAL.get(name) or _ELEMENTS[name]
        if not word.endswith("?"):
            pattern += f",?{element}" if has_core else element
            has_core = True
        else:
            pattern += f"(?:,?{element})?" if has_core else f"(?:{element},?)?"
    return re.compile(pattern)


def _can_begin(words: str, sort: Sort) -> bool:
    """Whether the first element of a row, or one that only optional ones precede, is of the sort."""
    for word in words.split():
        name = word.removesuffix("?")
        if re.match(_OPTIONAL.get(name) or _ELEMENTS[name], sort):
            return True
        if not word.endswith("?"):
            return False
    return False


_ROWS = [(_Row(shape, _compile(words)), words) for shape, words in PATTERNS]
_ROWS_BY_FIRST = {sort.value: [row for row, words in _ROWS if _can_begin(words, sort)] for sort in Sort}
_WINTER = 12

Item = Unit | Token


def find_units(tokens: Sequence[Token]) -> Iterator[Item]:
    """The tokens with every run that names a unit replaced by the unit."""
    sorts = "".join(token.sort for token in tokens)
    place = 0
    while place < len(tokens):
        shape, end = _longest(sorts, place)
        if shape is None or (shape is Shape.BARE and _belongs_to_words(tokens, place, end)):
            yield tokens[place]
            place += 1
        else:
            yield _unit(shape, tokens[place:end])
            place = end


def _longest(sorts: str, place: int) -> tuple[Shape | None, int]:
    found: tuple[Shape | None, int] = None, place
    for row in _ROWS_BY_FIRST[sorts[place]]:
        match = row.pattern.match(sorts, place)
        if match and match.end() > found[1]:
            found = row.shape, match.end()
    return found


def _belongs_to_words(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Whether a number counts something else: "2. behandling", "fase 2", "14 dage"."""
    after = tokens[end].sort if end < len(tokens) else None
    before = tokens[place - 1].sort if place else None
    is_counted = before is Sort.LABEL and not tokens[place].is_day
    if after is Sort.WORD and _goes_on(tokens[:place]):
        return False
    return is_counted or after in {Sort.WORD, Sort.LABEL, Sort.DAYS, Sort.WEEKS, Sort.DURATION, Sort.CLOSE}


def _goes_on(before: Sequence[Token]) -> bool:
    """Whether a number stands beside another one that is a week: "uge 45 eller 46 afholdes"."""
    return bool(re.search("[Kk]n[-/&,]$", "".join(token.sort for token in before[-4:])))


def _unit(shape: Shape, tokens: Sequence[Token]) -> Unit:
    by_sort: dict[Sort, list[Token]] = {}
    for token in tokens:
        by_sort.setdefault(token.sort, []).append(token)

    def value(*sorts: Sort) -> int:
        return next((int(found.value or -1) for sort in sorts for found in by_sort.get(sort, ())), 0)

    day, month, year = next((found.date for found in by_sort.get(Sort.DATE, ()) if found.date), (0, 0, None))
    season = _WINTER if Sort.WINTER in by_sort else value(Sort.SEASON)
    return Unit(
        shape=shape,
        text=" ".join(token.text for token in tokens),
        number=day or value(Sort.NUMBER, Sort.ORDINAL, Sort.LAST),
        month=month or season or value(Sort.MONTH, Sort.SPLIT_YEAR),
        year=year or value(Sort.YEAR) or None,
        names_two_years=len(by_sort.get(Sort.YEAR, ())) > 1,
        weekday=next((int(found.value) for found in by_sort.get(Sort.WEEKDAY, ())), None),
        parts=tuple(int(found.value) for found in by_sort.get(Sort.PART, ()))
        + ((3,) if Sort.END_OF in by_sort else ()),
        name=next((str(found.value) for found in by_sort.get(Sort.HOLIDAY, ())), ""),
        working=any(found.text not in {"dag", "day"} for found in by_sort.get(Sort.DAYS, ())),
        to_its_end=Sort.END_OF in by_sort,
    )
