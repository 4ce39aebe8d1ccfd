"""What people reported; nothing is ever taken out, only undone by a later mark."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, RowMapping, insert, select

from service.plan.marks import Mark, MarkKind, Progress, fold
from service.storage import tables
from service.storage.recording import record_mark

c = tables.mark.c


def store_mark(connection: Connection, milestone: str, mark: Mark) -> int:
    """Record what somebody reported of a milestone; returns the id of the mark."""
    key = connection.execute(
        insert(tables.mark).values(
            milestone=milestone,
            kind=mark.kind,
            marked_on=mark.on,
            marked_at=mark.at,
            marked_by=mark.by,
            recipient=mark.recipient,
            parties=list(mark.parties),
            until=mark.until,
            handed_to=mark.to,
            point=mark.point,
            undoes=mark.undoes,
            held=mark.held,
        )
    ).inserted_primary_key
    number = int(key[0]) if key else 0
    record_mark(connection, milestone, number, mark)
    return number


def progress_by_milestone(connection: Connection) -> dict[str, Progress]:
    """What was reported, by milestone; those of which nothing was are left out."""
    rows = connection.execute(select(tables.mark).order_by(c.milestone, c.id)).mappings()
    return {
        milestone: fold(_marks(group)) for milestone, group in groupby(rows, lambda row: row["milestone"])
    }


def _marks(rows: Iterator[RowMapping]) -> Iterator[Mark]:
    for row in rows:
        yield Mark(
            id=row["id"],
            kind=MarkKind(row["kind"]),
            on=row["marked_on"],
            at=row["marked_at"],
            by=row["marked_by"],
            recipient=row["recipient"],
            parties=tuple(row["parties"]),
            until=row["until"],
            to=row["handed_to"],
            point=row["point"],
            undoes=row["undoes"],
            held=row["held"],
        )
