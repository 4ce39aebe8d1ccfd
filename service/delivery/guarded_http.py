"""HTTP that reaches the Internet and nothing inside the network it runs in, and ends in time.

The check stands where the socket is opened: an address that was checked earlier can change until then (DNS
rebinding). What goes through the office's own proxy is the proxy's to resolve and to refuse.
"""

import contextlib
import socket
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


class ForbiddenAddress(OSError):
    """A name leads, or has come to lead, into the network itself."""


class TimeIsUp(Exception):
    """An exchange was cut off; whatever came of it until then is no answer."""


def is_public(text: str) -> bool:
    """Whether an address belongs to the Internet at large, and not to this host, network or provider.

    `is_global` leaves out private, loopback, link-local, CGNAT, ULA and mapped addresses.
    """
    address = ip_address(text)
    inner = _inner_address(address)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


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


def _open_guarded(connection: HTTPConnection) -> socket.socket:
    """A socket to the first address that answers; none is opened if any address is forbidden."""
    host, port = connection.host.strip("[]"), connection.port
    allowed = is_loopback if is_loopback(host) else is_public
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
    """An adapter for a `requests.Session`. What goes by a proxy is bounded in time, and not guarded."""

    def __init__(self) -> None:
        self._opened: list[socket.socket] = []
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as requests declares it
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pool_classes(_open_guarded, self._opened)

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
