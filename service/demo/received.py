"""What a mail program makes of a message: read from the bytes alone, knowing nothing of who wrote them."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from functools import lru_cache

from service.demo.mailbox import ReceivedMail
from service.messages.appointment import Appointment, appointment_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What a list of mails shows."""

    subject: str
    sender: str
    to: str
    is_invite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a mail shows when it is opened."""

    text: str
    html: str
    appointment: Appointment | None


@lru_cache(maxsize=8192)
def letterhead(mail: ReceivedMail) -> Letterhead:
    message = _parsed(mail)
    senders = message["From"].addresses
    return Letterhead(
        subject=str(message["Subject"]),
        sender=senders[0].display_name or senders[0].addr_spec,
        to=", ".join(mail.recipients),
        is_invite=_calendar_part(message) is not None,
    )


@lru_cache(maxsize=64)
def opened(mail: ReceivedMail) -> Opened:
    message = _parsed(mail)
    calendar = _calendar_part(message)
    return Opened(
        text=_content(message.get_body(("plain",))),
        html=_content(message.get_body(("html",))),
        appointment=appointment_in(_content(calendar)) if calendar else None,
    )


def _parsed(mail: ReceivedMail) -> EmailMessage:
    return message_from_bytes(mail.raw, policy=default)


def _content(part: MIMEPart | None) -> str:
    return str(part.get_content()) if part else ""


def _calendar_part(message: EmailMessage) -> MIMEPart | None:
    return next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
