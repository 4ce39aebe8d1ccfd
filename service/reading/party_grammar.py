"""What keeps the parts of a responsible cell together as one name: one rule each, in `ONE_NAME`."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.reading.party_words import (
    BODY_ENDING,
    DEPARTMENT,
    ENGLISH_PARTY,
    ENGLISH_UNIT,
    GOVERNMENT_FIELD,
    HEAD,
    OFFICE,
    ORGANISATION,
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
_WORDS_OF_A_PERSON = (2, 3)
_PERSONAL_NAME = re.compile(r"[^\W\d_a-zæøåäöé](?:\.|[\w'’-]*[a-zæøåäöé][\w'’-]*)")
_COMPANY_FORM = re.compile(r"\s(?:A/S|AS|ApS|AB|I/S|K/S|P/S|Ltd\.?|Inc\.?|A\.?m\.?b\.?a\.?)$", re.IGNORECASE)
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
    head = HEAD.search(name)
    if not head:
        return end
    for place in range(end, len(parts)):
        part = parts[place]
        if not (part.follows_and or part.follows_comma) or _is_body(part):
            return end
        if part.follows_and and head["government"] and not _is_field_of_government(part):
            return end
        if part.follows_and:
            return place + 1
    return end


def _is_field_of_government(part: Part) -> bool:
    """As in "Department for Business and Trade", not in "Department for Education and Ofsted"."""
    last = part.words[-1] if part.words else ""
    return _is_topic(last) or GOVERNMENT_FIELD.fullmatch(last) is not None


def _company(parts: Sequence[Part], end: int) -> int:
    """As in "Vej & Park A/S": what the form of a company ends is one firm with its "&"."""
    is_firm = parts[end].joiner.strip() == "&" and _COMPANY_FORM.search(parts[end].text.rstrip())
    return end + 1 if is_firm else end


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


def _whose_department(parts: Sequence[Part], end: int) -> int:
    """A department behind a comma tells where the one before it belongs, not who else is asked.

    "Lars Nielsen, Plan og Miljø", "Aarhus Universitet, Det Sundhedsvidenskabelige Fakultet"; a longer row of
    commas is a list.
    """
    whose, behind = parts[0], parts[1:]
    if end > 1 or whose.follows_comma or not behind[0].follows_comma:
        return end
    length = end_of_name(behind)
    unit, after = behind[:length], behind[length:]
    if any(part.follows_comma for part in after[:1]):
        return end
    is_person = _is_person(whose)
    if is_person and length == 1 and OFFICE.fullmatch(unit[0].text.strip()):
        return 1 + length
    belongs = is_person or (_is_organisation(whose) and not any(part.follows_and for part in after[:1]))
    return 1 + length if belongs and _is_department(unit) else end


def _is_person(part: Part) -> bool:
    """Told by its shape: two or three names, none of them a word the grammar knows."""
    words = part.words
    is_name = len(words) in _WORDS_OF_A_PERSON and all(map(_PERSONAL_NAME.fullmatch, words))
    is_known = any(_is_topic(word) or _is_of_an_organisation(word) for word in words)
    return is_name and not is_known and not _ends_like_a_unit(words[-1])


def _is_of_an_organisation(word: str) -> bool:
    return bool(ORGANISATION.fullmatch(word) or DEPARTMENT.fullmatch(word))


def _ends_like_a_unit(word: str) -> bool:
    units = (UNIT_COMPOUND, STANDALONE_BODY, ENGLISH_UNIT, OFFICE, BODY_ENDING)
    return any(unit.fullmatch(word) for unit in units)


def _is_organisation(part: Part) -> bool:
    return len(part.words) > 1 and any(map(ORGANISATION.fullmatch, part.words))


def _is_department(parts: Sequence[Part]) -> bool:
    words = [word for part in parts for word in part.words]
    at_the_ends = (words[0], words[-1]) if words else ()
    return any(map(DEPARTMENT.fullmatch, at_the_ends)) or (bool(words) and all(map(_is_topic, words)))


ONE_NAME: tuple[Callable[[Sequence[Part], int], int], ...] = (
    _shared_half,
    _numbers,
    _abbreviated_half,
    _topics,
    _under_a_head,
    _between,
    _company,
    _english_unit,
    _whose_department,
)
