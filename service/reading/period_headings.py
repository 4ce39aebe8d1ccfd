"""Months and years that stand as headings between the tables of a plan."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from service.plan.place import Place, Spot
from service.reading.columns import recognise
from service.reading.document import Document, Paragraph, Table
from service.reading.row_cells import cells_of
from service.reading.row_kinds import Grain, day_in_month, grain, is_dated, is_day_alone, is_period

_SHEET_OF_A_YEAR = re.compile(r"\D*((?:19|20)\d\d)\D*")


def headings_above_tables(document: Document) -> frozenset[int]:
    """The places of paragraphs such as "Marts 2024" that say the month or the year of the table below.

    One alone, above the first table, may be the date of the document: it counts where days stand bare.
    """
    blocks = document.blocks
    tables = [place for place, block in enumerate(blocks) if isinstance(block, Table)]
    headings = {table: found for table in tables if (found := list(_periods_above(blocks, table)))}
    if len(headings) == 1 and tables[0] in headings and not _has_bare_days(blocks[tables[0]]):
        return frozenset()
    return frozenset(chain.from_iterable(headings.values()))


def completed_by_headings(document: Document) -> Document:
    """The document as its columns are judged: bare days below the heading of their month are whole dates.

    Numbers beside a column of dates only count the rows.
    """
    above = (None, *document.blocks)
    blocks = (
        _completed(block, heading.text)
        if isinstance(block, Table) and isinstance(heading, Paragraph) and grain(heading.text) is Grain.MONTH
        else block
        for heading, block in zip(above, document.blocks, strict=False)
    )
    return replace(document, blocks=tuple(blocks))


def _completed(table: Table, month: str) -> Table:
    names_days_elsewhere = any(
        is_dated(cell) and any(map(str.isdigit, cell)) for row in table.rows for cell in row.cells[1:]
    )
    if names_days_elsewhere:
        return table
    rows = (replace(row, cells=(day_in_month(row.cells[0], month), *row.cells[1:])) for row in table.rows)
    return replace(table, rows=tuple(rows))


def years_of_sheets(document: Document) -> Mapping[Place, int]:
    """The year in the name of each sheet, where the sheets are years apart ("2025", "2026")."""
    places = {block.where for block in document.blocks if isinstance(block, Table)}
    years = {
        place: int(found[1])
        for place in places
        if (found := _SHEET_OF_A_YEAR.fullmatch(place.name_of(Spot.SHEET)))
    }
    return years if len(set(years.values())) > 1 else {}


def _periods_above(blocks: Sequence[Paragraph | Table], table: int) -> Iterator[int]:
    """Right above it, one below the other: "2024", "August"."""
    for place in range(table - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Table) or not is_period(block.text):
            return
        yield place


def _has_bare_days(block: Paragraph | Table) -> bool:
    columns = recognise(block.rows) if isinstance(block, Table) else None
    if columns is None or not isinstance(block, Table):
        return False
    return any(is_day_alone(cells_of(row, columns).deadline) for row in block.rows)
