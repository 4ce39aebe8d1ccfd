"""What an operator does to single notices: try again, cancel, let go."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, and_, select, update

from service.errors import RettidigError
from service.reminders.reasons import Ending
from service.storage import tables
from service.storage.install import note_approved
from service.storage.recording import record_notices_ended
from service.storage.tables import State
from service.storage.troubles import is_dead
from service.storage.undelivered import MAY_HAVE_ARRIVED, give_up, set_free

m, n = tables.message.c, tables.notice.c

LARGEST_ID = 2**31 - 1  # of PostgreSQL; a larger number is refused as a mistake of the program's


class UnknownNoticeError(RettidigError):
    da = "Ingen påmindelse har nummer {id}. Skriv rettidig outbox --all for at se dem alle."
    en = "No notice has the number {id}. Type rettidig outbox --all to see all of them."


class BeingSentError(RettidigError):
    da = "Påmindelse {id} er ved at blive sendt. Vent et øjeblik, og se, hvad der kom ud af det."
    en = "Notice {id} is being sent. Wait a moment and see what came of it."


class HeldError(RettidigError):
    da = "Påmindelse {id} venter på godkendelse: rettidig outbox {id} --approve"
    en = "Notice {id} waits for approval: rettidig outbox {id} --approve"


class NotHeldError(RettidigError):
    da = "Påmindelse {id} venter ikke på godkendelse."
    en = "Notice {id} does not wait for approval."


class NotDueError(RettidigError):
    da = "Påmindelse {id} er ikke prøvet endnu; den sendes, når dens tid kommer."
    en = "Notice {id} has not been tried yet; it is sent when its time comes."


class OverError(RettidigError):
    da = "Påmindelse {id} er afsluttet ({state}); kun det, der slog fejl eller er spærret, kan prøves igen."
    en = "Notice {id} has ended ({state}); only what failed or is suppressed can be tried again."


class NotWaitingError(RettidigError):
    da = "Påmindelse {id} er afsluttet ({state}); kun det, der venter, kan annulleres."
    en = "Notice {id} has ended ({state}); only what waits can be cancelled."


class UntrueError(RettidigError):
    da = "Påmindelse {id} passer ikke længere: dens dag er gået."
    en = "Notice {id} is not true any more: its day has passed."


class DeadAddressError(RettidigError):
    da = "Adressen bag påmindelse {id} findes ikke. Er den rettet: rettidig outbox --clear {recipient}"
    en = "The address behind notice {id} does not exist. Once corrected: rettidig outbox --clear {recipient}"


class MayHaveArrivedError(RettidigError):
    da = "Påmindelse {id} kan være kommet frem, så dens besked kan kun annulleres hel: {ids} --cancel"
    en = "Notice {id} may have arrived, so its message can only be cancelled whole: {ids} --cancel"


def approve(connection: Connection, ids: Collection[int] = ()) -> int:
    """Let held notices go, all of them if none is named; returns how many. Raises what the ids ask for."""
    for row in _rows(connection, ids):
        if not row["held"]:
            raise NotHeldError(id=row["id"])
    if not ids:
        note_approved(connection)
    which = n.id.in_(ids) if ids else n.held.is_(True)
    let_go = update(tables.notice).where(which).values(held=False, tried_at=None)
    return connection.execute(let_go).rowcount


def try_again(connection: Connection, ids: Collection[int], *, now: datetime, today: date) -> int:
    """Let what failed wait anew, and what waits for its next try be tried at once; returns how many.

    All that failed and is still true, if none is named. Raises what the ids ask for.
    """
    named = ids or _worth_another_try(connection, today)
    for row in _rows(connection, named):
        if row["state"] == State.WAITING:
            _hasten(connection, row, now)
        else:
            _revive(connection, row, today)
    return len(named)


def cancel(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """End waiting notices for good; the others of their messages go on. Raises what the ids ask for."""
    for row in _rows(connection, ids):
        if row["state"] != State.WAITING:
            raise NotWaitingError(id=row["id"], state=row["state"])
        if row["message"] is not None:
            _take_out(connection, row, ids, now)
    here = n.id.in_(ids)
    record_notices_ended(connection, here, State.SUPPRESSED, Ending.CANCELLED_BY_HAND, now)
    ended = {"state": State.SUPPRESSED, "reason": Ending.CANCELLED_BY_HAND, "held": False}
    return connection.execute(update(tables.notice).where(here).values(**ended)).rowcount


def _rows(connection: Connection, ids: Collection[int]) -> Iterator[RowMapping]:
    for number in ids:
        found = select(tables.notice).where(n.id == number)
        row = connection.execute(found).mappings().first() if 0 < number <= LARGEST_ID else None
        if row is None:
            raise UnknownNoticeError(id=number)
        yield row


def _worth_another_try(connection: Connection, today: date) -> list[int]:
    is_true = n.expires_on.is_(None) | (n.expires_on > today)
    failed = and_(n.state == State.FAILED, is_true, ~is_dead(n.channel, n.address))
    return list(connection.scalars(select(n.id).where(failed)))


def _hasten(connection: Connection, row: RowMapping, now: datetime) -> None:
    if row["held"]:
        raise HeldError(id=row["id"])
    if row["message"] is None:
        raise NotDueError(id=row["id"])
    _not_in_flight(connection, row, now)
    connection.execute(update(tables.message).where(m.id == row["message"]).values(next_at=now))


def _revive(connection: Connection, row: RowMapping, today: date) -> None:
    if row["state"] not in {State.FAILED, State.SUPPRESSED}:
        raise OverError(id=row["id"], state=row["state"])
    if row["expires_on"] and row["expires_on"] <= today:
        raise UntrueError(id=row["id"])
    here = n.id == row["id"]
    dead = select(n.id).where(here, is_dead(n.channel, n.address))
    if row["reason"] == Ending.ADDRESS_IS_DEAD or connection.scalar(dead):
        raise DeadAddressError(id=row["id"], recipient=row["recipient"].upper())
    set_free(connection, here)
    again = {"state": State.WAITING, "reason": "", "held": False, "tried_at": None}
    connection.execute(update(tables.notice).where(here).values(**again))


def _take_out(connection: Connection, row: RowMapping, ids: Collection[int], now: datetime) -> None:
    """Give up the message of a notice. One that may have arrived keeps its bytes, so it goes whole or not."""
    _not_in_flight(connection, row, now)
    message = row["message"]
    bound = connection.scalars(select(n.id).where(n.message == message).order_by(n.id)).all()
    may_have_arrived = connection.scalar(select(m.id).where(m.id == message, MAY_HAVE_ARRIVED))
    if may_have_arrived and not set(bound) <= set(ids):
        raise MayHaveArrivedError(id=row["id"], ids=" ".join(map(str, bound)))
    give_up(connection, [message], Ending.CANCELLED_BY_HAND, now)


def _not_in_flight(connection: Connection, row: RowMapping, now: datetime) -> None:
    leased = select(m.id).where(m.id == row["message"], m.lease_until > now)
    if connection.scalar(leased):
        raise BeingSentError(id=row["id"])
