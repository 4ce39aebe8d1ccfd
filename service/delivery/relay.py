"""The relay that mail is handed over to, and how a session with it begins."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from service.delivery import login
from service.delivery.line import Line
from service.delivery.replies import Reply, Stage, go_on, hushed
from service.delivery.wire import trust
from service.errors import RettidigError

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where mail is handed over. Neither the password nor a token appears in any repr.

    `ca_file` adds an authority to those of the system, for relays with a certificate of the house's own.
    `token` gives a valid access token; with it the login is XOAUTH2 and needs no password.
    """

    host: str
    port: int
    security: Security = "starttls"
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    ca_file: str | None = None


class Unmet(Exception):
    """The relay lacks what the settings demand of it, or we lack what it demands of us."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__()
        self.code, self.text = code, text


def open_session(line: Line, relay: Relay, connect_seconds: float) -> None:
    """Greeted, encrypted and logged in. Only EHLO goes in the clear unless the setting is `none`."""
    line.secrets = tuple(filter(None, (relay.username, relay.password)))
    line.stage = Stage.TLS
    context = None if relay.security == "none" else _trust(relay)
    line.stage = Stage.CONNECT
    line.open(relay.host, relay.port, connect_seconds)
    if context and relay.security == "tls":
        _encrypt(line, context, relay)
    line.stage = Stage.CONNECT
    go_on(line.stage, line.reply())
    _greet(line)
    if context and relay.security == "starttls":
        _start_tls(line, context, relay)
        _greet(line)
    if relay.username:
        _log_in(line, relay, relay.username)


def _trust(relay: Relay) -> ssl.SSLContext:
    try:
        return trust(relay.ca_file)
    except OSError:
        raise Unmet("ca-file") from None


def _start_tls(line: Line, context: ssl.SSLContext, relay: Relay) -> None:
    line.stage = Stage.TLS
    if not line.has_extn("starttls"):
        raise Unmet("no-starttls")
    go_on(line.stage, line.ask("STARTTLS"))
    _encrypt(line, context, relay)


def _encrypt(line: Line, context: ssl.SSLContext, relay: Relay) -> None:
    line.stage = Stage.TLS
    line.encrypt(context, relay.host)


def _greet(line: Line) -> None:
    line.stage = Stage.EHLO
    code, text = line.ehlo()
    go_on(line.stage, Reply(code, text.decode("utf-8", "replace")))


def _log_in(line: Line, relay: Relay, username: str) -> None:
    line.stage = Stage.AUTH
    mechanisms = login.BY_TOKEN if relay.token else login.BY_PASSWORD
    name = login.offered(line, mechanisms)
    if name is None:
        raise Unmet("no-login")
    secret = _fresh_token(relay.token) if relay.token else relay.password or ""
    responses = login.encoded_responses(mechanisms[name], username, secret)
    line.secrets = tuple(filter(None, (username, secret, *responses)))
    go_on(line.stage, login.log_in(line, name, mechanisms[name], responses))


def _fresh_token(token: Callable[[], str]) -> str:
    try:
        return token()
    except RettidigError as refused:
        raise Unmet("no-token", hushed(str(refused))) from None
