"""The title of a plan, and the lines that only repeat it at the top of each page."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from service.reading.document import Document, Paragraph

_PLAN_WORD = re.compile(
    r"(?:plan|årshjul|kalender|milepæl|procedure|schedule|timetable|tidslinje|tidtabell|fremdrift|køreplan|"
    r"årscykl|timeline)",
    re.IGNORECASE,
)
_GLUED_PAGE_NUMBER = re.compile(r"^\d{1,3}(?=[A-ZÆØÅÄÖ])")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)")
_SPLIT_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?[-–/]\s?(\d\d)(?!\d)")
_LONGEST = 160
_AMONG = 5


def title_of(document: Document) -> str:
    """The first line that reads as a plan's title; else the format's own, the first short line, the file."""
    lines = [without_page_number(text) for text in _lines_above_the_table(document)]
    short = [line for line in lines if 0 < len(line) <= _LONGEST and not line.endswith(".")][:_AMONG]
    telling = [line for line in short if names_a_plan(line) and not line.endswith(":")]
    declared = [document.title.strip()] if document.title.strip() else []
    candidates = [*telling, *declared, *short, PurePath(document.name).stem]
    return candidates[0].rstrip(" :")


def names_a_plan(line: str) -> bool:
    return _PLAN_WORD.search(line) is not None


def years_in(title: str) -> range:
    """The years it names, from the first to the last: 2024 and 2025 in "2024/25". Else empty."""
    found = [int(year) for year in _YEAR.findall(title)]
    found += [int(first[:2] + last) for first, last in _SPLIT_YEAR.findall(title)]
    return range(min(found), max(found) + 1) if found else range(0)


def without_page_number(text: str) -> str:
    """As in "2Samlet procesplan": text taken from a page often has its number glued in front."""
    return _GLUED_PAGE_NUMBER.sub("", text).strip()


def same_title(text: str) -> str:
    """What is equal for two lines that are the same title on two pages."""
    return without_page_number(text).casefold().strip(" .")


def running_titles(document: Document) -> frozenset[str]:
    """The lines (as `same_title`) that stand in the document more than once."""
    paragraphs = (block.text for block in document.blocks if isinstance(block, Paragraph))
    times = Counter(same_title(text) for text in paragraphs)
    return frozenset(line for line, count in times.items() if count > 1)


def _lines_above_the_table(document: Document) -> Iterator[str]:
    """Paragraphs before the first table, and the lone cells above its header."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            said = {cell for cell in row.cells if cell}
            if len(said) != 1:
                return
            yield said.pop()
        return
