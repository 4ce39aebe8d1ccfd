"""Which rows of two versions of a document are the same milestone: by what they say, not where they stand."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import fuzz, process

from service.plan.milestone import Milestone

# Measured by tests/plan/test_revisions.py. Activities of rows that have nothing to do with each other
# stay under 60, so nothing below is looked at; a pair counts when its score, the likeness of the activities
# and what the rest of the row adds, reaches ENOUGH.
FLOOR = 55.0
ENOUGH = 78.0
SAME_DEADLINE, SAME_PARTIES, SAME_NEIGHBOUR = 12.0, 6.0, 5.0
_MOST_CANDIDATES = 10
_SHORT = 30  # letters
_KEPT_WORDS = 0.75
# Of the words of a part, so many stand in the whole; fewer than so many words prove nothing.
PART_OF_WHOLE = 0.75
FEWEST_WORDS = 3

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words in lower case: dashes, quotation marks and white space differ from format to format."""
    return tuple(_WORD.findall(text.casefold()))


def likeness(before: Milestone, now: Milestone) -> float:
    """How alike two activities are, 0-100; the order of the words does not count."""
    return _alike(_sorted(before.activity), _sorted(now.activity))


def share(part: str, whole: str) -> float:
    """Which part of its words stands in the whole, 0-1; 0 for a text too short to tell."""
    wanted, there = Counter(words(part)), Counter(words(whole))
    count = wanted.total()
    return (wanted & there).total() / count if count >= FEWEST_WORDS else 0.0


def sharing(texts: Mapping[int, str], others: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """The pairs that share most words of the shorter one; not each need be compared with each."""
    said = {place: frozenset(words(text)) for place, text in others.items()}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, there in said.items():
        for word in there:
            holders[word].append(place)
    for place, text in texts.items():
        here = frozenset(words(text))
        shared = Counter(holder for word in here for holder in holders.get(word, ()))
        for holder, count in shared.items():
            if count >= PART_OF_WHOLE * min(len(here), len(said[holder])) - 1:
                yield place, holder


def pairs(before: Sequence[Milestone], now: Sequence[Milestone], given: Collection[str]) -> dict[int, int]:
    """Place in `now` -> place in `before`, each used once; the same arguments give the same pairs.

    Milestones whose id is `given` are paired by their id alone. Of the others, rows that say the same come
    first, then the most alike, then a row with the one it was cut from or grew out of.
    """
    pairing = _Pairing(before, now)
    pairing.take_given(given)
    for key in _SAME:
        pairing.take_same(key)
    for candidates in (pairing.alike, pairing.contained):
        pairing.look_around()
        pairing.take_best(candidates())
    return pairing.old_of


def _sorted(activity: str) -> str:
    return " ".join(sorted(words(activity)))


def _alike(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """By letters; where a word or two is all there is, a word that was kept weighs more than a new one."""
    score = fuzz.ratio(one, other, score_cutoff=score_cutoff)
    is_short = min(len(one), len(other)) <= _SHORT
    return max(score, _KEPT_WORDS * fuzz.token_set_ratio(one, other)) if is_short else score


# What two rows have in common that are the same for certain, the most telling first.
_SAME: tuple[Callable[[Milestone], object], ...] = (
    lambda row: (words(row.activity), row.window, row.due_on, row.parties),
    lambda row: (words(row.activity), row.window, row.due_on),
)


class _Candidate(NamedTuple):
    """Sorted, the best stands first: then what is near in time and in place, for rows that say the same."""

    missing: float
    rows_apart: int
    days_apart: int
    new: int
    old: int


@dataclass(slots=True)
class _Pairing:
    before: Sequence[Milestone]
    now: Sequence[Milestone]
    old_of: dict[int, int] = field(default_factory=dict)
    new_of: dict[int, int] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    expected: list[int] = field(default_factory=list)

    def take(self, new: int, old: int) -> None:
        self.old_of[new], self.new_of[old] = old, new

    def take_given(self, given: Collection[str]) -> None:
        places = {milestone.id: place for place, milestone in enumerate(self.before)}
        for new, milestone in enumerate(self.now):
            if milestone.id in given:
                self.settled.add(new)
                if milestone.id in places:
                    self.take(new, places[milestone.id])

    def look_around(self) -> None:
        """Where each row would stand before: as far behind the nearest paired row above as it does now."""
        self.expected, shift = [], 0
        for new in range(len(self.now)):
            shift = self.old_of.get(new, new + shift) - new
            self.expected.append(new + shift)

    def free(self) -> tuple[list[int], list[int]]:
        """The places in `now` and in `before` that are nobody's yet."""
        new = [place for place in range(len(self.now)) if place not in self.old_of]
        old = [place for place in range(len(self.before)) if place not in self.new_of]
        return [place for place in new if place not in self.settled], old

    def take_same(self, key: Callable[[Milestone], object]) -> None:
        waiting: defaultdict[object, list[int]] = defaultdict(list)
        free_new, free_old = self.free()
        for old in reversed(free_old):
            waiting[key(self.before[old])].append(old)
        for new in free_new:
            if same := waiting[key(self.now[new])]:
                self.take(new, same.pop())

    def take_best(self, candidates: Iterator[_Candidate]) -> None:
        for best in sorted(candidates):
            if best.new not in self.old_of and best.old not in self.new_of:
                self.take(best.new, best.old)

    def alike(self) -> Iterator[_Candidate]:
        """The pairs that are alike enough; the text counts most, an id made of the same text as much."""
        free_new, free_old = self.free()
        texts = {old: _sorted(self.before[old].activity) for old in free_old}
        ids = {self.before[old].id: old for old in free_old}
        for new in free_new:
            text = _sorted(self.now[new].activity)
            # rapidfuzz compares with all of them by itself when the scorer is its own.
            scorer = _alike if len(text) <= _SHORT else fuzz.ratio
            found = process.extract(text, texts, scorer=scorer, score_cutoff=FLOOR, limit=_MOST_CANDIDATES)
            scores = {old: score for _, score, old in found}
            if (same := ids.get(self.now[new].id)) is not None:
                scores[same] = 100.0
            for old, score in scores.items():
                whole = score + self._agreement(new, old)
                if whole >= ENOUGH:
                    yield self._candidate(new, old, whole)

    def contained(self) -> Iterator[_Candidate]:
        """A row that was cut down or written out: the words of one stand in the other."""
        free_new, free_old = self.free()
        texts = {new: self.now[new].activity for new in free_new}
        for new, old in sharing(texts, {old: self.before[old].activity for old in free_old}):
            here, there = self.now[new].activity, self.before[old].activity
            held = max(share(here, there), share(there, here))
            if held >= PART_OF_WHOLE and self._agreement(new, old) >= SAME_PARTIES:
                yield self._candidate(new, old, likeness(self.before[old], self.now[new]))

    def _agreement(self, new: int, old: int) -> float:
        """What the rest of the row says for the pair: its deadline, its parties, the rows around it."""
        here, there = self.now[new], self.before[old]
        is_beside = any(
            new + step in self.old_of and self.old_of[new + step] == old + step for step in (-1, 1)
        )
        return (
            SAME_DEADLINE * (words(here.deadline) == words(there.deadline))
            + SAME_PARTIES * (here.parties == there.parties)
            + SAME_NEIGHBOUR * is_beside
        )

    def _candidate(self, new: int, old: int, score: float) -> _Candidate:
        here, there = self.now[new].due_on, self.before[old].due_on
        days = abs((here - there).days) if here and there else 0 if here == there else 10_000
        return _Candidate(-score, abs(self.expected[new] - old), days, new, old)
