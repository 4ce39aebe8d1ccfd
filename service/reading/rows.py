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
from service.reading.lists import as_tables, unread_lines, with_lone_items
from service.reading.period_headings import completed_by_headings, headings_above_tables, years_of_sheets
from service.reading.phases import headings_of_phases
from service.reading.plan_tables import columns_of, rows_by_width, sections
from service.reading.title import same_title


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRows:
    """`names_parties` tells whether any row of the plan says who is responsible."""

    rows: tuple[DataRow, ...]
    findings: tuple[Finding, ...]
    names_parties: bool


def plan_rows(document: Document) -> PlanRows:
    """The rows of all tables that are the plan; tables that are none become findings.

    Where no table is the plan, its lists are.
    """
    tables = with_lone_items(document)
    plan = _rows_of_tables(tables)
    if plan.rows:
        return replace(plan, findings=(*plan.findings, *unread_lines(tables)))
    lists = with_lone_items(as_tables(document))
    listed = _rows_of_tables(lists)
    return replace(listed, findings=(*plan.findings, *listed.findings, *unread_lines(lists)))


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
            gathering.take(table, found, None if part else phases.get(place))
    return PlanRows(
        rows=tuple(gathering.rows),
        findings=tuple(gathering.findings),
        names_parties=any(row.responsible for row in gathering.rows),
    )


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    yield from (block.text for block in document.blocks if isinstance(block, Paragraph))
