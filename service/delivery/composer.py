"""The notices of one hearer -> the bytes of one message."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from service.messages.calendar import CalendarEntry, Status, uid_of
from service.messages.card import Shape, compose_card
from service.messages.email import Envelope, compose_email
from service.messages.invite import Invite, InviteState, compose_invite, letter_of_invite
from service.messages.letter import subject_of
from service.messages.mailbox import Mailbox, Sender
from service.messages.reminder import names_of, reminder_about
from service.messages.templates import Templates
from service.plan.plan import Plan
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.schedule import Standing
from service.storage.invites import sent_invite, store_invite
from service.storage.notices import OwedNotice
from service.storage.outgoing import Composed


class WithheldError(Exception):
    """Nothing is left to say; `reason` is kept with the notices."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What all messages have in common."""

    templates: Templates
    sender: Sender
    coordinator_name: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is known while a round composes: the plan, how it stands, who hears, the installation's key."""

    plan: Plan
    standings: Mapping[str, Standing]
    hearers: Mapping[tuple[Channel, str], Hearer]
    install_key: bytes
    stationery: Stationery

    def compose(
        self, connection: Connection, owed: Sequence[OwedNotice], *, on: date, at: datetime
    ) -> Composed:
        """One message for notices of one hearer and channel; raises WithheldError when there is none.

        `connection` is only used to read and store what the hearer's calendar was told.
        """
        first = owed[0]
        hearer = self.hearers.get((first.channel, first.address.lower()))
        if hearer is None:
            raise WithheldError("recipient-left")
        if first.channel is Channel.INVITE:
            return self._invite(connection, hearer, owed, on, at)
        return self._reminder(hearer, owed, on, at)

    def _reminder(self, hearer: Hearer, owed: Sequence[OwedNotice], on: date, at: datetime) -> Composed:
        reminder = reminder_about(
            [(self.standings[notice.milestone], notice.occasion) for notice in owed],
            plan=self.plan,
            hearer=hearer,
            on=on,
            coordinator_name=self.stationery.coordinator_name,
        )
        message_id = self._message_id(owed)
        if hearer.channel is Channel.TEAMS:
            body = compose_card(reminder, Shape.ENVELOPE)
        else:
            body = compose_email(reminder, self._envelope(hearer, message_id, at), self.stationery.templates)
        return _composed(
            hearer,
            owed,
            on,
            message_id=message_id,
            occasion=reminder.occasion,
            subject=subject_of(reminder),
            body=body,
        )

    def _invite(
        self,
        connection: Connection,
        hearer: Hearer,
        owed: Sequence[OwedNotice],
        on: date,
        at: datetime,
    ) -> Composed:
        """The next version of one entry in one calendar; withheld when the calendar says it already."""
        entry = self._entry(hearer, owed)
        before = sent_invite(connection, entry.milestone.id, hearer.address.lower())
        if before is None and entry.status is Status.CANCELLED:
            raise WithheldError("never-invited")
        state = before.revised(entry, at) if before else InviteState.first(entry, at)
        if state is None:
            raise WithheldError("calendar-says-so-already")
        message_id = self._message_id(owed)
        invite = Invite(
            entry=entry,
            state=state,
            is_known=before is not None,
            plan_title=self.plan.title,
            coordinator_name=self.stationery.coordinator_name,
        )
        envelope = self._envelope(hearer, message_id, at)
        mail = compose_invite(invite, envelope, self.stationery.templates).mail
        store_invite(connection, entry.milestone.id, hearer.address.lower(), state)
        occasion = max((notice.occasion for notice in owed), key=list(Occasion).index)
        subject = letter_of_invite(invite, envelope).subject
        return _composed(
            hearer, owed, on, message_id=message_id, occasion=occasion, subject=subject, body=mail
        )

    def _entry(self, hearer: Hearer, owed: Sequence[OwedNotice]) -> CalendarEntry:
        standing = self.standings[owed[0].milestone]
        domain = self.stationery.sender.mailbox.domain
        identity = (self.install_key.hex(), standing.milestone.id, hearer.address.lower())
        return CalendarEntry(
            uid=uid_of(domain, *identity),
            milestone=standing.milestone,
            responsible=names_of(self.plan, standing.milestone),
            status=Status.CANCELLED if standing.dropped_on else Status.PLANNED,
            language=hearer.language,
            zone=self.stationery.zone,
        )

    def _envelope(self, hearer: Hearer, message_id: str, at: datetime) -> Envelope:
        return Envelope(
            sender=self.stationery.sender,
            to=Mailbox(address=hearer.address, name=hearer.name),
            message_id=message_id,
            at=at.astimezone(self.stationery.zone),
        )

    def _message_id(self, owed: Sequence[OwedNotice]) -> str:
        """The same for the same notices, so that a copy after a crash is known as one; it reveals nothing."""
        keys = "\n".join(sorted(notice.dedupe_key for notice in owed))
        digest = hmac.new(self.install_key, keys.encode(), hashlib.sha256).hexdigest()[:32]
        return f"<{digest}@{self.stationery.sender.mailbox.domain}>"


def _composed(
    hearer: Hearer,
    owed: Sequence[OwedNotice],
    on: date,
    *,
    message_id: str,
    occasion: Occasion,
    subject: str,
    body: bytes,
) -> Composed:
    expiries = [notice.expires_on for notice in owed]
    return Composed(
        message_id=message_id,
        recipient=hearer.recipient,
        channel=hearer.channel,
        address=hearer.address,
        sent_on=on,
        occasion=occasion,
        subject=subject,
        body=body,
        expires_on=None if None in expiries else max(day for day in expiries if day),
    )
