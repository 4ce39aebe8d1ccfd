"""A list of dates ("20. marts - Økonomiudvalget: ...") as the table that it means."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from service.plan.place import Place
from service.reading.deadline import looks_like_deadline
from service.reading.document import Paragraph, Row, Table
from service.reading.formats.cells import fold

HEADER = ("Deadline", "Ansvarlig", "Aktivitet")
_FEWEST = 2  # one line that begins with a date is prose

_BULLET = re.compile(r"\s*(?:[-*•·–—o▪]\s+)?")
_BREAK = re.compile(r"\s*:\s+|\s+[-–—]+>?\s+")
_WHO = re.compile(r"(?P<who>[^\W\d_][^:.;!?]{1,58}):\s+(?P<what>\S.*)")
_LONGEST_DATE = 80
_SURE = 0.99
_WORDS_OF_A_DATE = 7
_YEAR_ALONE = re.compile(r"\W*(?:19|20)\d\d\W*")


class Item(NamedTuple):
    """One line of a list: when, who if the line says so before a colon, and what.

    A heading between the items says when and nothing else.
    """

    when: str
    who: str = ""
    what: str = ""


@lru_cache(maxsize=100)  # a line is looked at from several sides
def item(line: str) -> Item | None:
    """The line read as an item; None if it does not begin with a date and a separator."""
    text = line[_BULLET.match(line).end() :]  # type: ignore[union-attr] # the pattern matches the empty text too
    breaks = [
        found for found in _BREAK.finditer(text[: _LONGEST_DATE + 1]) if _is_time(text[: found.start()])
    ]
    if not breaks or not (rest := fold(text[breaks[-1].end() :])):
        return None
    who = _WHO.fullmatch(rest)
    return Item(fold(text[: breaks[-1].start()]), who["who"] if who else "", who["what"] if who else rest)


@lru_cache(maxsize=100)
def date_before(line: str) -> str:
    """The day, week or span with which a line begins ("20. maj Fest"), before what else it says; else ""."""
    words = line[_BULLET.match(line).end() :].split()  # type: ignore[union-attr] # matches the empty text too
    if _is_time(" ".join(words)):
        return ""
    for count in range(min(len(words) - 1, _WORDS_OF_A_DATE), 0, -1):
        when = " ".join(words[:count]).rstrip(":,")
        if any(map(str.isdigit, when)) and not _YEAR_ALONE.fullmatch(when) and _is_time(when):
            return when
    return ""


def is_heading(line: str) -> bool:
    """As in "2025:", "Marts 2024": the month or the year of the items below."""
    return _is_time(line.strip())


@lru_cache(maxsize=10_000)  # lists repeat their dates
def _is_time(text: str) -> bool:
    return looks_like_deadline(text) >= _SURE


def table(items: Sequence[tuple[Place, Item]], *, where: Place) -> Table | None:
    """The items, each with its place, under the header that says what was found; None if they are too few."""
    if len(items) < _FEWEST:
        return None
    header = Row(cells=HEADER, where=items[0][0])
    return Table(
        rows=(header, *(Row(cells=tuple(found), where=place) for place, found in items)), where=where
    )


def gathered(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph | Table]:
    """The lists among the paragraphs as tables, the others as they are."""
    for is_list, run in groupby(paragraphs, key=lambda paragraph: item(paragraph.text) is not None):
        together = list(run)
        items = [(paragraph.where, found) for paragraph in together if (found := item(paragraph.text))]
        as_table = table(items, where=items[0][0]) if is_list else None
        yield from (as_table,) if as_table else together
