"""What becomes of messages that were not handed over: taken apart, expired, suppressed, parked."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    String,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from service.reminders.notice import Channel, Hearer, Notice
from service.reminders.reasons import Ending
from service.reminders.trouble import MEDIUM_OF, Medium, as_called_now
from service.storage import tables
from service.storage.recording import record_messages_ended, record_notices_ended
from service.storage.tables import State
from service.storage.troubles import end_trouble, is_dead, note_trouble, open_troubles

m, n = tables.message.c, tables.notice.c

# The answer after which the other side may or may not have a message; `delivery.receipt` says when.
UNCERTAIN = "uncertain"


MAY_HAVE_ARRIVED = exists().where(
    tables.attempt.c.message == m.id,
    or_(tables.attempt.c.receipt.is_(None), tables.attempt.c.receipt == UNCERTAIN),
)
IS_LOOSE = and_(m.state == State.WAITING, m.lease_until.is_(None))


def end_messages(
    connection: Connection, messages: Collection[int], state: State, reason: str, now: datetime
) -> int:
    """End messages that were not accepted, with their notices; returns how many notices that were."""
    record_messages_ended(connection, messages, state, reason, now)
    _forget_invites(connection, messages)
    return let_go(connection, messages, state, reason)


def let_go(connection: Connection, messages: Collection[int], state: State, reason: str) -> int:
    """End messages with their notices, whatever came of them; returns how many notices that were.

    Their bytes are let go: they hold links by which one reports, which are to be nowhere but with their
    reader.
    """
    ended = {"state": state, "reason": reason}
    connection.execute(
        update(tables.message).where(m.id.in_(messages)).values(body=b"", lease_until=None, **ended)
    )
    return connection.execute(update(tables.notice).where(n.message.in_(messages)).values(**ended)).rowcount


def set_free(connection: Connection, notices: ColumnElement[bool]) -> None:
    """Take notices out of messages that are given up, so that they can go into other ones.

    The name is free again: the same notices composed anew are the same message.
    """
    given_up = m.id.in_(select(n.message).where(notices)), m.message_id.not_like("%#%")
    renamed = m.message_id + literal("#") + cast(m.id, String)
    connection.execute(update(tables.message).where(*given_up).values(body=b"", message_id=renamed))
    connection.execute(update(tables.notice).where(notices).values(message=None))


def give_up(connection: Connection, messages: Collection[int], reason: str, now: datetime) -> None:
    """Take messages apart, so that their notices can be composed anew."""
    record_messages_ended(connection, messages, State.WITHDRAWN, reason, now)
    _forget_invites(connection, messages)
    given_up = {"state": State.WITHDRAWN, "reason": reason}
    connection.execute(update(tables.message).where(m.id.in_(messages)).values(**given_up))
    set_free(connection, n.message.in_(messages))


def dissolve_untrue(connection: Connection, wanted: Mapping[str, Notice], today: date, now: datetime) -> int:
    """Take apart the messages that would not be true any more, so that their notices are composed anew.

    That is one of an earlier day ("i morgen"), or one with a notice that is not wanted any more; of the
    invitations, which say no days, one of an entry of which there is something newer to tell. A message that
    may have arrived keeps its bytes, since only an identical copy can be known as one. `wanted` are the
    notices by their dedupe keys. Returns how many were taken apart.
    """
    loose = select(m.id).where(IS_LOOSE, m.channel != Channel.INVITE, ~MAY_HAVE_ARRIVED)
    of_another_day = set(connection.scalars(loose.where(m.sent_on < today)))
    mine = _keys_of(connection, loose)
    unwanted = {message for message, keys in mine.items() if not keys <= wanted.keys()}
    untrue = sorted(of_another_day.union(unwanted, _overtaken(connection, wanted)))
    give_up(connection, untrue, Ending.COMPOSED_ANEW, now)
    return len(untrue)


def end_long_tried(connection: Connection, is_long: Callable[[datetime], bool], now: datetime) -> None:
    """End the notices that were tried for long enough, where others in their message were not yet.

    The message is taken apart for those. One in which all were is ended by the answer to its last try.
    """
    tried = (
        select(m.id, n.id, n.tried_at)
        .join_from(tables.message, tables.notice)
        .where(IS_LOOSE, m.attempts > 0, ~MAY_HAVE_ARRIVED)
    )
    together: defaultdict[int, dict[bool, list[int]]] = defaultdict(lambda: {True: [], False: []})
    for message, notice, tried_at in connection.execute(tried).all():
        together[message][is_long(tried_at)].append(notice)
    for message, notices in together.items():
        if notices[True] and notices[False]:
            note_trouble(
                connection, message, reason=Ending.GIVEN_UP, **_last_words(connection, message), now=now
            )
            give_up(connection, [message], Ending.COMPOSED_ANEW, now)
            ended = n.id.in_(notices[True])
            record_notices_ended(connection, ended, State.FAILED, Ending.GIVEN_UP, now)
            failed = {"state": State.FAILED, "reason": Ending.GIVEN_UP}
            connection.execute(update(tables.notice).where(ended).values(**failed))


def _last_words(connection: Connection, message: int) -> RowMapping:
    """Stage, code and text of what the other side said last."""
    a = tables.attempt.c
    said = select(a.stage, a.code, a.text).where(a.message == message).order_by(a.number.desc()).limit(1)
    return connection.execute(said).mappings().one()


def _overtaken(connection: Connection, wanted: Mapping[str, Notice]) -> Iterator[int]:
    """The invitations that wait although a later word about the same entry of a calendar waits as well."""
    waiting = select(m.id).where(IS_LOOSE, m.channel == Channel.INVITE, ~MAY_HAVE_ARRIVED)
    mine = _keys_of(connection, waiting)
    entry_of = select(n.message, n.milestone, func.lower(n.address)).where(n.message.in_(waiting))
    entries = {message: (milestone, address) for message, milestone, address in connection.execute(entry_of)}
    told: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for key, notice in wanted.items():
        if notice.hearer.channel is Channel.INVITE:
            told[notice.milestone, notice.hearer.address.lower()].add(key)
    is_over = or_(n.message.is_not(None), n.state.not_in((State.WAITING, State.WITHDRAWN)))
    here = n.milestone.in_(select(n.milestone).where(n.message.in_(waiting)))
    over = set(connection.scalars(select(n.dedupe_key).where(n.channel == Channel.INVITE, here, is_over)))
    return (message for message, entry in entries.items() if told[entry] - mine[message] - over)


def expire_messages(connection: Connection, today: date, now: datetime) -> int:
    """End the messages that could not be handed over before their day passed; returns how many."""
    late = connection.scalars(select(m.id).where(IS_LOOSE, m.expires_on <= today)).all()
    end_messages(connection, late, State.EXPIRED, Ending.ITS_DAY_HAD_PASSED, now)
    return len(late)


def suppress_dead(connection: Connection, now: datetime) -> int:
    """End what is due for addresses that do not exist; returns how many notices that were."""
    stuck = connection.scalars(select(m.id).where(IS_LOOSE, is_dead(m.channel, m.address))).all()
    ended = end_messages(connection, stuck, State.SUPPRESSED, Ending.ADDRESS_IS_DEAD, now)
    is_due = and_(n.state == State.WAITING, n.message.is_(None), n.at <= now)
    is_stuck = and_(is_due, is_dead(n.channel, n.address))
    record_notices_ended(connection, is_stuck, State.SUPPRESSED, Ending.ADDRESS_IS_DEAD, now)
    suppressed = (
        update(tables.notice)
        .where(is_stuck)
        .values(state=State.SUPPRESSED, reason=Ending.ADDRESS_IS_DEAD, held=False)
    )
    return ended + connection.execute(suppressed).rowcount


def take_for_good(connection: Connection, medium: Medium, address: str, now: datetime) -> bool:
    """An address exists after all: what was suppressed for its sake is planned anew, if it is still wanted.

    Returns whether it was in trouble.
    """
    here = and_(n.channel.in_(_channels(medium)), func.lower(n.address) == address.lower())
    suppressed = and_(here, n.state == State.SUPPRESSED, n.reason == Ending.ADDRESS_IS_DEAD)
    again = {"state": State.WITHDRAWN, "reason": Ending.ADDRESS_IS_GOOD_AGAIN}
    set_free(connection, suppressed)
    connection.execute(update(tables.notice).where(suppressed).values(**again))
    return end_trouble(connection, medium, address, now)


def take_recipient_for_good(
    connection: Connection, recipient: str, now: datetime, told: Collection[Hearer] = ()
) -> int:
    """The same for all addresses of a recipient, by its key of now as far as those told of it now have one.

    Returns how many were in trouble.
    """
    troubles = (as_called_now(each, told) for each in open_troubles(connection))
    found = [each for each in troubles if each.recipient == recipient]
    return sum(take_for_good(connection, each.medium, each.address, now) for each in found)


def _forget_invites(connection: Connection, messages: Collection[int]) -> None:
    """What these messages were to tell calendars is not known there, so that it is told when it is due again.

    An entry that was never announced before is none. Of one that may be there only the wording is forgotten,
    since its SEQUENCE must not be used for something else (RFC 5546 2.1.4).
    """
    i = tables.invite.c
    bound = (
        select(n.milestone, func.lower(n.address), MAY_HAVE_ARRIVED)
        .join_from(tables.notice, tables.message)
        .where(m.id.in_(messages), m.channel == Channel.INVITE)
    )
    for milestone, address, may_have_arrived in connection.execute(bound.distinct()).all():
        here = and_(i.milestone == milestone, i.address == address)
        if not may_have_arrived:
            connection.execute(delete(tables.invite).where(here, i.sequence == 0))
        connection.execute(update(tables.invite).where(here).values(schedule="", wording=""))


def _channels(medium: Medium) -> Sequence[Channel]:
    return [channel for channel, its in MEDIUM_OF.items() if its is medium]


def _keys_of(connection: Connection, messages: Select[tuple[int]]) -> Mapping[int, set[str]]:
    """The dedupe keys of the notices in each of these messages."""
    keys: defaultdict[int, set[str]] = defaultdict(set)
    for message, key in connection.execute(select(n.message, n.dedupe_key).where(n.message.in_(messages))):
        keys[message].add(key)
    return keys
