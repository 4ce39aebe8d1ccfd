"""What keeps the parts of a responsible cell together as one name: one rule each, in `ONE_NAME`."""

import re
from collections.abc import Callable, Sequence

from service.reading.party_parts import (
    Part,
    ends_like_a_body,
    is_body,
    is_english_unit,
    is_organisation,
    is_person,
    is_topic,
    is_unit_of_topics,
)
from service.reading.party_words import (
    DEPARTMENT,
    ENGLISH_PARTY,
    GOVERNMENT_FIELD,
    HEAD,
    OFFICE,
    PEOPLE_FROM,
    SHORT_TOPICS,
    STANDALONE_BODY,
)

_NUMBERED = re.compile(r"\d+\.?\w?")
_UNIT_ABBREVIATION = re.compile(r"(?:avd|afd|enh|sekt|seksj|inst|fak|kont|senter|omr|virks)\.", re.IGNORECASE)
_SHARED_ROLE = re.compile(r"\w+(?:lede?re?|sjef|chef|direktør|ansvarlig|ledare)\w*", re.IGNORECASE)
_ENGLISH_ROLE = re.compile(r"manager|officer|director|coordinator|adviser|advisor|lead", re.IGNORECASE)
_COMPANY_FORM = re.compile(r"\s(?:A/S|AS|ApS|AB|I/S|K/S|P/S|Ltd\.?|Inc\.?|A\.?m\.?b\.?a\.?)$", re.IGNORECASE)
_SHARED_KIND = re.compile(
    r"[A-ZÆØÅÄÖ][\w-]+\s+(?i:kommuner|kommunar|regioner|provstier|sogne|boroughs|counties|services)"
)
"""What several names share: "for Rudersdal og Hørsholm Kommuner", "of Legal and Governance Services"."""
_BETWEEN = re.compile(r"\b(?:mellem|imellem|mellom|mellan|between)\b", re.IGNORECASE)


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
    if is_closed or not first or not is_topic(first[-1]) or (len(first) == 1 and first[0].islower()):
        return end
    run = [first[-1]]
    for place in range(end, len(parts)):
        part = parts[place]
        if not (part.follows_and or part.follows_comma) or not part.words:
            return end
        run.append(part.words[0])
        if part.follows_and and (_closes_topics(part) or (place > end and _may_be_a_topic(part))):
            return place + 1 if end > 1 or not _are_short(run[1:]) else end
        if not (part.follows_comma and len(part.words) == 1 and is_topic(part.words[0])):
            return end
    return end


def _may_be_a_topic(part: Part) -> bool:
    """A word nobody knows, after two known fields: "Plan, bygg og geodata"."""
    return len(part.words) == 1 and not part.words[0][:2].isupper() and not is_body(part)


def _closes_topics(part: Part) -> bool:
    if is_unit_of_topics(part.words[0]):
        return True
    return all(is_topic(word) for word in part.words)


def _are_short(words: Sequence[str]) -> bool:
    return all(word.casefold() in SHORT_TOPICS for word in words)


def _under_a_head(parts: Sequence[Part], end: int) -> int:
    """As in "Udvalget for Kultur og Oplevelser", "Head of Planning and Growth": after "for" stands one list.

    The list needs its closing "og", and ends before anything that is a body of its own.
    """
    name = " ".join(part.text for part in parts[:end])
    head = HEAD.search(name)
    if not head or _is_closed(parts[:end]):
        return end
    for place in range(end, len(parts)):
        part = parts[place]
        if not (part.follows_and or part.follows_comma) or (
            is_body(part) and not _SHARED_KIND.fullmatch(part.text)
        ):
            return end
        if part.follows_and and head["government"] and not _is_field_of_government(part):
            return end
        if part.follows_and:
            return place + 1
    return end


def _is_closed(parts: Sequence[Part]) -> bool:
    """Whether a list of fields has had its "og" and its alias; that of "Børne- og Unge" is no such "og"."""
    last = parts[-1]
    has_alias = last.text.rstrip().endswith(")")
    return has_alias or (last.follows_and and not parts[-2].text.rstrip().endswith("-"))


def _is_field_of_government(part: Part) -> bool:
    """As in "Department for Business and Trade", not in "Department for Education and Ofsted"."""
    last = part.words[-1] if part.words else ""
    return is_topic(last) or GOVERNMENT_FIELD.fullmatch(last) is not None


def _people_from(parts: Sequence[Part], end: int) -> int:
    """As in "tjänstemän från kommunen och regionen": some people, from two places that have no capital."""
    people = end == 1 and PEOPLE_FROM.search(parts[0].text)
    return end + 1 if people and parts[end].follows_and and parts[end].text[:1].islower() else end


def _company(parts: Sequence[Part], end: int) -> int:
    """As in "Vej & Park A/S": what the form of a company ends is one firm with its "&"."""
    is_firm = parts[end].joiner.strip() == "&" and _COMPANY_FORM.search(parts[end].text.rstrip())
    return end + 1 if is_firm else end


def _between(parts: Sequence[Part], end: int) -> int:
    """As in "Kontaktudvalget mellem Byrådet og Ældrerådet"."""
    is_open = end == 1 and _BETWEEN.search(parts[0].text) is not None
    return end + 1 if is_open and parts[end].follows_and else end


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
            return place + 1 if len(part.words) > 1 and is_english_unit(part.words) else end
    return end


def _english_role(parts: Sequence[Part], end: int) -> int:
    """As in "Policy and Information Manager": a lone field before "and" belongs to the role behind it."""
    field, role = parts[end - 1], parts[end]
    is_field = len(field.words) == 1 and is_topic(field.words[0])
    is_role = len(role.words) > 1 and _ENGLISH_ROLE.fullmatch(role.words[-1])
    return end + 1 if is_field and role.follows_and and is_role else end


def _speaks_for_itself(part: Part) -> bool:
    words = part.words
    named = any(ENGLISH_PARTY.fullmatch(word) or is_english_unit([word]) for word in words)
    return named or not words or words[-1].isupper() or words[0].islower() or ends_like_a_body(words[-1])


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
    if is_person(whose):
        belongs = _is_department(unit) or _is_title(unit) or (not after and _is_employer(unit))
    else:
        is_last = not any(part.follows_and for part in after[:1])
        belongs = is_organisation(whose) and is_last and _is_department(unit)
    return 1 + length if belongs else end


def _is_title(parts: Sequence[Part]) -> bool:
    """As in "Helene Bækmark, Sundhedsdirektør i Odense Kommune", "Ann Wood, Head of Policy and Housing"."""
    return HEAD.match(parts[0].text.strip()) is not None or any(map(OFFICE.fullmatch, parts[-1].words))


def _is_employer(parts: Sequence[Part]) -> bool:
    """As in "Stephen Cane, Defra": one word with a capital that is no body of the organisation itself."""
    *halves, last = parts
    is_one_word = len(last.words) == 1 and all(half.text.rstrip().endswith("-") for half in halves)
    return is_one_word and last.words[0][0].isupper() and not STANDALONE_BODY.fullmatch(last.words[0])


def _is_department(parts: Sequence[Part]) -> bool:
    words = [word for part in parts for word in part.words]
    at_the_ends = (words[0], words[-1]) if words else ()
    return any(map(DEPARTMENT.fullmatch, at_the_ends)) or (bool(words) and all(map(is_topic, words)))


ONE_NAME: tuple[Callable[[Sequence[Part], int], int], ...] = (
    _shared_half,
    _numbers,
    _abbreviated_half,
    _topics,
    _under_a_head,
    _between,
    _people_from,
    _company,
    _english_unit,
    _english_role,
    _whose_department,
)
