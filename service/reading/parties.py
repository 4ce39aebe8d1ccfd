"""Who is who: every way the plan writes a party -> one party, over the whole plan."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from typing import NamedTuple

from service.plan.finding import Finding
from service.plan.party import Party
from service.plan.place import NOWHERE, Place
from service.reading.groups import Naming, infer_members
from service.reading.identity import unused
from service.reading.name_variants import (
    MOST_ALIKE,
    abbreviates,
    beginning,
    is_acronym,
    is_same,
    is_slip,
    is_transliterated,
    name_key,
)
from service.reading.responsible import split_responsible

_CAPITAL = "[A-ZÆØÅÄÖ]"
_GLOSSARY = re.compile(
    rf"(?<![\w/])(?P<short>{_CAPITAL}\w{{1,6}})\s*[=:]\s*(?P<long>{_CAPITAL}[^;=:,–\n()/]{{3,60}}?)"
    rf"(?=\s*(?:[;,–(\n]|\.\s|\.?$|\s{_CAPITAL}{{2,6}}\s*=))",
)
_INTRODUCED = re.compile(r"(?P<long>[A-ZÆØÅÄÖ][\w-]+(?:\s+[\w-]+){0,4}?)\s*\((?P<short>[A-ZÆØÅÄÖ]{2,6})\)")
_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]")
_FORMER = re.compile(
    r"^(?:tidl(?:igere)?\.?|tid\.?|fhv\.?|tidigare|f\.d\.|formerly|previously|nu|nå|now)\s+", re.IGNORECASE
)
_NAME_LIKE = re.compile(r"\b[A-ZÆØÅÄÖ][^\W\d_]{6,}\b")
_TRANSLITERATION = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e"})


class Mention(NamedTuple):
    """One party as one row writes it."""

    row: int
    where: Place
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """`ids` leads from every written name to the party it is."""

    parties: tuple[Party, ...]
    ids: Mapping[str, str]
    findings: tuple[Finding, ...]


def identify(mentions: Sequence[Mention], activities: Sequence[str], texts: Sequence[str]) -> Parties:
    """The parties in the order in which the plan names them first.

    `activities` are the rows' texts, `texts` all the prose; both may tell aliases and members.
    """
    written = list(dict.fromkeys(mention.written for mention in mentions))
    names = _Names()
    for text in written:
        names.add_written(text)
    prose = [*texts, *activities]
    names.add_glossary(_glossary(prose))
    names.join_spellings(dict.fromkeys(_NAME_LIKE.findall("\n".join(prose))))
    spellings = names.join_variants()
    clusters = names.clusters()
    counts = _Counts(prose, [mention.written for mention in mentions])
    parties = _with_unique_ids([_party(cluster, counts) for cluster in clusters])
    by_name = {name: party.id for party, cluster in zip(parties, clusters, strict=True) for name in cluster}
    ids = {text: by_name[_bare(text)] for text in written}
    namings = [
        Naming(party=party, names=tuple(cluster)) for party, cluster in zip(parties, clusters, strict=True)
    ]
    keys = {name_key(name): party_id for name, party_id in by_name.items()}
    listed = {ids[text]: members for text in written if (members := _listed_members(text, keys))}
    grouped, group_findings = infer_members(namings, activities, listed)
    grouped = [
        _with_writings(party, [text for text in written if ids[text] == party.id]) for party in grouped
    ]
    told = {frozenset(map(name_key, pair)): pair for pair in spellings}  # once, in whichever letter case
    findings = [_spelling_finding(mentions, *pair, counts) for pair in told.values()]
    unexplained = _unexplained(mentions, grouped, ids)
    return Parties(parties=tuple(grouped), ids=ids, findings=(*findings, *unexplained, *group_findings))


def _bare(written: str) -> str:
    return _BRACKET.sub("", written).strip() or written


def _inside(written: str) -> str:
    match = _BRACKET.search(written)
    return match["inside"].strip() if match else ""


class _Names:
    """Every name there is, and which of them are the same party (a union of sets)."""

    def __init__(self) -> None:
        self._same_as: dict[str, str] = {}
        self._place: dict[str, int] = {}

    def add(self, name: str) -> None:
        self._same_as.setdefault(name, name)
        self._place.setdefault(name, len(self._place))

    def root(self, name: str) -> str:
        while self._same_as[name] != name:
            name = self._same_as[name]
        return name

    def join(self, one: str, other: str) -> None:
        self.add(one)
        self.add(other)
        first, second = sorted((self.root(one), self.root(other)), key=self._place.__getitem__)
        self._same_as[second] = first

    def add_written(self, text: str) -> None:
        """The bracket of "Slagelse Kommune (SK)" is an alias; that of "MR (kirkeværge)" names nobody else."""
        bare, inside = _bare(text), _inside(text)
        self.add(bare)
        if former := _FORMER.match(inside):
            self.join(bare, inside[former.end() :])
        elif inside and _is_alias(bare, inside):
            self.join(bare, inside)

    def add_glossary(self, pairs: Iterable[tuple[str, str]]) -> None:
        """An abbreviation explained in the prose counts when the plan names either half."""
        known = {name_key(name): name for name in self._same_as}
        for short, long in pairs:
            for half in (short, long):
                if name_key(half) in known:
                    self.join(known[name_key(half)], short)
                    self.join(short, long)

    def join_spellings(self, words: Iterable[str]) -> None:
        """Takes in the words of the prose that are a name of the plan spelt differently."""
        alike: dict[str, list[str]] = {}
        for name in self._same_as:
            alike.setdefault(beginning(name), []).append(name)
        for word in words:
            for name in alike.get(beginning(word), []):
                if is_slip(name, word):
                    self.join(name, word)

    def join_variants(self) -> list[tuple[str, str]]:
        """Joins what is written in two ways; the pairs that differ by a slip of the pen are returned."""
        pairs = list(self._alike())
        for one, other in pairs:
            if is_same(one, other):
                self.join(one, other)
        slips = [(one, other) for one, other in pairs if not is_same(one, other) and is_slip(one, other)]
        for one, other in slips:
            self.join(one, other)
        self._join_abbreviations(pairs)
        return slips

    def _join_abbreviations(self, pairs: Iterable[tuple[str, str]]) -> None:
        """An abbreviation is joined when it can stand for one party only."""
        full: dict[str, set[str]] = {}
        for pair in pairs:
            for short, long in (pair, pair[::-1]):
                if short.endswith(".") and abbreviates(short, long):
                    full.setdefault(short, set()).add(self.root(long))
        for short, parties in full.items():
            if len(parties) == 1:
                self.join(parties.pop(), short)

    def _alike(self) -> Iterator[tuple[str, str]]:
        """Pairs that begin alike: only they can be variants, and not each need be compared with each."""
        by_beginning: dict[str, list[str]] = {}
        for name in self._same_as:
            by_beginning.setdefault(beginning(name), []).append(name)
        for names in by_beginning.values():
            if len(names) <= MOST_ALIKE:
                yield from combinations(names, 2)

    def clusters(self) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._same_as:
            found.setdefault(self.root(name), []).append(name)
        return list(found.values())


def _is_alias(bare: str, inside: str) -> bool:
    """A short name whose letters stand in the long one, in either order."""
    short, long = sorted((bare, inside), key=len)
    if not is_acronym(short) or len(long) <= len(short):
        return False
    letters = iter(long.casefold())
    return short == inside or all(letter in letters for letter in short.casefold())


def _glossary(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Anywhere in the document: "MR = Menighedsråd; PU= Provstiudvalg", "Boligselskabet Sorø (BSS)"."""
    for text in texts:
        for pattern in (_GLOSSARY, _INTRODUCED):
            yield from ((match["short"], match["long"].strip()) for match in pattern.finditer(text))


