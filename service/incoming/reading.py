"""A look into the mailbox: each new mail has its effect, then is put away, then the place is kept.

A process that dies in between reads some mails again; they have had their effect, and have no second one.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from service.clock import Clock
from service.incoming.inbox import Inbox, InboxSession, InboxUnread, opened
from service.incoming.mail import read_mail
from service.incoming.taking import DEALT_WITH, Acquaintance, Effect, take
from service.logs import log_failure
from service.reminders.office import Office
from service.storage import install, plans
from service.storage.database import Database
from service.storage.incoming import (
    InboxState,
    Position,
    inbox_state,
    note_inbox_state,
    note_position,
    position,
)
from service.storage.responses import invited_by_uid
from service.storage.returned import end_outlived
from service.storage.troubles import end_inbox_troubles, note_inbox_trouble

log = structlog.get_logger()

LOOK_BACK = timedelta(days=62)
"""How far back a mailbox is read that is new to us, or was numbered anew."""

TOLD_AFTER = timedelta(hours=1)
"""How long a mailbox may be out of reach before somebody is told."""

_TOGETHER = 100

Tally = Counter[Effect]


def look_into(
    database: Database, clock: Clock, office: Office, inbox: Inbox, is_stopping: Callable[[], bool]
) -> Tally:
    """Read what is new, unless that was done a moment ago; what cannot be read is tried again then."""
    now = clock.now()
    with database.read() as connection:
        before = inbox_state(connection)
    if before.looked_at and abs(now - before.looked_at) < inbox.every:
        return Tally()
    try:
        tally = read_inbox(database, clock, office, inbox, is_stopping)
    except InboxUnread as unread:
        if not is_stopping():
            _note_unread(database, clock, before, inbox, unread)
        return Tally()
    with database.write() as connection:
        note_inbox_state(connection, InboxState(looked_at=now))
        end_inbox_troubles(connection, now)
        end_outlived(connection, now)
    if tally:
        log.info("inbox-read", **{effect.value: count for effect, count in tally.items()})
    return tally


def read_inbox(
    database: Database, clock: Clock, office: Office, inbox: Inbox, is_stopping: Callable[[], bool]
) -> Tally:
    """Let each new mail have its effect; returns how many had which. Raises InboxUnread."""
    tally = Tally()
    with opened(inbox, is_stopping) as session:
        with database.read() as connection:
            place = _place(connection, inbox)
            at = position(connection)
        is_known = at is not None and (at.place, at.validity) == (place, session.validity)
        since = office.rules.local_day(clock.now()) - LOOK_BACK
        for uids in _in_batches(session.uids(after=at.uid if at and is_known else 0, since=since)):
            tally += _take_all(database, clock, office, session, uids)
            with database.write() as connection:
                note_position(connection, Position(place=place, validity=session.validity, uid=uids[-1]))
            if is_stopping():
                break
    return tally


def _take_all(
    database: Database, clock: Clock, office: Office, session: InboxSession, uids: Sequence[int]
) -> Tally:
    tally, dealt_with = Tally(), list[int]()
    outlines = session.outlines(uids)
    with database.read() as connection:
        known = acquaintance(connection, office)
    for outline in outlines:
        effect = (
            _take_one(database, clock, session, known, outline.uid) if outline.may_answer else Effect.NONE
        )
        tally[effect] += 1
        if effect in DEALT_WITH:
            dealt_with.append(outline.uid)
    if not session.put_away(dealt_with):
        log.warning("answers-not-put-away", mails=len(dealt_with))
    return tally


def _take_one(
    database: Database, clock: Clock, session: InboxSession, known: Acquaintance, uid: int
) -> Effect:
    """One mail that nobody can make sense of, or that is made to be none, must not hold up the others."""
    raw = session.fetch(uid)
    try:
        mail = read_mail(raw)
        with database.write() as connection:
            return take(connection, mail, known, clock.now())
    except OperationalError:
        raise  # a locked or full database is no fault of the mail
    except Exception as unreadable:  # noqa: BLE001 - whatever a stranger's bytes do to a parser
        log_failure("a mail could not be read", unreadable, uid=uid)
        return Effect.NONE


def acquaintance(connection: Connection, office: Office) -> Acquaintance:
    latest = plans.latest_revision(connection)
    told = office.settle(latest.plan)[1] if latest else ()
    return Acquaintance(
        invited=invited_by_uid(connection, install.install_key(connection)),
        everyone=frozenset(hearer.address.lower() for hearer in told),
        coordinators=frozenset(hearer.address.lower() for hearer in told if hearer.is_coordinator),
        zone=office.rules.zone,
    )


def _place(connection: Connection, inbox: Inbox) -> str:
    """A mailbox by a keyed hash: its name is somebody's."""
    named = "\n".join((inbox.host, str(inbox.port), inbox.username, inbox.folder))
    return hmac.new(install.install_key(connection), named.encode(), hashlib.sha256).hexdigest()


def _in_batches(uids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(uids)
    while batch := list(islice(rest, _TOGETHER)):
        yield batch


def _note_unread(
    database: Database, clock: Clock, before: InboxState, inbox: Inbox, unread: InboxUnread
) -> None:
    """What does not pass within an hour is told to the coordinator, as other troubles are."""
    now = clock.now()
    is_news = (before.stage, before.code) != (unread.stage, unread.code)
    state = replace(
        before,
        looked_at=now,
        failing_since=before.failing_since or now,
        stage=unread.stage,
        code=unread.code,
    )
    with database.write() as connection:
        note_inbox_state(connection, state)
        if now - (before.failing_since or now) >= TOLD_AFTER:
            said = {"stage": unread.stage, "code": unread.code, "text": unread.text}
            note_inbox_trouble(connection, inbox.place, now=now, **said)
    (log.warning if is_news else log.debug)("inbox-not-read", stage=unread.stage, code=unread.code)
