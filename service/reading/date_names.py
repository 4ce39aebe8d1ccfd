"""What the name of a column of dates says: what is due, or no more than that dates stand below it."""

import re

from service.reading.column_names import role_named
from service.reading.party_parts import looks_like_party

_LONGEST_ACRONYM = 3  # a longer word in capitals is a word
_WORD = re.compile(r"[^\W\d_]+")
# What was, has been done or no longer holds; a date below such a name is nothing to be reminded of.
_PAST_WORDS = (
    "udført færdig afsluttet gennemført afholdt modtaget faktisk oprindelig oprindeligt tidligere "
    "forrige gammel gammelt oprettet opdateret ændret revideret godkendt utført ferdig avsluttet "
    "gjennomført avholdt mottatt opprinnelig opprettet oppdatert endret revidert utfört färdig avslutad "
    "genomförd mottagen faktiskt ursprunglig ursprungligt tidigare gammal skapad ändrad uppdaterad "
    "reviderad done completed finished actual original previous old baseline created updated modified "
    "received"
)
_GENERIC_WORDS = (
    "dato datoer datum dag dage dager dagar hvornår når vornår när tid tidspunkt tidspunkter tidsplan "
    "tidsramme tidsrom termin periode start startdato startdatum slut slutt slutdato sluttdato "
    "slutdatum begynder fra från til till måned månad år kalender planlagt planerad forventet forventa "
    "ny nye nyt nytt senest senast date dates day when time timing timeframe timescale from to end "
    "finish month year planned expected new"
)
_PAST, _GENERIC = (frozenset(words.split()) for words in (_PAST_WORDS, _GENERIC_WORDS))
_BEGINS = frozenset(["start", "startdato", "startdatum", "begin", "begynder", "fra", "från", "from"])


def tells_the_past(name: str) -> bool:
    """As in "Oprindelig frist", "Udført", "Actual date"."""
    return not _PAST.isdisjoint(_words(name))


def is_generic(name: str) -> bool:
    """As in "Dato", "Fra dato", "When": nothing that a milestone could be called by."""
    return _GENERIC.issuperset(_words(name))


def names_a_start(name: str) -> bool:
    """As in "Start", "Fra dato", "Start date"."""
    return not _BEGINS.isdisjoint(_words(name))


def names_a_party(name: str) -> bool:
    """As in "Byrådet" or "ØU": whose date stands below it."""
    is_shouted = name.isupper() and len(name) > _LONGEST_ACRONYM
    return bool(name) and not is_shouted and role_named(name) is None and looks_like_party(name)


def joined_name(name: str, activity: str) -> str:
    """As in "Møde: Økonomiudvalget"; the name alone where nothing else is said, none that is said already."""
    name = name.rstrip(" :.")
    if not activity or activity.casefold().startswith(name.casefold()):
        return activity or name
    return f"{name}: {activity}"


def _words(name: str) -> set[str]:
    return set(_WORD.findall(name.casefold()))
