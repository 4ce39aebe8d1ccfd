"""What a document says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from service.plan.finding import Finding
from service.plan.milestone import Milestone
from service.plan.party import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A read plan. `language` is that of the document ("da", "no", "sv" or "en").

    `given_ids` are ids of milestones that a person chose; a new revision does not match those by content.
    `is_order_given` says that a person wrote what comes after what, so that nothing is added from the
    revision before; it is about how the plan was read, and two plans that say the same are equal without it.
    `former` are parties that only earlier revisions name: milestones that left the plan may still be theirs.
    """

    title: str
    language: str
    milestones: tuple[Milestone, ...]
    parties: tuple[Party, ...]
    findings: tuple[Finding, ...] = ()
    given_ids: frozenset[str] = frozenset()
    is_order_given: bool = field(default=False, compare=False)
    former: tuple[Party, ...] = ()

    @property
    def known_parties(self) -> tuple[Party, ...]:
        return (*self.parties, *self.former)

    def told_of(self) -> Mapping[str, Sequence[Finding]]:
        """Milestone id -> the findings about it: those of its row, but not of another date in that row."""
        rows: dict[int, list[Milestone]] = {}
        for milestone in self.milestones:
            rows.setdefault(milestone.row, []).append(milestone)
        told: dict[str, list[Finding]] = {milestone.id: [] for milestone in self.milestones}
        for finding in self.findings:
            there = rows.get(finding.row or 0, [])
            for milestone in [each for each in there if each.where == finding.where] or there:
                told[milestone.id].append(finding)
        return told

    def party(self, party_id: str) -> Party:
        return next(party for party in self.parties if party.id == party_id)

    def members(self, party_ids: Iterable[str]) -> frozenset[str]:
        """The given parties and, for each group among them, its members, however deep."""
        by_id = {party.id: party for party in self.known_parties}
        reached: set[str] = set()
        waiting = list(party_ids)
        while waiting:
            party_id = waiting.pop()
            if party_id not in reached:
                reached.add(party_id)
                waiting.extend(by_id[party_id].members if party_id in by_id else ())
        return frozenset(reached)
