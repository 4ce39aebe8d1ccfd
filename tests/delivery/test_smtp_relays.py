"""What relays that behave get: whole messages, over kept connections, in few round trips."""

import base64
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given, settings
from hypothesis import strategies as st

from service.delivery.patience import Patience
from service.delivery.receipt import Answer
from service.delivery.relay import Security
from service.delivery.replies import Stage
from service.delivery.smtp import Relay, SmtpTransport
from tests.delivery.certificates import Authority
from tests.delivery.scripted_relay import ScriptedRelay, drops, says

SENDER, TO = "frister@sender.example", "anna@example.org"
MAIL = b"Subject: Frist\r\n\r\nHusk fristen.\r\n"
PASSWORD = "rødgrød med fløde"
BRIEFLY = Patience(connect=5, opening=5, content=10, end=10)


def over(relay: ScriptedRelay, **login: Any) -> SmtpTransport:
    return SmtpTransport(Relay(host="127.0.0.1", port=relay.port, security="none", **login), BRIEFLY)


class Mailbox:
    """An aiosmtpd handler that keeps envelopes."""

    def __init__(self) -> None:
        self.received: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802, ARG002 - aiosmtpd's
        self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 2.0.0 queued"


def knows(server: object, session: object, envelope: object, mechanism: str, said: object) -> AuthResult:  # noqa: ARG001 - aiosmtpd's
    assert isinstance(said, LoginPassword)
    return AuthResult(success=said == LoginPassword(b"frister", PASSWORD.encode()))


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def a_real_server(authority: Authority, security: Security) -> Iterator[tuple[int, Mailbox]]:
    mailbox, tls = Mailbox(), authority.server()
    by_security: dict[Security, dict[str, Any]] = {
        "starttls": {"tls_context": tls, "require_starttls": True},
        "tls": {"ssl_context": tls},
    }
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=a_free_port(),
        server_hostname="relay.example",
        authenticator=knows,
        auth_required=True,
        auth_require_tls=security == "starttls",
        **by_security[security],
    )
    controller.start()
    try:
        yield controller.port, mailbox
    finally:
        controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # implicit TLS is not seen
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_real_server_gets_the_message_as_it_was_composed(security: Security, authority: Authority) -> None:
    with a_real_server(authority, security) as (port, mailbox):
        relay = Relay(
            host="127.0.0.1",
            port=port,
            security=security,
            username="frister",
            password=PASSWORD,
            ca_file=authority.file,
        )
        transport = SmtpTransport(relay, BRIEFLY)
        receipts = [transport.send(SENDER, TO, MAIL) for _ in range(3)]
        transport.close()
    assert [(Answer.ACCEPTED, "250 2.0.0")] * 3 == [(receipt.answer, receipt.code) for receipt in receipts]
    assert mailbox.received == [(SENDER, [TO], MAIL)] * 3


def test_a_wrong_password_is_tried_once_and_later() -> None:
    with ScriptedRelay({Stage.AUTH: says("535 5.7.8 wrong")}).running() as relay:
        receipt = over(relay, username="frister", password="x").send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "535 5.7.8", Stage.AUTH) == (receipt.answer, receipt.code, receipt.stage)
    assert sum(command.startswith("AUTH") for command in relay.commands) == 1


@pytest.mark.parametrize(
    ("mechanisms", "said"),
    [
        ("AUTH LOGIN PLAIN", [b"AUTH PLAIN " + base64.b64encode(f"\0frister\0{PASSWORD}".encode())]),
        ("AUTH LOGIN", [b"AUTH LOGIN", base64.b64encode(b"frister"), base64.b64encode(PASSWORD.encode())]),
    ],
)
def test_a_danish_password_is_said_in_utf_8(mechanisms: str, said: list[bytes]) -> None:
    with ScriptedRelay(extensions=(mechanisms,)).running() as relay:
        transport = over(relay, username="frister", password=PASSWORD)
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert [command.encode() for command in relay.commands[1 : 1 + len(said)]] == said


def test_a_login_that_the_server_does_not_offer_is_never_replaced_by_none() -> None:
    with ScriptedRelay(extensions=("AUTH GSSAPI",)).running() as relay:
        receipt = over(relay, username="frister", password="x").send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "no-login") == (receipt.answer, receipt.code)


def test_one_connection_serves_many_messages_and_says_goodbye() -> None:
    with ScriptedRelay().running() as relay:
        transport = over(relay)
        for _ in range(5):
            assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert (relay.connections, len(relay.accepted), relay.commands[-1]) == (1, 5, "QUIT")


def test_the_envelope_goes_in_one_write_where_the_server_offers_pipelining() -> None:
    with ScriptedRelay(extensions=("PIPELINING",)).running() as relay:
        transport = over(relay)
        transport.send(SENDER, TO, MAIL)
        transport.close()
    assert f"MAIL FROM:<{SENDER}>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode() in relay.writes


