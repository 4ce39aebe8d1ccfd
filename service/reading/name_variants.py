"""When two names are one party written in two ways."""

import re

from rapidfuzz.distance import OSA

_ACRONYM = re.compile(r"(?=(?:\w*?[A-ZÆØÅÄÖ]){2})\w{2,6}")
_ARTICLE = re.compile(r"^(?:de|den|det|en|et|ett|the|an?)\s+", re.IGNORECASE)
# What a Scandinavian noun gains in the definite: "udvalg" + "et", "organisationer" + "ne", "nämnder" + "na".
_DEFINITE = frozenset({"en", "et", "n", "t", "ne", "ene", "na", "a"})
_LONG_ENOUGH_FOR_A_TYPO = 7
_DOUBLED = re.compile(r"(\w)\1")
_LONG_ENOUGH_FOR_TWO = 14
_LONG_ENOUGH_FOR_ITS_ENDING = 12
_DIGRAPHS = (("å", "aa"), ("æ", "ae"), ("ø", "oe"))
_ENDING = 3  # another ending is another form of the word, not a slip
_SHORTEST_ABBREVIATION = 3
_SHORTEST_NOUN = 4
MOST_ALIKE = 300
"""Names with one beginning; more of them are a numbered list."""


def is_acronym(name: str) -> bool:
    return _ACRONYM.fullmatch(name) is not None


def name_key(name: str) -> str:
    return " ".join(re.findall(r"\w+", _ARTICLE.sub("", name.casefold())))


def _is_definite(one: str, other: str) -> bool:
    """As in "Boligorganisationer" and "Boligorganisationerne": word by word equal or the definite form."""
    pairs = _word_pairs(one, other)
    return bool(pairs) and all(a == b or _is_definite_word(*sorted((a, b), key=len)) for a, b in pairs)


def _is_definite_word(short: str, long: str) -> bool:
    return len(short) >= _SHORTEST_NOUN and long.startswith(short) and long[len(short) :] in _DEFINITE


def is_same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other) or _is_definite(one, other)


def is_slip(one: str, other: str) -> bool:
    """One long word differs by a letter or two, "Landsbygefonden"; or a space, "BoligKorsør"; or by aa for å.

    Figures never differ by a slip.
    """
    if _is_run_together(one, other) or is_transliterated(one, other):
        return True
    different = [(a, b) for a, b in _word_pairs(one, other) if a != b]
    if len(different) != 1:
        return False
    word, twin = different[0]
    shorter = min(len(word), len(twin))
    if word[-_ENDING:] != twin[-_ENDING:] and not _lacks_a_letter(*sorted((word, twin), key=len)):
        return False
    long_enough = _LONG_ENOUGH_FOR_A_TYPO - _is_doubled(word, twin)
    if shorter < long_enough or any(letter.isdigit() for letter in word + twin):
        return False
    return OSA.distance(word, twin) <= (2 if shorter >= _LONG_ENOUGH_FOR_TWO else 1)


def _is_run_together(one: str, other: str) -> bool:
    joined = compact(one)
    long_enough = len(joined) >= _LONG_ENOUGH_FOR_A_TYPO and joined.isalpha()
    return long_enough and joined == compact(other) and name_key(one) != name_key(other)


def is_transliterated(one: str, other: str) -> bool:
    """As in "Byraadet" for "Byrådet"."""
    spelt, twin = (_without_digraphs(name_key(name)) for name in (one, other))
    return spelt == twin and name_key(one) != name_key(other)


def _without_digraphs(name: str) -> str:
    for letter, digraph in _DIGRAPHS:
        name = name.replace(digraph, letter)
    return name


def _lacks_a_letter(short: str, long: str) -> bool:
    """As in "Økonomiudvalgt": one letter is left out of the ending, but not its last one."""
    is_long = len(short) >= _LONG_ENOUGH_FOR_ITS_ENDING and len(long) - len(short) == 1
    return is_long and short[-1] == long[-1] and not long.startswith(short)


def _is_doubled(word: str, twin: str) -> bool:
    """Whether only one of two equal letters in a row is left out: "Komune"."""
    return _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", twin)


def beginning(name: str) -> str:
    """What two variants of a name have in common, so that not each need be compared with each."""
    return _without_digraphs(compact(name))[:3]


def compact(name: str) -> str:
    return name_key(name).replace(" ", "")


def _word_pairs(one: str, other: str) -> list[tuple[str, str]]:
    words, others = name_key(one).split(), name_key(other).split()
    return list(zip(words, others, strict=True)) if len(words) == len(others) else []


def abbreviates(short: str, long: str) -> bool:
    """Word by word a beginning: "Boligorg." of "Boligorganisationer", "Slagelse Kom."."""
    pairs = _word_pairs(short, long)
    begun = [(a, b) for a, b in pairs if a != b]
    return bool(begun) and all(b.startswith(a) and len(a) >= _SHORTEST_ABBREVIATION for a, b in begun)
