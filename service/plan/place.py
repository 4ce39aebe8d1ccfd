"""Where something stands in a document, as a value; words are put to it where somebody reads them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from service.errors import Language


class Spot(StrEnum):
    """What a step of a place is called; TEXT is a place that a person has put into words."""

    SHEET = "sheet"
    PAGE = "page"
    TABLE = "table"
    PARAGRAPH = "paragraph"
    LINE = "line"
    CALENDAR = "calendar"
    EVENT = "event"
    TASK = "task"
    ROW = "row"
    COLUMN = "column"
    TEXT = "text"


_WORDS: Mapping[Spot, Mapping[Language, str]] = {
    Spot.SHEET: {"da": "ark", "en": "sheet"},
    Spot.PAGE: {"da": "side", "en": "page"},
    Spot.TABLE: {"da": "tabel", "en": "table"},
    Spot.PARAGRAPH: {"da": "afsnit", "en": "paragraph"},
    Spot.LINE: {"da": "linje", "en": "line"},
    Spot.CALENDAR: {"da": "kalender", "en": "calendar"},
    Spot.EVENT: {"da": "begivenhed", "en": "event"},
    Spot.TASK: {"da": "opgave", "en": "task"},
    Spot.ROW: {"da": "række", "en": "row"},
    Spot.COLUMN: {"da": "kolonne", "en": "column"},
}
_SPOTS = {word: spot for spot, words in _WORDS.items() for word in words.values()}
_SHEET, _COLUMN = ("|".join(_WORDS[spot].values()) for spot in (Spot.SHEET, Spot.COLUMN))
_NUMBERED = re.compile(
    rf"(?:^|, )({'|'.join(word for word, spot in _SPOTS.items() if spot not in {Spot.SHEET, Spot.COLUMN})})"
    r"(?: (\d+))?(?=, |$)"
)
_PLACE = re.compile(
    rf"(?:(?:{_SHEET}) (?P<sheet>.+?))?(?P<numbered>(?:{_NUMBERED.pattern})*)"
    rf"(?:(?:^|, )(?:{_COLUMN}) (?P<column>.+))?",
    re.DOTALL,
)


class Step(NamedTuple):
    """`name` is a number or, for a sheet and a column, what it is called."""

    spot: Spot
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """The steps to it from the large to the small: sheet Plan, row 9. No steps: the document as a whole."""

    steps: tuple[Step, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps)

    @classmethod
    def at(cls, spot: Spot, name: int | str = "") -> "Place":
        return cls((Step(spot, str(name)),))

    def then(self, spot: Spot, name: int | str = "") -> "Place":
        return Place((*self.steps, Step(spot, str(name))))

    def name_of(self, spot: Spot) -> str:
        """What the step of that kind is called; "" where there is none."""
        return next((step.name for step in self.steps if step.spot is spot), "")

    def in_words(self, language: Language) -> str:
        """As a person would point to it: "ark Plan, række 9"."""
        return ", ".join(
            step.name if step.spot is Spot.TEXT else f"{_WORDS[step.spot][language]} {step.name}".strip()
            for step in self.steps
        )


NOWHERE = Place()


def place_of(text: str) -> Place:
    """The place that stands in words of either language; words of any other kind are kept as they are."""
    found = _PLACE.fullmatch(text)
    return Place(tuple(_steps(found))) if found else Place.at(Spot.TEXT, text)


def _steps(found: re.Match[str]) -> Iterator[Step]:
    if found["sheet"]:
        yield Step(Spot.SHEET, found["sheet"])
    for word, number in _NUMBERED.findall(found["numbered"]):
        yield Step(_SPOTS[word], number)
    if found["column"]:
        yield Step(Spot.COLUMN, found["column"])