class _Counts:
    """How often the document writes a name, as a whole word."""

    def __init__(self, prose: Iterable[str], mentions: Sequence[str]) -> None:
        self._prose = "\n".join(prose).casefold()
        self._once = "\n".join([self._prose, *dict.fromkeys(mentions)]).casefold()
        self._all = "\n".join([self._prose, *mentions]).casefold()

    def of(self, name: str) -> int:
        """In the prose and among the ways the plan writes its parties, each way once."""
        return _occurrences(name, self._once)

    def is_in_prose(self, name: str) -> bool:
        return all(_occurrences(word, self._prose) for word in name_key(name).split())

    def righter(self, one: str, other: str) -> str:
        """Of two spellings the one that the prose confirms, else the likelier, else the first."""
        if self.is_in_prose(one) != self.is_in_prose(other):
            return one if self.is_in_prose(one) else other
        longer, shorter = sorted((one, other), key=len, reverse=True)
        if is_transliterated(one, other):
            return shorter
        often = {name: _occurrences(name, self._all) for name in (one, other)}
        # letters are dropped more often than put in, so the longer is right unless it is rare
        if len(longer) > len(shorter) and often[longer] * 3 >= often[shorter]:
            return longer
        return other if often[other] > often[one] else one


def _occurrences(name: str, text: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text))


