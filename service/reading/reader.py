"""A document -> a plan: everything that was read, put together, and what a coordinator should look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from service.plan.finding import Finding
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reading.checklist import checklists, required_lists
from service.reading.checks import due_day, findings_about
from service.reading.contradictions import contradictions
from service.reading.data_row import DataRow
from service.reading.day_order import with_settled_order
from service.reading.deadline import Deadline
from service.reading.dependencies import with_proposals
from service.reading.document import Document, Table
from service.reading.errors import NoPlanFound, UnreadableFile
from service.reading.formats import plan_yaml
from service.reading.from_yaml import plan_from_tree
from service.reading.identity import milestone_ids
from service.reading.language import language_of
from service.reading.parties import Mention, Parties, identify
from service.reading.responsible import split_cells
from service.reading.rows import PlanRows, plan_rows
from service.reading.sandbox import read_document_safely, read_tree_safely
from service.reading.title import title_of
from service.reading.years import read_deadlines, year_sources


def read_plan(path: Path, year: int | None = None) -> Plan:
    """The plan in a file. Raises a sentence of `errors` when the file cannot be read or holds no plan."""
    if plan_yaml.is_plan_yaml(path.name):
        return plan_from_tree(read_tree_safely(path), path.name, year)
    return understand(read_document_safely(path), year)


def understand(document: Document, year: int | None = None) -> Plan:
    """The plan a document holds; `year` is that of its first row when nothing in the row tells it.

    Every data row becomes a milestone, is joined to the one before, or is told of in a finding.
    """
    return _kept(document) or _understood(document, year)


def _kept(document: Document) -> Plan | None:
    """The plan that the product itself put into the file, unless somebody changed it."""
    if document.kept is None:
        return None
    try:
        plan = plan_from_tree(plan_yaml.unpacked(document.kept), document.name)
    except UnreadableFile:
        return None
    notes = _of_notes((), document)
    return replace(plan, findings=(*plan.findings, *notes))


def _understood(document: Document, year: int | None) -> Plan:
    plan = plan_rows(document)
    if not plan.rows:
        raise NoPlanFound(file=document.name)
    title, language = title_of(document), language_of(_texts(document))
    rows, orders = with_settled_order(plan.rows, language)
    plan = replace(plan, rows=rows)
    deadlines = read_deadlines(plan.rows, list(year_sources(document, title)), year)
    named = split_cells([row.responsible for row in plan.rows])
    parties = _parties(plan, named)
    lists, list_findings = checklists(list(required_lists(document)), [row.activity for row in plan.rows])
    milestones = _milestones(plan.rows, deadlines, named, parties.ids, lists)
    findings = (
        *plan.findings,
        *_of_notes(plan.rows, document),
        *orders,
        *_of_deadlines(plan.rows, deadlines),
        *contradictions(plan.rows, deadlines),
        *_of_responsible(plan, named),
        *parties.findings,
        *list_findings,
        *findings_about(milestones, language, title),
    )
    read = with_proposals(
        Plan(
            title=title,
            language=language,
            milestones=milestones,
            parties=parties.parties,
            findings=findings,
        )
    )
    return replace(read, findings=tuple(sorted(read.findings, key=lambda finding: finding.row or 0)))


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (" ".join(row.cells) for row in block.rows)
        else:
            yield block.text


def _parties(plan: PlanRows, named: Sequence[tuple[str, ...]]) -> Parties:
    mentions = [
        Mention(row.number, row.where, name)
        for row, names in zip(plan.rows, named, strict=True)
        for name in names
    ]
    return identify(mentions, [row.said for row in plan.rows], plan.prose)


def _milestones(
    rows: Sequence[DataRow],
    deadlines: Sequence[Deadline],
    named: Sequence[tuple[str, ...]],
    party_ids: Mapping[str, str],
    lists: Mapping[int, tuple[str, ...]],
) -> tuple[Milestone, ...]:
    ids = milestone_ids([row.activity for row in rows])
    return tuple(
        Milestone(
            id=ids[place],
            row=row.number,
            where=row.where,
            deadline=row.deadline,
            window=deadline.window,
            due_on=due_day(row.said, deadline.window),
            activity=row.activity,
            responsible=", ".join(row.responsible.splitlines()),
            parties=tuple(dict.fromkeys(party_ids[name] for name in names)),
            checklist=lists.get(place, ()),
            phase=row.phase,
        )
        for place, (row, deadline, names) in enumerate(zip(rows, deadlines, named, strict=True))
    )


def _of_notes(rows: Sequence[DataRow], document: Document) -> Iterator[Finding]:
    """What the format left out or could not put in a row, at the row that stands in the same place."""
    numbers = {row.where: row.number for row in rows}
    for note in document.notes:
        values = {"written": note.written}
        yield Finding(code=note.code, row=numbers.get(note.where), where=note.where, values=values)


def _of_deadlines(rows: Sequence[DataRow], deadlines: Sequence[Deadline]) -> Iterator[Finding]:
    for row, deadline in zip(rows, deadlines, strict=True):
        yield from (replace(finding, row=row.number, where=row.where) for finding in deadline.findings)


def _of_responsible(plan: PlanRows, named: Sequence[tuple[str, ...]]) -> Iterator[Finding]:
    if not plan.names_parties:
        yield Finding(code="no-responsible-column", where=plan.rows[0].where)
        return
    for row, names in zip(plan.rows, named, strict=True):
        if not names:
            code = "responsible-unassigned" if row.responsible else "responsible-empty"
            yield Finding(code=code, row=row.number, where=row.where, values={"written": row.responsible})
