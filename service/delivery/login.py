"""Logging in to a relay: SASL PLAIN, LOGIN and XOAUTH2 over SMTP AUTH (RFC 4954).

smtplib's own login writes ASCII only, and a Danish password may hold an ø; it also tries one mechanism after
the other with the same wrong password, which locks accounts.
"""

import base64
from collections.abc import Callable, Mapping
from typing import NamedTuple

from service.delivery.line import Line
from service.delivery.replies import Reply

CHALLENGE = 334


class Mechanism(NamedTuple):
    """What is said, in order; the first together with AUTH itself where the mechanism `speaks_first`."""

    responses: Callable[[str, str], tuple[str, ...]]
    speaks_first: bool = True


BY_PASSWORD: Mapping[str, Mechanism] = {
    "PLAIN": Mechanism(lambda username, password: (f"\0{username}\0{password}",)),  # RFC 4616
    "LOGIN": Mechanism(lambda username, password: (username, password), speaks_first=False),
}
BY_TOKEN: Mapping[str, Mechanism] = {
    # Microsoft: "Authenticate an IMAP, POP or SMTP connection using OAuth".
    "XOAUTH2": Mechanism(lambda username, token: (f"user={username}\x01auth=Bearer {token}\x01\x01",)),
}


def offered(line: Line, mechanisms: Mapping[str, Mechanism]) -> str | None:
    """The first of the mechanisms that the server knows too."""
    known = line.esmtp_features.get("auth", "").upper().split()
    return next((name for name in mechanisms if name in known), None)


def encoded_responses(mechanism: Mechanism, username: str, secret: str) -> tuple[str, ...]:
    return tuple(
        base64.b64encode(response.encode()).decode() for response in mechanism.responses(username, secret)
    )


def log_in(line: Line, name: str, mechanism: Mechanism, responses: tuple[str, ...]) -> Reply:
    """The server's last word. A challenge too many gets an empty line: so XOAUTH2 asks for its error."""
    first = responses[: mechanism.speaks_first]
    reply = line.ask(" ".join(("AUTH", name, *first)))
    for response in (*responses[len(first) :], ""):
        if reply.code != CHALLENGE:
            break
        reply = line.ask(response)
    return reply
