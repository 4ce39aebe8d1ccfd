"""Which language a cell is in, as far as its own words tell: for words that are spelt alike in two."""

import re

from service.reading.deadline.calendar_words import KINDS, NAMES, TWO_LETTER_WEEKDAYS, Words
from service.reading.deadline.plan_words import PLAN_WORDS

_NORDIC = ("da", "no", "sv")
_WORD = re.compile(r"[^\W\d_]+")
_NORDIC_LETTER = re.compile("[æøåäö]")


def _words_of(*languages: str) -> frozenset[str]:
    tables: tuple[Words, ...] = (
        *PLAN_WORDS.values(),
        *KINDS.values(),
        *(words for table in NAMES.values() for words in table.values()),
    )
    phrases = (words[language] for words in tables for language in languages if language in words)
    return frozenset(word for phrase in phrases for word in _WORD.findall(phrase))


_SHARED = _words_of("all") | frozenset(TWO_LETTER_WEEKDAYS)
_ENGLISH = _words_of("en") - _words_of(*_NORDIC) - _SHARED | {"th", "am", "pm"}
_TELLING_LETTERS = frozenset({"d", "i"})
_NORDIC_WORDS = _TELLING_LETTERS | {
    word for word in _words_of(*_NORDIC) - _words_of("en") - _SHARED if len(word) > 1
}
"""Other single letters tell nothing: "f.o.m." and "p.m." share one."""


def is_nordic(text: str) -> bool:
    """Whether a tidy text has words of Danish, Norwegian or Swedish that English has not."""
    return bool(_NORDIC_LETTER.search(text)) or not _NORDIC_WORDS.isdisjoint(_WORD.findall(text))


def is_english(text: str) -> bool:
    """Whether a tidy text has English words and none that only the Nordic languages have."""
    return not is_nordic(text) and not _ENGLISH.isdisjoint(_WORD.findall(text))
