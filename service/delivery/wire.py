"""A connection under a deadline, for whatever protocol is spoken on it."""

import socket
import ssl
from collections.abc import Callable
from time import monotonic  # how long a socket may block; what "now" is stays with the clock


class Timed:
    """`allow` sets how long everything until the next `allow` may take together; then TimeoutError."""

    _ends = 0.0

    def allow(self, seconds: float) -> None:
        self._ends = monotonic() + seconds

    def remaining(self) -> float:
        """What is left of the last `allow`; TimeoutError when nothing is."""
        seconds = self._ends - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


def connected(host: str, port: int, most_seconds: float, remaining: Callable[[], float]) -> socket.socket:
    """A connection to the first address of the host that answers; OSError if none does.

    How long the resolver takes is its own affair; the rest is within what is remaining.
    """
    failure = OSError("the host has no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(min(most_seconds, remaining()))
            sock.connect(address)
        except OSError as unreached:
            sock.close()
            failure = unreached
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
    raise failure


def trust(ca_file: str | None) -> ssl.SSLContext:
    """Certificate and name are checked, as smtplib and imaplib by themselves do not; OSError for a bad file.

    `ca_file` adds an authority to those of the system.
    """
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context
