"""The rows of a plan as the rules of `dependencies` see them: who acts, on what, and what is near."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.plan import Plan
from service.reading.dependency_words import (
    ADJECTIVE,
    AFTER_APPROVAL,
    ANSWERS,
    APPROVES,
    ASKED_FOR,
    BODY,
    DEFINITE_BODY,
    DRAFTS,
    ELSEWHERE,
    HANDS_IN,
    HEARING,
    NO_MATTER,
    OTHER_VERBS,
    RECOMMENDS,
    SENDS,
    VAGUE,
)

NEAR = 50  # rows; what is further away is about something else
_WORD = re.compile(r"[^\W\d_]+")
_THING = re.compile(r"([^\W\d_]+)(?:\s+([A-ZÆØÅ]|\d{1,3})(?!\w))?")  # "skema A" is not "skema B"
_ENDING = re.compile(r"(?<=\w{4})(?:erne|ene|ets|ens|ers|orna|arna|et|en|er|ar|or|es|e|s)$")
_DOUBLED = re.compile(r"(\w)\1")
_ABBREVIATED = re.compile(r"\w+\.(?=\s+[a-zæøåäö])")  # "Boligsoc. bestyrelse"
_LONGEST = 600  # letters; what comes behind them is a document in a cell
_SHORTEST = 5  # letters of a noun that says what a row is about
_SAME = 8  # first letters: "lokalplanen" and "lokalplanforslaget" are about the same
_SAME_NAME = 10
_ACRONYM = 5
_VERBS = (APPROVES, ANSWERS, DRAFTS, HANDS_IN, HEARING, OTHER_VERBS)
_BEFORE_A_RECEIVER = re.compile(r"\b(?:til|till|to)\s+(?:\w+\s+)?$", re.IGNORECASE)
_BEFORE_AN_ACTOR = re.compile(r"\b(?:fra|från|from|i|hos|by|av|af)\s+(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A milestone, who acts in it (ids of parties, words for bodies), and the stems of what it is about.

    `vague` are stems such as "udkast", which tell something only where both rows have nothing better.
    """

    place: int
    milestone: Milestone
    acting: frozenset[str]
    matter: frozenset[str]
    vague: frozenset[str]

    @property
    def text(self) -> str:
        return self.milestone.activity[:_LONGEST]

    @property
    def approves(self) -> bool:
        """It says that something is approved, not that it is asked for or lies behind."""
        text = ELSEWHERE.sub("", AFTER_APPROVAL.sub("", self.text))
        is_sent = any(said.search(text) for said in (SENDS, HANDS_IN, RECOMMENDS))
        return APPROVES.search(ASKED_FOR.sub("", text) if is_sent else text) is not None

    def is_about(self, other: "Row") -> bool:
        """Whether both name the same thing."""
        if self.matter and other.matter:
            return bool(self.matter & other.matter)
        return not self.matter and not other.matter and bool(self.vague & other.vague)

    def may_be_about(self, other: "Row") -> bool:
        """Whether nothing speaks against it: one of them names nothing."""
        return self.is_about(other) or not (self.matter and other.matter)

    def may_come_after(self, first: "Row") -> bool:
        """Whether the dates are in order too; one who waits for a date may come after anything dated."""
        due_on, before = self.milestone.due_on, first.milestone.due_on
        return before is not None and before <= (due_on or date.max)


@dataclass(frozen=True, slots=True)
class Rows:
    rows: tuple[Row, ...]
    names: "_Names"

    def above(self, row: Row, *, within: int = NEAR) -> Iterator[Row]:
        """The rows before it that it may come after, the nearest first."""
        for place in range(row.place - 1, max(row.place - 1 - within, -1), -1):
            if row.may_come_after(self.rows[place]):
                yield self.rows[place]

    def below(self, row: Row, *, within: int = NEAR) -> Iterator[Row]:
        """The rows behind it that may come after it, in order."""
        for later in self.rows[row.place + 1 : row.place + 1 + within]:
            if later.may_come_after(row):
                yield later

    def saying(self, words: re.Pattern[str]) -> Iterator[tuple[Row, re.Match[str]]]:
        """The rows that use such words, each with where it first does."""
        for row in self.rows:
            if said := words.search(row.text):
                yield row, said

    def lending(self, matter: dict[int, frozenset[str]]) -> "Rows":
        """With what is given for the rows that name nothing themselves."""
        lent = (
            row if row.matter else replace(row, matter=matter.get(row.place, frozenset()))
            for row in self.rows
        )
        return replace(self, rows=tuple(lent))


