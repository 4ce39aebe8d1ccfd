"""The names of columns, in four languages, and the rows that say nothing else: headers."""

import re
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from service.reading.document import Row
from service.reading.row_kinds import is_dated, is_ditto, is_period


class Role(StrEnum):
    DEADLINE = "deadline"
    ENDS = "ends"
    ACTIVITY = "activity"
    RESPONSIBLE = "responsible"
    EXTRA = "extra"


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
_UNIT = re.compile(rf"({'|'.join(_UNITS)})(?:[\s.-]*(?:nr|nummer|no|number))?")
_WORD = re.compile(r"[^\W\d_]+")
_PHASES = re.compile(r"\W*(?:fase|faser|phase|fas|etape|etapp|stage)\b", re.IGNORECASE)
_LONGEST_NAME = 45
_SPELLABLE = 5  # letters; a shorter word with one letter off is another word
_ALIKE = 85  # one letter in six


def role_named(cell: str) -> tuple[Role, int] | None:
    """The role a header cell names and how well: the best of its words ("Emne/Aktivitet")."""
    if len(cell) > _LONGEST_NAME:
        return None
    found = [name for word in _WORD.findall(cell.casefold())[:5] if (name := _name_of_word(word))]
    return min(found, key=lambda name: (name[0] is Role.EXTRA, name[1]), default=None)


@lru_cache(maxsize=4096)
def _name_of_word(word: str) -> tuple[Role, int] | None:
    if word in _RANKS:
        return _RANKS[word]
    if len(word) < _SPELLABLE:
        return None
    close = [known for known in _RANKS if len(known) >= _SPELLABLE and fuzz.ratio(word, known) >= _ALIKE]
    compound = [known for known in _RANKS if len(known) > _SPELLABLE and word.endswith(known)]
    best = max(close or compound, key=lambda known: fuzz.ratio(word, known), default=None)
    return _RANKS[best] if best else None


def names_phases(cell: str) -> bool:
    """As in "Fase", "Fase/etape": the column beside the activities that says to which phase they belong."""
    return _PHASES.match(cell) is not None


def unit_named(cell: str) -> str:
    """What stands before a bare number below the name: "uge" below "Uge"."""
    found = _UNIT.fullmatch(cell.strip(" .:").casefold())
    return _UNITS[found[1]] if found else ""


def is_header(row: Row) -> bool:
    """Names of columns and nothing else: most cells are such names, none holds a date with figures.

    Two terms side by side name columns too: "Aktivitet | Efterår 2023 | Forår 2024".
    """
    filled = [cell for cell in row.cells if cell]
    named = [cell for cell in filled if role_named(cell)]
    terms = {cell for cell in filled if is_period(cell)}
    if len(terms) > 1 and named and len(named) + len(terms) == len(filled):
        return True
    dated = any(re.match(r"\W*\d", cell) or (re.search(r"\d", cell) and is_dated(cell)) for cell in filled)
    repeats = any(map(is_ditto, filled))
    return len(set(filled)) > 1 and not dated and not repeats and len(named) * 2 >= len(filled)


def names_the_columns(row: Row) -> bool:
    """A header beyond doubt, wherever it stands: every cell names a column, one of them the deadlines."""
    roles: set[Role] = set()
    for cell in filter(None, row.cells):
        name = None if is_ditto(cell) or any(map(str.isdigit, cell)) else role_named(cell)
        if name is None:
            return False
        roles.add(name[0])
    return Role.DEADLINE in roles and len(roles) > 1


def folded(row: Row) -> tuple[str, ...]:
    """What is equal for two rows that are the same header."""
    return tuple(cell.casefold() for cell in row.cells)
