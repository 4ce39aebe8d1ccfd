"""The parties of a plan in YAML, and whom a corrected cell of responsible parties names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Self

from service.plan.party import Party
from service.reading.errors import YamlIdTwice, YamlUnknownKey, YamlValueMissing
from service.reading.formats.cells import shortened
from service.reading.identity import unused
from service.reading.name_variants import MOST_ALIKE, beginning, is_same, is_slip
from service.reading.parties import slug
from service.reading.party_parts import without_brackets
from service.reading.responsible import split_responsible
from service.reading.yaml_fields import Fields, nearest

_MOST_TOLD = 20
_PARTY = ("id", "name", "aliases", "members")


@dataclass(slots=True)
class Directory:
    """The parties by id, in the order of the file; a name that a correction brings in stands behind them."""

    by_id: dict[str, Party] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _alike: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Fields) -> Self:
        """Raises when an id stands twice or a member is no party."""
        directory, lines = cls(), dict[str, int]()
        entries = list(plan.children("parties", _PARTY))
        for entry in entries:
            party = _party(entry)
            if party.id in lines:
                raise YamlIdTwice(
                    file=entry.file, line=entry.line, id=shortened(party.id), first=lines[party.id]
                )
            lines[party.id] = entry.line
            directory.add(party)
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
                meant = nearest(each.text, list(self.by_id))
                raise YamlUnknownKey(
                    file=fields.file,
                    line=each.line,
                    key=shortened(each.text),
                    meant=shortened(meant),
                    known=", ".join(map(shortened, islice(self.by_id, _MOST_TOLD))),
                )
        return tuple(each.text for each in fields.texts(key))

    def add(self, party: Party) -> None:
        self.by_id[party.id] = party
        for name in (party.name, *party.aliases):
            if self._ids.setdefault(name, party.id) == party.id:
                self._alike.setdefault(beginning(name), []).append(name)

    def _id_of(self, name: str) -> str:
        for is_it in (is_same, is_slip):
            for spelling in _spellings(name):
                if known := next((other for other in self._alike_to(spelling) if is_it(spelling, other)), ""):
                    return self._ids[known]
        made = unused(slug(name), self.by_id)
        self.add(Party(id=made, name=name))
        return made

    def _alike_to(self, name: str) -> Sequence[str]:
        if name in self._ids:
            return (name,)
        names = self._alike.get(beginning(name), ())
        return names if len(names) <= MOST_ALIKE else ()


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