def rows_of(plan: Plan) -> Rows:
    names = _Names(plan)
    return Rows(
        tuple(
            Row(place, milestone, names.acting(milestone), *names.matter(milestone))
            for place, milestone in enumerate(plan.milestones)
        ),
        names,
    )


class _Names:
    """The names of the parties of a plan, by their first words."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for party in plan.parties:
            for words in _spellings(party):
                self._known[words[0]].append((words, party.id))
        self._words = frozenset(
            word for names in self._known.values() for words, _ in names for word in words
        )

    def reached(self, text: str) -> frozenset[str]:
        """Whom a text names: parties with the members of groups, and bodies such as "Byrådet"."""
        named = {party for _, party in self._mentions(text)}
        return self._plan.members(named) | {word for _, word in _bodies(text)}

    def acting(self, milestone: Milestone) -> frozenset[str]:
        """Its parties, else those that the text has acting; and the bodies in it to which nothing is sent."""
        text = milestone.activity[:_LONGEST]
        parties = frozenset(milestone.parties) or {
            party for at, party in self._mentions(text) if not at or _BEFORE_AN_ACTOR.search(text[:at])
        }
        bodies = {word for at, word in _bodies(text) if not _BEFORE_A_RECEIVER.search(text[:at])}
        return frozenset(parties | bodies)

    def matter(self, milestone: Milestone) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of what a row is about, and those that say so only vaguely."""
        found, vague = set[str](), set[str]()
        for word, stem in things_in(_ABBREVIATED.sub("", milestone.activity[:_LONGEST])):
            if stem in VAGUE:
                vague.add(stem)
            elif len(word) >= _SHORTEST and self._names_a_thing(word):
                found.add(stem)
        return frozenset(found), frozenset(vague)

    def _names_a_thing(self, word: str) -> bool:
        is_other = word in NO_MATTER or ADJECTIVE.fullmatch(word) or BODY.fullmatch(word)
        is_said = any(verbs.match(word) for verbs in _VERBS)
        return not (is_other or is_said or _key(word) in self._words)

    def _mentions(self, text: str) -> Iterator[tuple[int, str]]:
        words = [(found.start(), _key(found.group())) for found in _WORD.finditer(text)]
        for place, (at, word) in enumerate(words):
            for name, party in self._known.get(word, ()):
                if tuple(key for _, key in words[place : place + len(name)]) == name:
                    yield at, party


def things_in(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text in lower case, each with what is equal for two words about the same thing."""
    for word, label in _THING.findall(text):
        yield word.casefold(), f"{stem_of(word)[:_SAME]} {label}".strip()


def _spellings(party: Party) -> Iterator[tuple[str, ...]]:
    for name in (party.name, *party.aliases):
        if words := tuple(map(_key, _WORD.findall(name))):
            yield words


def _key(word: str) -> str:
    """What is equal for two forms of a name; an acronym and a bare "bestyrelsen" only for the same form."""
    if word.isupper() and len(word) <= _ACRONYM:
        return word
    folded = word.casefold()
    body = BODY.fullmatch(folded)
    return folded if body and not body["which"] else stem_of(folded)[:_SAME_NAME]


def stem_of(word: str) -> str:
    """The word in lower case without its ending and with no letter doubled."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word.casefold()))


def _bodies(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found.group().casefold()) for found in DEFINITE_BODY.finditer(text))
