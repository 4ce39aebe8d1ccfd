"""What keeps the parts of a responsible cell together as one name: one rule each, in `ONE_NAME`."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.reading.party_words import (
    BODY_ENDING,
    ENGLISH_PARTY,
    ENGLISH_UNIT,
    HEAD,
    SHORT_TOPICS,
    STANDALONE_BODY,
    TOPICS,
    UNIT_COMPOUND,
)

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_NAME = 6  # words
_LONGEST_ACRONYM = 5
_NUMBERED = re.compile(r"\d+\.?\w?")
_UNIT_ABBREVIATION = re.compile(r"(?:avd|afd|enh|sekt|seksj|inst|fak|kont|senter|omr|virks)\.", re.IGNORECASE)
_SHARED_ROLE = re.compile(r"\w+(?:lede?re?|sjef|chef|direktør|ansvarlig|ledare)\w*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:mellem|imellem|mellom|mellan|between)\b", re.IGNORECASE)


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
    unit = UNIT_COMPOUND.fullmatch(last) or STANDALONE_BODY.fullmatch(last) or _is_english_unit(words)
    return is_acronym or bool(unit) or _ends_like_a_body(last)


def end_of_name(parts: Sequence[Part]) -> int:
    """How many of the first parts are one name."""
    end = 1
    while end < len(parts):
        longer = max(rule(parts, end) for rule in ONE_NAME)
        if longer <= end:
            break
        end = longer
    return end


def _shared_half(parts: Sequence[Part], end: int) -> int:
    """A hyphen lends the second half: "Børne- og Ungeudvalget", "Skole-/kulturchef"."""
    hyphened = parts[end - 1].text.rstrip().endswith(("-", "‑", "–")) or parts[end].text.startswith("-")
    return end + 1 if hyphened else end


def _numbers(parts: Sequence[Part], end: int) -> int:
    """As in "Team 1 og 2", "AAB, afdeling 23": a number is no party, nor is the numbered part of one."""
    words = parts[end].words
    is_number = len(words) == 1 and _NUMBERED.fullmatch(words[0])
    numbered = len(words) > 1 and words[0].islower() and _NUMBERED.fullmatch(words[-1])
    return end + 1 if is_number or (numbered and parts[end].follows_comma) else end


def _abbreviated_half(parts: Sequence[Part], end: int) -> int:
    """As in "Avd./enhetsleder": the abbreviation shares the role of the word after the slash."""
    shares = _UNIT_ABBREVIATION.fullmatch(parts[end - 1].text.strip()) and _SHARED_ROLE.fullmatch(
        parts[end].text.strip()
    )
    return end + 1 if shares and parts[end].joiner.strip() == "/" else end


def _topics(parts: Sequence[Part], end: int) -> int:
    """Fields of work joined by a closing "og" are one name, alone or at the end of a longer one.

    "Plan, Miljø og Teknik", "Center Kultur og Fritid", "Teknik, Plan og Landdistriktsudvalget".
    """
    first = parts[end - 1].words
    is_closed = end > 1 and parts[end - 1].follows_and
    if is_closed or not first or not _is_topic(first[-1]) or (len(first) == 1 and first[0].islower()):
        return end
    run = [first[-1]]
    for place in range(end, len(parts)):
        part = parts[place]
        if not (part.follows_and or part.follows_comma) or not part.words:
            return end
        run.append(part.words[0])
        if part.follows_and and (_closes_topics(part) or (place > end and _may_be_a_topic(part))):
            return place + 1 if end > 1 or not _are_short(run[1:]) else end
        if not (part.follows_comma and len(part.words) == 1 and _is_topic(part.words[0])):
            return end
    return end


def _may_be_a_topic(part: Part) -> bool:
    """A word nobody knows, after two known fields: "Plan, bygg og geodata"."""
    return len(part.words) == 1 and not part.words[0][:2].isupper() and not _is_body(part)


def _closes_topics(part: Part) -> bool:
    if _is_unit_of_topics(part.words[0]):
        return True
    return all(_is_topic(word) for word in part.words)


def _is_topic(word: str) -> bool:
    return TOPICS.fullmatch(word.strip(".:")) is not None


def _is_unit_of_topics(word: str) -> bool:
    word = word.strip(".:")
    return UNIT_COMPOUND.fullmatch(word) is not None and STANDALONE_BODY.fullmatch(word) is None


def _are_short(words: Sequence[str]) -> bool:
    return all(word.casefold() in SHORT_TOPICS for word in words)


def _under_a_head(parts: Sequence[Part], end: int) -> int:
    """As in "Udvalget for Kultur og Oplevelser", "Head of Planning and Growth": after "for" stands one list.

    The list needs its closing "og", and ends before anything that is a body of its own.
    """
    name = " ".join(part.text for part in parts[:end])
    if not HEAD.search(name):
        return end
    for place in range(end, len(parts)):
        part = parts[place]
        if not (part.follows_and or part.follows_comma) or _is_body(part):
            return end
        if part.follows_and:
            return place + 1
    return end


def _between(parts: Sequence[Part], end: int) -> int:
    """As in "Kontaktudvalget mellem Byrådet og Ældrerådet"."""
    is_open = end == 1 and _BETWEEN.search(parts[0].text) is not None
    return end + 1 if is_open and parts[end].follows_and else end


def _is_body(part: Part) -> bool:
    words = part.words
    if (
        not words
        or HEAD.search(part.text)
        or ENGLISH_PARTY.fullmatch(words[0])
        or ENGLISH_PARTY.fullmatch(words[-1])
    ):
        return True
    unit = (
        UNIT_COMPOUND.fullmatch(words[-1]) or STANDALONE_BODY.fullmatch(words[-1]) or _is_english_unit(words)
    )
    return bool(unit) or words[0].isupper() or _ends_like_a_body(words[-1])


def _ends_like_a_body(word: str) -> bool:
    return BODY_ENDING.fullmatch(word.strip(".:")) is not None


def _is_english_unit(words: Sequence[str]) -> bool:
    return ENGLISH_UNIT.fullmatch(words[-1].strip(".:")) is not None


def _english_unit(parts: Sequence[Part], end: int) -> int:
    """As in "Corporate Policy and Resources Committee": what is no party before "and" describes the unit."""
    for place in range(end, len(parts)):
        part = parts[place]
        if not (part.follows_and or part.follows_comma) or not part.words:
            return end
        if any(_speaks_for_itself(earlier) for earlier in parts[:place]) or ENGLISH_PARTY.fullmatch(
            part.words[0]
        ):
            return end
        if part.follows_and:
            return place + 1 if len(part.words) > 1 and _is_english_unit(part.words) else end
    return end


def _speaks_for_itself(part: Part) -> bool:
    words = part.words
    named = any(ENGLISH_PARTY.fullmatch(word) or _is_english_unit([word]) for word in words)
    return named or not words or words[-1].isupper() or words[0].islower() or _ends_like_a_body(words[-1])


ONE_NAME: tuple[Callable[[Sequence[Part], int], int], ...] = (
    _shared_half,
    _numbers,
    _abbreviated_half,
    _topics,
    _under_a_head,
    _between,
    _english_unit,
)
