"""Revisions of the plan, and how each milestone stands."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from service.messages import calendar
from service.plan.as_json import kept_milestone, kept_plan, milestone_from_json, plan_from_json
from service.plan.marks import ANYBODY, UNTOUCHED, Duty, Progress
from service.plan.plan import Plan
from service.plan.revision import Difference, carry_ids, difference, former_parties
from service.reminders.schedule import Standing
from service.storage import tables
from service.storage.marks import progress_by_milestone
from service.storage.recording import record_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    number: int
    imported_at: datetime
    source: str
    digest: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Which state the plan is in: the same one means the same revision and the same marks."""

    revision: int = 0
    mark: int = 0
    changed_at: datetime | None = None


def latest_version(connection: Connection) -> Version:
    """What to compare before building a feed anew; two rows are read, however long the plan is."""
    newest = select(tables.revision.c.number, tables.revision.c.imported_at)
    last = select(tables.mark.c.id, tables.mark.c.marked_at)
    revision = connection.execute(newest.order_by(tables.revision.c.number.desc()).limit(1)).first()
    mark = connection.execute(last.order_by(tables.mark.c.id.desc()).limit(1)).first()
    changes = [row[1] for row in (revision, mark) if row]
    return Version(
        revision=revision[0] if revision else 0,
        mark=mark[0] if mark else 0,
        changed_at=max(changes, default=None),
    )


def latest_revision(connection: Connection) -> Revision | None:
    newest_first = select(tables.revision).order_by(tables.revision.c.number.desc()).limit(1)
    row = connection.execute(newest_first).mappings().first()
    if row is None:
        return None
    return Revision(
        number=row["number"],
        imported_at=row["imported_at"],
        source=row["source"],
        digest=row["digest"],
        plan=plan_from_json(row["content"]),
    )


def compare_with_latest(connection: Connection, plan: Plan) -> tuple[Plan, Difference]:
    """The plan under the ids it has had before, and what it changes. Nothing is stored."""
    known = [standing.milestone for standing in standings(connection) if standing.dropped_on is None]
    carried, latest = carry_ids(known, plan), latest_revision(connection)
    if latest:
        carried = replace(carried, former=former_parties(latest.plan, plan))
    return carried, difference(known, carried)


def store_revision(
    connection: Connection, plan: Plan, *, source: str, digest: str, at: datetime, today: date
) -> Difference:
    """Store what a document says now; the milestones keep their ids, their due dates their first day."""
    carried, changes = compare_with_latest(connection, plan)
    key = connection.execute(
        insert(tables.revision).values(
            imported_at=at, source=source, digest=digest, content=kept_plan(carried)
        )
    ).inserted_primary_key
    number = int(key[0]) if key else 0
    record_revision(connection, changes, number=number, source=source, digest=digest, at=at)
    was_dropped = {
        row.id: row.dropped_on is not None
        for row in connection.execute(select(tables.milestone.c.id, tables.milestone.c.dropped_on))
    }
    moved = {pair.now.id: pair.before.due_on for pair in changes.moved}
    reworded = {pair.now.id for pair in changes.reworded}
    for milestone in carried.milestones:
        values: dict[str, Any] = {"content": kept_milestone(milestone), "due_on": milestone.due_on}
        if milestone.id not in was_dropped:
            first = {"since": today, "sequence": 0, "changed_at": at}
            connection.execute(insert(tables.milestone).values(id=milestone.id, **first, **values))
            continue
        if milestone.id in moved:
            values |= {"since": today, "was": moved[milestone.id]}
        if was_dropped[milestone.id]:
            values |= {"since": today, "was": None}
        if milestone.id in moved or milestone.id in reworded or was_dropped[milestone.id]:
            values |= {"sequence": _risen(), "changed_at": at}
        _change(connection, milestone.id, dropped_on=None, **values)
    for milestone in changes.dropped:
        _change(connection, milestone.id, dropped_on=today, sequence=_risen(), changed_at=at)
    return changes


def _risen() -> ColumnElement[int]:
    return tables.milestone.c.sequence + 1


def _change(connection: Connection, milestone_id: str, **values: object) -> None:
    connection.execute(update(tables.milestone).where(tables.milestone.c.id == milestone_id).values(**values))


def standings(connection: Connection, duty: Duty = ANYBODY) -> list[Standing]:
    """Every milestone there has been, dropped ones too, in the order of the rows and of the dates in each."""
    reported = progress_by_milestone(connection)
    rows = connection.execute(select(tables.milestone)).mappings()
    found = [_standing(row, reported.get(row["id"], UNTOUCHED), duty) for row in rows]
    return sorted(found, key=lambda each: (each.milestone.row, each.milestone.due_on or date.max))


def _standing(row: RowMapping, progress: Progress, duty: Duty) -> Standing:
    milestone = milestone_from_json(row["content"])
    return Standing(
        milestone=milestone,
        since=row["since"],
        was=row["was"],
        dropped_on=row["dropped_on"],
        progress=progress,
        settled=duty.settled(milestone, progress),
        version=row["sequence"],
    )


def versions(connection: Connection) -> dict[str, calendar.Version]:
    """Which version of each milestone a feed shows; a mark makes a new one as well.

    SEQUENCE and LAST-MODIFIED both rise with every change: Google takes none otherwise, and in a feed nobody
    is asked to answer again.
    """
    of_mark = tables.mark.c.milestone
    marks = {
        milestone: (count, last)
        for milestone, count, last in connection.execute(
            select(of_mark, func.count(), func.max(tables.mark.c.marked_at)).group_by(of_mark)
        )
    }
    m = tables.milestone.c
    found: dict[str, calendar.Version] = {}
    for milestone, sequence, changed_at in connection.execute(select(m.id, m.sequence, m.changed_at)):
        count, last = marks.get(milestone, (0, changed_at))
        found[milestone] = calendar.Version(sequence=sequence + count, changed_at=max(changed_at, last))
    return found
