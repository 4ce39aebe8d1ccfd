"""Microsoft 365 by OAuth: a real token endpoint over TLS, and a relay that reads what is said."""

import base64
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest

from service.delivery.oauth import AccessTokens, MicrosoftApp, TokenRefusedError, TokenUnreachableError
from service.delivery.receipt import Answer
from service.delivery.replies import Stage
from service.delivery.smtp import Relay, SmtpTransport
from tests.delivery.certificates import Authority
from tests.delivery.scripted_relay import ScriptedRelay
from tests.delivery.webhook_receiver import WebhookReceiver, http

SECRET = "secret-canary"
MAILBOX = "frister@sender.example"


@pytest.fixture(autouse=True)
def _trust(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.file)


class Login:
    """Microsoft's login as far as client credentials go."""

    def __init__(self, **answer: Any) -> None:
        self.answer = answer
        self.knows_tenant = True
        self.receiver = WebhookReceiver(self.answering)

    def answering(self, connection: socket.socket, closing: threading.Event) -> None:
        if not self.receiver.requests[-1].startswith(b"GET "):
            status, body = "200 OK" if "access_token" in self.answer else "401 No", self.answer
        elif self.knows_tenant:
            base = f"https://127.0.0.1:{self.receiver.port}/contoso"
            status, body = "200 OK", {name: f"{base}/{name}" for name in ENDPOINTS}
        else:
            status, body = "400 Bad Request", {"error": "invalid_tenant"}
        http(status, json.dumps(body).encode(), Content_Type="application/json")(connection, closing)

    @property
    def asked(self) -> list[dict[str, list[str]]]:
        """The forms posted so far."""
        posts = [request for request in self.receiver.requests if request.startswith(b"POST ")]
        return [parse_qs(post.partition(b"\r\n\r\n")[2].decode()) for post in posts]

    @contextmanager
    def running(self, authority: Authority) -> Iterator[AccessTokens]:
        self.receiver.tls = authority.server()
        with self.receiver.running():
            yield AccessTokens(
                MicrosoftApp(
                    tenant="contoso",
                    client_id="app-1",
                    client_secret=SECRET,
                    login_host=f"127.0.0.1:{self.receiver.port}",
                )
            )


ENDPOINTS = ("authorization_endpoint", "token_endpoint", "issuer")


def a_token(token: str, lasts: int = 3600) -> dict[str, Any]:
    return {"access_token": token, "expires_in": lasts, "token_type": "Bearer"}


def test_a_token_is_asked_for_once_and_kept(authority: Authority) -> None:
    login = Login(**a_token("t1"))
    with login.running(authority) as tokens:
        assert ["t1", "t1"] == [tokens(), tokens()]
    (form,) = login.asked
    assert form["grant_type"] == ["client_credentials"]
    assert form["client_secret"] == [SECRET]
    assert "https://outlook.office365.com/.default" in form["scope"][0]


def test_five_minutes_before_its_end_a_token_is_asked_for_anew(authority: Authority) -> None:
    login = Login(**a_token("t1", lasts=299))
    with login.running(authority) as tokens:
        tokens()
        login.answer = a_token("t2")
        assert tokens() == "t2"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": "invalid_client", "error_description": f"AADSTS7000215: {SECRET}"}, "AADSTS7000215"),
        ({"error": "unauthorized_client", "error_description": "AADSTS700016: app"}, "AADSTS700016"),
        ({"error": "server_error"}, "server_error"),
        ({}, "None"),
    ],
)
def test_a_refusal_names_microsofts_code_and_not_the_secret(
    answer: dict[str, str], code: str, authority: Authority
) -> None:
    with Login(**answer).running(authority) as tokens, pytest.raises(TokenRefusedError) as refused:
        tokens()
    assert refused.value.values == {"code": code}
    assert "canary" not in str(refused.value)
    assert "canary" not in refused.value.sentence("da")


def test_a_tenant_that_does_not_exist_is_said(authority: Authority) -> None:
    login = Login()
    login.knows_tenant = False
    with login.running(authority) as tokens, pytest.raises(TokenRefusedError, match="AADSTS90002"):
        tokens()


def test_a_login_that_does_not_answer_is_said(authority: Authority) -> None:
    with Login().running(authority) as tokens:
        pass
    with pytest.raises(TokenUnreachableError):
        tokens()


def test_the_secret_appears_in_no_repr() -> None:
    assert "canary" not in repr(MicrosoftApp(tenant="t", client_id="c", client_secret=SECRET))


def a_relay(relay: ScriptedRelay, token: Any) -> Relay:
    return Relay(host="127.0.0.1", port=relay.port, security="none", username=MAILBOX, token=token)


def test_the_relay_is_told_the_mailbox_and_the_token() -> None:
    with ScriptedRelay(extensions=("AUTH LOGIN XOAUTH2",)).running() as relay:
        transport = SmtpTransport(a_relay(relay, lambda: "the-token"))
        assert transport.greet().answer is Answer.ACCEPTED
        transport.close()
    said = next(command for command in relay.commands if command.startswith("AUTH XOAUTH2 "))
    expected = f"user={MAILBOX}\x01auth=Bearer the-token\x01\x01"
    assert base64.b64decode(said.removeprefix("AUTH XOAUTH2 ")).decode() == expected


def test_a_token_that_is_refused_with_a_challenge_gets_the_servers_last_word() -> None:
    def challenges(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
        assert connection.recv(100) == b"\r\n"
        connection.sendall(b"535 5.7.3 Authentication unsuccessful the-token\r\n")

    with ScriptedRelay({Stage.AUTH: challenges}, ("AUTH XOAUTH2",)).running() as relay:
        receipt = SmtpTransport(a_relay(relay, lambda: "the-token")).greet()
    assert (Answer.DELAYED, "535 5.7.3", Stage.AUTH) == (receipt.answer, receipt.code, receipt.stage)
    assert receipt.text == "Authentication unsuccessful …"


def test_a_token_that_cannot_be_had_is_tried_again_later() -> None:
    def refused() -> str:
        raise TokenRefusedError(code="AADSTS7000222")

    with ScriptedRelay(extensions=("AUTH XOAUTH2",)).running() as relay:
        receipt = SmtpTransport(a_relay(relay, refused)).send(MAILBOX, "anna@example.org", b"x")
    assert (Answer.DELAYED, "no-token", Stage.AUTH) == (receipt.answer, receipt.code, receipt.stage)
    assert "AADSTS7000222" in receipt.text
