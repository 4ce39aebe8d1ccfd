"""The one door to HTTP: it reaches the Internet and nothing inside the network it runs in, and ends in time.

The check stands where the socket is opened: an address that was checked earlier can change until then (DNS
rebinding). What goes through the office's own proxy is the proxy's to resolve and to refuse.
"""

import contextlib
import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, ProxyError
from urllib3.util.connection import create_connection

from service.delivery.line import BROKEN, trouble

# Its debug lines print whole URLs, which can be secrets.
logging.getLogger("urllib3").setLevel(logging.WARNING)

Networks = Sequence[IPv4Network | IPv6Network]

MOST_PAUSE = timedelta(hours=6)
BROKEN_OFF = (requests.RequestException, HTTPError, HTTPException)
"""All that an exchange may break off with, beside TimeIsUp."""

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
UNICAST = IPv6Network("2000::/3")
"""What the Internet uses of IPv6 (RFC 4291 2.4); local translators and old site addresses lie outside it."""


class ForbiddenAddress(OSError):
    """A name leads, or has come to lead, into the network itself."""


class TimeIsUp(Exception):
    """An exchange was cut off; whatever came of it until then is no answer."""


def is_public(text: str) -> bool:
    """Whether an address belongs to the Internet at large, and not to this host, network or provider.

    `is_global` leaves out private, loopback, link-local, CGNAT and ULA addresses.
    """
    address = ip_address(text)
    inner = _inner_address(address)
    is_assigned = isinstance(address, IPv4Address) or address in UNICAST or address in NAT64
    is_global = address.is_global and (inner is None or inner.is_global)
    return is_assigned and is_global and not address.is_multicast


def _inner_address(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a translator would send an IPv6 packet on to."""
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(address.packed[-4:])
    return address.sixtofour or (address.teredo[1] if address.teredo else None)


def is_loopback(host: str) -> bool:
    """Whether a host says by itself that it is this machine, as one writes it for a trial."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def may_be_called(url: str) -> bool:
    """https, or for a trial http to this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def _open_guarded(inside: Networks, connection: HTTPConnection) -> socket.socket:
    """A socket to the first address that answers; none is opened if any address is forbidden."""
    host, port = connection.host.strip("[]"), connection.port

    def allowed(address: str) -> bool:
        if is_loopback(host):
            return is_loopback(address)
        return is_public(address) or any(ip_address(address) in network for network in inside)

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(address[0]).partition("%")[0] for *_, address in found]
        if not all(map(allowed, addresses)):
            raise ForbiddenAddress
        return _first_answering(connection, addresses)
    except (OSError, UnicodeError) as unreached:
        raise NewConnectionError(connection, type(unreached).__name__) from unreached


def _first_answering(connection: HTTPConnection, addresses: list[str]) -> socket.socket:
    failure = OSError()
    for address in addresses:
        try:
            return create_connection(
                (address, connection.port), connection.timeout, socket_options=connection.socket_options
            )
        except OSError as unreached:
            failure = unreached
    raise failure


class GuardedAdapter(HTTPAdapter):
    """An adapter for a `requests.Session`. What goes by a proxy is bounded in time, and not guarded.

    `inside` are networks of the office's own that may be reached all the same.
    """

    def __init__(self, inside: Networks = ()) -> None:
        self._opened: list[socket.socket] = []
        self._open = partial(_open_guarded, inside)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as requests declares it
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pool_classes(self._open, self._opened)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the same
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _pool_classes(HTTPConnection._new_conn, self._opened)  # noqa: SLF001 - urllib3's hook
        return manager

    @contextlib.contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Cut the connections off when the time is over, and raise TimeIsUp.

        requests waits anew for each byte, so a server that sends one a second would hold it for ever.
        """
        self._opened.clear()
        cut: list[socket.socket] = []
        timer = Timer(seconds, self._cut_off, [cut])
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            if cut:
                raise TimeIsUp

    @property
    def has_reached(self) -> bool:
        """Whether the last exchange got a connection, through proxy and TLS, so that it may have sent."""
        return bool(self._opened)

    def _cut_off(self, cut: list[socket.socket]) -> None:
        for sock in list(self._opened):
            cut.append(sock)
            with contextlib.suppress(OSError):
                # Of the socket below: an SSLSocket's own would pull the TLS away under the reading thread.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _pool_classes(
    open_socket: Callable[[HTTPConnection], socket.socket], opened: list[socket.socket]
) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools with connections that open their sockets so, and that tell which they opened."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return open_socket(self)

        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    class Encrypted(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return open_socket(self)

        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}


def guarded_session(adapter: GuardedAdapter) -> requests.Session:
    """Honours HTTPS_PROXY and REQUESTS_CA_BUNDLE, which offices need; keeps neither logins nor cookies."""
    session = requests.Session()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.auth = _unchanged  # else requests looks for a login in ~/.netrc
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return session


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def first_part(raw: BaseHTTPResponse, most: int) -> bytes:
    """The body up to so many bytes; raises if the line breaks before its end."""
    body = b""
    while len(body) < most and (more := raw.read(most - len(body), decode_content=False)):
        body += more
    return body


def cause_in_a_word(broken: BaseException) -> str:
    """One word for the innermost cause; requests wraps it three times, and tells the URL each time."""
    causes = tuple(_causes(broken))
    innermost = causes[-1]
    if isinstance(innermost, ForbiddenAddress):
        return "forbidden-address"
    if any(isinstance(cause, ProxyError) for cause in causes):
        return "proxy"
    return trouble(innermost) if isinstance(innermost, BROKEN) else "garbled"


def _causes(broken: BaseException | None) -> Iterator[BaseException]:
    while broken is not None:
        yield broken
        broken = broken.__cause__ or broken.__context__


def pause_asked_for(retry_after: str | None, now: datetime) -> timedelta | None:
    """RFC 9110 10.2.3: seconds or an HTTP date; anything else counts as not given."""
    if retry_after is None:
        return None
    try:
        pause = (
            timedelta(seconds=int(retry_after))
            if retry_after.isdecimal()
            else parsedate_to_datetime(retry_after).astimezone(UTC) - now
        )
    except (ValueError, OverflowError):
        return None
    return min(max(pause, timedelta(0)), MOST_PAUSE)
