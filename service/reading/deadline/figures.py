"""The scanner's pattern, and the tokens of what stands in figures: dates, clock times, numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from service.reading.deadline.sorts import Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """`value` is the number, the month, the weekday, the part or the name that the text stands for.

    `date` is (day, month, year or None) of a date in figures; `mended` the word that a misspelt one meant;
    `is_day` says that a number cannot be a year ("3.", "3rd").
    """

    sort: Sort
    text: str
    value: int | str = ""
    date: tuple[int, int, int | None] | None = None
    clock: tuple[int, int] | None = None
    mended: str = ""
    is_day: bool = False


_CENTURY = r"(?:19|20)\d\d"
_MONTH_NAME = r"(?:jan|feb|mar|apr|maj|mai|may|jun|jul|aug|sep|okt|oct|nov|dec|des)"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NO_MORE_DATE = rf"(?!\d|[./]\s?\d|-\d|\.?\s?{_MONTH_NAME})"
_HOUR = r"(?:[01]?\d|2[0-4])"

SCAN = re.compile(
    rf"""
      (?P<iso_range>(?<!\d){_CENTURY}-{_MONTH}-{_DAY}\s?-{{1,2}}\s?{_MONTH}-{_DAY}(?![\d-]))
    | (?P<iso>(?<!\d){_CENTURY}(?P<iso_sep>[-./]){_MONTH}(?P=iso_sep){_DAY}(?!\d)(?:t\d\d:\d\d(?::\d\d)?)?)
    | (?P<iso_blank>(?<!\d)(?P<iso_year>{_CENTURY})-(?:(?P<iso_month>{_MONTH})|x+|\?+)-(?:x+|\?+|00)(?!\w))
    | (?P<compact>(?<!\d){_CENTURY}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))
    | (?P<no_time>\bkl(?:okken|okka|ockan)?\.?\s?:?\s?
        (?:(?:2[5-9]|[3-9]\d)(?:[.:]?[0-5]\d)?|24[.:]?(?!00)[0-5]\d)(?!\d|/|\.\d|\.?\s?{_MONTH_NAME}))
    | (?P<clock>\b(?:kl(?:okken|okka|ockan)?\.?|at)\s?:?\s?(?P<clock_at>{_HOUR}(?:(?:[.:]\s?)?[0-5]\d)?)
        (?!\d|/|\.\d|\.?\s?{_MONTH_NAME})
        (?:\s?(?:-|til|till|to|og)\s?(?:kl\.?\s?)?{_HOUR}(?:[.:][0-5]\d)?(?![\d/]|\.?\s?{_MONTH_NAME}|\.\d))?
        (?:\s?[ap]\.?m\b\.?)?)
    | (?P<twelve_hours>(?<![\d.])(?:(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?\s?-\s?)?
        (?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?\s?[ap]\.?m\b\.?)
    | (?P<noon>\b(?:12\s)?noon\b)
    | (?P<colon_time>(?<![\d.:]){_HOUR}:[0-5]\d(?::[0-5]\d)?(?!\d))
    | (?P<hour_time>(?<![\d.:]){_HOUR}h[0-5]\d(?!\w))
    | (?P<long_date>(?<!\d)(?<!\d\.){_DAY}
        (?:\s?[./]\s?{_MONTH}(?:\.?\s?[-./,]\s?|\.?\s)|\s?-\s?{_MONTH}\s?-\s?){_CENTURY}(?!\d))
    | (?P<month_first>(?<![\d./]){_MONTH}/(?:1[3-9]|2\d|3[01])/(?:{_CENTURY}|\d\d)(?!\d))
    | (?P<short_date>(?<!\d)(?<!\d\.){_DAY}
        (?:\s?[./]\s?{_MONTH}\s?-\d\d{_NO_MORE_DATE}|-{_MONTH}-\d\d{_NO_MORE_DATE}
        |\s?[./]\s?{_MONTH}(?:[./]|[./]?\s?')\d\d(?!\d|[./:]\s?\d)))
    | (?P<blank_date>(?:x+|\?+|_+)\s?[./-]
        \s?(?P<blank_month>{_MONTH})\s?[./-]\s?(?P<blank_year>{_CENTURY}|\d\d)(?!\d))
    | (?P<year_months>(?<!\d)(?P<ym_year>{_CENTURY})(?P<ym_sep>[-/.])(?P<ym_month>0[1-9]|1[0-2])
        (?![\d]|[./-]\d|\.?\s?{_MONTH_NAME}))
    | (?P<month_year>(?<![\d./-])(?P<my_month>{_MONTH})[-/.](?P<my_year>{_CENTURY})(?!\d|[-/]\d\d(?!\d)))
    | (?P<dotted_time>(?<!\d)(?<!\d[./]){_HOUR}\.(?:00|1[3-9]|[2-5]\d)(?![\d/]|\.\d))
    | (?P<day_month>(?<!\d)(?<!\d[./]){_DAY}[./]{_MONTH}(?!\d|:\d))
    | (?P<dashed_day_month>(?<![\d./-])(?:\d\d-0[1-9]|(?:1[3-9]|2\d|3[01])-1[0-2])(?![\w./-]))
    | (?P<short_year>'\d\d(?!\d)|(?<=[^\W\d_]\s)-\d\d(?![\d.]))
    | (?P<number>\d+(?P<ordinal>(?:st|nd|rd|th|:[ae]|:de|ste|\.)(?![^\W\d_]{{1,2}}\b(?<!d)))?)
    | (?P<compact_week>\bv[12]\d(?:0[1-9]|[1-4]\d|5[0-3])(?!\w))
    | (?P<week_of>\bw/[cb]\b)
    | (?P<until>\bt/m\b)
    | (?P<and_or>\b(?:og/eller|and/or|och/eller)\b)
    | (?P<blank>[?_x]+\s?/\s?[?_x]+(?!\w)|\bx{{1,4}}\b|\?{{2,}}|_{{2,}}|\.{{3,}})
    | (?P<word>[^\W\d_]+(?:'s\b)?)
    | (?P<mark>[-/&+,;:()\[\]?])
    """,
    re.VERBOSE,
)
_MARKS = {
    "-": Sort.DASH, "/": Sort.SLASH, "&": Sort.AND, "+": Sort.AND,
    ",": Sort.COMMA, ";": Sort.COMMA, ":": Sort.COLON,
    "(": Sort.OPEN, "[": Sort.OPEN, ")": Sort.CLOSE, "]": Sort.CLOSE, "?": Sort.TENTATIVE,
}  # fmt: skip
_LOOKS_LIKE_DAYS = {"long_date", "short_date", "day_month", "dashed_day_month"}
_MOST_HOURS = 24
_COUNTED = {Sort.WEEK, Sort.WEEKS, Sort.QUARTER, Sort.HALF_YEAR, Sort.LABEL, Sort.THIRD}


def full_year(digits: str | int) -> int:
    """The year that two or four figures mean: 19 is 2019, 87 is 1987."""
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 70 else 1900)  # noqa: PLR2004 - the usual window


def _figures(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", text)]


def _number(text: str, ordinal: str) -> Token:
    digits = text.removesuffix(ordinal)
    if re.fullmatch(_CENTURY, digits):
        return Token(sort=Sort.YEAR, text=text, value=int(digits))
    if len(digits) > 2 or not int(digits):  # noqa: PLR2004 - no day, week or short year has three figures
        return Token(sort=Sort.WORD, text=text, value=-1)
    return Token(sort=Sort.NUMBER, text=text, value=int(digits), is_day=bool(ordinal))


def _compact_week(text: str) -> Iterator[Token]:
    """The Swedish "v2138", week 38 of 2021."""
    yield Token(sort=Sort.WEEK, text=text[0])
    yield _number(text[3:], "")
    yield Token(sort=Sort.YEAR, text=text[1:3], value=full_year(text[1:3]))


def _iso(text: str) -> Iterator[Token]:
    year, month, day, *_ = _figures(text)
    yield Token(sort=Sort.DATE, text=text, date=(day, month, year))


def _day_first(text: str) -> Iterator[Token]:
    day, month, *year = _figures(text)
    yield Token(sort=Sort.DATE, text=text, date=(day, month, full_year(year[0]) if year else None))


def _iso_range(text: str) -> Iterator[Token]:
    """Two days of one year, "2024-06-01 - 07-05"."""
    year, *first, month, day = _figures(text)
    yield from _iso("-".join(map(str, (year, *first))))
    yield Token(sort=Sort.DASH, text="-")
    yield Token(sort=Sort.DATE, text=f"{month:02}-{day:02}", date=(day, month, year))


def _month_first(text: str) -> Iterator[Token]:
    """American, where the second figure can be no month."""
    month, day, year = _figures(text)
    meant = f"{day}.{month}.{full_year(year)}"
    yield Token(sort=Sort.DATE, text=text, date=(day, month, full_year(year)), mended=meant)


def _no_time(text: str) -> Iterator[Token]:
    """A number that finds no place in any date, so that "kl. 25" is told as not understood."""
    yield Token(sort=Sort.NUMBER, text=text, value=_figures(text)[0])


def _clock(text: str) -> Iterator[Token]:
    hour, minute, *_ = [*_figures(re.split(r"-|til|to|og", text)[0]), 0, 0]
    if hour > _MOST_HOURS:
        hour, minute = divmod(hour, 100)
    hour += 12 * (bool(re.search(r"p\.?m", text)) and hour < 12)  # noqa: PLR2004 - a clock of twelve hours
    yield Token(sort=Sort.TIME, text=text, clock=(hour, minute))


_FIGURES: Mapping[str, Callable[[str], Iterator[Token]]] = {
    "compact_week": _compact_week,
    "iso_range": _iso_range,
    "iso": _iso,
    "month_first": _month_first,
    "compact": lambda text: _iso(f"{text[:4]}-{text[4:6]}-{text[6:]}"),
    "long_date": _day_first,
    "short_date": _day_first,
    "day_month": _day_first,
    "dashed_day_month": _day_first,
    "no_time": _no_time,
    "clock": _clock,
    "noon": lambda _: _clock("12"),
    "twelve_hours": _clock,
    "colon_time": _clock,
    "hour_time": _clock,
    "dotted_time": _clock,
}


def _year_and_month(text: str, year: str, month: str, before: Token | None) -> Iterator[Token]:
    """A month "2024-03", the two years "2011-12" or the week "uge 2024-03"."""
    if before and before.sort in _COUNTED:
        yield from _month_and_year(month, year, before)
        return
    yield Token(sort=Sort.YEAR, text=year, value=full_year(year))
    if int(month) == (int(year) + 1) % 100 and "." not in text:
        yield Token(sort=Sort.DASH, text="-")
        yield Token(sort=Sort.YEAR, text=month, value=full_year(month))
    else:
        yield Token(sort=Sort.MONTH, text=month, value=int(month))


def _month_and_year(month: str, year: str, before: Token | None) -> Iterator[Token]:
    """A month "03-2024" or the week "uge 3-2024"."""
    sort = Sort.NUMBER if before and before.sort in _COUNTED else Sort.MONTH
    yield Token(sort=sort, text=month, value=int(month))
    yield Token(sort=Sort.YEAR, text=year, value=int(year))


def _counted(text: str) -> Iterator[Token]:
    """The figures of "uge 9/10 2024": two weeks and no day."""
    for piece in re.findall(r"\d+|[-/]", text):
        yield Token(sort=_MARKS[piece], text=piece) if piece in _MARKS else _number(piece, "")


def _blank_day(month: str | None, year: str) -> Iterator[Token]:
    yield Token(sort=Sort.BLANK, text="xx")
    if month:
        yield Token(sort=Sort.MONTH, text=month, value=int(month))
    yield Token(sort=Sort.YEAR, text=year, value=full_year(year))


def tokens_of(match: re.Match[str], before: Token | None) -> Iterator[Token]:
    kind, text = str(match.lastgroup), match[0]
    part = match.groupdict()
    if kind in _LOOKS_LIKE_DAYS and before and before.sort in _COUNTED:
        yield from _counted(text)
    elif kind in _FIGURES:
        yield from _FIGURES[kind](text)
    elif kind == "iso_blank":
        yield from _blank_day(part["iso_month"], part["iso_year"])
    elif kind == "blank_date":
        yield from _blank_day(part["blank_month"], part["blank_year"])
    elif kind == "year_months":
        yield from _year_and_month(text, part["ym_year"], part["ym_month"], before)
    elif kind == "month_year":
        yield from _month_and_year(part["my_month"], part["my_year"], before)
    elif kind == "number":
        yield _number(text, part["ordinal"] or "")
    elif kind == "short_year":
        yield Token(sort=Sort.YEAR, text=text, value=full_year(text[1:]))
    else:
        yield Token(sort=_PLAIN.get(kind) or _MARKS[text], text=text)


_PLAIN = {"week_of": Sort.WEEK_OF, "and_or": Sort.AND, "until": Sort.UNTIL, "blank": Sort.BLANK}
