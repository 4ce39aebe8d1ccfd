"""A tidy text as tokens, in one pass of one pattern; its time grows with the text alone."""

import re
from collections.abc import Iterator

from service.reading.deadline.figures import SCAN, Token, tokens_of
from service.reading.deadline.homographs import settle_homographs, weekday_of_two_letters
from service.reading.deadline.sorts import Sort
from service.reading.deadline.spelling import Meaning, meaning_of
from service.reading.deadline.words import LONGEST_PHRASE, SHORT_SORT, SHORT_WEEKDAY, VOCABULARY

_BEFORE_A_NUMBER = re.compile(r"[.\s]*(?:nr\.?\s*)?\d{1,2}(?!\d)")
_BEFORE_A_DAY = re.compile(
    rf"\.?,?\s*(?:d\.?|den|the)?\s*\d|\.?\s?-\s?(?:{'|'.join(SHORT_WEEKDAY)})\b|\.?\s(?:i\s)?(?:uge|uke|veke|vecka|week)\b"
)
_NEIGHBOURS_OF_A_MONTH = {
    Sort.NUMBER, Sort.ORDINAL, Sort.LAST, Sort.MONTH, Sort.YEAR, Sort.DATE, Sort.WEEK, Sort.QUARTER,
    Sort.HALF_YEAR, Sort.HALF, Sort.PART, Sort.DASH, Sort.SLASH, Sort.BY, Sort.BEFORE, Sort.FROM, Sort.AFTER,
    Sort.UNTIL,
}  # fmt: skip


def scan(text: str) -> list[Token]:
    """The tokens of a tidy text, without the words that carry no meaning."""
    tokens: list[Token] = []
    words: list[re.Match[str]] = []
    for match in SCAN.finditer(text):
        if match.lastgroup == "word" or (words and _breaks_a_word(text, match)):
            words.append(match)
            continue
        tokens += _read_words(text, words)
        words = []
        tokens += tokens_of(match, tokens[-1] if tokens else None)
    tokens += _read_words(text, words)
    mended = _mend([token for token in tokens if token.sort is not Sort.FILLER])
    return settle_homographs(mended, text)


def _breaks_a_word(text: str, mark: re.Match[str]) -> bool:
    """Whether it may be the hyphen at the end of a line of a narrow column: "sep- tember"."""
    return mark[0] == "-" and text[mark.start() - 1] != " "


def _read_words(text: str, words: list[re.Match[str]]) -> Iterator[Token]:
    place = 0
    while place < len(words):
        length, meanings = _read_word(text, words, place)
        written = " ".join(word[0] for word in words[place : place + length])
        written += "." * (written == "jul" and _is_abbreviated(text, words[place]))
        for meaning in meanings:
            yield Token(sort=meaning.sort, text=written, value=meaning.value, mended=meaning.mended)
        place += length


def _is_abbreviated(text: str, word: re.Match[str]) -> bool:
    """Whether the dot after a word is its own, not the end of the sentence: "jul. 2025"."""
    return text.startswith(".", word.end()) and (word.start() == 0 or word.end() + 1 < len(text))


def _read_word(text: str, words: list[re.Match[str]], place: int) -> tuple[int, tuple[Meaning, ...]]:
    """How many words from this place on belong together, and what they mean."""
    pieces = [word[0].removesuffix("'s") for word in words[place : place + LONGEST_PHRASE]]
    if pieces[0] == "-":
        return 1, (Meaning(Sort.DASH),)
    rest = words[place].end()
    follows_figure = text[words[place].start() - 1 : words[place].start()].isdigit()
    if pieces[0] in SHORT_SORT and (follows_figure or _BEFORE_A_NUMBER.match(text, rest)):
        return 1, (Meaning(SHORT_SORT[pieces[0]]),)
    if pieces[0] in SHORT_WEEKDAY and _BEFORE_A_DAY.match(text, rest):
        return 1, (Meaning(Sort.WEEKDAY, SHORT_WEEKDAY[pieces[0]]),)
    if (weekday := weekday_of_two_letters(text, words[place])) is not None:
        return 1, (Meaning(Sort.WEEKDAY, weekday),)
    for length in range(len(pieces), 0, -1):
        if known := VOCABULARY.get(tuple(pieces[:length])):
            broken = _broken_word(pieces) if length == 1 else None
            return broken or (length, (Meaning(*known),))
    return _broken_word(pieces) or (1, meaning_of(pieces[0]))


def _broken_word(pieces: list[str]) -> tuple[int, tuple[Meaning, ...]] | None:
    """The word that a narrow column has broken into pieces: "janu ar", "sep- tember"."""
    for length in range(2, min(len(pieces), 4) + 1):
        strangers = [piece for piece in pieces[:length] if piece != "-" and (piece,) not in VOCABULARY]
        known = VOCABULARY.get(("".join(pieces[:length]).replace("-", ""),))
        if known and strangers and pieces[length - 1] != "-":
            return length, (Meaning(*known),)
    return None


def _mend(tokens: list[Token]) -> list[Token]:
    """Believe in a misspelt word only where its neighbours are a date's."""
    around = [None, *tokens, None]
    return [
        token
        if not token.mended or token.date or len(tokens) == 1 or _is_of_a_date(before) or _is_of_a_date(after)
        else Token(sort=Sort.WORD, text=token.text)
        for before, token, after in zip(around, tokens, around[2:], strict=False)
    ]


def _is_of_a_date(token: Token | None) -> bool:
    return token is not None and token.sort in _NEIGHBOURS_OF_A_MONTH
