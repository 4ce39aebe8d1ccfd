"""What a mail server reports of a message that did not arrive (RFC 3461-3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from service.delivery.replies import ENHANCED_CODE, Reply, Stage, receipt_for
from service.incoming.mail import header, message_ids_in, own_parts
from service.storage.returned import Returned

_FINAL, _DELAYED = "failed", "delayed"
_ADDRESS = re.compile(r"(?i)^rfc822;\s*<?([^\s<>;]+@[^\s<>;]+)>?")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ANSWER = re.compile(r"(?i)^smtp;\s*(?:([245]\d\d)[ -]?)?(.*)$")
_UNTOLD = re.compile(r"[245]\.0\.0")
_MOST_RECIPIENTS = 20
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A report, and the Message-IDs that stand where that of the returned message may stand."""

    message_ids: tuple[str, ...]
    returned: tuple[Returned, ...]


def bounce_in(message: Message) -> Bounce | None:
    """The report that a mail is; None when it is none.

    The id stands in the returned message or its headers; Exchange and Gmail say it in In-Reply-To and
    References too, and it is the only one that some of theirs have.
    """
    parts = list(own_parts(message))
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if message.get_content_type() != "multipart/report" or not reports:
        return None
    originals = [original for part in parts if (original := _original(part))]
    named = [header(original, "Message-ID") for original in originals]
    named += [header(message, name) for name in ("In-Reply-To", "References")]
    returned = [each for report in reports for each in _returned(report)]
    return Bounce(
        message_ids=tuple(dict.fromkeys(message_ids_in(" ".join(named)))),
        returned=tuple(returned[:_MOST_RECIPIENTS]),
    )


def _original(part: Message) -> Message | None:
    """The headers of the message that came back, however much of it did."""
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        return payload[0] if isinstance(payload[0], Message) else None
    if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
        content = part.get_payload(decode=True)
        text = content.decode("ascii", "replace") if isinstance(content, bytes) else ""
        return HeaderParser().parsestr(text)
    return None


def _returned(report: Message) -> Iterator[Returned]:
    """What is said of each recipient; the first block is about the message as a whole."""
    blocks = report.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message):
            continue
        action = header(block, "Action").lower()
        if action in {_FINAL, _DELAYED}:
            yield _meaning(block, action)


def _meaning(block: Message, action: str) -> Returned:
    """By the same table of classes as an answer to RCPT.

    Exim's Status is 5.0.0, with the remote server's own code in Diagnostic-Code.
    """
    names = ("Final-Recipient", "Original-Recipient")
    addresses = [found[1] for name in names if (found := _ADDRESS.match(header(block, name)))]
    status = _STATUS.search(header(block, "Status"))
    said = _ANSWER.match(header(block, "Diagnostic-Code"))
    code, words = (said[1] or "", said[2].strip()) if said else ("", "")
    known = ENHANCED_CODE.match(words)
    told = [each for each in (known[1] if known else "", status[0] if status else "") if each]
    untold = f"{(code or '5')[0]}.0.0"
    enhanced = next((each for each in told if not _UNTOLD.fullmatch(each)), untold)
    words = ENHANCED_CODE.sub("", words, count=1) if known else words
    number = code or f"{enhanced[0]}50"
    receipt = receipt_for(Stage.RCPT, Reply(int(number), f"{enhanced} {words}"), _unspeakable(addresses))
    return Returned(
        recipients=frozenset(address.lower() for address in addresses),
        is_final=action == _FINAL,
        is_dead=action == _FINAL and receipt.hard_bounce,
        code=receipt.code,
        text=receipt.text,
    )


def _unspeakable(addresses: list[str]) -> tuple[str, ...]:
    """What no text may repeat; a local part of a letter or two says nothing about anybody."""
    names = (name for address in addresses for name in (address, address.partition("@")[0]))
    return tuple(name for name in names if len(name) >= _SHORTEST_NAME)
