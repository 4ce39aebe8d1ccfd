"""What `test-send` and `doctor` say when something fails."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.delivery.advice import MAIL_ADVICE
from service.delivery.card_advice import CARD_ADVICE
from service.delivery.diagnosis import explain
from service.delivery.oauth import TokenRefusedError
from service.delivery.receipt import Answer, Receipt
from service.delivery.relay import Relay

RELAY = Relay(host="mail.example.dk", port=587, username="u-canary", password="p-canary")


def a_receipt(stage: str, code: str, text: str = "", answer: Answer = Answer.DELAYED) -> Receipt:
    return Receipt(answer=answer, stage=stage, code=code, text=text)


@pytest.mark.parametrize(
    ("stage", "code", "text", "says"),
    [
        ("CONNECT", "host-unknown", "", "No server mail.example.dk can be found"),
        ("CONNECT", "refused", "", "nothing on port 587"),
        ("CONNECT", "silent", "", "firewall"),
        ("CONNECT", "554 5.7.1", "go away", "does not talk to this machine"),
        ("TLS", "tls-name", "", "another name"),
        ("TLS", "tls-expired", "", "expired"),
        ("TLS", "tls-self-signed", "", "CA_BUNDLE"),
        ("TLS", "tls-untrusted", "", "CA_BUNDLE"),
        ("TLS", "no-starttls", "", "does not offer STARTTLS"),
        ("TLS", "tls-failed", "", "587 goes with starttls"),
        ("AUTH", "no-login", "", "no login that we can use"),
        ("AUTH", "535 5.7.8", "bad password", "USERNAME"),
        ("AUTH", "535 5.7.139", "SmtpClientAuthentication is disabled for the Tenant.", "Authenticated SMTP"),
        ("AUTH", "550 5.7.30", "Basic authentication is not supported for Client Submission.", "OAuth"),
        ("AUTH", "no-token", "Microsoft gave no access (AADSTS7000222).", "has expired"),
        ("AUTH", "no-token", "Microsoft gave no access (AADSTS7000215).", "not its ID"),
        ("MAIL", "530 5.7.57", "Client not authenticated to send mail", "wants a login"),
        ("END", "554 5.2.252", "SendAsDenied; not allowed to send as", "Send as"),
        ("MAIL", "550 5.7.60", "Client does not have permissions to send as this sender", "Send as"),
        ("RCPT", "550 5.7.68", "Direct Send not allowed for this organization", "connector"),
        ("RCPT", "550 5.7.1", "Unable to relay", "does not relay for us"),
        ("RCPT", "554 5.7.1", "Relay access denied", "does not relay for us"),
        ("RCPT", "454 4.7.1", "Relay access denied", "does not relay for us"),
        ("RCPT", "550", "relay not permitted", "does not relay for us"),
        ("RCPT", "550 5.1.1", "connection refused by user unknown", "does not exist"),
        ("RCPT", "552 5.2.2", "mailbox full", "full"),
        ("RCPT", "450 4.7.1", "Greylisted, come back", "wait a little"),
        ("RCPT", "432 4.3.2", "Concurrent connections limit exceeded", "too fast"),
        ("END", "451 4.7.500", "Server busy", "too fast"),
        ("RCPT", "550 4.2.1", "come back", "cannot just now"),
        ("END", "554 5.7.1", "spam", "DKIM"),
        ("END", "552 5.3.4", "too big", "too big"),
        ("END", "silent", "", "may have arrived"),
        ("EHLO", "421 4.3.2", "closing", "cannot just now"),
    ],
)
def test_a_mail_failure_is_explained(stage: str, code: str, text: str, says: str) -> None:
    assert says in explain(a_receipt(stage, code, text), RELAY, "en")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("410", "deleted"),
        ("401", "Anyone"),
        ("400", "template"),
        ("429", "tries again by itself"),
        ("302", "do not follow"),
        ("bad-url", "Copy all of it"),
        ("host-unknown", "HTTPS_PROXY"),
        ("forbidden-address", "public"),
        ("proxy", "HTTPS_PROXY"),
        ("tls-untrusted", "REQUESTS_CA_BUNDLE"),
        ("silent", "may be shown"),
        ("refused", "firewall"),
    ],
)
def test_a_card_failure_is_explained(code: str, says: str) -> None:
    assert says in explain(a_receipt("POST", code), None, "en")


def test_what_was_accepted_is_said_so() -> None:
    accepted = a_receipt("", "250 2.0.0", answer=Answer.ACCEPTED)
    assert "Modtaget (250 2.0.0)." == explain(accepted, RELAY, "da")


def test_an_exception_is_explained_by_its_kind_alone() -> None:
    assert "nothing on port" in explain(ConnectionRefusedError("canary"), RELAY, "en")
    assert "canary" not in explain(RuntimeError("canary"), RELAY, "en")
    assert "(AADSTS1)" in explain(TokenRefusedError(code="AADSTS1"), RELAY, "da")


@given(st.text(max_size=8), st.text(max_size=12), st.text(max_size=20), st.sampled_from(Answer))
def test_any_receipt_gets_a_sentence_in_both_languages(
    stage: str, code: str, text: str, answer: Answer
) -> None:
    receipt = a_receipt(stage, code, text, answer)
    for relay in (RELAY, None):
        assert explain(receipt, relay, "da")
        assert "canary" not in explain(receipt, relay, "en")


@pytest.mark.parametrize("advice", [*MAIL_ADVICE, *CARD_ADVICE], ids=lambda advice: advice.pattern)
def test_both_languages_name_the_same_settings_and_codes(advice: tuple[str, str, str]) -> None:
    _, danish, english = advice

    def named(sentence: str) -> list[str]:
        return sorted(re.findall(r"\{\w+\}|[A-Z]*_+[A-Z_]+|AADSTS\d+", sentence))

    assert named(danish) == named(english)
