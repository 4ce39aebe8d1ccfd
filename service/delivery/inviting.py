"""The notices of one milestone for one calendar -> the next version of its entry there."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from service.delivery.desk import Desk, WithheldError
from service.logs import log_failure
from service.messages.calendar import CalendarEntry, Status
from service.messages.composing import Message
from service.messages.email import MisbuiltMessageError
from service.messages.invite import InviteState
from service.plan.marks import MarkKind
from service.reminders.calendars import HeldEntry
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.reasons import Ending
from service.reminders.schedule import Standing
from service.storage.invites import sent_invite, store_invite
from service.storage.notices import OwedNotice


def cancels(owed: Sequence[OwedNotice]) -> bool:
    """Whether an entry is taken out of a calendar, which is done for those who have left too."""
    return any(notice.channel is Channel.INVITE and notice.occasion is Occasion.CANCELLED for notice in owed)


def invitation(
    desk: Desk, connection: Connection, hearer: Hearer, owed: Sequence[OwedNotice], at: datetime
) -> Message:
    """The message, and noted what that calendar holds from now on; withheld when it says so already."""
    if hearer.address.lower() == desk.stationery.sender.mailbox.address.lower():
        raise WithheldError(Ending.IS_THE_ORGANIZER)  # no client shows its owner an invitation by itself
    standing = desk.standings[owed[0].milestone]
    status = Status.CANCELLED if cancels(owed) else _status(desk, hearer, standing)
    entry = desk.writer.entry(
        standing, hearer, status=status, due_on=owed[0].due_on, whole=desk.rules.whole_windows
    )
    before = sent_invite(connection, entry.milestone.id, hearer.address.lower())
    if before is None and entry.status is not Status.PLANNED:
        raise WithheldError(Ending.NEVER_INVITED)
    try:
        state = before.revised(entry, at) if before else InviteState.first(entry, at)
        if state is None:
            raise WithheldError(Ending.CALENDAR_SAYS_SO_ALREADY)
        message = desk.writer.invite(
            entry,
            state,
            hearer,
            is_known=before is not None,
            occasion=max((notice.occasion for notice in owed), key=list(Occasion).index),
            at=at,
            message_id=desk.writer.message_id(notice.dedupe_key for notice in owed),
        )
    except (ValueError, MisbuiltMessageError) as unwritable:
        # One bad row must not hold up the invitations to all others.
        log_failure("an invitation could not be written", unwritable)
        raise WithheldError(Ending.CANNOT_BE_WRITTEN) from None
    held = _held(entry, hearer, state, desk.rules.local_day(at))
    store_invite(connection, held, state, cancelled=entry.status is Status.CANCELLED)
    return message


def _status(desk: Desk, hearer: Hearer, standing: Standing) -> Status:
    if standing.dropped_on or not desk.is_asked(hearer, standing):
        return Status.CANCELLED
    if standing.settled is None:
        return Status.PLANNED
    is_done = standing.settled.kind is MarkKind.DONE
    return Status.DONE if is_done and desk.rules.when_done == "update" else Status.CANCELLED


def _held(entry: CalendarEntry, hearer: Hearer, state: InviteState, on: date) -> HeldEntry:
    return HeldEntry(
        milestone=entry.milestone.id,
        address=hearer.address.lower(),
        recipient=hearer.recipient,
        due_on=entry.milestone.due_on or on,
        sequence=state.version.sequence,
        told_on=on,
    )
