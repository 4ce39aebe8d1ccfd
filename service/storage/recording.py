"""What is put on the record: each a line in the transaction of what it tells of."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from service.plan.marks import Mark
from service.plan.milestone import Milestone
from service.plan.revision import Difference
from service.reminders.notice import Occasion
from service.storage import tables
from service.storage.record import Addressee, EntryKind, append, reference
from service.storage.tables import State

n, m = tables.notice.c, tables.message.c


def record_revision(
    connection: Connection, changes: Difference, *, number: int, source: str, digest: str, at: datetime
) -> None:
    """What a new revision says of each milestone that it changes; `digest` is the SHA-256 of the document."""
    told: list[tuple[str, Milestone]] = [
        *(("new", milestone) for milestone in changes.new),
        *(("moved", pair.now) for pair in changes.moved),
        *(("reworded", pair.now) for pair in changes.reworded),
        *(("dropped", milestone) for milestone in changes.dropped),
    ]
    document = {"revision": number, "source": source, "sha256": digest}
    for change, milestone in sorted(told, key=lambda each: each[1].row):
        details = {**document, "change": change, **_cells(milestone)}
        append(connection, EntryKind.PLAN, at, milestone=milestone.id, details=details)


def _cells(milestone: Milestone) -> dict[str, object]:
    """The row as the document has it, and the day reminders count to."""
    return {
        "row": milestone.row,
        "deadline": milestone.deadline,
        "activity": milestone.activity,
        "responsible": milestone.responsible,
        "due_on": _iso(milestone.due_on),
    }


def record_message(connection: Connection, message: int, name: str, at: datetime) -> None:
    """A message as it was composed, and the notices in it; `name` is what the settings call the recipient."""
    row = connection.execute(select(tables.message).where(m.id == message)).mappings().one()
    whom = reference(connection, _addressee(row, name))
    details = {
        "channel": row["channel"],
        "occasion": row["occasion"],
        # That of an alert names somebody else, who may want to be forgotten.
        "subject": "" if row["occasion"] == Occasion.UNREACHABLE else row["subject"],
        "sha256": hashlib.sha256(row["body"]).hexdigest(),
        "bytes": len(row["body"]),
    }
    message_id = row["message_id"]
    append(connection, EntryKind.MESSAGE, at, message_id=message_id, addressee=whom, details=details)
    revision = connection.scalar(select(func.max(tables.revision.c.number)))
    bound = select(tables.notice).where(n.message == message).order_by(n.id)
    for notice in connection.execute(bound).mappings().all():
        append(
            connection,
            EntryKind.NOTICE,
            at,
            milestone=notice["milestone"] or "",
            message_id=message_id,
            addressee=whom,
            details={"revision": revision, **_why(notice)},
        )


def record_attempt(connection: Connection, message_id: str, number: int, at: datetime) -> None:
    """That a message is about to be handed over; without an answer after it nobody knows whether it was."""
    append(connection, EntryKind.ATTEMPT, at, message_id=message_id, details={"attempt": number})


def record_answer(
    connection: Connection, message_id: str, number: int, answer: Mapping[str, object], at: datetime
) -> None:
    """What the other side said to an attempt, and what became of the message."""
    append(connection, EntryKind.ANSWER, at, message_id=message_id, details={"attempt": number, **answer})


def record_return(
    connection: Connection, message_id: str, details: Mapping[str, object], at: datetime
) -> None:
    """That a message which had been taken came back, or that it still tries to arrive."""
    append(connection, EntryKind.RETURNED, at, message_id=message_id, details=details)


def record_response(
    connection: Connection, milestone: str, by: Addressee, details: Mapping[str, object], at: datetime
) -> None:
    """What somebody's calendar answered to an invitation."""
    whom = reference(connection, by)
    append(connection, EntryKind.RESPONSE, at, milestone=milestone, addressee=whom, details=details)


def record_messages_ended(
    connection: Connection, messages: Iterable[int], state: State, reason: str, at: datetime
) -> None:
    """Messages that end without having been accepted, for another reason than an answer."""
    for message_id in connection.scalars(select(m.message_id).where(m.id.in_(messages)).order_by(m.id)).all():
        details = {"state": state.value, "reason": reason}
        append(connection, EntryKind.ENDED, at, message_id=message_id, details=details)


def record_notices_ended(
    connection: Connection, which: ColumnElement[bool], state: State, reason: str, at: datetime
) -> None:
    """Notices whose time had come, and that were not told of after all."""
    ended = select(tables.notice).where(which, n.at <= at).order_by(n.id)
    for notice in connection.execute(ended).mappings().all():
        append(
            connection,
            EntryKind.ENDED,
            at,
            milestone=notice["milestone"] or "",
            addressee=reference(connection, _addressee(notice)),
            details={"state": state.value, "reason": reason, **_why(notice)},
        )


def record_mark(connection: Connection, milestone: str, number: int, mark: Mark) -> None:
    """What somebody reported."""
    append(
        connection,
        EntryKind.MARK,
        mark.at,
        milestone=milestone,
        addressee=reference(connection, Addressee(recipient=mark.recipient, name=mark.by)),
        details={
            "mark": number,
            "kind": mark.kind.value,
            "parties": list(mark.parties),
            "until": _iso(mark.until),
            "to": mark.to,
            "point": mark.point,
            "undoes": mark.undoes,
            "held": mark.held,
        },
    )


def _addressee(row: RowMapping, name: str = "") -> Addressee:
    return Addressee(recipient=row["recipient"], name=name, channel=row["channel"], address=row["address"])


def _why(notice: RowMapping) -> dict[str, object]:
    return {
        "channel": notice["channel"],
        "occasion": notice["occasion"],
        "why": notice["why"],
        "falls_on": _iso(notice["falls_on"]),
        "due_on": _iso(notice["due_on"]),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
