"""`rettidig test-send` over every kind of relay people have, and in plain words when it fails."""

import base64
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from service.bootstrap import Parts, open_parts
from service.cli.checks import Check
from service.cli.sample_sending import send_test
from service.clock import SystemClock
from service.delivery.replies import Stage
from service.demo.mailbox import DemoMailbox
from service.demo.receiver import WebhookReceiver
from service.settings import load_settings
from tests.cli.conftest import Rettidig
from tests.delivery.certificates import Authority, make_authority
from tests.delivery.scripted_relay import ScriptedRelay, says
from tests.delivery.webhook_receiver import WebhookReceiver as ScriptedReceiver
from tests.delivery.webhook_receiver import http

Tried = Callable[..., list[Check]]
PASSWORD = "rødgrød"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def test_send(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tried:
    """Send to SB with these settings; `by` changes the parts before."""
    monkeypatch.chdir(tmp_path)

    def tried(by: Callable[[Parts], Parts] = lambda parts: parts, **settings: str) -> list[Check]:
        defaults = {
            "MAIL__FROM": "frister@example.dk",
            "SMTP__HOST": "127.0.0.1",
            "RECIPIENTS__SB__EMAIL": "sb@example.dk",
        }
        for name, value in {**defaults, **settings}.items():
            monkeypatch.setenv(f"RETTIDIG_{name}", value)
        loaded = load_settings()
        with open_parts(loaded) as parts:
            return send_test(loaded, by(parts), "SB")

    return tried


def test_a_mail_an_invitation_and_a_card_arrive_and_it_says_where_to_look(rettidig: Rettidig) -> None:
    mailbox, cards = DemoMailbox(SystemClock()).start(), WebhookReceiver(SystemClock()).start()
    try:
        said = rettidig(
            "test-send",
            "sb",
            "--json",
            MAIL__FROM="frister@example.dk",
            SMTP__HOST=mailbox.host,
            SMTP__PORT=str(mailbox.port),
            SMTP__SECURITY="none",
            RECIPIENTS__SB__EMAIL="sb@example.dk",
            RECIPIENTS__SB__TEAMS_WEBHOOK=cards.url_for("sb"),
            LANGUAGE="en",
        )
    finally:
        mailbox.stop()
        cards.stop()
    assert 0 == said.code, said.err
    assert [("mail", True), ("invitation", True), ("Teams", True)] == [
        (each["channel"], each["fine"]) for each in said.json
    ]
    looks = " ".join(each["sentence"] for each in said.json)
    assert all(where in looks for where in ("inbox", "calendar", "channel"))
    types = [
        {part.get_content_type() for part in message_from_bytes(mail.raw).walk()}
        for mail in mailbox.messages()
    ]
    assert [False, True] == ["text/calendar" in each for each in types]
    assert 1 == len(cards.cards())


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_each_kind_of_relay_takes_mail_and_invitation(
    test_send: Tried, authority: Authority, security: str
) -> None:
    tls = None if security == "none" else authority.server()
    login = {} if security == "none" else {"SMTP__USERNAME": "frister", "SMTP__PASSWORD": PASSWORD}
    with ScriptedRelay(tls=tls, implicit_tls=security == "tls").running() as relay:
        checks = test_send(
            SMTP__PORT=str(relay.port), SMTP__SECURITY=security, SMTP__CA_BUNDLE=authority.file, **login
        )
    assert [True, True] == [check.fine for check in checks], checks
    assert 2 == len(relay.accepted)
    assert bool(login) == any(command.startswith("AUTH PLAIN") for command in relay.commands)


def test_microsoft_365_is_logged_in_to_with_a_token(test_send: Tried, authority: Authority) -> None:
    def with_a_token(parts: Parts) -> Parts:
        assert parts.relay
        return replace(parts, relay=replace(parts.relay, token=lambda: "the-token"))

    with ScriptedRelay(extensions=("AUTH LOGIN XOAUTH2",), tls=authority.server()).running() as relay:
        checks = test_send(
            with_a_token,
            SMTP__PORT=str(relay.port),
            SMTP__CA_BUNDLE=authority.file,
            SMTP__USERNAME="frister@example.dk",
            SMTP__PASSWORD="not used",
        )
    assert [True, True] == [check.fine for check in checks], checks
    said = next(command for command in relay.commands if command.startswith("AUTH XOAUTH2 "))
    assert b"auth=Bearer the-token" in base64.b64decode(said.rpartition(" ")[2])


def test_a_wrong_password_is_tried_once_and_told_in_a_sentence(
    test_send: Tried, authority: Authority
) -> None:
    refusing = ScriptedRelay({Stage.AUTH: says("535 5.7.8 no")}, tls=authority.server(), times=9)
    with refusing.running() as relay:
        (check,) = test_send(
            SMTP__PORT=str(relay.port),
            SMTP__CA_BUNDLE=authority.file,
            SMTP__USERNAME="frister",
            SMTP__PASSWORD="wrong",
        )
    assert (False, "mailserveren") == (check.fine, check.name)
    assert "afviste login (535 5.7.8). Ret RETTIDIG_SMTP__USERNAME" in check.sentence
    assert 1 == sum(command.startswith("AUTH") for command in relay.commands)


def test_of_several_mailboxes_the_one_that_does_not_exist_is_pointed_out(test_send: Tried) -> None:
    with ScriptedRelay(nobody=frozenset({"b@example.dk"})).running() as relay:
        checks = test_send(
            SMTP__PORT=str(relay.port),
            SMTP__SECURITY="none",
            RECIPIENTS__SB__EMAIL="a@example.dk,b@example.dk",
            RECIPIENTS__SB__CHANNELS="email",
        )
    assert [("mail 1 af 2", True), ("mail 2 af 2", False)] == [(check.name, check.fine) for check in checks]
    assert "Ret den i RETTIDIG_RECIPIENTS__SB__EMAIL." in checks[1].sentence


def test_a_flow_that_was_deleted_is_told_of_with_what_to_set(test_send: Tried) -> None:
    with ScriptedReceiver(http("404 Gone")).running() as receiver:
        (check,) = test_send(RECIPIENTS__SB__TEAMS_WEBHOOK=receiver.url(), RECIPIENTS__SB__CHANNELS="teams")
    assert not check.fine
    assert "RETTIDIG_RECIPIENTS__SB__TEAMS_WEBHOOK" in check.sentence
    assert "canary" not in check.sentence


def test_a_recipient_that_is_set_to_nothing_is_told_so(test_send: Tried) -> None:
    (check,) = test_send(RECIPIENTS__SB__CHANNELS="none", SMTP__PORT="9")
    assert not check.fine
    assert "ingen kanaler" in check.sentence
