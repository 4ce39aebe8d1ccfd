"""A document -> a plan: everything that was read, put together, and what a coordinator should look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter
from pathlib import Path

from service.plan.finding import Finding
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind
from service.reading.checklist import checklists, required_lists
from service.reading.deadline import Deadline, read_day_in
from service.reading.document import Document, Paragraph, Table
from service.reading.errors import NoPlanFound
from service.reading.identity import milestone_ids, normalised
from service.reading.language import language_of
from service.reading.parties import Mention, Parties, identify
from service.reading.responsible import split_responsible
from service.reading.rows import DataRow, PlanRows, plan_rows
from service.reading.sandbox import read_document_safely
from service.reading.title import title_of
from service.reading.years import read_deadlines, year_sources

_FAR = timedelta(days=550)
_ENOUGH_TO_JUDGE = 4
_SATURDAY = 5
_QUOTED = 60  # letters: enough to find the row by


def read_plan(path: Path, year: int | None = None) -> Plan:
    """The plan in a file. Raises a sentence of `errors` when the file cannot be read or holds no plan."""
    return understand(read_document_safely(path), year)


def understand(document: Document, year: int | None = None) -> Plan:
    """The plan a document holds; `year` is that of its first row when nothing in the row tells it.

    Every data row becomes a milestone, is joined to the one before, or is told of in a finding.
    """
    plan = plan_rows(document)
    if not plan.rows:
        raise NoPlanFound(file=document.name)
    title = title_of(document)
    deadlines = read_deadlines(plan.rows, list(year_sources(document, title)), year)
    named = [split_responsible(row.responsible) for row in plan.rows]
    parties = _parties(plan.rows, named, document)
    lists, list_findings = checklists(list(required_lists(document)), [row.activity for row in plan.rows])
    milestones = _milestones(plan.rows, deadlines, named, parties.ids, lists)
    findings = (
        *plan.findings,
        *_of_deadlines(plan.rows, deadlines),
        *_of_responsible(plan, named),
        *parties.findings,
        *list_findings,
        *_of_milestones(milestones),
    )
    return Plan(
        title=title,
        language=language_of(_texts(document)),
        milestones=milestones,
        parties=parties.parties,
        findings=tuple(sorted(findings, key=lambda finding: finding.row or 0)),
    )


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (" ".join(row.cells) for row in block.rows)
        else:
            yield block.text


def _parties(rows: Sequence[DataRow], named: Sequence[tuple[str, ...]], document: Document) -> Parties:
    mentions = [
        Mention(row.number, row.where, name) for row, names in zip(rows, named, strict=True) for name in names
    ]
    prose = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return identify(mentions, [row.activity for row in rows], prose)


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
            due_on=due_day(row.activity, deadline),
            activity=row.activity,
            responsible=", ".join(row.responsible.splitlines()),
            parties=tuple(dict.fromkeys(party_ids[name] for name in names)),
            checklist=lists.get(place, ()),
        )
        for place, (row, deadline, names) in enumerate(zip(rows, deadlines, named, strict=True))
    )


def due_day(activity: str, deadline: Deadline) -> date | None:
    """The day the activity names inside the window, else its last day; none while the date is awaited."""
    if deadline.window.certainty is Certainty.AWAITING:
        return None
    return read_day_in(activity, deadline.window) or deadline.window.last_day


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


def _of_milestones(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    yield from _repeated(milestones)
    yield from _far_away(milestones)
    for milestone in milestones:
        due = milestone.due_on
        if due and milestone.window.kind in {Kind.DAY, Kind.BY} and due.weekday() >= _SATURDAY:
            yield _finding(
                "due-on-weekend", milestone, written=milestone.deadline, understood=due.isoformat()
            )


def _repeated(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Milestone] = {}
    for milestone in milestones:
        said = (normalised(milestone.activity), milestone.window, milestone.parties)
        if said in first:
            yield _finding(
                "row-repeated", milestone, first=str(first[said].row), **_quoted(milestone.activity)
            )
        first.setdefault(said, milestone)


def _far_away(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    """A day more than a year and a half from every other day of the plan: mostly a slip in the year."""
    dated = [(milestone, day) for milestone in milestones if (day := milestone.due_on)]
    if len(dated) < _ENOUGH_TO_JUDGE:
        return
    dated.sort(key=itemgetter(1))
    days = [date.min, *(day for _, day in dated), date.max]
    for (milestone, day), before, after in zip(dated, days, days[2:], strict=False):
        if min(day - before, after - day) > _FAR:
            yield _finding(
                "deadline-far-away", milestone, written=milestone.deadline, understood=day.isoformat()
            )


def _finding(code: str, milestone: Milestone, **values: str) -> Finding:
    return Finding(code=code, row=milestone.row, where=milestone.where, values=values)


def _quoted(text: str) -> dict[str, str]:
    return {"written": text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"}
