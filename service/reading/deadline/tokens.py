"""The scanner: a tidy text as tokens, in one pass of one pattern; its time grows with the text alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from service.reading.deadline.spelling import Meaning, meaning_of
from service.reading.deadline.sorts import Sort
from service.reading.deadline.words import LONGEST_PHRASE, SHORT_SORT, SHORT_WEEKDAY, VOCABULARY


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

_SCAN = re.compile(
    rf"""
      (?P<iso>(?<!\d){_CENTURY}(?P<iso_sep>[-./]){_MONTH}(?P=iso_sep){_DAY}(?!\d)(?:t\d\d:\d\d(?::\d\d)?)?)
    | (?P<iso_blank>(?<!\d)(?P<iso_year>{_CENTURY})-(?:(?P<iso_month>{_MONTH})|x+|\?+)-(?:x+|\?+|00)(?!\w))
    | (?P<compact>(?<!\d){_CENTURY}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))
    | (?P<clock>\b(?:kl(?:okken|okka|ockan)?\.?|at)\s?:?\s?(?P<clock_at>{_HOUR}(?:(?:[.:]\s?)?[0-5]\d)?)
        (?!\d|/|\.\d|\.?\s?{_MONTH_NAME})
        (?:\s?(?:-|til|till|to|og)\s?(?:kl\.?\s?)?{_HOUR}(?:[.:][0-5]\d)?(?![\d/]|\.?\s?{_MONTH_NAME}|\.\d))?
        (?:\s?[ap]\.?m\b\.?)?)
    | (?P<twelve_hours>(?<![\d.])(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?\s?[ap]\.?m\b\.?)
    | (?P<noon>\b(?:12\s)?noon\b)
    | (?P<colon_time>(?<![\d.:]){_HOUR}:[0-5]\d(?::[0-5]\d)?(?!\d))
    | (?P<long_date>(?<!\d)(?<!\d\.){_DAY}
        (?:\s?[./]\s?{_MONTH}(?:\.?\s?[-./,]\s?|\.?\s)|\s?-\s?{_MONTH}\s?-\s?){_CENTURY}(?!\d))
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
_COUNTED = {Sort.WEEK, Sort.WEEKS, Sort.QUARTER, Sort.HALF_YEAR, Sort.LABEL, Sort.THIRD}


_MOST_HOURS = 24


def full_year(digits: str | int) -> int:
    """The year that two or four figures mean: 19 is 2019, 87 is 1987."""
    year = int(digits)
    return year if year > 99 else year + (2000 if year < 70 else 1900)  # noqa: PLR2004 - the usual window


def _figures(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", text)]


def _iso(text: str) -> Iterator[Token]:
    year, month, day, *_ = _figures(text)
    yield Token(sort=Sort.DATE, text=text, date=(day, month, year))


def _day_first(text: str) -> Iterator[Token]:
    day, month, *year = _figures(text)
    yield Token(sort=Sort.DATE, text=text, date=(day, month, full_year(year[0]) if year else None))


def _clock(text: str) -> Iterator[Token]:
    hour, minute, *_ = [*_figures(re.split(r"-|til|to|og", text)[0]), 0, 0]
    if hour > _MOST_HOURS:
        hour, minute = divmod(hour, 100)
    hour += 12 * (bool(re.search(r"p\.?m", text)) and hour < 12)  # noqa: PLR2004 - a clock of twelve hours
    yield Token(sort=Sort.TIME, text=text, clock=(hour, minute))


_FIGURES: Mapping[str, Callable[[str], Iterator[Token]]] = {
    "iso": _iso,
    "compact": lambda text: _iso(f"{text[:4]}-{text[4:6]}-{text[6:]}"),
    "long_date": _day_first,
    "short_date": _day_first,
    "day_month": _day_first,
    "dashed_day_month": _day_first,
    "clock": _clock,
    "noon": lambda _: _clock("12"),
    "twelve_hours": _clock,
    "colon_time": _clock,
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


def _number(text: str, ordinal: str) -> Token:
    digits = text.removesuffix(ordinal)
    if re.fullmatch(_CENTURY, digits):
        return Token(sort=Sort.YEAR, text=text, value=int(digits))
    if len(digits) > 2 or not int(digits):  # noqa: PLR2004 - no day, week or short year has three figures
        return Token(sort=Sort.WORD, text=text, value=-1)
    return Token(sort=Sort.NUMBER, text=text, value=int(digits), is_day=bool(ordinal))


def _tokens_of(match: re.Match[str], before: Token | None) -> Iterator[Token]:
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


_BEFORE_A_NUMBER = re.compile(r"[.\s]*(?:nr\.?\s*)?\d{1,2}(?!\d)")
_BEFORE_A_DAY = re.compile(
    rf"\.?,?\s*(?:d\.?|den|the)?\s*\d|\.?\s?-\s?(?:{'|'.join(SHORT_WEEKDAY)})\b|\.?\s(?:i\s)?(?:uge|uke|veke|vecka|week)\b"
)
_NEIGHBOURS_OF_A_MONTH = {
    Sort.NUMBER, Sort.ORDINAL, Sort.LAST, Sort.MONTH, Sort.YEAR, Sort.DATE, Sort.WEEK, Sort.QUARTER,
    Sort.HALF_YEAR, Sort.HALF, Sort.PART, Sort.DASH, Sort.SLASH, Sort.BY, Sort.BEFORE, Sort.FROM, Sort.AFTER,
    Sort.UNTIL,
}  # fmt: skip


def scan(text: str) -> list[Token]:
    """The tokens of a tidy text, without the words that carry no meaning."""
    tokens: list[Token] = []
    words: list[re.Match[str]] = []
    for match in _SCAN.finditer(text):
        if match.lastgroup == "word" or (words and _breaks_a_word(text, match)):
            words.append(match)
            continue
        tokens += _read_words(text, words)
        words = []
        tokens += _tokens_of(match, tokens[-1] if tokens else None)
    tokens += _read_words(text, words)
    return _mend([token for token in tokens if token.sort is not Sort.FILLER])


def _breaks_a_word(text: str, mark: re.Match[str]) -> bool:
    """Whether it may be the hyphen at the end of a line of a narrow column: "sep- tember"."""
    return mark[0] == "-" and text[mark.start() - 1] != " "


def _read_words(text: str, words: list[re.Match[str]]) -> Iterator[Token]:
    place = 0
    while place < len(words):
        length, meanings = _read_word(text, words, place)
        written = " ".join(word[0] for word in words[place : place + length])
        for meaning in meanings:
            yield Token(sort=meaning.sort, text=written, value=meaning.value, mended=meaning.mended)
        place += length


def _read_word(text: str, words: list[re.Match[str]], place: int) -> tuple[int, tuple[Meaning, ...]]:
    """How many words from this place on belong together, and what they mean."""
    pieces = [word[0].removesuffix("'s") for word in words[place : place + LONGEST_PHRASE]]
    if pieces[0] == "-":
        return 1, (Meaning(Sort.DASH),)
    rest = words[place].end()
    follows_figure = text[words[place].start() - 1 : words[place].start()].isdigit()
    if pieces[0] in SHORT_SORT and (follows_figure or _BEFORE_A_NUMBER.match(text, rest)):
        return 1, (Meaning(SHORT_SORT[pieces[0]]),)
    if pieces[0] in SHORT_WEEKDAY and _BEFORE_A_DAY.match(text, rest):
        return 1, (Meaning(Sort.WEEKDAY, SHORT_WEEKDAY[pieces[0]]),)
    for length in range(len(pieces), 0, -1):
        if known := VOCABULARY.get(tuple(pieces[:length])):
            broken = _broken_word(pieces) if length == 1 else None
            return broken or (length, (Meaning(*known),))
    return _broken_word(pieces) or (1, meaning_of(pieces[0]))


def _broken_word(pieces: list[str]) -> tuple[int, tuple[Meaning, ...]] | None:
    """The word that a narrow column has broken into pieces: "janu ar", "sep- tember"."""
    for length in range(2, min(len(pieces), 4) + 1):
        strangers = [piece for piece in pieces[:length] if piece != "-" and (piece,) not in VOCABULARY]
        known = VOCABULARY.get(("".join(pieces[:length]).replace("-", ""),))
        if known and strangers and pieces[length - 1] != "-":
            return length, (Meaning(*known),)
    return None


def _mend(tokens: list[Token]) -> list[Token]:
    """Believe in a misspelt word only where its neighbours are a date's."""
    tokens = [_christmas(before, token) for before, token in zip([None, *tokens], tokens, strict=False)]
    around = [None, *tokens, None]
    return [
        token
        if not token.mended or len(tokens) == 1 or _is_of_a_date(before) or _is_of_a_date(after)
        else Token(sort=Sort.WORD, text=token.text)
        for before, token, after in zip(around, tokens, around[2:], strict=False)
    ]


def _christmas(before: Token | None, token: Token) -> Token:
    """July, but Christmas in "før jul"."""
    if token.text != "jul" or before is None or before.sort not in {Sort.BEFORE, Sort.AFTER, Sort.BY}:
        return token
    return replace(token, sort=Sort.HOLIDAY, value="christmas")


def _is_of_a_date(token: Token | None) -> bool:
    return token is not None and token.sort in _NEIGHBOURS_OF_A_MONTH
