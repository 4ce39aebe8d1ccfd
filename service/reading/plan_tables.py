"""Which tables of a document are the plan, and by which columns each is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from service.reading.column_names import folded, is_header, names_the_columns
from service.reading.columns import Columns, recognise
from service.reading.contents import JUDGED
from service.reading.deadline import looks_like_deadline
from service.reading.document import Document, Row, Table
from service.reading.lists import is_list
from service.reading.row_kinds import grain, is_ditto

_TOP = 2  # rows in which a table that goes on may repeat its header


def width(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def rows_by_width(document: Document) -> Mapping[int, Sequence[Row]]:
    """The first rows of all tables of a width: as many as tell what their columns hold."""
    rows: dict[int, list[Row]] = {}
    for table in document.blocks:
        if isinstance(table, Table) and not is_list(table):
            there = rows.setdefault(width(table), [])
            there.extend(table.rows[: JUDGED - len(there)])
    return rows


def columns_of(table: Table, before: Columns | None, alike: Mapping[int, Sequence[Row]]) -> Columns | None:
    """Its own columns; without another header, those of the table it goes on. None: no part of the plan.

    Columns without names are judged over all tables of that width: a plan may be a table a month.
    """
    own = recognise(table.rows)
    if own is not None and own.header is not None:
        return own
    if before is not None and before.width == width(table):
        headers = [row for row in table.rows[:_TOP] if is_header(row)]
        if all(before.header and folded(row) == folded(before.header) for row in headers):
            return None if own is None and _is_about_other_things(table, before) else before
    return own and (recognise(alike.get(own.width, ())) or own)


def _is_about_other_things(table: Table, before: Columns) -> bool:
    """Its rows say something where the plan has its deadlines, none of them one: names, addresses."""
    full = [row for row in table.rows if before.deadline < len(row.cells) and len(set(row.cells) - {""}) > 1]
    first = [row.cells[before.deadline] for row in full if row.cells[before.deadline]]
    if len(first) < 2 or len(first) * 2 < len(full):  # noqa: PLR2004 # one may be a misspelt deadline
        return False
    return not any(
        looks_like_deadline(cell) or grain(cell) or is_ditto(cell) or cell[0].isdigit() for cell in first
    )


def sections(table: Table) -> Iterator[Table]:
    """The table cut above each row that names its columns anew, in another order or by other names."""
    begins = [place for place, row in enumerate(table.rows) if names_the_columns(row)]
    renamed = [
        later
        for earlier, later in pairwise(begins)
        if later > earlier + 1 and folded(table.rows[later]) != folded(table.rows[earlier])
    ]
    for start, end in pairwise([0, *renamed, len(table.rows)]):
        yield replace(table, rows=table.rows[start:end])
