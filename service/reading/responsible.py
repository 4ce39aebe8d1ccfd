"""A responsible cell -> the parties it names.

Read it as a grammar: a cell is clauses, a clause is parts with a joiner between them, a party is one part or
several that belong together ("Børne- og Ungeudvalget", "Plan, Miljø og Teknik").
`party_grammar` has the rules; where none speaks, a joiner separates.
"""

import re
from collections.abc import Iterator

from service.reading.party_grammar import BRACKETS, Part, end_of_name, without_brackets
from service.reading.party_words import (
    ABBREVIATED,
    CLOCK_OR_DATE,
    EVENT,
    LABEL,
    NOTE_START,
    PASSIVE,
    UNASSIGNED,
    VERB,
)

_JOINER = re.compile(
    r"\s*[;+|•\n]\s*"
    r"|\s+(?:[-–]\s+)?(?:i\s+(?:tæt\s+|nært\s+)?"
    r"(?:samarbejde|samarb\.?|samarbeid|samarbete|samråd|samspil|dialog)\s+m(?:ed|\.|/)"
    r"|in\s+(?:close\s+)?(?:co-?operation|collaboration|consultation|partnership|conjunction)\s+with"
    r"|(?:sammen|tillsammans|samman|together|along)\s+(?:med|with)|as\s+well\s+as"
    r"|(?:og|and|och)\s*/\s*(?:eller|or)"
    r"|med\s+(?:bistand|støtte|hjælp|input|inddragelse|involvering)\s+(?:fra|af|av)"
    r"|(?:hhv|henholdsvis)\.?|herunder|samt|plus|eller|eventuelt|respektive|or)\s+"
    r"|\s*,?\s+(?:og|och|and|&)\s+"
    r"|(?<!\d),\s*(?:samt\s+)?|,\s+(?:samt\s+)?"
    r"|(?<!\b\w)\s*/\s*(?!\d)|(?<=\b\w)(?<!\b[vmc])\s*/\s*(?=\w\w)",
    re.IGNORECASE,
)
_MOST_PARTS = 12  # of one name
_FOR_GOOD = re.compile(r"\n|;")
_SENTENCE_END = re.compile(r"(?<=\w{3})\.\s+(?=[A-ZÆØÅÄÖ])")
_LEADING = re.compile(
    r"^(?:[-–•*·]\s+|evt\.?\s+|eventuelt\s+|evtl\.?\s+|både\s+|såvel\s+|both\s+|primært\s+)",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"[,\s]+(?:m\.?\s?fl\.?|m\.?\s?v\.?|m\.?\s?m\.?|o\.?\s?a\.?|o\.?\s?l\.?|etc\.?|et\s+al\.?)$",
    re.IGNORECASE,
)


def split_responsible(cell: str) -> tuple[str, ...]:
    """The parties in the order of the cell, each as written with its alias in brackets; () when nobody is."""
    if UNASSIGNED.fullmatch(cell.strip().strip(".:")):
        return ()
    parties = [party for clause in _clauses(cell) for party in _parties_of_clause(clause)]
    return tuple(dict.fromkeys(parties))


def _clauses(cell: str) -> Iterator[str]:
    """Sentences apart, of each only its subject: "Kontorsjef skriver oversendelsesbrev." names one party."""
    for line in _FOR_GOOD.split(cell):
        sentences = _SENTENCE_END.split(line)
        subjects = [_subject(sentence) for sentence in sentences]
        if subjects == sentences:
            yield line.strip()
        else:
            yield from (subject for subject in subjects if subject)


def _subject(sentence: str) -> str:
    sentence = LABEL.sub("", sentence.strip())
    if agent := PASSIVE.match(sentence):
        return agent["agent"]
    words = sentence.split()
    for place, word in enumerate(words[1:], start=1):
        before = words[place - 1]
        joined = before.endswith((",", "/", "-", "+")) or _JOINER.fullmatch(f" {before} ")
        if not joined and VERB.fullmatch(word.strip(".,:")) and word.islower():
            return " ".join(words[:place])
    return sentence


def _parties_of_clause(clause: str) -> Iterator[str]:
    parts = _parts(_LEADING.sub("", clause))
    place = 0
    while place < len(parts):
        end = place + end_of_name(parts[place : place + _MOST_PARTS])
        name = parts[place].text + "".join(part.joiner + part.text for part in parts[place + 1 : end])
        is_note = parts[place].follows_comma and _is_note(name)
        party = "" if is_note else _tidy(name)
        if party and not UNASSIGNED.fullmatch(party):
            yield party
        place = end


def _parts(clause: str) -> list[Part]:
    """The clause cut at every joiner that stands outside brackets."""
    parts, start, joiner = [], 0, ""
    brackets = [match.span() for match in BRACKETS.finditer(clause)]
    for match in _JOINER.finditer(clause):
        if any(opens < match.start() < closes for opens, closes in brackets):
            continue
        parts.append(Part(joiner, clause[start : match.start()]))
        start, joiner = match.end(), match.group()
    parts.append(Part(joiner, clause[start:]))
    return parts


def _is_note(text: str) -> bool:
    """A part that tells when, where or how ("seminar fra kl. 15.00 - 17.00") and so names nobody."""
    text = text.strip()
    return bool(NOTE_START.match(text) or EVENT.search(without_brackets(text)) or CLOCK_OR_DATE.match(text))


def _tidy(name: str) -> str:
    """Without what is about the meeting: bracket notes, times, "m.fl.", a colon and what follows it."""
    name = BRACKETS.sub(lambda match: "" if _is_bracket_note(match.group()) else match.group(), name)
    name = _without_note_behind(name, r":(?:\s+|$)")
    name = _without_note_behind(name, r"\s+[-–]\s+")
    name = CLOCK_OR_DATE.sub("", _LEADING.sub("", name.strip()))
    name = re.sub(r"\s+\d\.\s*(?:gang|behandling|reading)\b.*$", "", name)
    name = _AND_OTHERS.sub("", name.strip(" \t,:;-–"))
    name = " ".join(name.split())
    return name if ABBREVIATED.fullmatch(name.rpartition(" ")[2]) else name.rstrip(".").strip(" ,:")


def _is_bracket_note(bracket: str) -> bool:
    inside = bracket[1:-1].strip()
    return bool(UNASSIGNED.fullmatch(inside)) or _is_note(inside)


def _without_note_behind(name: str, mark: str) -> str:
    head, *tail = re.split(mark, name, maxsplit=1)
    return head if tail and (mark.startswith(":") or _is_note(tail[0])) else name
