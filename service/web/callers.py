"""Who asks: the machine behind a request, and whom a trusted proxy says it has signed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

Network = IPv4Network | IPv6Network

# One household or office has at least so many IPv6 addresses (RFC 6177), so they count as one caller.
_IPV6_SITE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """The reverse proxies in front of the pages, and the header in which they name who has signed in.

    From anybody else neither that header nor X-Forwarded-For means anything.
    """

    networks: Sequence[Network] = ()
    user_header: str = ""

    def caller(self, scope: Scope) -> str:
        """The machine that asks; behind trusted proxies the one that the outermost of them saw."""
        caller = _peer(scope)
        # Of all lines: HAProxy adds one of its own behind those that it was sent.
        for hop in reversed(",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")):
            if not self._trusts(caller):
                break
            caller = hop.strip() or caller
        return _site_of(caller)

    def signed_in(self, scope: Scope) -> str:
        """The user that a trusted proxy names, as it writes the name; "" when none does.

        Two names are none: one of them came from outside, and nothing says which.
        """
        if not self.user_header or not self._trusts(_peer(scope)):
            return ""
        named = Headers(scope=scope).getlist(self.user_header)
        return named[0].strip() if len(named) == 1 else ""

    def _trusts(self, machine: str) -> bool:
        try:
            address = ip_address(machine)
        except ValueError:
            return False
        return any(address in network for network in self.networks)


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks as the settings have them, such as 127.0.0.1 and 10.0.0.0/8."""
    return tuple(ip_network(each, strict=False) for each in written)


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _site_of(machine: str) -> str:
    try:
        address = ip_address(machine)
    except ValueError:
        return machine[:_IPV6_SITE]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, _IPV6_SITE), strict=False))
    return str(address)
