"""The parties of a plan in YAML, and whom a corrected cell of responsible parties names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from service.plan.party import Party
from service.reading.errors import YamlIdTwice, YamlUnknownKey, YamlValueMissing
from service.reading.identity import unused
from service.reading.name_variants import is_same, is_slip
from service.reading.parties import slug
from service.reading.party_parts import without_brackets
from service.reading.responsible import split_responsible
from service.reading.yaml_fields import Fields, nearest

_PARTY = ("id", "name", "aliases", "members")


@dataclass(slots=True)
class Directory:
    """The parties by id, in the order of the file; a name that a correction brings in stands behind them."""

    by_id: dict[str, Party] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Fields) -> Self:
        """Raises when an id stands twice or a member is no party."""
        directory, lines = cls(), dict[str, int]()
        entries = list(plan.children("parties", _PARTY))
        for entry in entries:
            party = _party(entry)
            if party.id in lines:
                raise YamlIdTwice(file=entry.file, line=entry.line, id=party.id, first=lines[party.id])
            lines[party.id] = entry.line
            directory.by_id[party.id] = party
        for entry in entries:
            directory.ids_in(entry, "members")
        return directory

    @property
    def parties(self) -> tuple[Party, ...]:
        return tuple(self.by_id.values())

    def responsible(self, milestone: Fields, source: Fields | None) -> tuple[str, ...]:
        """The ids that stand; read from the text where they are missing or the text alone was corrected."""
        stands = self.ids_in(milestone, "parties")
        before = tuple(each.text for each in source.texts("parties")) if source else ()
        is_reworded = milestone.text("responsible") != (source.text("responsible") if source else "")
        if milestone.has("parties") and (stands != before or not is_reworded):
            return stands
        names = split_responsible(milestone.text("responsible"))
        return tuple(dict.fromkeys(self._id_of(name) for name in names))

    def ids_in(self, fields: Fields, key: str) -> tuple[str, ...]:
        for each in fields.texts(key):
            if each.text not in self.by_id:
                known = list(self.by_id)
                meant = nearest(each.text, known)
                raise YamlUnknownKey(
                    file=fields.file, line=each.line, key=each.text, meant=meant, known=", ".join(known)
                )
        return tuple(each.text for each in fields.texts(key))

    def _id_of(self, name: str) -> str:
        for is_it in (is_same, is_slip):
            for party in self.by_id.values():
                if any(
                    is_it(one, other) for one in _spellings(name) for other in (party.name, *party.aliases)
                ):
                    return party.id
        made = unused(slug(name), self.by_id)
        self.by_id[made] = Party(id=made, name=name)
        return made


def _party(entry: Fields) -> Party:
    name = entry.text("name") or entry.text("id")
    if not name:
        raise YamlValueMissing(file=entry.file, line=entry.line, key="name")
    return Party(
        id=entry.text("id") or slug(name),
        name=entry.text("name"),
        aliases=tuple(each.text for each in entry.texts("aliases")),
        members=tuple(each.text for each in entry.texts("members")),
    )


def _spellings(name: str) -> Iterator[str]:
    """As written, and without the bracket of "Slagelse Kommune (SK)"."""
    yield name
    yield without_brackets(name).strip()
