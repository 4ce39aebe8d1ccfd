"""One dialogue with a mail server that can neither last for ever nor fill the memory."""

import contextlib
import re
import smtplib
import socket
import ssl
from ipaddress import ip_address
from select import select

from service.delivery.replies import Garbled, Reply, Stage
from service.delivery.wire import Timed, connected

LONGEST_LINE = 8192  # RFC 5321 4.5.3.1.5 says 512; smtplib's own limit
LONGEST_REPLY = 65536
REPLY_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?")


class Dropped(Exception):
    """The other side ended the connection."""


# Verification codes of OpenSSL (x509_vfy.h).
CERTIFICATE_TROUBLES = {
    9: "tls-not-yet-valid",
    10: "tls-expired",
    18: "tls-self-signed",
    62: "tls-name",
    64: "tls-name",
}
TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (Garbled, "garbled"),
    (Dropped, "dropped"),
    (ssl.SSLError, "tls-failed"),
    (socket.gaierror, "host-unknown"),
    (ValueError, "host-unknown"),  # a name that IDNA cannot write
    (ConnectionRefusedError, "refused"),
    (ConnectionError, "dropped"),
    (TimeoutError, "silent"),
    (OSError, "unreachable"),
)
BROKEN = tuple(kind for kind, _ in TROUBLES)
"""All that can break a line."""


def trouble(broken: Exception) -> str:
    """One word for it, for a receipt's code."""
    if isinstance(broken, ssl.SSLCertVerificationError):
        return CERTIFICATE_TROUBLES.get(broken.verify_code, "tls-untrusted")
    return next(code for kind, code in TROUBLES if isinstance(broken, kind))


class Line(Timed, smtplib.SMTP):
    """smtplib's dialogue under a deadline.

    smtplib waits anew for each byte, so a server that sends one a second, or lines without end, holds it for
    ever. `stage` is how far the dialogue has come, `secrets` what it said that no reply may repeat.
    """

    stage = Stage.CONNECT
    secrets: tuple[str, ...] = ()

    def __init__(self, seconds: float) -> None:
        super().__init__(local_hostname="localhost")  # given, since smtplib's guess asks the DNS
        self.sock: socket.socket | None = None
        self._unread = bytearray()
        self.allow(seconds)

    def open(self, host: str, port: int, most_seconds: float) -> None:
        """Connect to the first address of the host that answers; OSError if none does."""
        self.sock = connected(host, port, most_seconds, self.remaining)
        self.local_hostname = _own_name(self.sock)

    def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """TLS from here on. What came in the clear after the reply to STARTTLS is an attack (RFC 3207 6)."""
        if self._unread:
            raise Garbled
        sock = self._connected()
        sock.settimeout(self.remaining())
        self.sock = context.wrap_socket(sock, server_hostname=host)

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        sock = self._connected()
        rest = memoryview(s.encode("ascii") if isinstance(s, str) else s)
        while rest:
            sock.settimeout(self.remaining())
            rest = rest[sock.send(rest) :]

    def getreply(self) -> tuple[int, bytes]:
        """The next reply, whole: its code, and its lines joined by newlines."""
        lines: list[bytes] = []
        code, size, more = 0, 0, True
        while more:
            line = self._read_line()
            parts, size = REPLY_LINE.fullmatch(line), size + len(line)
            if not parts or code not in {0, int(parts[1])} or size > LONGEST_REPLY:
                raise Garbled
            code, more = int(parts[1]), parts[2] == b"-"
            lines.append(parts[3] or b"")
        return code, b"\n".join(lines)

    def reply(self) -> Reply:
        code, text = self.getreply()
        return Reply(code, text.decode("utf-8", "replace"))

    def ask(self, command: str) -> Reply:
        self.putcmd(command)
        return self.reply()

    def has_heard(self) -> bool:
        """Whether something came unasked: a 421 before the server hangs up, or that it did."""
        sock = self._connected()
        if not self._unread and select([sock], [], [], 0)[0]:
            sock.settimeout(0)
            try:
                self._unread += sock.recv(LONGEST_LINE)
            except (ssl.SSLWantReadError, BlockingIOError):
                return False  # it was TLS's own affair, a ticket for the next session
            return True
        return bool(self._unread)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            super().close()

    def _read_line(self) -> bytes:
        while (end := self._unread.find(b"\n")) < 0:
            if len(self._unread) > LONGEST_LINE:
                raise Garbled
            sock = self._connected()
            sock.settimeout(self.remaining())
            received = sock.recv(LONGEST_LINE)
            if not received:
                raise Dropped
            self._unread += received
        line = bytes(self._unread[:end]).rstrip(b"\r")
        del self._unread[: end + 1]
        return line

    def _connected(self) -> socket.socket:
        if self.sock is None:
            raise Dropped
        return self.sock


def _own_name(sock: socket.socket) -> str:
    """What EHLO says (RFC 5321 4.1.3): the host's own full name without asking the DNS, or its address."""
    name = socket.gethostname()
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+", name, re.ASCII):
        return name
    address = ip_address(sock.getsockname()[0].partition("%")[0])
    return f"[{'IPv6:' if address.version == 6 else ''}{address}]"  # noqa: PLR2004 - IP's version numbers
