"""No byte of a mail or a password leaves before the certificate and its name are verified."""

from collections.abc import Callable
from ssl import SSLContext

import pytest

from service.delivery.patience import Patience
from service.delivery.receipt import Answer
from service.delivery.relay import Security
from service.delivery.replies import Stage
from service.delivery.smtp import Relay, SmtpTransport
from tests.delivery.certificates import Authority
from tests.delivery.scripted_relay import Fault, ScriptedRelay, babbles, drops, keeps_silent, says

SENDER, TO, USERNAME, PASSWORD = "frister@sender.example", "anna@example.org", "frister", "hemmeligt"
MAIL = b"Subject: Frist\r\n\r\nHusk fristen.\r\n"
BRIEFLY = Patience(connect=2, opening=0.5, content=2, end=2)

BAD_CERTIFICATES: dict[str, Callable[[Authority], SSLContext]] = {
    "tls-expired": lambda authority: authority.server(days=-1),
    "tls-name": lambda authority: authority.server(names=("other.example",)),
    "tls-self-signed": lambda authority: authority.self_signed(),
}


def a_transport(
    relay: ScriptedRelay, ca_file: str | None = None, security: Security = "starttls"
) -> SmtpTransport:
    return SmtpTransport(
        Relay(
            host="127.0.0.1",
            port=relay.port,
            security=security,
            username=USERNAME,
            password=PASSWORD,
            ca_file=ca_file,
        ),
        BRIEFLY,
    )


def only_the_greeting_was_in_the_clear(relay: ScriptedRelay) -> bool:
    said = [line.split(b" ")[0] for line in bytes(relay.in_the_clear).split(b"\r\n") if line]
    return set(said) <= {b"EHLO", b"ehlo", b"STARTTLS"} or bytes(relay.in_the_clear).startswith(b"\x16\x03")


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("code", BAD_CERTIFICATES)
def test_a_bad_certificate_ends_the_dialogue_before_anything_is_said(
    code: str, security: Security, authority: Authority
) -> None:
    tls = BAD_CERTIFICATES[code](authority)
    with ScriptedRelay(tls=tls, implicit_tls=security == "tls").running() as relay:
        receipt = a_transport(relay, authority.file, security).send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, code, Stage.TLS) == (receipt.answer, receipt.code, receipt.stage)
    assert not any(command.startswith(("AUTH", "MAIL")) for command in relay.commands)
    assert only_the_greeting_was_in_the_clear(relay)


def test_an_authority_that_nobody_trusts_is_not_trusted(authority: Authority) -> None:
    with ScriptedRelay(tls=authority.server()).running() as relay:
        receipt = a_transport(relay).send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "tls-untrusted") == (receipt.answer, receipt.code)
    assert only_the_greeting_was_in_the_clear(relay)


def test_a_relay_that_offers_no_starttls_is_never_spoken_to_in_the_clear() -> None:
    with ScriptedRelay().running() as relay:
        receipt = a_transport(relay).send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "no-starttls", Stage.TLS) == (receipt.answer, receipt.code, receipt.stage)
    assert only_the_greeting_was_in_the_clear(relay)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (says("454 4.7.0 no TLS today"), "454 4.7.0"),
        (says("502 5.5.1 never"), "502 5.5.1"),
        (says("220 go ahead\r\n250 injected"), "garbled"),
        (babbles, "garbled"),
        (drops, "dropped"),
        (keeps_silent, "silent"),
    ],
)
def test_starttls_that_fails_is_tried_again_later_and_nothing_is_said(
    fault: Fault, code: str, authority: Authority
) -> None:
    with ScriptedRelay({Stage.TLS: fault}, tls=authority.server()).running() as relay:
        receipt = a_transport(relay, authority.file).send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, code, Stage.TLS) == (receipt.answer, receipt.code, receipt.stage)
    assert only_the_greeting_was_in_the_clear(relay)


def test_a_server_that_speaks_no_tls_on_the_tls_port_gets_nothing(authority: Authority) -> None:
    with ScriptedRelay().running() as relay:
        receipt = a_transport(relay, authority.file, "tls").send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "tls-failed", Stage.TLS) == (receipt.answer, receipt.code, receipt.stage)
    assert PASSWORD.encode() not in relay.in_the_clear


def test_a_certificate_file_that_cannot_be_read_is_said_before_connecting() -> None:
    with ScriptedRelay().running() as relay:
        receipt = a_transport(relay, "/nowhere/authority.pem").send(SENDER, TO, MAIL)
    assert (Answer.DELAYED, "ca-file") == (receipt.answer, receipt.code)
    assert relay.connections == 0


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_with_a_good_certificate_the_mail_goes_through_encrypted(
    security: Security, authority: Authority
) -> None:
    with ScriptedRelay(tls=authority.server(), implicit_tls=security == "tls").running() as relay:
        transport = a_transport(relay, authority.file, security)
        for _ in range(3):
            assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert (relay.accepted, relay.connections) == ([MAIL] * 3, 1)
    assert only_the_greeting_was_in_the_clear(relay)
    assert b"AUTH" not in relay.in_the_clear
