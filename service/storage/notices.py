"""Notices owed: planned, withdrawn, expired, due. `planned` is always the sum of all states."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from service.reminders.notice import Channel, Notice, Occasion
from service.reminders.reasons import Ending
from service.storage import tables
from service.storage.recording import record_notices_ended
from service.storage.tables import State

n = tables.notice.c


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedNotice:
    """A notice as it waits in the outbox; one about the whole plan has no milestone, ""."""

    id: int
    dedupe_key: str
    milestone: str
    occasion: Occasion
    recipient: str
    channel: Channel
    address: str = field(repr=False)
    due_on: date | None
    expires_on: date | None
    why: str
    mark: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What planning changed in the outbox. `held` of the `planned` ones wait for approval.

    `shifted` are those that wait as before, but for another time: a pause or a digest was set.
    """

    planned: int = 0
    withdrawn: int = 0
    shifted: int = 0
    held: int = 0


def reconcile(
    connection: Connection,
    wanted: Mapping[str, Notice],
    *,
    now: datetime,
    today: date,
    approve_above: int,
    why_not: Callable[[str, Occasion], str],
) -> Reconciled:
    """Make the notices that wait those that are wanted, by their dedupe keys, and nothing else.

    A wanted notice that was never planned is added, or expired at once when its day has passed; one withdrawn
    earlier waits again; a waiting one that is wanted at another time waits for that; one that is not wanted
    any more is withdrawn, with the reason `why_not` gives for its milestone and occasion. What is bound to a
    message already is left alone. Doing it twice changes nothing.
    """
    stored = {
        row["dedupe_key"]: row
        for row in connection.execute(
            select(n.dedupe_key, n.milestone, n.occasion, n.state, n.message, n.at, n.expires_on)
        ).mappings()
    }
    fresh = [key for key in wanted if key not in stored or stored[key]["state"] == State.WITHDRAWN]
    loose = {key: row for key, row in stored.items() if _is_loose(row)}
    unwanted = [row for key, row in loose.items() if key not in wanted]
    shifted = [key for key, row in loose.items() if key in wanted and _differs(row, wanted[key])]
    hastened = [key for key in shifted if stored[key]["at"] > now]
    sudden = {
        key for key in (*fresh, *hastened) if wanted[key].at <= now and not _is_past(wanted[key], today)
    }
    held = sudden if len(sudden) > approve_above else frozenset()
    for key in fresh:
        _plan(connection, key, wanted[key], is_new=key not in stored, today=today, held=key in held)
    too_late = [key for key in fresh if _is_past(wanted[key], today)]
    record_notices_ended(
        connection, n.dedupe_key.in_(too_late), State.EXPIRED, Ending.ITS_DAY_HAD_PASSED, now
    )
    for row in unwanted:
        why = why_not(row["milestone"] or "", Occasion(row["occasion"]))
        _end(connection, row["dedupe_key"], State.WITHDRAWN, why, now)
    for key in shifted:
        _shift(connection, key, wanted[key], held=key in held)
    return Reconciled(planned=len(fresh), withdrawn=len(unwanted), shifted=len(shifted), held=len(held))


def _is_loose(row: RowMapping) -> bool:
    return row["state"] == State.WAITING and row["message"] is None


def _differs(row: RowMapping, notice: Notice) -> bool:
    return bool(row["at"] != notice.at or row["expires_on"] != notice.expires_on)


def _shift(connection: Connection, key: str, notice: Notice, *, held: bool) -> None:
    moved = {"at": notice.at, "expires_on": notice.expires_on, **({"held": True} if held else {})}
    connection.execute(update(tables.notice).where(n.dedupe_key == key).values(**moved))


def _is_past(notice: Notice, today: date) -> bool:
    return notice.expires_on is not None and notice.expires_on <= today


def _plan(connection: Connection, key: str, notice: Notice, *, is_new: bool, today: date, held: bool) -> None:
    is_past = _is_past(notice, today)
    values = {
        "at": notice.at,
        "state": State.EXPIRED if is_past else State.WAITING,
        "reason": Ending.ITS_DAY_HAD_PASSED if is_past else "",
        "held": held,
        "tried_at": None,
    }
    if not is_new:
        connection.execute(update(tables.notice).where(n.dedupe_key == key).values(**values))
        return
    hearer = notice.hearer
    connection.execute(
        insert(tables.notice).values(
            dedupe_key=key,
            milestone=notice.milestone or None,
            occasion=notice.occasion,
            recipient=hearer.recipient,
            channel=hearer.channel,
            address=hearer.address,
            falls_on=notice.falls_on,
            due_on=notice.due_on,
            expires_on=notice.expires_on,
            why=notice.reason,
            mark=notice.mark,
            **values,
        )
    )


def _end(connection: Connection, key: str, state: State, reason: str, now: datetime) -> None:
    record_notices_ended(connection, n.dedupe_key == key, state, reason, now)
    connection.execute(
        update(tables.notice).where(n.dedupe_key == key).values(state=state, reason=reason, held=False)
    )


def expire(connection: Connection, today: date, now: datetime) -> int:
    """End the waiting notices that would say nothing true any more; returns how many."""
    overdue = (n.state == State.WAITING) & n.message.is_(None) & (n.expires_on <= today)
    record_notices_ended(connection, overdue, State.EXPIRED, Ending.ITS_DAY_HAD_PASSED, now)
    ended = connection.execute(
        update(tables.notice).where(overdue).values(state=State.EXPIRED, reason=Ending.ITS_DAY_HAD_PASSED)
    )
    return ended.rowcount


