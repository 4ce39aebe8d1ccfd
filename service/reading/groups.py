"""Parties that stand for several others ("Boligorganisationerne", "Alle"), and who they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from service.plan.finding import Finding
from service.plan.party import Party


class Naming(NamedTuple):
    """A party and every name it goes by."""

    party: Party
    names: tuple[str, ...]


_PLURAL = re.compile(r"(?P<stem>\w{5,}?)(?:erne|ene|arna|orna|er|ar|or)", re.IGNORECASE)
_DEFINITE_PLURAL = re.compile(r"\w{5,}(?:erne|ene|arna|orna|erna)", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"(?:alle|alla|samtlige|samtliga|all|everyone|everybody)"
    r"(?:\s+(?:parter|parties|involverede|implicerede))?",
    re.IGNORECASE,
)
_ORGAN = re.compile(r"(?P<name>[^-–—:,]{1,80}?)\s*[-–—:,]\s*(?P<organ>[^\W\d_]+)")
_FEWEST = 2
_SHARED_PART = 8  # letters of a word that two words must share to be kin: "organisation"


def infer_members(
    namings: Sequence[Naming],
    activities: Sequence[str],
    listed: Mapping[str, tuple[str, ...]],
) -> tuple[list[Party], list[Finding]]:
    """The parties with their members, and what was inferred to know them.

    The plan says them itself in brackets (`listed`), or parties of its rows are kin to the group's noun.
    A group that nothing explains keeps no members; the finding names the setting that gives them.
    """
    organs = _organs(activities)
    parties, findings = [], []
    for naming in namings:
        members = listed.get(naming.party.id, ())
        if not members and (members := _members(naming, namings, organs)):
            findings.append(_finding("group-members-inferred", naming, members))
        elif not members and any(_DEFINITE_PLURAL.fullmatch(name) for name in naming.names):
            findings.append(_finding("group-without-members", naming, ()))
        parties.append(replace(naming.party, members=members))
    return parties, findings


def _finding(code: str, group: Naming, members: Sequence[str]) -> Finding:
    setting = f"RETTIDIG_GROUPS__{group.party.id.upper().replace('-', '_')}"
    return Finding(
        code=code, values={"group": group.party.name, "members": ", ".join(members), "setting": setting}
    )


def _members(group: Naming, namings: Sequence[Naming], organs: Mapping[str, set[str]]) -> tuple[str, ...]:
    if any(_EVERYBODY.fullmatch(name) for name in group.names):
        return tuple(naming.party.id for naming in namings if naming is not group)
    stems = {match["stem"].casefold() for name in group.names if (match := _PLURAL.fullmatch(name))}
    if not stems:
        return ()
    others = [naming for naming in namings if naming is not group and not _is_plural(naming)]
    found = [naming.party.id for naming in others if _is_kin(naming, stems, organs)]
    return tuple(found) if len(found) >= _FEWEST else ()


def _is_plural(naming: Naming) -> bool:
    return any(_DEFINITE_PLURAL.fullmatch(name) for name in naming.names)


def _is_kin(naming: Naming, stems: set[str], organs: Mapping[str, set[str]]) -> bool:
    """Its name holds the group's noun ("Slagelse Kommune" and "kommunerne"), or it acts through an organ of
    that kind ("FOB - Organisationsbestyrelse behandler ..." and "boligorganisationerne").
    """
    words = {word.casefold() for name in naming.names for word in re.findall(r"\w+", name)}
    if any(stem in word for stem in stems for word in words):
        return True
    own = {organ for name in naming.names for organ in organs.get(name.casefold(), ())}
    return any(_shares(organ, stem) for organ in own for stem in stems)


def _organs(activities: Sequence[str]) -> dict[str, set[str]]:
    """What stands before a dash at the beginning of an activity -> the words after it."""
    organs: dict[str, set[str]] = {}
    for activity in activities:
        if match := _ORGAN.match(activity):
            organs.setdefault(match["name"].casefold(), set()).add(match["organ"].casefold())
    return organs


def _shares(word: str, stem: str) -> bool:
    match = SequenceMatcher(None, word, stem, autojunk=False).find_longest_match()
    return match.size >= _SHARED_PART
