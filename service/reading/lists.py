"""The lists of a document, beside its tables or instead of them, each as the table that it means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from service.plan.finding import Finding
from service.plan.window import Kind
from service.reading.column_names import Role, role_named
from service.reading.date_names import is_generic
from service.reading.deadline import looks_like_deadline, read_deadline
from service.reading.document import Document, Paragraph, Row, Table
from service.reading.formats import dated_list
from service.reading.formats.cells import shortened
from service.reading.formats.dated_list import HEADER
from service.reading.row_kinds import begins_like_a_note

_NAMES = ("Aktivitet", "Deadline")
_DATED_LAST = re.compile(
    r"(?:[-*•·–—o▪]\s+)?(?P<what>[^\W_][^\n]{1,118}?)\s*(?::|\s[-–—])\s+(?P<when>\S.{0,78})"
)
# What a document says of itself, above its plan or below it.
_ABOUT_THE_DOCUMENT = re.compile(
    r"(?:dato|date|datum|ver(?:sion|\.)|rev\b|udgave|utgave|utgåva|godkendt|godkjent|godkänd|approved|vedtaget|vedtatt|"
    r"antagen|adopted|fastställd|udarbejdet|utarbeidet|upprättad|prepared|gældende|gjeldende|gäller|valid|dateret|"
    r"datert|daterad|dated|udsendt|utsendt|issued|published|status|referat|behandlet|behandlad)\b",
    re.IGNORECASE,
)
_DAYS = frozenset({Kind.DAY, Kind.BY, Kind.FROM, Kind.RANGE, Kind.WEEK})
_ANY_YEAR = 2024
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


def with_lists(document: Document) -> Document:
    """Where tables are the plan, each list beside them is one more: two lines or more together that all begin
    or all end with a date. What the document says of itself ("Revideret: 3. maj") is no list.
    """
    blocks: list[Paragraph | Table] = []
    for form, run in groupby(document.blocks, key=_form):
        together = list(run)
        listed = _as_list([block for block in together if isinstance(block, Paragraph)], form)
        blocks += together if listed is None else [listed]
    return replace(document, blocks=tuple(blocks))


def has_list(document: Document) -> bool:
    return any(isinstance(block, Table) and is_list(block) for block in document.blocks)


def is_list(table: Table) -> bool:
    """Whether the table was made of the lines of a list."""
    return any(row.cells in {HEADER, _NAMES} for row in table.rows[:1])


def unread_lines(document: Document, *, listed: bool) -> Iterator[Finding]:
    """Tells the lines with a date: all of them where a list is the plan, beside a table all but prose."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and _is_unread(block.text, listed=listed):
            yield Finding(
                code="dated-line-not-read", where=block.where, values={"written": shortened(block.text)}
            )


def lists_read(document: Document) -> Iterator[Finding]:
    """Tells which lists beside the tables were read as rows too."""
    for block in document.blocks:
        if isinstance(block, Table) and is_list(block):
            written = shortened(" – ".join(filter(None, block.rows[1].cells)))
            values = {"written": written, "rows": str(len(block.rows) - 1)}
            yield Finding(code="list-read", where=block.where, values=values)


def _is_unread(text: str, *, listed: bool) -> bool:
    if len(text) > _LONGEST_LINE:
        return False
    if item := dated_list.item(text):
        return not begins_like_a_note(item.what)
    is_line = listed or not _PROSE.search(text)
    return is_line and bool(dated_list.date_before(text) or (not listed and _ends_with_a_day(text)))


def _form(block: Paragraph | Table) -> str:
    """How a line of a list says when: first or last; "" for all other blocks."""
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINE:
        return ""
    if item := dated_list.item(block.text):
        return "" if begins_like_a_note(item.what) else "first"
    return "last" if _cells(block.text) else ""


def _is_dated_last(text: str) -> bool:
    return bool(cells := _cells(text)) and not _ABOUT_THE_DOCUMENT.match(cells[0])


def _ends_with_a_day(text: str) -> bool:
    """A month or a year at the end of a lone line is as often part of a name."""
    if not _is_dated_last(text):
        return False
    _, when = _cells(text)
    return read_deadline(when, _ANY_YEAR).window.kind in _DAYS


def _as_list(lines: Sequence[Paragraph], form: str) -> Table | None:
    if not form or len(lines) < _FEWEST:
        return None
    where = lines[0].where
    if form == "first":
        items = [(line.where, item) for line in lines if (item := dated_list.item(line.text))]
        return dated_list.table(items, where=where)
    return _table(lines) if all(_is_dated_last(line.text) for line in lines) else None


def _lone_item(block: Paragraph | Table) -> Paragraph | Table:
    found = dated_list.item(block.text) if isinstance(block, Paragraph) else None
    if found is None:
        return block
    rows = (Row(cells=HEADER, where=block.where), Row(cells=tuple(found), where=block.where))
    return Table(rows=rows, where=block.where)


def _dated_last(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | Table]:
    for is_dated, run in groupby(paragraphs, key=lambda paragraph: bool(_cells(paragraph.text))):
        together = list(run)
        yield from (_table(together),) if is_dated and len(together) >= _FEWEST else together


def _table(lines: Sequence[Paragraph]) -> Table:
    where = lines[0].where
    rows = [Row(cells=_cells(line.text), where=line.where) for line in lines]
    return Table(rows=(Row(cells=_NAMES, where=where), *rows), where=where)


def _cells(text: str) -> tuple[str, ...]:
    """What and when; () for prose and for what is said of the document itself ("Revideret: 3. maj 2024")."""
    line = _DATED_LAST.fullmatch(text)
    if line is None or looks_like_deadline(line["when"]) < _WHOLLY:
        return ()
    what = line["what"]
    return () if _is_label(what) or begins_like_a_note(what) else (what, line["when"])


def _is_label(what: str) -> bool:
    """As in "Dato", "Deadline": what such a line names is no activity."""
    role = role_named(what) if len(what.split()) == 1 else None
    return is_generic(what) or (role is not None and role[0] is not Role.ACTIVITY)
