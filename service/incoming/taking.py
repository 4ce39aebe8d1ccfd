"""What one mail means for the plan: an answer to an invitation, a message that came back, or nothing.

Nothing that is done here writes to whoever sent the mail. An answer is only shown, and told to the
coordinator; a returned message keeps us from writing to its address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from service.incoming.bounce import Bounce, bounce_in
from service.incoming.mail import IncomingMail, calendars_in
from service.incoming.reply import Reply, replies_in
from service.storage.incoming import is_first
from service.storage.responses import Answered, Invited, name_of_uid, store_response
from service.storage.returned import sent_as, take_back


class Effect(StrEnum):
    """What came of a mail. Those before NONE are dealt with; the others are left to people."""

    ANSWERED = "answered"
    RETURNED = "returned"
    AGAIN = "again"
    OLDER = "older"
    NONE = "none"
    STRANGER = "stranger"


DEALT_WITH = frozenset({Effect.ANSWERED, Effect.RETURNED, Effect.AGAIN, Effect.OLDER})


OPEN_TO_ALL = frozenset(
    f"{house}.{end}"
    for house, ends in {
        "gmail": ("com",),
        "googlemail": ("com",),
        "outlook": ("com", "dk"),
        "hotmail": ("com", "dk"),
        "live": ("com", "dk"),
        "msn": ("com",),
        "icloud": ("com",),
        "me": ("com",),
        "yahoo": ("com", "dk"),
        "mail": ("com", "dk"),
        "gmx": ("com", "net"),
        "proton": ("me",),
    }.items()
    for end in ends
)
"""Domains in which anybody can have an address, so that it says nothing of who else has one there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """What is known while mails are read. Addresses are in lower case; `invited` is by name of the UID."""

    invited: Mapping[str, Invited]
    everyone: frozenset[str]
    coordinators: frozenset[str]
    zone: ZoneInfo


def take(connection: Connection, mail: IncomingMail, known: Acquaintance, now: datetime) -> Effect:
    """Let a mail have its effect, once."""
    bounce = bounce_in(mail.message)
    if bounce:
        return _take_bounce(connection, mail, bounce, known, now)
    effect = Effect.NONE
    for reply in _replies(mail, known.zone):
        to = known.invited.get(name_of_uid(reply.uid))
        if to is None or reply.attendee != to.address:
            continue
        if not speaks_for(mail.sender, to.address):
            effect = Effect.STRANGER
            continue
        if not is_first(connection, mail.digest, now):
            return Effect.AGAIN
        answered = _answered(reply, now, by_coordinator=mail.sender in known.coordinators)
        return Effect.ANSWERED if store_response(connection, to, answered, now) else Effect.OLDER
    return effect


def speaks_for(sender: str, address: str) -> bool:
    """Whether the sender of a mail may answer for an address: it is that address, or of its domain.

    Many have their invitations sent to an alias, or answered by a secretary. Others than that have no say,
    though they may know the UID: somebody forwarded the invitation to them.
    """
    if sender == address:
        return True
    theirs, ours = sender.rpartition("@")[2], address.rpartition("@")[2]
    is_one_house = theirs == ours or theirs.endswith(f".{ours}") or ours.endswith(f".{theirs}")
    return is_one_house and "." in theirs and theirs not in OPEN_TO_ALL


def _replies(mail: IncomingMail, zone: ZoneInfo) -> list[Reply]:
    """Those of a calendar object that can be read; beside a broken one there may be a good copy."""
    found: list[Reply] = []
    for ics in calendars_in(mail.message):
        try:
            found += replies_in(ics, zone)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):  # icalendar, on what is none
            continue
    return found


def _answered(reply: Reply, now: datetime, *, by_coordinator: bool) -> Answered:
    """A stamp from the future, of a clock that is wrong, must not outdo what is said later."""
    return Answered(
        said=reply.said,
        sequence=reply.sequence,
        answered_at=min(reply.answered_at or now, now),
        proposed_on=reply.proposed_on,
        proposed_time=reply.proposed_time,
        comment=reply.comment,
        by_coordinator=by_coordinator,
    )


def _take_bounce(
    connection: Connection, mail: IncomingMail, bounce: Bounce, known: Acquaintance, now: datetime
) -> Effect:
    """A report is believed where it knows the Message-ID of what we sent, and comes from a mail server."""
    message_id = sent_as(connection, bounce.message_ids)
    if message_id is None or not mail.is_from_a_machine or mail.sender in known.everyone:
        return Effect.NONE
    if not is_first(connection, mail.digest, now):
        return Effect.AGAIN
    taken = [take_back(connection, message_id, each, now) for each in bounce.returned]
    return Effect.RETURNED if any(taken) else Effect.AGAIN
