"""What one hearer is told -> the bytes of one message, for the outbox and for rehearsals alike."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.messages.alert import Unreached, letter_of_alert
from service.messages.calendar import CalendarEntry, Status, uid_of
from service.messages.card import Shape, card_of, compose_card
from service.messages.email import Envelope, Mail, compose_email, compose_letter
from service.messages.invite import Invite, InviteState, compose_invite
from service.messages.letter import subject_of
from service.messages.mailbox import Mailbox, Sender
from service.messages.overview import overview_in_words
from service.messages.reminder import NO_BACKGROUND, NO_LINKS, Background, Links, names_of, reminder_about
from service.messages.templates import Templates
from service.plan.plan import Plan
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.overview import Overview
from service.reminders.schedule import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What all messages have in common. Without a `base_url` they carry no links."""

    templates: Templates
    sender: Sender
    coordinator_name: str
    zone: ZoneInfo
    base_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message rendered: a mail, or the JSON of a card."""

    message_id: str
    occasion: Occasion
    subject: str
    content: Mail | bytes = field(repr=False)

    @property
    def body(self) -> bytes:
        """What the transport hands over."""
        return bytes(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """What is known while messages are written. By `key` one installation's ids differ from all others'."""

    plan: Plan
    key: bytes = field(repr=False)
    stationery: Stationery

    def message_id(self, dedupe_keys: Iterable[str]) -> str:
        """The same for the same notices, so that a copy after a crash is known as one; it reveals nothing."""
        keys = "\n".join(sorted(dedupe_keys))
        digest = hmac.new(self.key, keys.encode(), hashlib.sha256).hexdigest()[:32]
        return f"<{digest}@{self.stationery.sender.mailbox.domain}>"

    def reminder(
        self,
        told: Iterable[tuple[Standing, Occasion]],
        hearer: Hearer,
        *,
        on: date,
        at: datetime,
        message_id: str,
        links: Links = NO_LINKS,
        overview: Overview | None = None,
        background: Background = NO_BACKGROUND,
    ) -> Message:
        """All that a hearer is told on a local day, as a mail or a card; `at` is the instant it is dated."""
        reminder = reminder_about(
            told,
            plan=self.plan,
            hearer=hearer,
            on=on,
            coordinator_name=self.stationery.coordinator_name,
            links=links,
            overview=overview_in_words(hearer.language, self.plan, overview) if overview else None,
            background=background,
        )
        content: Mail | bytes
        if hearer.channel is Channel.TEAMS:
            content, subject = compose_card(reminder, Shape.ENVELOPE), subject_of(reminder)
        else:
            envelope = self._envelope(hearer, message_id, at)
            content = compose_email(reminder, envelope, self.stationery.templates)
            subject = content.subject
        return Message(message_id=message_id, occasion=reminder.occasion, subject=subject, content=content)

    def alert(
        self, unreached: Sequence[Unreached], hearer: Hearer, *, at: datetime, message_id: str
    ) -> Message:
        """Who could not be reached, as a mail or a card."""
        letter = letter_of_alert(
            hearer.language, reader=hearer.name, plan_title=self.plan.title, unreached=unreached
        )
        content: Mail | bytes
        if hearer.channel is Channel.TEAMS:
            content = card_of(letter, Shape.ENVELOPE)
        else:
            envelope = self._envelope(hearer, message_id, at)
            content = compose_letter(letter, envelope, self.stationery.templates)
        return Message(
            message_id=message_id, occasion=Occasion.UNREACHABLE, subject=letter.subject, content=content
        )

    def entry(
        self, standing: Standing, hearer: Hearer, *, status: Status, due_on: date | None, whole: bool = False
    ) -> CalendarEntry:
        """A milestone in a hearer's calendar, on the day that the calendar is told of."""
        identity = (self.key.hex(), standing.milestone.id, hearer.address.lower())
        return CalendarEntry(
            uid=uid_of(self.stationery.sender.mailbox.domain, *identity),
            milestone=replace(standing.milestone, due_on=due_on),
            responsible=names_of(self.plan, standing.milestone),
            status=status,
            language=hearer.language,
            zone=self.stationery.zone,
            whole=whole,
        )

    def invite(
        self,
        entry: CalendarEntry,
        state: InviteState,
        hearer: Hearer,
        *,
        is_known: bool,
        occasion: Occasion,
        at: datetime,
        message_id: str,
    ) -> Message:
        """One version of an entry, as a mail; `is_known`: an earlier one is in the calendar already."""
        invite = Invite(
            entry=entry,
            state=state,
            is_known=is_known,
            plan_title=self.plan.title,
            coordinator_name=self.stationery.coordinator_name,
        )
        envelope = self._envelope(hearer, message_id, at)
        mail = compose_invite(invite, envelope, self.stationery.templates).mail
        return Message(message_id=message_id, occasion=occasion, subject=mail.subject, content=mail)

    def _envelope(self, hearer: Hearer, message_id: str, at: datetime) -> Envelope:
        return Envelope(
            sender=self.stationery.sender,
            to=Mailbox(address=hearer.address, name=hearer.name),
            message_id=message_id,
            at=at.astimezone(self.stationery.zone),
        )