def test_without_the_offer_each_command_waits_for_its_reply() -> None:
    with ScriptedRelay(extensions=("SIZE",)).running() as relay:
        transport = over(relay)
        transport.send(SENDER, TO, MAIL)
        transport.close()
    assert f"MAIL FROM:<{SENDER}>\r\n".encode() in relay.writes


@pytest.mark.parametrize("farewell", [says("421 4.4.2 idle for too long", hangs_up=True), drops])
@pytest.mark.parametrize("extensions", [("SIZE",), ("PIPELINING",)])
def test_a_kept_connection_that_the_server_has_ended_costs_no_attempt(
    farewell: Any, extensions: tuple[str, ...]
) -> None:
    with ScriptedRelay(extensions=extensions).running() as relay:
        transport = over(relay)
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        relay.break_next(Stage.MAIL, farewell)
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert (relay.connections, len(relay.accepted)) == (2, 2)


@pytest.mark.parametrize("extensions", [("SIZE",), ("PIPELINING",)])
def test_one_refused_recipient_does_not_disturb_the_next(extensions: tuple[str, ...]) -> None:
    refusal = says(f"550 5.1.1 <{TO}>: no such mailbox here")
    with ScriptedRelay({Stage.RCPT: refusal}, extensions).running() as relay:
        transport = over(relay)
        receipt = transport.send(SENDER, TO, MAIL)
        assert (Answer.FAILED, "550 5.1.1", True) == (receipt.answer, receipt.code, receipt.hard_bounce)
        assert receipt.text == "<…>: no such mailbox here"
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert (relay.connections, relay.accepted) == (1, [MAIL])


def test_eight_megabytes_arrive_whole() -> None:
    big = b"Subject: Plan\r\n\r\n" + b"\r\n".join([b".dots and words " * 4] * 125_000) + b"\r\n"
    with ScriptedRelay().running() as relay:
        transport = over(relay)
        assert transport.send(SENDER, TO, big).answer is Answer.ACCEPTED
        transport.close()
    assert len(big) > 8_000_000
    assert relay.accepted == [big]


def test_any_content_arrives_with_its_lines_and_dots_and_ends_no_mail_early() -> None:
    with ScriptedRelay().running() as relay:
        transport = over(relay)

        @settings(deadline=None)
        @given(st.text(alphabet="\r\n.aæ\0", max_size=30).map(str.encode))
        def holds(content: bytes) -> None:
            before = len(relay.accepted)
            assert transport.send(SENDER, TO, content).answer is Answer.ACCEPTED
            lines = re.split(rb"\r\n|\r|\n", content)
            expected = b"\r\n".join(lines) if lines[-1] == b"" else b"\r\n".join([*lines, b""])
            assert relay.accepted[before:] == [expected]

        holds()
        transport.close()
    assert relay.connections == 1


def test_no_address_no_bytes_and_no_host_make_it_raise() -> None:
    with ScriptedRelay().running() as relay:
        transport = over(relay)

        @settings(deadline=None)
        @given(st.text(max_size=20), st.text(max_size=20), st.binary(max_size=20))
        def holds(sender: str, to: str, message: bytes) -> None:
            assert transport.send(sender, to, message).answer in {Answer.FAILED, Answer.DELAYED}
            assert transport.send(SENDER, f"{to}@example.org", message).answer in Answer

        holds()
        transport.close()
    assert not any(re.search(r"[\x00-\x1f]", command) for command in relay.commands)


@pytest.mark.parametrize(
    "address",
    ["a@b.example>\r\nRCPT TO:<c@d.example", "a@b.example,c@d.example", "<a@b.example>", "a b@c.dk", ""],
)
def test_what_is_no_single_address_reaches_no_server(address: str) -> None:
    with ScriptedRelay().running() as relay:
        receipt = over(relay).send(SENDER, address, MAIL)
    assert (Answer.FAILED, "bad-address", 0) == (receipt.answer, receipt.code, relay.connections)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 300, "æ" * 80, "nul\0l"])
def test_a_host_that_does_not_exist_is_told_apart(host: str) -> None:
    receipt = SmtpTransport(Relay(host=host, port=25), BRIEFLY).send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "host-unknown", Stage.CONNECT) == (receipt.answer, receipt.code, receipt.stage)


def test_a_closed_port_is_told_apart() -> None:
    with ScriptedRelay().running() as relay:
        pass
    receipt = over(relay).send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "refused") == (receipt.answer, receipt.code)


def test_a_relay_shows_no_secret() -> None:
    shown = repr(
        Relay(host="h.example", port=25, username="u-canary", password="p-canary", token=lambda: "t")
    )
    assert "canary" not in shown
