"""The vocabulary: every word and phrase of `calendar_words` and `plan_words`, ready to be looked up."""

from collections.abc import Iterator, Mapping
from itertools import chain

from service.reading.deadline.calendar_words import KINDS, NAMES, SHORT_WEEKDAYS, Words
from service.reading.deadline.plan_words import PLAN_WORDS
from service.reading.deadline.sorts import Sort

ENGLISH_MONTHS = frozenset({"january", "february", "march", "may", "june", "july", "october", "oct"})
_NEEDS_A_NUMBER: Mapping[Sort, str] = {Sort.QUARTER: "q|k", Sort.HALF_YEAR: "h", Sort.WEEK: "u|v|w"}
"""Letters that mean something only right before a number of one or two digits."""
_LONG_ENOUGH = 5
_MENDABLE = {
    Sort.MONTH, Sort.WEEKDAY, Sort.SEASON, Sort.WINTER, Sort.PART, Sort.QUARTER, Sort.HALF_YEAR,
    Sort.HOLIDAY, Sort.TURN,
}  # fmt: skip


def _phrases(words: Words) -> Iterator[str]:
    return chain.from_iterable(said.split("|") for said in words.values())


def _rows() -> Iterator[tuple[Sort, int | str, Words]]:
    """Where one word is in several rows the last one counts."""
    yield from ((sort, "", words) for sort, words in PLAN_WORDS.items())
    for sort, table in NAMES.items():
        yield from ((sort, value, words) for value, words in table.items())
    yield from ((sort, "", words) for sort, words in KINDS.items())


VOCABULARY: Mapping[tuple[str, ...], tuple[Sort, int | str]] = {
    tuple(phrase.split()): (sort, value) for sort, value, words in _rows() for phrase in _phrases(words)
}
LONGEST_PHRASE = max(map(len, VOCABULARY))
SHORT_WEEKDAY: Mapping[str, int] = {
    phrase: weekday for weekday, words in SHORT_WEEKDAYS.items() for phrase in _phrases(words)
}
SHORT_SORT: Mapping[str, Sort] = {
    letter: sort for sort, letters in _NEEDS_A_NUMBER.items() for letter in letters.split("|")
}
MENDABLE: tuple[str, ...] = tuple(
    phrase[0]
    for phrase, (sort, _) in VOCABULARY.items()
    if len(phrase) == 1 and len(phrase[0]) >= _LONG_ENOUGH and sort in _MENDABLE
)
"""Words long enough that a slip of the pen in them can be told from another word."""
