"""The door to `email`: a letter as the bytes that go over SMTP. Same letter, same bytes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP, Policy

from service.errors import Language
from service.messages.cleaning import header_text, shortened
from service.messages.letter import Letter, letter_of
from service.messages.mailbox import Mailbox, Sender
from service.messages.reminder import Reminder
from service.messages.templates import Templates


class _Subject(UnstructuredHeader, BaseHeader):
    """A subject as one run of encoded words.

    Where the library mixes them with plain words, a fold doubles the space between two (Python 3.11).
    """

    def fold(self, *, policy: Policy) -> str:
        charset = "us-ascii" if self.isascii() else "utf-8"
        folded = Header(str(self), charset, maxlinelen=policy.max_line_length, header_name=self.name)
        return f"{self.name}: {folded.encode(linesep=policy.linesep)}{policy.linesep}"


_HEADER_TYPES = HeaderRegistry()
_HEADER_TYPES.map_to_type("subject", _Subject)

# ASCII throughout, since smtplib does not ask for 8BITMIME. Lines of 76: a longer encoded word breaks RFC
# 2047 and a longer quoted-printable line RFC 2045, and the policy would write both up to its own length.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=76, header_factory=_HEADER_TYPES)

_LONGEST_NAME = 60

_HEADERS = frozenset(
    {
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "auto-submitted",
        "x-auto-response-suppress",
        "content-language",
        "mime-version",
        "content-type",
    }
)


class MisbuiltMessageError(Exception):
    """The bytes say something else than they were meant to; such a message is never sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What stands on the outside. `message_id` has its angle brackets; `at` is aware of its zone."""

    sender: Sender
    to: Mailbox
    message_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A calendar object and its METHOD, which the MIME type has to repeat (RFC 6047 2.4)."""

    ics: bytes
    method: str


def compose_email(reminder: Reminder, envelope: Envelope, templates: Templates) -> bytes:
    """The reminder as a mail to one person: text and HTML, each written by its own template."""
    questions = "reply" if envelope.sender.reply_to else "contact"
    return compose_letter(letter_of(reminder, questions=questions), envelope, templates)


def compose_letter(
    letter: Letter, envelope: Envelope, templates: Templates, invitation: Invitation | None = None
) -> bytes:
    """Any letter as a mail; with an invitation in the structure that Outlook and Gmail show buttons for."""
    message = EmailMessage(policy=_POLICY)
    # Quoted-printable even where 7bit would do: no line of it can be the boundary "=_...".
    message.set_content(templates.text("email/letter.txt", letter=letter), cte="quoted-printable")
    message.add_alternative(
        templates.html("email/letter.html", letter=letter), subtype="html", cte="quoted-printable"
    )
    if invitation:
        _enclose(message, invitation)
    _fix_boundaries(message, envelope.message_id)
    # Last: adding an alternative moves every Content- header into the first part.
    _address(message, envelope, letter.subject, letter.language)
    raw = message.as_bytes()
    _verify(raw, envelope, letter.subject)
    return raw


def _address(message: EmailMessage, envelope: Envelope, subject: str, language: Language) -> None:
    sender = envelope.sender
    message["From"] = _header_address(sender.mailbox)
    message["To"] = _header_address(envelope.to)
    if sender.reply_to:
        message["Reply-To"] = _header_address(sender.reply_to)
    message["Subject"] = header_text(subject)
    message["Date"] = envelope.at
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    # The list that Exchange understands; without NDR, since bounces are wanted.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply, DR, RN, NRN"
    message["Content-Language"] = language


def _header_address(mailbox: Mailbox) -> Address:
    # addr_spec: as a plain string an address with a comma would become two recipients.
    return Address(
        display_name=shortened(header_text(mailbox.name), _LONGEST_NAME), addr_spec=mailbox.address
    )


def _enclose(message: EmailMessage, invitation: Invitation) -> None:
    """The calendar as the last alternative, which makes it an invitation, and as a file for the others."""
    message.add_alternative(
        invitation.ics.decode(),
        subtype="calendar",
        params={"method": invitation.method, "component": "VEVENT"},
        cte="base64",
    )
    message.add_attachment(
        invitation.ics,
        maintype="application",
        subtype="ics",
        filename="invite.ics",
        params={"name": "invite.ics"},
    )


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries from the Message-ID: those of the library are random, and a retry must be the same bytes."""
    for number, part in enumerate(_multiparts(message)):
        digest = hashlib.sha256(f"{number} {message_id}".encode()).hexdigest()
        part.set_boundary(f"=_{digest[:32]}")


def _multiparts(message: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in message.walk() if isinstance(part, EmailMessage) and part.is_multipart())


def _verify(raw: bytes, envelope: Envelope, subject: str) -> None:
    """Read the bytes as a receiver would: no header more or less, and each address as it was given."""
    read = BytesHeaderParser(policy=SMTP).parsebytes(raw)
    expected = _HEADERS | ({"reply-to"} if envelope.sender.reply_to else frozenset())
    if sorted(name.lower() for name in read) != sorted(expected):
        raise MisbuiltMessageError("the headers of the message are not the ones that were written")
    for name, mailbox in [("From", envelope.sender.mailbox), ("To", envelope.to)]:
        if [address.addr_spec for address in read[name].addresses] != [mailbox.address]:
            raise MisbuiltMessageError(f"the header {name} does not hold the one address it should")
    if read["Message-ID"] != envelope.message_id or read["Subject"] != header_text(subject):
        raise MisbuiltMessageError("the message does not carry its own Message-ID and subject")
