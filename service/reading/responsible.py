"""A responsible cell -> the parties it names.

Read it as a grammar: a cell is clauses, a clause is parts with a joiner between them, a party is one part or
several that belong together ("Børne- og Ungeudvalget", "Plan, Miljø og Teknik").
`party_grammar` has the rules; where none speaks, a joiner separates.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from service.reading.party_grammar import end_of_name
from service.reading.party_parts import BRACKETS, Part, looks_like_party, without_brackets
from service.reading.party_words import (
    ABBREVIATED,
    BODY_ENDING,
    CLOCK_OR_DATE,
    DEFINITE_NOUN,
    DEPARTMENT,
    ENGLISH_PARTY,
    ENGLISH_UNIT,
    EVENT,
    LABEL,
    NOTE_START,
    OFFICE,
    PASSIVE,
    PRESENT_TENSE,
    STANDALONE_BODY,
    UNASSIGNED,
    UNIT_COMPOUND,
    VERB,
)

_JOINER = re.compile(
    r"(?<=\w)\s+[-–]\s+(?=[A-ZÆØÅ](?i:\w*(?:råd|udvalg|styrels|nævn|direktion|bestyrels|forvaltning)\w*\s*$))|"
    r"\s*[;+|•\n]\s*(?:(?:og|och|and|&|samt)\s+)?"
    r"|\s+(?:[-–]\s+)?(?:i\s+(?:tæt\s+|nært\s+)?"
    r"(?:samarbejde|samarb\.?|samarbeid|samarbete|samråd|samspil|samspill|samverkan|dialog)\s+m(?:ed|\.|/)"
    r"|in\s+(?:close\s+)?(?:co-?operation|collaboration|consultation|partnership|conjunction)\s+with"
    r"|(?:sammen|tillsammans|samman|together|along)\s+(?:med|with)|as\s+well\s+as"
    r"|(?:og|and|och)\s*/\s*(?:eller|or)"
    r"|med\s+(?:bistand|støtte|hjælp|input|inddragelse|involvering|stöd|hjälp|bistånd)\s+(?:fra|från|af|av)"
    r"|with\s+(?:support|assistance|help|input|advice)\s+(?:from|of)"
    r"|(?:hhv|henholdsvis)\.?|herunder|samt|plus|eller|eventuelt|or)\s+"
    r"|(?<!\bfrån)(?<!\bfra)(?<!\bi)(?<!\bhos)(?<!\bför)\s+respektive\s+"
    r"|\s*,?\s+(?:og|och|and|&)\s+"
    r"|(?<!\d),\s*(?:samt\s+)?|,\s+(?:samt\s+)?"
    r"|(?<!\b\w)\s*/\s*(?!\d)|(?<=\b\w)(?<!\b[vmc])\s*/\s*(?=\w\w)",
    re.IGNORECASE,
)
_FEWEST_ITEMS = 2
_MOST_PARTS = 12  # of one name
_LONGEST_SUBJECT = 8  # words, of whoever acts next in a sentence
_BEFORE_A_SUBJECT = re.compile(r".*,|og|och|and|mens|medan|while", re.IGNORECASE)
_BETWEEN_FIELDS = re.compile(r",\s+|\s+(?:og|och|and|&)\s+")
_FIELDS = re.compile(r"\w+(?:,\s+\w+)*\s+(?:og|och|and|&)\s+\w+")
_FOR_GOOD = re.compile(r"\n|;")
_ITEM = re.compile(r"(?:^|\s+)(?P<number>\d{1,2})[.)]\s+(?=[^\W\d_])")
# A bracket that begins with a joiner names one more party: "Sundhedschefen (i samråd med HR)".
_IN_BRACKETS_TOO = re.compile(
    r"\s*[(\[](?P<joined>(?:i\s+(?:samarbejde|samarbeid|samarbete|samråd|dialog)\s+med|sammen\s+med|tillsammans\s+med|"
    r"(?:together|in\s+\w+)\s+with)\s[^()\[\]]+)[)\]]",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\w\s[A-ZÆØÅÄÖ]\.$")
_AND_AT_THE_END = re.compile(r"\b(?:og|och|and|eller|or|samt)$")
_LONE_NUMBER = re.compile(r"\s*1[.)]\s+(?=(?P<word>[A-ZÆØÅÄÖ][\w-]+))")
_PERCENT = re.compile(r"\d{1,3}\s*(?:%|pct\.?|procent)")
_SENTENCE_END = re.compile(r"(?<=\w{3})\.\s+(?=[A-ZÆØÅÄÖ])")
_LEADING = re.compile(
    r"^(?:[-–•*·]\s+|(?:og|och|samt)\s+|evt\.?\s+|eventuelt\s+|evtl\.?\s+|v(?:\.\s+|/\s*)|både\s+|såvel\s+|both\s+|primært\s+)",
    re.IGNORECASE,
)
# What stands behind a name without a comma and tells on whose word or in whose name it acts.
_ON_WHOSE_WORD = re.compile(
    r"\s+(?:efter|etter|på\s+(?:vegne|vegner|baggrund|bakgrunn|foranledning|opdrag|uppdrag)|jf\.?|med\s+henblik|"
    r"som\s+led|following|on\s+(?:behalf|advice|the\s+recommendation))\s.*$",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"[,\s]+(?:m\.?\s?fl\.?|m\.?\s?v\.?|m\.?\s?m\.?|o\.?\s?a\.?|o\.?\s?l\.?|etc\.?|et\s+al\.?)$",
    re.IGNORECASE,
)


def split_cells(cells: Sequence[str]) -> list[tuple[str, ...]]:
    """The parties of every cell of a plan.

    "Indkøb og Ejendom" are two where the plan names one of them alone elsewhere; else it is one department.
    """
    split = [split_responsible(cell) for cell in cells]
    alone = {party.casefold() for parties in split for party in parties}
    named = ([name for party in parties for name in _apart(party, alone)] for parties in split)
    return [tuple(dict.fromkeys(names)) for names in named]


def _apart(party: str, alone: Collection[str]) -> list[str]:
    fields = _BETWEEN_FIELDS.split(party) if _FIELDS.fullmatch(party) else []
    return fields if any(field.casefold() in alone for field in fields) else [party]


@lru_cache(maxsize=8192)  # a plan names the same parties in row after row
def split_responsible(cell: str) -> tuple[str, ...]:
    """The parties in the order of the cell, each as written with its alias in brackets; () when nobody is."""
    cell = _IN_BRACKETS_TOO.sub(r" \g<joined>", cell)
    if UNASSIGNED.fullmatch(cell.strip().strip(".:()[]")):
        return ()
    parties = [
        party for item in _items(cell) for clause in _clauses(item) for party in _parties_of_clause(clause)
    ]
    return tuple(dict.fromkeys(parties))


def _items(cell: str) -> list[str]:
    """The points of a numbered list: "1. Direktionen 2. Byrådet"; a lone number is part of a unit's name."""
    numbers = list(_ITEM.finditer(cell))
    counted = [int(found["number"]) for found in numbers] == list(range(1, len(numbers) + 1))
    if len(numbers) == 1 and (found := _LONE_NUMBER.match(cell)) and not _is_counted(found["word"]):
        return [cell[found.end() :]]
    if len(numbers) < _FEWEST_ITEMS or not counted or cell[: numbers[0].start()].strip():
        return [cell]
    ends = [*(found.start() for found in numbers[1:]), len(cell)]
    items = [cell[found.end() : end] for found, end in zip(numbers, ends, strict=True)]
    return [cell] if any(map(_AND_AT_THE_END.search, items)) else items


