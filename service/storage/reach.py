"""What arrived and what did not, for the coordinator's overview."""

from sqlalchemy import Connection, func, select

from service.reminders.notice import Channel
from service.reminders.overview import ASKING, Reach, Told
from service.reminders.recipients import COORDINATOR
from service.storage import tables
from service.storage.responses import responses_in_force
from service.storage.tables import State
from service.storage.troubles import open_troubles

n, m = tables.notice.c, tables.message.c


def reach_of(connection: Connection) -> Reach:
    return Reach(
        told=_told(connection),
        troubles=tuple(open_troubles(connection)),
        responses=tuple(responses_in_force(connection)),
    )


def _told(connection: Connection) -> dict[str, Told]:
    """By milestone; what the coordinator heard in place of others asked nobody else."""
    arrived = (
        select(n.milestone, func.count(m.sent_on.distinct()), func.max(m.sent_on))
        .select_from(tables.notice.join(tables.message))
        .where(
            n.state == State.ACCEPTED,
            n.occasion.in_(ASKING),
            n.channel != Channel.INVITE,
            n.recipient != COORDINATOR,
        )
        .group_by(n.milestone)
    )
    return {
        milestone: Told(days=days, last_on=last_on)
        for milestone, days, last_on in connection.execute(arrived)
    }
