"""Words and figures that mean one thing in English and another in Danish, Norwegian and Swedish."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from service.reading.deadline.calendar_words import TWO_LETTER_WEEKDAYS
from service.reading.deadline.figures import Token
from service.reading.deadline.language import is_english, is_nordic
from service.reading.deadline.sorts import Sort

_ANY_WEEKDAY = "|".join(TWO_LETTER_WEEKDAYS)
_MONTH_NAME = r"(?:jan|feb|mar|apr|maj|mai|jun|jul|aug|sep|okt|nov|dec|des)"
_DIRECTLY_BEFORE_A_DAY = re.compile(
    rf"""(?P<dot>\.)?,?\s*(?:
        (?:d\.?\s*|den\s+)?(?:0?[1-9]|[12]\d|3[01])
        (?:\s?[./-]\s?(?:0?[1-9]|1[0-2])(?![\d:])|\s?\.\s?(?:$|[-,&]|og\b|och\b)|(?P<bare>\s)?\.?\s?{_MONTH_NAME})
        | -\s?(?:{_ANY_WEEKDAY})\b\.?,?\s*\d)""",
    re.VERBOSE,
)
_ENDS_A_SPAN = re.compile(rf"(?:[\d?]|\b{_MONTH_NAME}\w*)\.?\s*$")
_AMBIGUOUS_FIGURES = re.compile(r"0?(?:[1-9]|1[0-2])/0?(?:[1-9]|1[0-2])/(?:\d\d)?\d\d")
_LAST_MONTH = 12
_BEFORE_CHRISTMAS = {Sort.BEFORE, Sort.AFTER, Sort.BY}
_BESIDE_JULY = {Sort.NUMBER, Sort.ORDINAL, Sort.PART, Sort.END_OF, Sort.DASH, Sort.MONTH, Sort.QUARTER}


def weekday_of_two_letters(text: str, word: re.Match[str]) -> int | None:
    """The weekday in "to 13/3" and "on. 5. marts"; None in "1 to 5 April" and "on 5 April"."""
    found = _DIRECTLY_BEFORE_A_DAY.match(text, word.end())
    if found is None or word[0] not in TWO_LETTER_WEEKDAYS:
        return None
    is_said = found["dot"] or word[0] not in {"to", "on"} or not _is_english_word(text, word, found)
    return TWO_LETTER_WEEKDAYS[word[0]] if is_said else None


def _is_english_word(text: str, word: re.Match[str], found: re.Match[str]) -> bool:
    """Whether "to" ends a span or "on" leads a day written in the English way, "5 April"."""
    if is_nordic(text):
        return False
    if word[0] == "to":
        return is_english(text) or bool(_ENDS_A_SPAN.search(text[: word.start()]))
    return is_english(text) or found["bare"] is not None


def settle_homographs(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens with "jul" as July or Christmas, and figures marked that an American reads month first."""
    sorts = [None, *(token.sort for token in tokens), None]
    settled = [
        _jul(token, before, after, tokens, text)
        if token.text == "jul" and token.sort is Sort.MONTH
        else token
        for before, token, after in zip(sorts, tokens, sorts[2:], strict=False)
    ]
    settled = [*_by_whom(_lengths_of_a_week(settled))]
    shows_order = any(token.date and token.date[0] > _LAST_MONTH for token in tokens)
    if shows_order or is_nordic(text) or Sort.WEEKDAY in sorts:
        return settled
    return [_day_first(token) for token in settled]


def _by_whom(tokens: Iterable[Token]) -> Iterator[Token]:
    """In "considered by Executive" and the Danish "Ringsted by" no deadline is set, in "by 5 May" one is."""
    known = tuple(tokens)
    following = [*(token.sort for token in known), Sort.WORD][1:]
    for token, after in zip(known, following, strict=True):
        sets_none = token.text == "by" and after in {Sort.WORD, Sort.LABEL}
        yield replace(token, sort=Sort.WORD) if sets_none else token


def _lengths_of_a_week(tokens: Sequence[Token]) -> Iterator[Token]:
    """In "1 uge før mødet" the week is how long, not which one."""
    around = [None, *tokens, None]
    for before, token, after in zip(around, tokens, around[2:], strict=False):
        is_counted = before is not None and before.sort is Sort.NUMBER and not before.is_day
        is_length = is_counted and after is not None and after.sort in {Sort.BEFORE, Sort.AFTER}
        if token.sort is Sort.WEEK and is_length:
            yield replace(token, sort=Sort.WEEKS, value="weeks")
        else:
            yield token


def _jul(token: Token, before: Sort | None, after: Sort | None, tokens: Sequence[Token], text: str) -> Token:
    """Christmas in a Nordic cell; July in an English one, as "jul." and beside what only a month has."""
    others = {other.sort for other in tokens if other is not token}
    if is_english(text) or before in _BESIDE_JULY or after is Sort.DASH or Sort.MONTH in others:
        return token
    if before in _BEFORE_CHRISTMAS:
        return replace(token, sort=Sort.HOLIDAY, value="christmas")
    if is_nordic(text) or Sort.HOLIDAY in others:
        return replace(token, sort=Sort.HOLIDAY, value="christmas", mended="24.-26.12.")
    return replace(token, mended="juli")


def _day_first(token: Token) -> Token:
    """Told, because nothing in the cell says that "04/05/2025" is in May."""
    if token.date is None or token.date[0] == token.date[1] or not _AMBIGUOUS_FIGURES.fullmatch(token.text):
        return token
    day, month, year = token.date
    return replace(token, mended=f"{day}.{month}.{year}")
