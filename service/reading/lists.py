"""The lists of a document whose tables are no plan, each as the table that it means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from service.plan.finding import Finding
from service.reading.column_names import role_named
from service.reading.deadline import looks_like_deadline
from service.reading.document import Document, Paragraph, Row, Table
from service.reading.formats import dated_list
from service.reading.formats.cells import shortened
from service.reading.formats.dated_list import HEADER
from service.reading.row_kinds import begins_like_a_note

_NAMES = ("Aktivitet", "Deadline")
_DATED_LAST = re.compile(
    r"(?:[-*•·–—o▪]\s+)?(?P<what>[^\W_][^\n]{1,118}?)\s*(?::|\s[-–—])\s+(?P<when>\S.{0,78})"
)
_WHOLLY = 0.99  # of a text's letters are the language of deadlines
_PROSE = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s|\.\s*$")  # a numbered section, or a sentence
_LONGEST_LINE = 200  # letters; more is prose
_FEWEST = 2  # one line that ends in a date is prose


def as_tables(document: Document) -> Document:
    """Its dated lists ("20. marts - ..."), else its lists that end in dates ("Høring: maj")."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    blocks = tuple(dated_list.gathered(paragraphs))
    if not any(isinstance(block, Table) for block in blocks):
        blocks = tuple(_dated_last(paragraphs))
    return replace(document, blocks=blocks)


def with_lone_items(document: Document) -> Document:
    """Where a dated list is the plan, each item that stands apart from the others is a row of it too."""
    if not has_list(document):
        return document
    return replace(document, blocks=tuple(map(_lone_item, document.blocks)))


def has_list(document: Document) -> bool:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return any(row.cells == HEADER for table in tables for row in table.rows[:1])


def unread_lines(document: Document) -> Iterator[Finding]:
    """Tells the paragraphs that begin with a date: in a list all of them, beside a table all but prose."""
    listed = has_list(document)
    for block in document.blocks:
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST_LINE:
            item = dated_list.item(block.text)
            is_line = listed or not _PROSE.search(block.text)
            is_issued = item is not None and begins_like_a_note(item.what)
            if not is_issued and (item or (is_line and dated_list.date_before(block.text))):
                written = shortened(block.text)
                yield Finding(code="dated-line-not-read", where=block.where, values={"written": written})


def _lone_item(block: Paragraph | Table) -> Paragraph | Table:
    found = dated_list.item(block.text) if isinstance(block, Paragraph) else None
    if found is None:
        return block
    rows = (Row(cells=HEADER, where=block.where), Row(cells=tuple(found), where=block.where))
    return Table(rows=rows, where=block.where)


def _dated_last(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | Table]:
    cells = {paragraph.where: _cells(paragraph.text) for paragraph in paragraphs}
    for is_list, run in groupby(paragraphs, key=lambda paragraph: bool(cells[paragraph.where])):
        together = list(run)
        if not is_list or len(together) < _FEWEST:
            yield from together
            continue
        first = together[0].where
        rows = [Row(cells=cells[paragraph.where], where=paragraph.where) for paragraph in together]
        yield Table(rows=(Row(cells=_NAMES, where=first), *rows), where=first)


def _cells(text: str) -> tuple[str, ...]:
    """What and when; () for prose and for what is said of the document itself ("Revideret: 3. maj 2024")."""
    line = _DATED_LAST.fullmatch(text)
    if line is None or looks_like_deadline(line["when"]) < _WHOLLY:
        return ()
    what = line["what"]
    return () if role_named(what) or begins_like_a_note(what) else (what, line["when"])