def _is_counted(word: str) -> bool:
    """Whether a number can be part of the name: "1. Næstformand", "1. Afdeling", "1. Maj-udvalget"."""
    ends = (BODY_ENDING, OFFICE, DEPARTMENT, ENGLISH_UNIT, UNIT_COMPOUND, STANDALONE_BODY)
    return bool(CLOCK_OR_DATE.match(f"1. {word}")) or any(end.fullmatch(word) for end in ends)


def _clauses(cell: str) -> Iterator[str]:
    """Sentences apart, of each only its subjects: "Kontorsjef skriver oversendelsesbrev." names one party."""
    for line in _FOR_GOOD.split(cell):
        sentences = _SENTENCE_END.split(line)
        subjects = [subject for sentence in sentences for subject in _subjects(sentence)]
        if subjects == sentences:
            yield line.strip()
        else:
            yield from (subject for subject in subjects if subject)


def _subjects(sentence: str) -> list[str]:
    """Who acts in the sentence: "Forvaltningen indstiller, og Byrådet beslutter" has two subjects."""
    sentence = LABEL.sub("", sentence.strip())
    if agent := PASSIVE.match(sentence):
        return [agent["agent"]]
    words = sentence.split()
    place = _length_of_subject(words)
    if not place:
        return [sentence]
    subjects = [" ".join(words[:place])]
    for start in range(place + 1, len(words)):
        ahead = words[start : start + _LONGEST_SUBJECT]
        if start > place and _BEFORE_A_SUBJECT.fullmatch(words[start - 1]):
            length = _length_of_next_subject(ahead, subjects[0])
            subjects += [" ".join(ahead[:length])] if length else []
            place = start + length
    return subjects