def due(connection: Connection, channels: Iterable[Channel], now: datetime) -> list[OwedNotice]:
    """The notices whose time has come and that are in no message yet, oldest first."""
    is_due = (n.state == State.WAITING) & (n.at <= now) & n.message.is_(None) & n.held.is_(False)
    rows = connection.execute(
        select(tables.notice).where(is_due, n.channel.in_(tuple(channels))).order_by(n.at, n.id)
    )
    return [_owed(row) for row in rows.mappings()]


def are_owed(connection: Connection, notices: Collection[OwedNotice]) -> bool:
    """Whether all of them still wait and are in no message; who asks for it in writing may rely on it."""
    loose = (n.state == State.WAITING) & n.message.is_(None) & n.held.is_(False)
    here = n.id.in_([notice.id for notice in notices])
    return connection.scalar(select(func.count()).where(here, loose)) == len(notices)


def hold(connection: Connection, *, since: datetime, until: datetime, above: int) -> int:
    """Let waiting notices that became due in a stretch of time wait for approval, if they are too many."""
    missed = (n.state == State.WAITING) & n.message.is_(None) & (n.at > since) & (n.at <= until)
    count = connection.scalar(select(func.count()).select_from(tables.notice).where(missed)) or 0
    if count <= above:
        return 0
    connection.execute(update(tables.notice).where(missed).values(held=True))
    return count


def was_told(connection: Connection, milestone: str, address: str) -> bool:
    """Whether an address was ever told of a milestone, over whatever channel."""
    heard = (n.milestone == milestone) & (func.lower(n.address) == address.lower())
    accepted = select(n.id).where(heard, n.state == State.ACCEPTED).limit(1)
    return connection.scalar(accepted) is not None


def missed_keys(connection: Connection, channel: Channel) -> frozenset[str]:
    """The notices that a channel did not take, and that somebody may have to be told of another way."""
    is_dead = (n.state == State.SUPPRESSED) & (n.reason == Ending.ADDRESS_IS_DEAD)
    missed = select(n.dedupe_key).where(n.channel == channel, (n.state == State.FAILED) | is_dead)
    return frozenset(connection.scalars(missed))


def suppress(connection: Connection, notices: Iterable[OwedNotice], reason: str, now: datetime) -> None:
    """End notices that have nothing to say to their hearer, for good."""
    for notice in notices:
        _end(connection, notice.dedupe_key, State.SUPPRESSED, reason, now)


def held_count(connection: Connection) -> int:
    """How many notices wait for approval."""
    return connection.scalar(select(func.count()).select_from(tables.notice).where(n.held.is_(True))) or 0


def count_by_state(connection: Connection) -> dict[str, int]:
    """How many notices there are in each state, all states named, and `planned`, their sum."""
    by_state = connection.execute(select(n.state, func.count()).group_by(n.state))
    found: dict[str, int] = dict(by_state.all())
    counts = Counter({state.value: found.get(state, 0) for state in State})
    return {"planned": counts.total(), **counts}


def listed(connection: Connection) -> list[dict[str, object]]:
    """Every notice as other programs see it: no address, instants in UTC, oldest first.

    `attempts` and `next_at`, the next one, are those of the message it is in; both empty before there is one.
    """
    m = tables.message.c
    of_message = (m.attempts, m.next_at, m.reason.label("message_reason"))
    found = select(tables.notice, *of_message).join_from(tables.notice, tables.message, isouter=True)
    rows = connection.execute(found.order_by(n.at, n.id)).mappings()
    return [
        {
            "id": row["id"],
            "milestone": row["milestone"],
            "occasion": row["occasion"],
            "recipient": row["recipient"],
            "channel": row["channel"],
            "at": row["at"].isoformat(),
            "due_on": row["due_on"].isoformat() if row["due_on"] else None,
            "state": row["state"],
            "reason": _reason(row),
            "attempts": row["attempts"] or 0,
            "next_at": row["next_at"].isoformat() if row["next_at"] and _waits(row) else None,
        }
        for row in rows
    ]


def _reason(row: RowMapping) -> str:
    """Why it is in its state; of one that waits, what holds it up, else which rule made it."""
    held_up = Ending.WAITS_FOR_APPROVAL if row["held"] else row["message_reason"] if _waits(row) else ""
    return str(row["reason"] or held_up or row["why"])


def _waits(row: RowMapping) -> bool:
    return bool(row["state"] == State.WAITING)


def next_at(connection: Connection) -> datetime | None:
    """When the next waiting notice is due."""
    is_loose = (n.state == State.WAITING) & n.message.is_(None) & n.held.is_(False)
    return connection.scalar(select(n.at).where(is_loose).order_by(n.at).limit(1))


def _owed(row: RowMapping) -> OwedNotice:
    return OwedNotice(
        id=row["id"],
        dedupe_key=row["dedupe_key"],
        milestone=row["milestone"] or "",
        occasion=Occasion(row["occasion"]),
        recipient=row["recipient"],
        channel=Channel(row["channel"]),
        address=row["address"],
        due_on=row["due_on"],
        expires_on=row["expires_on"],
        why=row["why"],
        mark=row["mark"],
    )
