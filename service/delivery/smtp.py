"""The one door to SMTP (RFC 5321): one envelope recipient a message, verified TLS, a kept connection."""

import contextlib
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace

from service.delivery.line import BROKEN, Dropped, Line, trouble
from service.delivery.patience import BY_THE_RFC, Patience
from service.delivery.receipt import Answer, Receipt
from service.delivery.relay import Relay, Unmet, open_session
from service.delivery.replies import (
    GO_AHEAD,
    SERVICE_CLOSING,
    Garbled,
    Refused,
    Reply,
    Stage,
    receipt_for,
    refusal,
)

__all__ = ["Relay", "SmtpTransport"]


QUIT_SECONDS = 5.0
ENVELOPE = (Stage.MAIL, Stage.RCPT, Stage.DATA)

# What goes between the angle brackets as it stands; composing has made it ASCII (IDNA).
ENVELOPE_ADDRESS = re.compile(r"[!-;=?A-~]{1,64}@[!-;=?A-~]{1,255}")
SHORTEST_NAME = 3


class SmtpTransport:
    """Hands messages to one relay over one connection, opened when needed and kept until `close`.

    For one thread; several connections are several transports.
    """

    def __init__(self, relay: Relay, patience: Patience = BY_THE_RFC) -> None:
        self._relay = relay
        self._patience = patience
        self._line: Line | None = None

    def send(self, sender: str, to: str, message: bytes) -> Receipt:
        """Hand over one message; never raises for what the network, the relay or the arguments are."""
        if not ENVELOPE_ADDRESS.fullmatch(to):
            return Receipt(answer=Answer.FAILED, code="bad-address", stage=Stage.RCPT)
        if sender and not ENVELOPE_ADDRESS.fullmatch(sender):
            return Receipt(answer=Answer.DELAYED, code="bad-sender", stage=Stage.MAIL)
        names = tuple(_names(sender, to))
        return self._tried(lambda: self._content(self._begin(sender, to), message, names), names)

    def greet(self) -> Receipt:
        """Connect, encrypt and log in, and hand over nothing; never raises either."""
        return self._tried(self._noop)

    def close(self) -> None:
        if self._line is not None:
            with contextlib.suppress(*BROKEN):
                self._line.allow(QUIT_SECONDS)
                self._line.ask("QUIT")
            self._hang_up()

    def _begin(self, sender: str, to: str) -> Line:
        """Come as far as "354 go ahead": on the kept connection, or on a new one if that has ended.

        A server may hang up on an idle client at any time, with a 421 or without. Nothing of the message
        has been sent by then, so a second try makes no second copy.
        """
        seconds = self._patience.opening
        if kept := self._line:
            kept.allow(seconds)
            if _still_serves(kept, sender, to):
                return kept
            seconds = kept.remaining()
        line = self._new_session(seconds)
        _address(line, sender, to)
        return line

    def _new_session(self, seconds: float) -> Line:
        self._hang_up()
        line = self._line = Line(seconds)
        open_session(line, self._relay, self._patience.connect)
        return line

    def _noop(self) -> Receipt:
        line = self._new_session(self._patience.opening)
        line.stage = Stage.EHLO
        return receipt_for(line.stage, line.ask("NOOP"))

    def _tried(self, attempt: Callable[[], Receipt], names: tuple[str, ...] = ()) -> Receipt:
        """The receipt of an attempt, or of what ended it before the content was sent."""
        try:
            return attempt()
        except Refused as refused:
            receipt = receipt_for(refused.stage, refused.reply, self._unspeakable(names))
            self._abandon(refused)
            return receipt
        except Unmet as unmet:
            return self._broken_off(Receipt(answer=Answer.DELAYED, code=unmet.code, text=unmet.text))
        except BROKEN as broken:
            return self._broken_off(Receipt(answer=Answer.DELAYED, code=trouble(broken)))

    def _content(self, line: Line, message: bytes, names: tuple[str, ...]) -> Receipt:
        """The content, then the final dot. Only when that has left is it uncertain what a dead line means."""
        answer = Answer.DELAYED
        try:
            line.allow(self._patience.content)
            line.send(_transparent(message))
            _heed_what_is_said_before_the_end(line)
            line.stage, answer = Stage.END, Answer.UNCERTAIN
            line.allow(self._patience.end)
            reply = line.ask(".")
            refusal(line.stage, reply)
        except Refused as refused:
            receipt = receipt_for(refused.stage, refused.reply, self._unspeakable(names))
            self._hang_up()  # what comes after would be taken for more of the content
            return receipt
        except BROKEN as broken:
            return self._broken_off(Receipt(answer=answer, code=trouble(broken)))
        receipt = receipt_for(Stage.END, reply, self._unspeakable(names))
        if reply.code == SERVICE_CLOSING:
            self._hang_up()
        return receipt

    def _broken_off(self, receipt: Receipt) -> Receipt:
        stage = self._line.stage if self._line else Stage.CONNECT
        self._hang_up()
        return replace(receipt, stage=stage)

    def _abandon(self, refused: Refused) -> None:
        """Make ready for the next message, on a new connection if this one will not."""
        if self._line and refused.stage in ENVELOPE and refused.reply.code != SERVICE_CLOSING:
            with contextlib.suppress(*BROKEN):
                if self._line.ask("RSET").is_positive:
                    return
        self._hang_up()

    def _unspeakable(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return (*(self._line.secrets if self._line else ()), *names)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _still_serves(kept: Line, sender: str, to: str) -> bool:
    """Whether a kept connection took the envelope; a refusal of the envelope itself is raised."""
    try:
        if kept.has_heard():
            return False
        _address(kept, sender, to)
    except Refused as refused:
        if refused.reply.code != SERVICE_CLOSING:
            raise
        return False
    except (Dropped, ConnectionError, ssl.SSLError):
        return False
    return True


def _address(line: Line, sender: str, to: str) -> None:
    """MAIL, RCPT and DATA, in one write where the server offers PIPELINING (RFC 2920)."""
    commands = (f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA")
    refused: Refused | None = None
    try:
        for stage, reply in _dialogue(line, commands):
            if refused and reply.code == GO_AHEAD:
                _send_nothing(line, refused)
            refused = refused or refusal(stage, reply)
            if refused and (refused.reply.code == SERVICE_CLOSING or not line.has_extn("pipelining")):
                break
    except BROKEN:
        line.close()  # what comes yet would be taken for answers to the next message
        if refused is None:
            raise
    if refused:
        raise refused


def _dialogue(line: Line, commands: tuple[str, ...]) -> Iterator[tuple[Stage, Reply]]:
    pipelined = line.has_extn("pipelining")
    if pipelined:
        line.send("".join(f"{command}\r\n" for command in commands))
    for stage, command in zip(ENVELOPE, commands, strict=True):
        line.stage = stage
        yield stage, line.reply() if pipelined else line.ask(command)


def _heed_what_is_said_before_the_end(line: Line) -> None:
    """A server that answers in the middle has not got the message; nothing it says now is about all of it."""
    if line.has_heard():
        reply = line.reply()
        raise Refused(line.stage, reply) if reply.is_refusal else Garbled


def _send_nothing(line: Line, refused: Refused) -> None:
    """DATA was let through although we were turned away: end the mail before it begins.

    RFC 2920 3.1 has a lone dot for this when there is no recipient. Where it is the sender that was turned
    away there may be one, who would get an empty mail.
    """
    if refused.stage is not Stage.RCPT:
        raise Dropped
    line.ask(".")


def _names(sender: str, to: str) -> Iterator[str]:
    """A server may repeat an address without its domain; a name of two letters says nothing about anybody."""
    for address in (sender, to):
        local = address.partition("@")[0]
        yield from (address, local) if len(local) >= SHORTEST_NAME else (address,)


def _transparent(message: bytes) -> bytes:
    """The content as RFC 5321 2.3.8 and 4.5.2 want it: only CRLF ends a line, and a leading dot is doubled.

    A bare CR or LF would let a text from a plan end the mail early on lenient servers ("SMTP smuggling").
    """
    lines = (b"", *message.splitlines(), b"")
    return b"\r\n".join(lines).replace(b"\r\n.", b"\r\n..")[2:]
