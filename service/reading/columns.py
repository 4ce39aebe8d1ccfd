"""Which column holds the deadlines, which the activities, which the responsible: by header and by content."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from service.reading.deadline import looks_like_deadline
from service.reading.document import Row
from service.reading.party_grammar import looks_like_party
from service.reading.responsible import split_responsible


class Role(StrEnum):
    DEADLINE = "deadline"
    ENDS = "ends"
    ACTIVITY = "activity"
    RESPONSIBLE = "responsible"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Places of the columns, 0 is the first. `header` is the row above the data, if the table has one.

    `ends` is a second date column ("Slut"); `unit` stands before a bare number ("Uge" above "12").
    """

    deadline: int
    activity: int
    responsible: int | None = None
    ends: int | None = None
    unit: str = ""
    header: Row | None = None
    width: int = 0


# The better name of two comes first: "Aktivitet" beside "Beskrivelse" is the activity.
_NAMES: dict[Role, str] = {
    Role.DEADLINE: (
        "deadline frist tidsfrist sidste slutfrist forfald forfaldsdato due hvornår når vornår når when "
        "dato dag datum date dates tidspunkt tidspunkter tidsplan tidsramme termin milepælsdato periode "
        "tid start startdato begin begynder fra from uge uke vecka week måned månad month time timing "
        "timeframe timescale kalender"
    ),
    Role.ENDS: "slut slutdato slutt sluttdato til end finish till stop",
    Role.ACTIVITY: (
        "aktivitet aktiviteter activity opgave opgaver oppgave oppgaver uppgift uppgifter task milepæl "
        "milepæle milestone milstolpe delmål emne ämne handling hvad hva vad what møde møte möte meeting "
        "begivenhed hændelse event sag sak ärende titel title trin step skridt stage fase phase indhold "
        "innhold innehåll content beskrivelse beskrivning description proces process arbejde arbete tekst "
        "punkt action aktion moment item tiltag"
    ),
    Role.RESPONSIBLE: (
        "ansvarlig ansvarlige ansvar ansvarig ansvariga responsible responsibility owner lead tovholder "
        "tovholdere hvem vem who udføres utføres utförs udfører udførende ejer eier ägare aktør aktører "
        "aktör part parter instans deltagere deltakere deltagare participants udvalg forum organ party "
        "parties by person initialer"
    ),
    Role.EXTRA: (
        "nr nummer no id noter note notat notes bemærkning bemærkninger kommentar kommentarer merknad "
        "anmärkning comments remarks version rev revision forfatter författare author status link "
        "bilag sted place lokale formål økonomi budget pris "
        "udført færdig done"
    ),
}
_RANKS = {
    word: (role, rank) for role, names in reversed(_NAMES.items()) for rank, word in enumerate(names.split())
}
_UNITS = {"uge": "uge", "uke": "uke", "vecka": "vecka", "week": "week"}
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAME = 45
_HEADER_AMONG = 10
_SPELLABLE = 5  # letters; a shorter word with one letter off is another word
_ALIKE = 85  # one letter in six
_JUDGED = 200  # rows are enough to tell what a column holds
_DATED = 0.6  # of a cell's letters
_SURE = 0.4  # of a column: a date and a remark behind it are a deadline too


def recognise(rows: Sequence[Row]) -> Columns | None:
    """The columns of a table that is a plan; None when no column holds deadlines beside activities."""
    at = next((place for place, row in enumerate(rows[:_HEADER_AMONG]) if is_header(row)), None)
    header = None if at is None else rows[at]
    data = rows if at is None else rows[at + 1 :]
    width = max((len(row.cells) for row in rows), default=0)
    return _Contents(header, data, width).columns()


def is_header(row: Row) -> bool:
    """Names of columns and nothing else: most cells are such names, none holds a date with figures."""
    filled = [cell for cell in row.cells if cell]
    named = [cell for cell in filled if _named(cell)]
    dated = any(re.match(r"\W*\d", cell) or (re.search(r"\d", cell) and is_dated(cell)) for cell in filled)
    return len(set(filled)) > 1 and not dated and len(named) * 2 >= len(filled)


def is_dated(cell: str) -> bool:
    """Whether a cell, without the name of its column, is a deadline rather than a text with a date in it."""
    return looks_like_deadline(cell) >= _DATED


def _named(cell: str) -> tuple[Role, int] | None:
    """The role a header cell names and how well: the best of its words ("Emne/Aktivitet")."""
    if len(cell) > _LONGEST_NAME:
        return None
    found = [name for word in _WORD.findall(cell.casefold())[:5] if (name := _name_of_word(word))]
    return min(found, key=lambda name: (name[0] is Role.EXTRA, name[1]), default=None)