def _length_of_subject(words: Sequence[str]) -> int:
    """How many words stand before the task; 0 where no task follows.

    An office may look like a verb: "Bygherres rådgiver", "skolefaglig rådgiver".
    """
    for place, (before, word) in enumerate(pairwise(words), start=1):
        joined = before.endswith((",", "/", "-", "+")) or _JOINER.fullmatch(f" {before} ")
        infinitive = word == "to" and words[0].casefold() == "the"
        is_office = OFFICE.fullmatch(word) and (before.endswith("s") or place == len(words) - 1)
        if joined or is_office or not word.islower():
            continue
        if infinitive or _begins_the_task(before, word.strip(".,:")):
            return place
    return 0


def _length_of_next_subject(words: Sequence[str], first: str) -> int:
    """Somebody known as a party, or a name by its capital, who has a task as well.

    The verb is left out where two offices share it: "Formand indkalder, sekretær referent".
    """
    if NOTE_START.match(" ".join(words)) or _BEFORE_A_SUBJECT.fullmatch(words[0]):
        return 0
    if length := _length_of_subject(words):
        names = list(_parties_of_clause(" ".join(words[:length])))
        return length if all(name[0].isupper() or looks_like_party(name) for name in names) else 0
    shares_the_verb = len(words) > 1 and OFFICE.fullmatch(first) and OFFICE.fullmatch(words[0])
    return int(bool(shares_the_verb and words[1].strip(".,").isalpha()))


def _begins_the_task(before: str, word: str) -> bool:
    """A verb, known or told by its place: "Kassereren fremskaffer tal", "Registry to circulate papers"."""
    told_by_place = DEFINITE_NOUN.fullmatch(before) and PRESENT_TENSE.fullmatch(word)
    infinitive = word == "to" and (ENGLISH_PARTY.fullmatch(before) or ENGLISH_UNIT.fullmatch(before))
    return bool(VERB.fullmatch(word) or told_by_place or infinitive)


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
    name = _ON_WHOSE_WORD.sub("", name)
    name = BRACKETS.sub(_without_note, name)
    name = _without_note_behind(name, r":(?:\s+|$)")
    name = _without_note_behind(name, r"\s+[-–]\s+")
    name = CLOCK_OR_DATE.sub("", _LEADING.sub("", name.strip()))
    name = re.sub(r"\s+\d\.\s*(?:gang|behandling|reading)\b.*$", "", name)
    name = _AND_OTHERS.sub("", name.strip(" \t,:;-–"))
    name = " ".join(name.split())
    return (
        name
        if ABBREVIATED.fullmatch(name.rpartition(" ")[2]) or _INITIAL.search(name)
        else name.rstrip(".").strip(" ,:")
    )


def _without_note(bracket: re.Match[str]) -> str:
    """What hangs on a word belongs to it: "boligorganisation(er)"."""
    hangs = bracket.string[: bracket.start()][-1:].isalpha()
    return "" if not hangs and _is_bracket_note(bracket[0]) else bracket[0]


def _is_bracket_note(bracket: str) -> bool:
    inside = bracket[1:-1].strip()
    does = bool(inside) and VERB.fullmatch(inside.split()[0]) is not None
    says_nobody = UNASSIGNED.fullmatch(inside) or _PERCENT.fullmatch(inside)
    return does or bool(says_nobody) or _is_note(inside)


def _without_note_behind(name: str, mark: str) -> str:
    brackets = [match.span() for match in BRACKETS.finditer(name)]
    for found in re.finditer(mark, name):
        if any(opens < found.start() < closes for opens, closes in brackets):
            continue
        is_behind = mark.startswith(":") or _is_note(name[found.end() :])
        return name[: found.start()] if is_behind else name
    return name
