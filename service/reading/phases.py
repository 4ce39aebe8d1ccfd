"""Headings above the tables of a plan that name the phase of the rows below."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from service.plan.place import Place
from service.reading.document import Document, Paragraph, Table
from service.reading.formats import dated_list
from service.reading.row_kinds import begins_like_a_note, is_dated, is_period, names_a_phase
from service.reading.title import names_a_plan, running_titles, same_title, title_of

_LONGEST = 60  # letters; more is prose
_PUNCTUATION = " :–—-"


class Heading(NamedTuple):
    """`phase` is "" for a heading that names none: the phase of the table before ends there."""

    phase: str
    where: Place


def headings_of_phases(document: Document) -> Mapping[int, Heading]:
    """The place of each table that has a heading right above it -> that heading.

    One that begins with "Fase", "Etape" ... names a phase; others do where several tables have one each.
    """
    titles = running_titles(document) | {same_title(title_of(document))}
    found = {
        place: heading
        for place, block in enumerate(document.blocks)
        if isinstance(block, Table) and (heading := _heading_above(document.blocks, place, titles))
    }
    are_sections = len({heading.text for heading in found.values()}) > 1
    return {
        place: Heading(
            phase_named(heading.text) if are_sections or names_a_phase(heading.text) else "", heading.where
        )
        for place, heading in found.items()
    }


def phase_named(heading: str) -> str:
    """As in "Fase 1: Forberedelse" for "Fase 1: Forberedelse:"."""
    return heading.strip(_PUNCTUATION)


def _heading_above(
    blocks: Sequence[Paragraph | Table], table: int, titles: frozenset[str]
) -> Paragraph | None:
    """The nearest line that is neither of the page nor a month or year, if it reads like a heading."""
    line = next(_lines_above(blocks, table, titles), None)
    if line is None or len(line.text) > _LONGEST or line.text.endswith((".", ",", ";")):
        return None
    says_more = is_dated(line.text) or dated_list.item(line.text) is not None or names_a_plan(line.text)
    return None if says_more else line


def _lines_above(
    blocks: Sequence[Paragraph | Table], table: int, titles: frozenset[str]
) -> Iterator[Paragraph]:
    for place in range(table - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Table):
            return
        is_of_the_page = same_title(block.text) in titles or begins_like_a_note(block.text)
        if not is_of_the_page and not is_period(block.text):
            yield block
