"""A mail as it came, taken apart as far as answers need it. Pure; anything may be wrong with it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import Header
from email.message import Message
from email.utils import getaddresses

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_CALENDARS = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_EMPTY_SENDER = "<>"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMail:
    """`sender` is the one address of From, in lower case; "" where there is none, or more than one.

    `digest` tells this mail from others, also after a mailbox was moved and numbered anew.
    """

    message: Message
    sender: str
    digest: str

    @property
    def is_from_a_machine(self) -> bool:
        """Whether nobody can be written back to, as with every DSN (RFC 3464 2): its envelope sender is <>.

        Mailboxes that keep no Return-Path leave it open.
        """
        return _text(self.message, "Return-Path").strip() in {"", _EMPTY_SENDER}


def read_mail(raw: bytes) -> IncomingMail:
    """A mail, whole or only its beginning."""
    message = message_from_bytes(raw)
    froms = getaddresses([_text(message, "From")])
    sender = froms[0][1].strip().lower() if len(froms) == 1 else ""
    named = _MESSAGE_ID.search(_text(message, "Message-ID"))
    digest = hashlib.sha256(named[0].encode() if named else raw).hexdigest()
    return IncomingMail(message=message, sender=sender, digest=digest)


def calendars_in(message: Message) -> Iterator[bytes]:
    """The calendar objects of a mail, in UTF-8, each once; not those in mails that it forwards."""
    seen = set[bytes]()
    for part in own_parts(message):
        is_file = (part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in _CALENDARS or is_file:
            content = _in_utf8(part)
            if content not in seen:
                seen.add(content)
                yield content


def own_parts(message: Message) -> Iterator[Message]:
    """The parts that are no mail of their own; of a report, the mail in it is one."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting[:0] = [each for each in payload if isinstance(each, Message)]
        else:
            yield part


def message_ids_in(text: str) -> list[str]:
    return _MESSAGE_ID.findall(text)


def header(message: Message, name: str) -> str:
    """A header as it stands, on one line; "" where there is none."""
    return " ".join(_text(message, name).split())


def _text(message: Message, name: str) -> str:
    # What is not ASCII comes as a Header.
    found = message.get(name, "")
    return str(found) if isinstance(found, Header | str) else ""


def _in_utf8(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        return raw.decode(charset).removeprefix("\ufeff").encode()
    except (LookupError, UnicodeError):
        return raw