def _party(names: Sequence[str], counts: _Counts) -> Party:
    """Named by the fullest way the plan writes it; its id is its shortest alias, else made of the name."""
    full = [name for name in names if not is_acronym(name) and not name.endswith(".")] or names
    best = full[0] if len(full) == 1 else max(full, key=lambda name: (counts.of(name), len(name)))
    best = reduce(counts.righter, (name for name in full if name == best or is_slip(name, best)))
    aliases = [name for name in names if name_key(name) != name_key(best)]
    short = min((name for name in names if is_acronym(name)), key=len, default=best)
    return Party(id=slug(short), name=best, aliases=tuple(aliases))


def slug(name: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens."""
    plain = name.casefold().translate(_TRANSLITERATION)
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "part"


def _with_unique_ids(parties: Sequence[Party]) -> list[Party]:
    taken: set[str] = set()
    unique = []
    for party in parties:
        party_id = unused(party.id, taken)
        taken.add(party_id)
        unique.append(replace(party, id=party_id))
    return unique


def _listed_members(written: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The plan itself says in "Boligorganisationerne (SB, FOB og BK)" who its members are."""
    names = split_responsible(_inside(written)) if _inside(written) else ()
    members = tuple(keys[name_key(name)] for name in names if name_key(name) in keys)
    return members if len(names) > 1 and len(members) == len(names) else ()


def _with_writings(party: Party, written: Sequence[str]) -> Party:
    """Brackets that are no alias ("MR (kirkeværge)") are one more way the party is written."""
    known = {party.name, *party.aliases}
    roles = [text for text in written if text not in known and _inside(text) and _inside(text) not in known]
    aliases = (*party.aliases, *roles)
    return replace(party, aliases=aliases)


def _unexplained(
    mentions: Sequence[Mention], parties: Sequence[Party], ids: Mapping[str, str]
) -> Iterator[Finding]:
    """An acronym that goes by no other name, told at the first row that has it."""
    first = {ids[mention.written]: mention for mention in reversed(mentions)}
    for party in parties:
        if is_acronym(party.name) and party.name.isupper() and not party.aliases and party.id in first:
            row, where, _ = first[party.id]
            yield Finding(code="party-unexplained", row=row, where=where, values={"written": party.name})


def _spelling_finding(mentions: Sequence[Mention], one: str, other: str, counts: _Counts) -> Finding:
    right = counts.righter(one, other)
    wrong = other if right == one else one
    places = {_bare(mention.written): mention for mention in reversed(mentions)}
    place = places.get(wrong) or places.get(right)
    values = {"written": wrong, "understood": right}
    return Finding(
        code="two-spellings",
        row=place.row if place else None,
        where=place.where if place else NOWHERE,
        values=values,
    )
