"""The door to `email`: a letter as the bytes that go over SMTP. Same letter, same bytes."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import SMTP, Compat32, Policy, compat32
from email.utils import format_datetime
from functools import lru_cache

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


class _AsWritten(Compat32):
    """Headers that are folded already and bodies that are encoded already, only laid out."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii")


# The library's own modern way takes four milliseconds for each mail, nine tenths of it over headers that are
# the same in every one.
_LAID_OUT = _AsWritten(linesep="\r\n")

_LONGEST_NAME = 60
_REMEMBERED = 4096

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

    ics: bytes = field(repr=False)
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says, part by part; `bytes(mail)` is how it goes over SMTP."""

    envelope: Envelope
    subject: str
    language: Language
    text: str = field(repr=False)
    html: str = field(repr=False)
    invitation: Invitation | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say something, as a mail program shows them."""
        sender = self.envelope.sender
        mailboxes = {"From": sender.mailbox, "To": self.envelope.to, "Reply-To": sender.reply_to}
        return {
            **{name: _shown(mailbox) for name, mailbox in mailboxes.items() if mailbox},
            "Subject": header_text(self.subject),
            "Date": format_datetime(self.envelope.at),
            "Message-ID": self.envelope.message_id,
        }

    def __bytes__(self) -> bytes:
        """Raises MisbuiltMessageError when a receiver would read something else."""
        parts = [_text_part("plain", self.text), _text_part("html", self.html)]
        # Boundaries from the Message-ID: those of the library are random, and a retry must be the same bytes.
        outer, inner = (_boundary(number, self.envelope.message_id) for number in range(2))
        if self.invitation:
            # As the last alternative the calendar makes it an invitation; the file is there for the others.
            parts.append(_calendar_part(self.invitation))
            alternatives = _multipart("alternative", inner, parts)
            message = _multipart("mixed", outer, [alternatives, _file_part(self.invitation)])
        else:
            message = _multipart("alternative", outer, parts)
        _address(message, self)
        raw = message.as_bytes()
        _verify(raw, self)
        return raw


def compose_email(reminder: Reminder, envelope: Envelope, templates: Templates) -> Mail:
    """The reminder as a mail to one person: text and HTML, each written by its own template."""
    questions = "reply" if envelope.sender.reply_to else "contact"
    return compose_letter(letter_of(reminder, questions=questions), envelope, templates)


def compose_letter(
    letter: Letter, envelope: Envelope, templates: Templates, invitation: Invitation | None = None
) -> Mail:
    """Any letter as a mail; with an invitation in the structure that Outlook and Gmail show buttons for."""
    return Mail(
        envelope=envelope,
        subject=letter.subject,
        language=letter.language,
        text=templates.text("email/letter.txt", letter=letter),
        html=templates.html("email/letter.html", letter=letter),
        invitation=invitation,
    )


def _address(message: Message, mail: Mail) -> None:
    envelope, sender = mail.envelope, mail.envelope.sender
    message["MIME-Version"] = "1.0"
    message["From"] = _folded_mailbox("From", sender.mailbox)
    message["To"] = _folded_mailbox("To", envelope.to)
    if sender.reply_to:
        message["Reply-To"] = _folded_mailbox("Reply-To", sender.reply_to)
    message["Subject"] = _folded_subject(header_text(mail.subject))
    message["Date"] = format_datetime(envelope.at)
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    # The list that Exchange understands; without NDR, since bounces are wanted.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply, DR, RN, NRN"
    message["Content-Language"] = mail.language


@lru_cache(_REMEMBERED)
def _folded_mailbox(name: str, mailbox: Mailbox) -> str:
    return _folded(name, _address_of(mailbox))


@lru_cache(_REMEMBERED)
def _folded_subject(text: str) -> str:
    return _folded("Subject", text)


def _folded(name: str, value: str | Address) -> str:
    """A header as the library writes it, without its name and the end of its last line."""
    written: str = _POLICY.fold(name, _POLICY.header_store_parse(name, value)[1])
    return written.removeprefix(f"{name}:").strip()


@lru_cache(_REMEMBERED)
def _shown(mailbox: Mailbox) -> str:
    return str(_address_of(mailbox))


def _address_of(mailbox: Mailbox) -> Address:
    # addr_spec: as a plain string an address with a comma would become two recipients.
    return Address(
        display_name=shortened(header_text(mailbox.name), _LONGEST_NAME), addr_spec=mailbox.address
    )


def _boundary(number: int, message_id: str) -> str:
    digest = hashlib.sha256(f"{number} {message_id}".encode()).hexdigest()
    return f"=_{digest[:32]}"


def _multipart(subtype: str, boundary: str, parts: Sequence[Message]) -> Message:
    message = Message(_LAID_OUT)
    message["Content-Type"] = f'multipart/{subtype};\r\n boundary="{boundary}"'
    for part in parts:
        message.attach(part)
    return message


def _text_part(subtype: str, text: str) -> Message:
    """Quoted-printable even where 7bit would do: no line of it can be the boundary "=_..."."""
    body = binascii.b2a_qp(f"{text}\n".encode(), istext=True).decode("ascii")
    return _part({"Content-Type": f'text/{subtype}; charset="utf-8"'}, "quoted-printable", body)


def _calendar_part(invitation: Invitation) -> Message:
    kind = f'text/calendar; charset="utf-8"; method="{invitation.method}";\r\n component="VEVENT"'
    return _part({"Content-Type": kind}, "base64", _in_base64(invitation.ics))


def _file_part(invitation: Invitation) -> Message:
    headers = {
        "Content-Type": 'application/ics; name="invite.ics"',
        "Content-Disposition": 'attachment; filename="invite.ics"',
    }
    return _part(headers, "base64", _in_base64(invitation.ics))


def _in_base64(content: bytes) -> str:
    return base64.encodebytes(content).decode("ascii")


def _part(headers: Mapping[str, str], encoding: str, body: str) -> Message:
    part = Message(_LAID_OUT)
    for name, value in headers.items():
        part[name] = value
    part["Content-Transfer-Encoding"] = encoding
    part.set_payload(body)
    return part


def _verify(raw: bytes, mail: Mail) -> None:
    """Read the bytes as a receiver would: no header more or less, and each address as it was given."""
    envelope = mail.envelope
    head, _, _ = raw.partition(b"\r\n\r\n")
    read = BytesHeaderParser(policy=compat32).parsebytes(head)
    expected = _HEADERS | ({"reply-to"} if envelope.sender.reply_to else frozenset())
    if sorted(name.lower() for name in read) != sorted(expected):
        raise MisbuiltMessageError("the headers of the message are not the ones that were written")
    for name, mailbox in [("From", envelope.sender.mailbox), ("To", envelope.to)]:
        if _addresses_in(name, read[name]) != [mailbox.address]:
            raise MisbuiltMessageError(f"the header {name} does not hold the one address it should")
    said = read["Message-ID"], _text_in("Subject", read["Subject"])
    if said != (envelope.message_id, header_text(mail.subject)):
        raise MisbuiltMessageError("the message does not carry its own Message-ID and subject")


@lru_cache(_REMEMBERED)
def _addresses_in(name: str, written: str) -> list[str]:
    return [address.addr_spec for address in SMTP.header_fetch_parse(name, written).addresses]


@lru_cache(_REMEMBERED)
def _text_in(name: str, written: str) -> str:
    return str(SMTP.header_fetch_parse(name, written))
