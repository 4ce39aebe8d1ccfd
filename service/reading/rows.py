"""Document -> the data rows of the plan: which of its tables and lists they stand in.

Every row of every table ends in one of three places: it is a data row, it is joined to the row before it, or
a finding tells why it was left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from service.plan.finding import Finding
from service.reading.data_row import DataRow
from service.reading.document import Document, Paragraph, Table
from service.reading.gathering import Gathering
from service.reading.lists import (
    as_tables,
    has_list,
    is_list,
    lists_read,
    unread_lines,
    with_lists,
    with_lone_items,
)
from service.reading.period_headings import completed_by_headings, headings_above_tables, years_of_sheets
from service.reading.phases import headings_of_phases
from service.reading.plan_tables import columns_of, rows_by_width, sections
from service.reading.title import same_title


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRows:
    """`names_parties` tells whether any row says who is responsible; `prose` is what is no row."""

    rows: tuple[DataRow, ...]
    findings: tuple[Finding, ...]
    names_parties: bool
    prose: tuple[str, ...] = ()


def plan_rows(document: Document) -> PlanRows:
    """The rows of all tables that are the plan, and of the lists beside them.

    Tables that are none become findings. Where no table is the plan, its lists are.
    """
    tables = with_lone_items(document)
    plan = _rows_of_tables(tables)
    if plan.rows and has_list(tables):
        return replace(plan, findings=(*plan.findings, *unread_lines(tables, listed=True)))
    if plan.rows:
        lists = with_lists(tables)
        plan = _rows_of_tables(lists) if lists != tables else plan
        beside = (*lists_read(lists), *unread_lines(lists, listed=False))
        return replace(plan, findings=(*plan.findings, *beside))
    lists = with_lone_items(as_tables(document))
    listed = _rows_of_tables(lists)
    unread = unread_lines(lists, listed=has_list(lists))
    return replace(listed, findings=(*plan.findings, *listed.findings, *unread))


def _rows_of_tables(document: Document) -> PlanRows:
    gathering = Gathering(titles=frozenset(same_title(text) for text in _texts(document)))
    headings = headings_above_tables(document)
    judged = completed_by_headings(document)
    alike = rows_by_width(judged)
    sheets = years_of_sheets(document)
    phases = headings_of_phases(document)
    for place, (block, completed) in enumerate(zip(document.blocks, judged.blocks, strict=True)):
        if not (isinstance(block, Table) and isinstance(completed, Table)):
            if isinstance(block, Paragraph) and place in headings:
                gathering.enter_period(block.text, block.where)
            continue
        if year := sheets.get(block.where):
            gathering.begin_sheet(year)
        for part, (table, as_judged) in enumerate(zip(sections(block), sections(completed), strict=True)):
            if part:
                gathering.repeated_header(table.rows[0])
            found = columns_of(as_judged, gathering.columns, alike)
            if found is None:
                gathering.tell("table-without-deadlines", table.where, rows=str(len(table.rows)))
                continue
            before = gathering.columns
            gathering.take(table, found, None if part else phases.get(place))
            if is_list(block):
                gathering.columns = before  # a table that goes on below it has those of the table above
    return PlanRows(
        rows=tuple(gathering.rows),
        findings=tuple(gathering.findings),
        names_parties=any(row.responsible for row in gathering.rows),
        prose=tuple(block.text for block in document.blocks if isinstance(block, Paragraph)),
    )


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    yield from (block.text for block in document.blocks if isinstance(block, Paragraph))
