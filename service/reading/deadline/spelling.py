"""Words that the vocabulary does not hold as they are written."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from service.reading.deadline.sorts import Sort
from service.reading.deadline.words import MENDABLE, VOCABULARY


class Meaning(NamedTuple):
    sort: Sort
    value: int | str = ""
    mended: str = ""


_DEADLINE_WORDS = ("frist", "fristen", "deadline", "fristdato", "fristdag")
_NOT_MISSPELT = frozenset(
    {
        "hesten", "kvartel", "mandat", "mandater", "markt", "marks", "match", "media", "medie", "midten",
        "prima", "smart", "start", "starte", "starter", "startet", "stater", "stort", "varen", "vinder",
        "været",
    }
)  # fmt: skip
_LONG_WORD = 7


@lru_cache(maxsize=4096)
def meaning_of(word: str) -> tuple[Meaning, ...]:
    """What an unknown word means: "ansøgningsfrist", "foraar", "primomarts", "febuar"; else just a word."""
    if word.endswith(_DEADLINE_WORDS):
        return (Meaning(Sort.BY),)
    spelt_out = word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    if known := VOCABULARY.get((spelt_out,)):
        return (Meaning(*known),)
    return _run_together(word) or _mended(word) or (Meaning(Sort.WORD),)


def _run_together(word: str) -> tuple[Meaning, ...] | None:
    for place in range(3, len(word) - 2):
        first, second = VOCABULARY.get((word[:place],)), VOCABULARY.get((word[place:],))
        if first and second and first[0] is Sort.PART and second[0] in {Sort.MONTH, Sort.SEASON}:
            return Meaning(*first), Meaning(*second)
    return None


def _mended(word: str) -> tuple[Meaning, ...] | None:
    """The one word of the grammar that a slip of the pen away stands, if its beginning is right."""
    slips = 1 if len(word) < _LONG_WORD else 2
    if len(word) < 4 or word in _NOT_MISSPELT:  # noqa: PLR2004 - in shorter words every slip is another word
        return None
    candidates = [meant for meant in MENDABLE if meant[0] == word[0]]
    found = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=slips)
    if not found:
        return None
    sort, value = VOCABULARY[(found[0],)]
    return (Meaning(sort, value, found[0]),)
