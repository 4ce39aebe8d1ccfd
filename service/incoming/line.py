"""One dialogue with an IMAP server that can neither last for ever nor fill the memory."""

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Callable

from service.delivery.line import BROKEN, Dropped
from service.delivery.replies import Garbled
from service.delivery.wire import Timed, connected

_LONGEST_LINE = 1_000_000
_AT_A_TIME = 65536
_LOOKS_UP_EVERY = 1.0

BROKEN_OFF = (*BROKEN, imaplib.IMAP4.error)
"""All that can end a dialogue. imaplib's own errors repeat what was said, so only their kind may be told."""


class ImapLine(Timed, imaplib.IMAP4):
    """imaplib's dialogue under a deadline.

    imaplib waits anew for each byte, and reads as many as the server says there are. Here `allow` sets how
    long everything until the next `allow` may take together, and `most_bytes` how much may come meanwhile.
    Whoever stops the program does not wait for a server that is silent.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        seconds: float,
        most_bytes: int,
        tls: ssl.SSLContext | None,
        is_stopping: Callable[[], bool],
    ) -> None:
        self._tls, self._is_stopping = tls, is_stopping
        self._unread = bytearray()
        self._connection: socket.socket | None = None
        self.give(seconds, most_bytes)
        super().__init__(host, port)

    def give(self, seconds: float, most_bytes: int) -> None:
        self.allow(seconds)
        self._room = most_bytes

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect, with TLS from the first byte where it is given."""
        del timeout
        self.host, self.port = host, port
        self._connection = connected(host, port, self.remaining(), self.remaining)
        if self._tls:
            self.encrypt(self._tls)

    def encrypt(self, context: ssl.SSLContext) -> None:
        """TLS from here on. What came in the clear after the answer to STARTTLS is an attack."""
        if self._unread:
            raise Garbled
        sock = self._connected()
        sock.settimeout(self.remaining())
        self._connection = context.wrap_socket(sock, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        """A literal, whole."""
        if size > self._room:
            raise Garbled
        while len(self._unread) < size:
            self._receive()
        return self._taken(size)

    def readline(self) -> bytes:
        while (end := self._unread.find(b"\n")) < 0:
            if len(self._unread) > _LONGEST_LINE:
                raise Garbled
            self._receive()
        return self._taken(end + 1)

    def send(self, data: bytes) -> None:  # type: ignore[override]  # typeshed has any buffer
        sock = self._connected()
        rest = memoryview(data)
        while rest:
            sock.settimeout(self.remaining())
            rest = rest[sock.send(rest) :]

    def shutdown(self) -> None:
        if self._connection:
            with contextlib.suppress(OSError):
                self._connection.close()
            self._connection = None

    def _receive(self) -> None:
        sock = self._connected()
        received = None
        while received is None:
            if self._is_stopping():
                raise TimeoutError
            sock.settimeout(min(self.remaining(), _LOOKS_UP_EVERY))
            with contextlib.suppress(TimeoutError):
                received = sock.recv(_AT_A_TIME)
        if not received:
            raise Dropped
        self._room -= len(received)
        if self._room < 0:
            raise Garbled
        self._unread += received

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._unread[:size])
        del self._unread[:size]
        return taken

    def _connected(self) -> socket.socket:
        if self._connection is None:
            raise Dropped
        return self._connection
