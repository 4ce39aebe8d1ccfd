"""Times of day that stand in a column of their own beside the dates: "16:30", "kl. 16-18", "4.30 pm"."""

import re
from collections.abc import Sequence

from service.reading.deadline import read_deadline

_HOUR = r"(?:[01]?\d|2[0-4])(?:[.:]?[0-5]\d)?"
_CLOCK = re.compile(
    rf"(?P<sign>(?:kl(?:okken|okka|ockan)?\.?|at)\s*)?{_HOUR}(?:\s*[ap]\.?m\b\.?)?"
    rf"(?:\s*(?:[-–—]|til|till|to)\s*(?:kl\.?\s*)?{_HOUR}(?:\s*[ap]\.?m\b\.?)?)?",
    re.IGNORECASE,
)
_BEYOND_DOUBT = re.compile(r"\d:\d|kl|[ap]\.?m\b", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?:kl|klokke[ns]?|klokka|klokkan|klockan|\w*klokkeslæt(?:tet)?|\w*klokkeslett(?:et)?|\w*klockslag(?:et)?|"
    r"\w*tid|\w*tiden|\w*tider|\w*tidspunkt(?:et)?|\w*tidsrum|times?|hour)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"\b(?:times?|hour)\b", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d+")


def names_times(name: str) -> bool:
    """As in "Tid", "Kl.", "Mødetidspunkt", "Klockslag": dates may stand below it too."""
    return _NAMES.search(name) is not None


def is_time_of_day(cell: str, name: str) -> bool:
    """Whether a cell below that name is a time; without a name of times only what is one beyond doubt."""
    if not _CLOCK.fullmatch(cell) or (_ENGLISH.search(name) and _BARE_NUMBER.fullmatch(cell)):
        return False  # below "Time" a number may count hours
    if names_times(name):
        return bool(time_of_day((cell,), name))
    return bool((not name or _BEYOND_DOUBT.search(cell)) and _reads(cell))


def time_of_day(cells: Sequence[str], name: str) -> str:
    """The times of a row as they stand behind a date: "kl. 16:30", "kl. 16–18"; "" where there is none."""
    times = [cell for cell in cells if _CLOCK.match(cell)]
    said = "–".join(times)
    if said[:1].isdigit():
        said = f"{'at' if _ENGLISH.search(name) else 'kl.'} {said}"
    return said if said and _reads(said) else ""


def _reads(text: str) -> bool:
    """Whether it says a time and no day; midnight is how a spreadsheet writes none."""
    window = read_deadline(text).window
    return window.time is not None and window.starts_on is None and window.ends_on is None
