"""What goes when it has been kept for long enough.

Nothing is sent twice because of it: a notice is not planned anew once its day is so long gone that it may
have been pruned (`Retention.remembers`), and who was told of a milestone is known until that is settled.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, delete, exists, func, or_, select

from service.reminders.retention import Retention
from service.reminders.schedule import NEWS_FOR, Standing
from service.storage import chain, tables
from service.storage.collected import forget_collections
from service.storage.incoming import forget_mails
from service.storage.links import LinkKind
from service.storage.tables import State

n, m, t, link = tables.notice.c, tables.message.c, tables.trouble.c, tables.link.c

REPORTS_AFTER = timedelta(days=30)
"""So long after its end, or its due date if that is later, a milestone is open to those it was sent to."""

Pruned = Counter[str]
"""How many rows of each table."""


def prune(
    connection: Connection, keep: Retention, stand: Collection[Standing], *, now: datetime, today: date
) -> Pruned:
    """Let go of what is older than it is kept; returns what that was."""
    gone: Pruned = +Counter(incoming=forget_mails(connection, now))
    if keep.milestones is not None:
        gone += _prune_dropped(connection, today - timedelta(keep.milestones))
    if keep.notices is not None:
        until = today - timedelta(keep.notices)
        gone += _prune_notices(connection, _ended(stand, until - NEWS_FOR), until)
        gone += _prune_troubles(connection, now - timedelta(keep.notices))
        gone += _prune_collections(connection, now - timedelta(keep.notices))
    if keep.links is not None:
        closed = _closed(stand, today - REPORTS_AFTER - timedelta(keep.links))
        gone += _prune_links(connection, closed, now - timedelta(keep.links))
    if keep.revisions is not None:
        gone += _prune_revisions(connection, now - timedelta(keep.revisions))
    if keep.record is not None:
        gone += Counter(record=chain.prune(connection, now - timedelta(keep.record), now))
    return gone


def _ended(stand: Iterable[Standing], until: date) -> list[str]:
    """The milestones that were settled or dropped up to a day."""
    ends = ((each.milestone.id, each.dropped_on or each.done_on) for each in stand)
    return [milestone for milestone, day in ends if day and day <= until]


def _closed(stand: Collection[Standing], until: date) -> list[str]:
    """Those of them whose due date has passed by then too."""
    due_on = {each.milestone.id: each.milestone.due_on for each in stand}
    return [each for each in _ended(stand, until) if (due_on[each] or until) <= until]


def _prune_dropped(connection: Connection, until: date) -> Pruned:
    """Milestones that left the plan, with all that is held on them, unless something is under way there."""
    of = tables.milestone.c.id
    is_under_way = or_(
        exists().where(n.milestone == of, n.state == State.WAITING),
        exists().where(t.milestone == of, t.ended_at.is_(None)),
    )
    dropped = tables.milestone.c.dropped_on <= until
    gone = connection.scalars(select(of).where(dropped, ~is_under_way)).all()
    parts = {
        "notices": delete(tables.notice).where(n.milestone.in_(gone)),
        "marks": delete(tables.mark).where(tables.mark.c.milestone.in_(gone)),
        "invites": delete(tables.invite).where(tables.invite.c.milestone.in_(gone)),
        "responses": delete(tables.response).where(tables.response.c.milestone.in_(gone)),
        "troubles": delete(tables.trouble).where(t.milestone.in_(gone)),
        "links": delete(tables.link).where(link.kind == LinkKind.MILESTONE, link.subject.in_(gone)),
        "milestones": delete(tables.milestone).where(of.in_(gone)),
    }
    return Counter({table: connection.execute(part).rowcount for table, part in parts.items()})


def _prune_notices(connection: Connection, ended: Collection[str], until: date) -> Pruned:
    """Notices that ended and are forgotten, and the messages that no notice is in any more.

    One that was accepted says that its address knows of the milestone, so it stays until that has ended and
    everybody was told.
    """
    is_over = and_(n.state != State.WAITING, n.expires_on <= until)
    serves = and_(n.state == State.ACCEPTED, n.milestone.is_not(None), n.milestone.not_in(ended))
    notices = connection.execute(delete(tables.notice).where(is_over, ~serves)).rowcount
    is_empty = ~exists().where(n.message == m.id)
    loose = select(m.id).where(m.state != State.WAITING, m.sent_on <= until, is_empty)
    messages = connection.scalars(loose).all()
    attempts = delete(tables.attempt).where(tables.attempt.c.message.in_(messages))
    i = tables.invite.c
    entries = delete(tables.invite).where(i.milestone.in_(ended), i.due_on <= until)
    invites = connection.execute(entries).rowcount
    r = tables.response.c
    about_none = ~exists().where(i.milestone == r.milestone, i.address == r.address)
    answers = delete(tables.response).where(r.milestone.in_(ended), about_none)
    return Counter(
        notices=notices,
        attempts=connection.execute(attempts).rowcount,
        messages=connection.execute(delete(tables.message).where(m.id.in_(messages))).rowcount,
        invites=invites,
        responses=connection.execute(answers).rowcount,
    )


def _prune_troubles(connection: Connection, until: datetime) -> Pruned:
    """One that has not ended keeps us from writing to a dead address."""
    over = delete(tables.trouble).where(t.ended_at <= until)
    return Counter(troubles=connection.execute(over).rowcount)


def _prune_collections(connection: Connection, until: datetime) -> Pruned:
    """Those that the settings have not known for so long, whatever is left in them."""
    c = tables.collection.c
    return Counter(
        collections=forget_collections(
            connection, connection.scalars(select(c.id).where(c.looked_at <= until))
        )
    )


def _prune_links(connection: Connection, closed: Collection[str], until: datetime) -> Pruned:
    """Links that open nothing any more: revoked, lapsed, or about a milestone that is closed."""
    is_closed = and_(link.kind == LinkKind.MILESTONE, link.subject.in_(closed))
    dead = delete(tables.link).where(or_(link.revoked_at <= until, link.lapses_at <= until, is_closed))
    return Counter(links=connection.execute(dead).rowcount)


def _prune_revisions(connection: Connection, until: datetime) -> Pruned:
    """Earlier ones; the latest is the plan."""
    number, at = tables.revision.c.number, tables.revision.c.imported_at
    latest = select(func.max(number)).scalar_subquery()
    old = delete(tables.revision).where(at <= until, number < latest)
    return Counter(revisions=connection.execute(old).rowcount)
