"""Invitations by mail (iTIP RFC 5546 in iMIP RFC 6047): one milestone, one person, one message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from icalendar import Calendar

from service.messages.calendar import (
    CalendarEntry,
    Status,
    Version,
    address_of,
    alarm_of,
    calendar_for,
    event_of,
    schedule_of,
    wording_of,
)
from service.messages.email import Envelope, Invitation, Mail, MisbuiltMessageError, compose_letter
from service.messages.entry import entry_about
from service.messages.letter import Letter, contact, greeting, opening, subject_of_invite, why
from service.messages.mailbox import Mailbox
from service.messages.templates import Templates
from service.messages.tone import Tone
from service.messages.wording import say

_ATTENDEE = {
    # RSVP and role are what Gmail and Nextcloud tie their buttons to.
    "CUTYPE": "INDIVIDUAL",
    "ROLE": "REQ-PARTICIPANT",
    "PARTSTAT": "NEEDS-ACTION",
    "RSVP": "TRUE",
}


_KINDS = {Status.PLANNED: "invite", Status.DONE: "invite.done", Status.CANCELLED: "invite.cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteState:
    """What a person's calendar was last told: the version, and hashes of what it said."""

    version: Version
    schedule: str
    wording: str

    @classmethod
    def first(cls, entry: CalendarEntry, at: datetime) -> Self:
        return cls._of(entry, Version(sequence=0, changed_at=at))

    def revised(self, entry: CalendarEntry, at: datetime) -> "InviteState | None":
        """The next state, or None if the calendar already says all of it.

        The SEQUENCE rises when the appointment moves or is withdrawn, and only then: a rise asks people to
        answer again, which a corrected word does not merit. The time stamp is always a later one, also when
        the clock was set back: of two with one SEQUENCE the later one counts (RFC 5546 2.1.5).
        """
        at = max(at, self.version.changed_at + timedelta(seconds=1))
        now = self._of(entry, Version(sequence=self.version.sequence, changed_at=at))
        if (now.schedule, now.wording) == (self.schedule, self.wording):
            return None
        risen = self.version.sequence + (now.schedule != self.schedule)
        return self._of(entry, Version(sequence=risen, changed_at=at))

    @classmethod
    def _of(cls, entry: CalendarEntry, version: Version) -> Self:
        return cls(version=version, schedule=schedule_of(entry), wording=wording_of(entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """What one person's calendar is told. `is_known`: an earlier version of it is there already."""

    entry: CalendarEntry
    state: InviteState
    is_known: bool
    plan_title: str
    coordinator_name: str = ""

    @property
    def method(self) -> str:
        return "CANCEL" if self.entry.status is Status.CANCELLED else "REQUEST"


class ComposedInvite(NamedTuple):
    ics: bytes
    mail: Mail


def compose_invite(invite: Invite, envelope: Envelope, templates: Templates) -> ComposedInvite:
    """The iTIP object and the mail around it.

    Organizer and From are one mailbox and the attendee is the address of the mail: a difference is taken for
    forgery on one side and loses the buttons on the other.
    """
    ics = calendar_object(invite, organizer=envelope.sender.mailbox, attendee=envelope.to)
    letter = letter_of_invite(invite, envelope)
    return ComposedInvite(
        ics, compose_letter(letter, envelope, templates, Invitation(ics=ics, method=invite.method))
    )


def letter_of_invite(invite: Invite, envelope: Envelope) -> Letter:
    entry, language = invite.entry, invite.entry.language
    kind = _KINDS[entry.status]
    about = entry_about(
        language, entry.milestone, entry.responsible, tone=Tone.NEWS if invite.is_known else Tone.COMING
    )
    return Letter(
        language=language,
        subject=subject_of_invite(language, entry.milestone, kind),
        preheader=" · ".join(line for line in (about.due, about.responsible) if line),
        headline=say(language, f"headline.{kind}"),
        greeting=greeting(language, envelope.to.name),
        opening=opening(
            language, "invite.updated" if invite.is_known and kind == "invite" else kind, invite.plan_title
        ),
        entries=(about,),
        questions=contact(
            language,
            invite.coordinator_name,
            reader=envelope.to.name,
            how="reply" if envelope.sender.reply_to else "contact",
        ),
        why=why(language, envelope.to.name),
        plan_url=entry.url,
    )


def calendar_object(invite: Invite, organizer: Mailbox, attendee: Mailbox) -> bytes:
    """The iTIP object alone; raises MisbuiltMessageError when it does not say what it was meant to."""
    event = event_of(invite.entry, invite.state.version, organizer)
    event.add("X-MICROSOFT-CDO-INTENDEDSTATUS", "FREE")
    event.add("ATTENDEE", address_of(attendee, _ATTENDEE))
    if invite.entry.status is Status.PLANNED:
        event.add_component(alarm_of(invite.entry))
    calendar = calendar_for(invite.method)
    calendar.add_component(event)
    ics: bytes = calendar.to_ical()
    (read,) = Calendar.from_ical(ics).events
    if read.get("UID") != invite.entry.uid or set(read) != set(event) or read.errors:
        raise MisbuiltMessageError("the calendar entry does not read back as it was written")
    return ics
