"""The one door to SMTP (RFC 5321): one envelope recipient a message, verified TLS, a kept connection."""

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Literal

from service.delivery.receipt import Answer, Receipt

Security = Literal["starttls", "tls", "none"]

CONNECT_SECONDS = 30.0
# RFC 5321 4.5.3.2.6: a server may take ten minutes after the final dot; giving up earlier makes duplicates.
FINAL_DOT_SECONDS = 600.0
TRANSIENT, PERMANENT = 400, 500
ENHANCED_CODE = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")
ADDRESS = re.compile(r"\S*@\S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where mail is handed over. The password appears in no repr."""

    host: str
    port: int
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)


class _Answered(Exception):
    """The server answered a command with something else than go on."""

    def __init__(self, code: int, text: bytes) -> None:
        self.receipt = _receipt(code, text)
        super().__init__(self.receipt.code)


class SmtpTransport:
    """Hands messages to one relay over one connection, opened when needed and kept until `close`."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._smtp: smtplib.SMTP | None = None

    def send(self, sender: str, to: str, message: bytes) -> Receipt:
        """Hand over one message; never raises for what the network or the relay does."""
        try:
            smtp = self._connected()
            _go_on(*smtp.mail(sender))
            _go_on(*smtp.rcpt(to))
            _go_on(*smtp.docmd("DATA"))
        except _Answered as answered:
            self._reset()
            return answered.receipt
        except smtplib.SMTPResponseException as refused:
            self.close()
            return _setup_receipt(refused)
        except (OSError, smtplib.SMTPException, ValueError) as broken:
            self.close()
            return Receipt(answer=Answer.DELAYED, text=type(broken).__name__)
        return self._content(smtp, message)

    def _content(self, smtp: smtplib.SMTP, message: bytes) -> Receipt:
        """Send the content and the final dot; from here on a dead line leaves us uncertain."""
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(FINAL_DOT_SECONDS)
            smtp.send(_dot_stuffed(message))
            code, text = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(CONNECT_SECONDS)
        except (OSError, smtplib.SMTPException) as broken:
            self.close()
            return Receipt(answer=Answer.UNCERTAIN, text=type(broken).__name__)
        return _receipt(code, text)

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = _open(self._relay)
        return self._smtp

    def _reset(self) -> None:
        """Make ready for the next message, on a new connection if this one will not."""
        try:
            if self._smtp is not None:
                _go_on(*self._smtp.rset())
        except (_Answered, OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None


def _open(relay: Relay) -> smtplib.SMTP:
    """A greeted, encrypted and authenticated connection. Nothing is sent in the clear unless set to `none`.

    `starttls` without a context would not check the certificate (smtplib's default), so one is always given;
    a server that does not offer STARTTLS raises and is never spoken to in the clear.
    """
    context = ssl.create_default_context()
    if relay.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, timeout=CONNECT_SECONDS, context=context
        )
    else:
        smtp = smtplib.SMTP(relay.host, relay.port, timeout=CONNECT_SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if relay.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
        if relay.username:
            smtp.login(relay.username, relay.password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _go_on(code: int, text: bytes) -> None:
    if not 200 <= code < TRANSIENT:  # noqa: PLR2004 - RFC 5321 4.2.1: 2yz and 3yz are positive
        raise _Answered(code, text)


def _receipt(code: int, text: bytes) -> Receipt:
    """RFC 5321 4.2.1 by the first digit; the enhanced code (RFC 3463) is kept where there is one."""
    said = text.decode("utf-8", "replace")
    enhanced = ENHANCED_CODE.match(said)
    answer = Answer.ACCEPTED if code < TRANSIENT else Answer.DELAYED if code < PERMANENT else Answer.FAILED
    return Receipt(
        answer=answer,
        code=f"{code} {enhanced[1]}" if enhanced else str(code),
        text=ADDRESS.sub("…", said)[:200],
    )


def _setup_receipt(refused: smtplib.SMTPResponseException) -> Receipt:
    """A refusal at connect, EHLO, STARTTLS or AUTH concerns the relay and not this message: try later."""
    said = refused.smtp_error
    text = said.encode() if isinstance(said, str) else said
    receipt = _receipt(refused.smtp_code, text)
    return Receipt(answer=Answer.DELAYED, code=receipt.code, text=receipt.text)


def _dot_stuffed(message: bytes) -> bytes:
    """RFC 5321 4.5.2: a line that starts with a dot gets another; the content ends with CRLF, dot, CRLF."""
    stuffed = re.sub(rb"(?m)^\.", b"..", message)
    ending = b"" if stuffed.endswith(b"\r\n") else b"\r\n"
    return stuffed + ending + b".\r\n"
