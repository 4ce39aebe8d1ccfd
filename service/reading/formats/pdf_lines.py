"""Characters on a page -> lines of text, and lines that were wrapped -> the sentence they were before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any

from pdfplumber.utils.clustering import cluster_objects

from service.reading.formats.cells import fold_lines

Char = dict[str, Any]

_SAME_LINE = 3  # points between the feet of a line's characters; indices stand that much off
_WORD_GAP = 0.2  # of the font size; letters of a word stand closer, words farther apart
_HYPHENATED = re.compile(r"[^\W\d_]*[a-zæøåäöéü]{2,}[-\u2010\xad]$")
# "Børne- og Ungeudvalget": the hyphen stands for a shared half and stays.
_SHARED_HALF = re.compile(r"(?:og|eller|samt|til|och|and|or|kl)\b")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Characters that stand side by side, from left to right."""

    chars: tuple[Char, ...]

    @property
    def left(self) -> float:
        return float(self.chars[0]["x0"])

    @property
    def right(self) -> float:
        """Where the ink ends; the space that a wrapped line may keep at its end does not count."""
        return max(float(char["x1"]) for char in self.chars if char["text"].strip())

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def top(self) -> float:
        return min(float(char["top"]) for char in self.chars)

    @property
    def bottom(self) -> float:
        return max(float(char["bottom"]) for char in self.chars)

    @property
    def size(self) -> float:
        return max(float(char["size"]) for char in self.chars)

    @property
    def ends_in_space(self) -> bool:
        return not self.chars[-1]["text"].strip()

    @property
    def text(self) -> str:
        pieces = [self.chars[0]["text"]]
        for before, char in pairwise(self.chars):
            pieces.append(" " if char["x0"] - before["x1"] > _WORD_GAP * char["size"] else "")
            pieces.append(char["text"])
        return "".join(pieces).strip()

    def split(self, gap: float) -> Iterator["Line"]:
        """The stretches of the line that stand at least that far apart."""
        start = 0
        seen = [at for at, char in enumerate(self.chars) if char["text"].strip()]
        for before, at in pairwise(seen):
            if self.chars[at]["x0"] - self.chars[before]["x1"] >= gap:
                yield Line(self.chars[start:at])
                start = at
        yield Line(self.chars[start:])


def lines(chars: Sequence[Char]) -> list[Line]:
    """The lines that the characters stand on, from the top; lines of blanks left out."""
    clusters = cluster_objects(list(chars), itemgetter("bottom"), _SAME_LINE)
    ordered = (Line(tuple(sorted(cluster, key=itemgetter("x0")))) for cluster in clusters)
    filled = (line for line in ordered if any(char["text"].strip() for char in line.chars))
    return [_without_margin(line) for line in filled]


def _without_margin(line: Line) -> Line:
    start = next(at for at, char in enumerate(line.chars) if char["text"].strip())
    return Line(line.chars[start:])


def whole_words(stacks: Iterable[Sequence[Line]]) -> frozenset[str]:
    """Words that no line end can have cut: those within a line, and those alone in a cell or paragraph."""
    words: set[str] = set()
    for stack in stacks:
        for at, line in enumerate(stack):
            found = _LETTERS.findall(line.text)
            words.update(found[at > 0 : len(found) - (at < len(stack) - 1)])
    return frozenset(words)


def joined(stack: Sequence[Line], *, right: float, words: frozenset[str]) -> str:
    """The lines as one text; `right` is the edge they are wrapped at, `words` those known to be whole."""
    if not stack:
        return ""
    between = "\n" if _is_listed(stack, right) else " "
    text = stack[0].text
    for before, line in pairwise(stack):
        following = line.text
        if _is_hyphenated(text, following):
            text = text.rstrip("-\u2010\xad") + following
        else:
            text += ("" if _is_cut(before, following, right, words) else between) + following
    return fold_lines(text)


def _is_listed(stack: Sequence[Line], right: float) -> bool:
    """Whether the lines were begun on purpose: each had room for a word more, one for all of the next."""
    rooms = [right - before.right - line.size for before, line in pairwise(stack)]
    first_words = [next(line.split(_WORD_GAP * line.size)) for line in stack[1:]]
    if any(word.width > room for word, room in zip(first_words, rooms, strict=True)):
        return False
    return any(line.width < room for line, room in zip(stack[1:], rooms, strict=True))


def _is_hyphenated(text: str, following: str) -> bool:
    return bool(_HYPHENATED.search(text)) and following[:1].islower() and not _SHARED_HALF.match(following)


def _is_cut(before: Line, following: str, right: float, words: frozenset[str]) -> bool:
    """Whether the line ended within a word: only where that is sure."""
    if before.ends_in_space:
        return False
    text = before.text
    if text.endswith("/"):  # a break after a stroke keeps its space where there is room for it
        return right - before.right > before.size
    last, first = _LETTERS.findall(text)[-1:], _LETTERS.match(following)
    if not last or not first or not text.endswith(last[0]):
        return False
    return last[0] + first[0] in words and not (last[0] in words and first[0] in words)