def _name_of_word(word: str) -> tuple[Role, int] | None:
    if word in _RANKS:
        return _RANKS[word]
    if len(word) < _SPELLABLE:
        return None
    close = [known for known in _RANKS if len(known) >= _SPELLABLE and fuzz.ratio(word, known) >= _ALIKE]
    compound = [known for known in _RANKS if len(known) > _SPELLABLE and word.endswith(known)]
    best = max(close or compound, key=lambda known: fuzz.ratio(word, known), default=None)
    return _RANKS[best] if best else None


class _Contents:
    """One table looked at column by column."""

    def __init__(self, header: Row | None, data: Sequence[Row], width: int) -> None:
        self.header = header
        self.columns_of_cells = [
            [row.cells[place] for row in data[:_JUDGED] if place < len(row.cells) and row.cells[place]]
            for place in range(width)
        ]
        cells = header.cells if header else ()
        self.names = [_named(cells[place]) if place < len(cells) else None for place in range(width)]
        self.dated = [self._share(place, looks_like_deadline) for place in range(width)]

    def columns(self) -> Columns | None:
        deadline = self._deadline()
        if deadline is None:
            return None
        ends = self._ends(deadline)
        taken = {deadline, ends}
        responsible = self._named_best(Role.RESPONSIBLE, taken)
        activity = self._activity(taken | {responsible})
        if activity is None:
            activity, responsible = responsible, None
        if activity is None:
            return None
        if responsible is None:
            responsible = self._responsible_by_content(taken | {activity})
        return Columns(
            deadline=deadline,
            activity=activity,
            responsible=responsible,
            ends=ends,
            unit=self._unit(deadline),
            header=self.header,
            width=len(self.names),
        )

    def _deadline(self) -> int | None:
        """The name and the content both speak; a column of dates needs no name, a name needs a date below."""
        scores = [self._deadline_score(place) for place in range(len(self.names))]
        best = max(range(len(scores)), key=lambda place: (scores[place], -place), default=None)
        return best if best is not None and scores[best] >= _SURE else None

    def _deadline_score(self, place: int) -> float:
        name = self.names[place]
        if name and name[0] is Role.DEADLINE:
            bare = 0.5 if self._unit(place) else 0
            return max(self.dated[place], bare) + (1 - name[1] / 100 if self.dated[place] or bare else 0)
        if name:
            return 0
        return self.dated[place] if len(self.columns_of_cells[place]) > 1 or not self.header else 0

    def _ends(self, deadline: int) -> int | None:
        places = (place for place, name in enumerate(self.names) if name and name[0] is Role.ENDS)
        return next((place for place in places if place != deadline and self.dated[place] >= _SURE), None)

    def _named_best(self, role: Role, taken: set[int | None]) -> int | None:
        places = [
            (name[1], place)
            for place, name in enumerate(self.names)
            if name and name[0] is role and place not in taken
        ]
        return min(places)[1] if places else None

    def _activity(self, taken: set[int | None]) -> int | None:
        named = self._named_best(Role.ACTIVITY, taken)
        if named is not None:
            return named
        free = [place for place in self._free(taken) if self.columns_of_cells[place]]
        return max(free, key=self._mean_length, default=None)

    def _responsible_by_content(self, taken: set[int | None]) -> int | None:
        scores = {place: self._share(place, _party_likeness) for place in self._free(taken)}
        best = max(scores, key=lambda place: scores[place], default=None)
        return best if best is not None and scores[best] >= _SURE else None

    def _free(self, taken: set[int | None]) -> list[int]:
        return [place for place, name in enumerate(self.names) if name is None and place not in taken]

    def _share(self, place: int, holds: Callable[[str], float]) -> float:
        cells = self.columns_of_cells[place]
        return sum(map(holds, cells)) / len(cells) if cells else 0.0

    def _mean_length(self, place: int) -> float:
        cells = self.columns_of_cells[place]
        return sum(map(len, cells)) / len(cells)

    def _unit(self, place: int) -> str:
        cells = self.header.cells if self.header else ()
        name = cells[place].strip(" .:").casefold() if place < len(cells) else ""
        return _UNITS.get(name, "")


def _party_likeness(cell: str) -> float:
    parties = split_responsible(cell)
    return sum(map(looks_like_party, parties)) / len(parties) if parties else 0.0
