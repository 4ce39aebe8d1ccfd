"""What calendars answered to the invitations that were sent, one row an answer; the latest counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import Connection, RowMapping, and_, func, insert, select

from service.messages.calendar import uid_of
from service.reminders.notice import Channel
from service.reminders.responses import Response, Said
from service.storage import tables
from service.storage.record import Addressee
from service.storage.recording import record_response

r, i = tables.response.c, tables.invite.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An entry in the calendar behind an address, at the SEQUENCE of which it was last told."""

    milestone: str
    address: str = field(repr=False)
    recipient: str
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it came; `answered_at` is UTC."""

    said: Said
    sequence: int
    answered_at: datetime
    proposed_on: date | None = None
    proposed_time: time | None = None
    comment: str = ""
    by_coordinator: bool = False


def invited_by_uid(connection: Connection, key: bytes) -> Mapping[str, Invited]:
    """Each entry that stands in somebody's calendar, by what its UID begins with, up to the @.

    The UID is derived with the installation's secret from the milestone and the address, so it is known to
    the one it was sent to, and to those who were shown that mail.
    """
    rows = connection.execute(select(tables.invite).where(i.cancelled.is_(False))).mappings()
    return {
        name_of_uid(uid_of("", key.hex(), row["milestone"], row["address"])): Invited(
            milestone=row["milestone"],
            address=row["address"],
            recipient=row["recipient"],
            sequence=row["sequence"],
        )
        for row in rows
    }


def name_of_uid(uid: str) -> str:
    """Without the domain, which is another one after RETTIDIG_MAIL__FROM was changed."""
    return uid.partition("@")[0]


def store_response(connection: Connection, to: Invited, answered: Answered, at: datetime) -> bool:
    """Take in an answer, unless there is a later one; returns whether it counts.

    RFC 5546 2.1.5: the greater SEQUENCE counts, of one SEQUENCE the later DTSTAMP. An attendee cannot raise a
    SEQUENCE, so one beyond ours (Tutanota #2807) is ours.
    """
    sequence = min(answered.sequence, to.sequence)
    here = and_(r.milestone == to.milestone, r.address == to.address)
    last = connection.execute(
        select(r.sequence, r.answered_at, r.said).where(here).order_by(r.id.desc()).limit(1)
    ).first()
    if last and (last.sequence, last.answered_at) > (sequence, answered.answered_at):
        return False
    connection.execute(
        insert(tables.response).values(
            milestone=to.milestone,
            address=to.address,
            recipient=to.recipient,
            said=answered.said,
            sequence=sequence,
            answered_at=answered.answered_at,
            received_at=at,
            proposed_on=answered.proposed_on,
            proposed_time=answered.proposed_time,
            comment=answered.comment,
            by_coordinator=answered.by_coordinator,
        )
    )
    details = {
        "said": answered.said.value,
        "sequence": sequence,
        "answered_at": answered.answered_at.isoformat(),
        "proposed_on": answered.proposed_on.isoformat() if answered.proposed_on else None,
        "proposed_time": answered.proposed_time.strftime("%H:%M") if answered.proposed_time else None,
    }
    by = Addressee(recipient=to.recipient, channel=Channel.INVITE.value, address=to.address)
    record_response(connection, to.milestone, by, details, at)
    return True


def responses_in_force(connection: Connection) -> list[Response]:
    """The latest answer about each entry that is in a calendar still, oldest first."""
    latest = select(func.max(r.id)).group_by(r.milestone, r.address)
    found = (
        select(tables.response, i.sequence.label("asked"))
        .join(tables.invite, and_(i.milestone == r.milestone, i.address == r.address))
        .where(r.id.in_(latest), i.cancelled.is_(False))
        .order_by(r.id)
    )
    return [_response(row) for row in connection.execute(found).mappings()]


def _response(row: RowMapping) -> Response:
    return Response(
        id=row["id"],
        milestone=row["milestone"],
        address=row["address"],
        recipient=row["recipient"],
        said=Said(row["said"]),
        sequence=row["sequence"],
        answered_at=row["answered_at"],
        received_at=row["received_at"],
        proposed_on=row["proposed_on"],
        proposed_time=row["proposed_time"],
        comment=row["comment"],
        by_coordinator=row["by_coordinator"],
        is_outdated=row["sequence"] < row["asked"],
    )
