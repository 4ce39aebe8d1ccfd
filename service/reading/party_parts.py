"""What one part of a responsible cell looks like by itself: a person, a body, a field of work."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.reading.party_words import (
    BODY_ENDING,
    DEPARTMENT,
    ENGLISH_PARTY,
    ENGLISH_UNIT,
    HEAD,
    NATIONAL,
    OFFICE,
    ORGANISATION,
    STANDALONE_BODY,
    TOPICS,
    UNIT_COMPOUND,
)

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_NAME = 6  # words
_LONGEST_ACRONYM = 5
_WORDS_OF_A_PERSON = (2, 3)
_PERSONAL_NAME = re.compile(r"[^\W\d_a-zæøåäöé](?:\.|[\w'’-]*[a-zæøåäöé][\w'’-]*)")


class Part(NamedTuple):
    """A stretch of the cell; `joiner` is what stands before it, as written."""

    joiner: str
    text: str

    @property
    def words(self) -> list[str]:
        return without_brackets(self.text).replace(",", " ").split()

    @property
    def follows_and(self) -> bool:
        return self.joiner.strip(", \t").casefold() in {"og", "och", "and", "&"}

    @property
    def follows_comma(self) -> bool:
        return self.joiner.strip() == ","


def without_brackets(text: str) -> str:
    return BRACKETS.sub(" ", text)


def looks_like_party(name: str) -> bool:
    """Whether the name alone, without a header above it, is somebody: a body, a role or an acronym."""
    words = without_brackets(name).split()
    if not 0 < len(words) <= _LONGEST_NAME:
        return False
    last = words[-1].strip(".,:")
    is_acronym = len(words) == 1 and last.isupper() and last.isalpha() and len(last) <= _LONGEST_ACRONYM
    unit = UNIT_COMPOUND.fullmatch(last) or STANDALONE_BODY.fullmatch(last) or is_english_unit(words)
    return is_acronym or bool(unit) or ends_like_a_body(last)


def is_topic(word: str) -> bool:
    return TOPICS.fullmatch(word.strip(".:")) is not None


def is_unit_of_topics(word: str) -> bool:
    word = word.strip(".:")
    return UNIT_COMPOUND.fullmatch(word) is not None and STANDALONE_BODY.fullmatch(word) is None


def is_body(part: Part) -> bool:
    words = part.words
    if (
        not words
        or HEAD.search(part.text)
        or ENGLISH_PARTY.fullmatch(words[0])
        or ENGLISH_PARTY.fullmatch(words[-1])
    ):
        return True
    unit = (
        UNIT_COMPOUND.fullmatch(words[-1]) or STANDALONE_BODY.fullmatch(words[-1]) or is_english_unit(words)
    )
    return bool(unit) or words[0].isupper() or ends_like_a_body(words[-1])


def ends_like_a_body(word: str) -> bool:
    return BODY_ENDING.fullmatch(word.strip(".:")) is not None


def is_english_unit(words: Sequence[str]) -> bool:
    return ENGLISH_UNIT.fullmatch(words[-1].strip(".:")) is not None


def is_person(part: Part) -> bool:
    """Told by its shape: two or three names, none of them known as a word, perhaps behind a title."""
    words = part.words
    if len(words) > min(_WORDS_OF_A_PERSON) and OFFICE.fullmatch(words[0]):
        words = words[1:]
    is_name = len(words) in _WORDS_OF_A_PERSON and all(map(_PERSONAL_NAME.fullmatch, words))
    is_name = is_name and not NATIONAL.fullmatch(words[0])
    is_known = any(is_topic(word) or is_of_an_organisation(word) for word in words)
    return is_name and not is_known and not ends_like_a_unit(words[-1])


def is_organisation(part: Part) -> bool:
    return len(part.words) > 1 and any(map(ORGANISATION.fullmatch, part.words))


def is_of_an_organisation(word: str) -> bool:
    return bool(ORGANISATION.fullmatch(word) or DEPARTMENT.fullmatch(word))


def ends_like_a_unit(word: str) -> bool:
    units = (UNIT_COMPOUND, STANDALONE_BODY, ENGLISH_UNIT, OFFICE, BODY_ENDING)
    return any(unit.fullmatch(word) for unit in units)
