"""What a text of a row says by itself: a date alone, a period above others, ditto, a note, a phase."""

import re
from enum import IntEnum

from service.plan.window import Kind
from service.reading.deadline import looks_like_deadline, read_deadline

_PERIODS = frozenset(
    {Kind.MONTH, Kind.YEAR, Kind.QUARTER, Kind.HALF_YEAR, Kind.SEASON, Kind.WEEK, Kind.PART_OF_MONTH}
)
_DITTO = re.compile(
    r"(?:do\.?|ditto|id(?=\.)|idem|[\"'″”“„〃´`’]+|[-–]+\s*[\"″”“〃]+\s*[-–]+|s\.\s?[åd]\.|"
    r"(?:den\s+|det\s+)?(?:samme|same|samma)"
    r"(?:\s+(?:fase|dato|dag|tid|periode|frist|deadline|phase|date|fas|datum|uge|måned))?"
    r"(?:\s+(?:som\s+|as\s+)?(?:ovenfor|over|ovan|above))?"
    r"|(?:som|se|as|see)\s+(?:ovenfor|over|ovan|above))\.?",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    r"(?P<day>(?:\w{2,4}dag(?:en)?[.,]?\s*|(?!uge|uke)\w{3}[.,]?\s+|(?:ma|ti|on|to|fr|lø|sø)[.,]?\s+)?"
    r"(?:d\.?\s*|den\s+)?\d{1,2}\.?"
    r"(?:\s*(?:[-–+/,&]|og|til)\s*\d{1,2}\.?)*)"
    r"(?P<time>,?\s+kl\.?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?)?)?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:i\s+alt|ialt|sum|total|subtotal|\*|note[rs]?\b|nb\b|bemærk|merk|obs\b|kilde|source|källa|revider(?:et|t|ad)|opp?dater(?:et|t)|uppdaterad|updated|revised|oprettet|"
    r"udskrevet|(?:senest|sidst|sist|senast|last)\s+(?:opdat|oppdat|uppdat|updat|revi|ænd|end)|(?:der\s+tages\s+)?forbehold|ret\s+til\s+ændringer|"
    r"side\s+\d|page\s+\d|sida\s+\d)",
    re.IGNORECASE,
)
_PHASE = re.compile(
    r"(?:fase|phase|fas|etape|etapp|del|part|trin|step|skridt|steg|afsnit|spor|tema|blok)\b", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"(?:[,:\-–/&(]|\b(?:og|eller|samt|at|der|som|med|for|af|til|i|på|den|det|de|en|et|bliver|är|er|and|or|the|of|to|"
    r"och|av))$",
    re.IGNORECASE,
)
_NO_DATE = re.compile(
    r"(?:(?:er\s+)?(?:ikke|ikkje|inte|not|ej)\s+(?:relevant|aktuel|aktuelt|aktuell|applicable|nødvendig|nødvendigt)|"
    r"n\.?\s?/?\s?a\.?|irrelevant|ingen|intet|inget|none|nej|nei|no|udgår|utgår|bortfalder|bortfaller)[.!]?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:(?:man|tirs|ons|tors|fre|lør|søn|mån|tis|lör|sön)dag(?:en)?|"
    r"(?:man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön)\.?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?)",
    re.IGNORECASE,
)
_ANY_YEAR = 2024
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_ALONE = re.compile(r"\W*(?:19|20)\d\d\W*")
_DATED = 0.6  # of a cell's letters
_WHOLLY = 0.9  # of a cell's letters are the language of deadlines


class Grain(IntEnum):
    """How fine a date is told; one that is finer than another may stand below or beside it."""

    NONE = 0
    YEAR = 1
    MONTH = 2
    DAY_ALONE = 3


def grain(text: str) -> Grain:
    """What a cell tells that needs another beside it; NONE for a whole date and for everything else."""
    if _YEAR_ALONE.fullmatch(text):
        return Grain.YEAR
    if _DAY_ALONE.fullmatch(text):
        return Grain.DAY_ALONE
    is_month = is_period(text) and read_deadline(text, None).window.kind is Kind.MONTH
    return Grain.MONTH if is_month else Grain.NONE


def is_dated(text: str) -> bool:
    """Whether a cell, without the name of its column, is a deadline rather than a text with a date in it."""
    return looks_like_deadline(text) >= _DATED


def says_when(text: str) -> bool:
    """Whether a cell in a column of dates tells a date, or that one is to come: "n/a" and a dash do not."""
    if is_day_alone(text) or is_ditto(text):
        return True
    codes = {finding.code for finding in read_deadline(text, _ANY_YEAR).findings}
    return not _NO_DATE.fullmatch(text) and codes.isdisjoint({"deadline-not-understood", "deadline-missing"})


def is_weekday(text: str) -> bool:
    return _WEEKDAY.fullmatch(text) is not None


def is_day_alone(text: str) -> bool:
    return _DAY_ALONE.fullmatch(text) is not None


def day_in_month(text: str, month: str) -> str:
    """The day alone with the month that stands elsewhere, before the time of day."""
    found = _DAY_ALONE.fullmatch(text)
    return f"{found['day']} {month}{found['time'] or ''}" if found else text


def is_period(text: str) -> bool:
    """Nothing but a month, a week, a year: a heading of more words is a phase."""
    if looks_like_deadline(text) < _WHOLLY:
        return False
    return read_deadline(text, None).window.kind in _PERIODS or is_year(text)


def is_year(text: str) -> bool:
    return _YEAR_ALONE.fullmatch(text) is not None


def year_in(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match.group()) if match else None


def is_ditto(text: str) -> bool:
    """As in "do.", "samme dato", a quotation mark: what stands above stands here too."""
    return _DITTO.fullmatch(text) is not None


def begins_like_a_note(text: str) -> bool:
    return _NOTE.match(text) is not None


def begins_like_a_phase(text: str) -> bool:
    """As in "Fase 2: Høring", "Høring:", "HØRING"."""
    return names_a_phase(text) or text.endswith(":") or text.isupper()


def names_a_phase(text: str) -> bool:
    return _PHASE.match(text) is not None


def is_unfinished(text: str) -> bool:
    """A sentence that cannot end so: after "og", "til", a comma."""
    return _UNFINISHED.search(text) is not None
