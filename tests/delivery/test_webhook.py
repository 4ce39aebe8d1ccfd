"""Thirteen ways to answer a card, and what must never be called or told."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.delivery.guarded_http import is_public
from service.delivery.receipt import Answer
from service.delivery.webhook import WebhookTransport
from tests.delivery.certificates import Authority
from tests.delivery.webhook_receiver import (
    Answering,
    WebhookReceiver,
    babbles,
    breaks_off,
    drips_a_body,
    drips_headers,
    http,
    keeps_silent,
    resets,
)

NOW = datetime(2024, 3, 1, 7, 0, tzinfo=UTC)
CARD = b'{"type": "message"}'
TEN_MEGABYTES = b"x" * 10_000_000
LEGACY_429 = b"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"
LEGACY_413 = b"Microsoft Teams endpoint returned HTTP error 413 with ContextId tcid=1"

pytestmark = pytest.mark.usefixtures("everything_logged")

ANSWERS: dict[str, tuple[Answering, Answer, str]] = {
    "200 1": (http("200 OK", b"1"), Answer.ACCEPTED, "200"),
    "200 empty": (http("200 OK"), Answer.ACCEPTED, "200"),
    "200 that confesses a 429": (http("200 OK", LEGACY_429), Answer.DELAYED, "429"),
    "200 that confesses a 413": (http("200 OK", LEGACY_413), Answer.FAILED, "413"),
    "200 that finds fault": (http("200 OK", b"Summary or Text is required."), Answer.FAILED, "400"),
    "202 empty": (http("202 Accepted"), Answer.ACCEPTED, "202"),
    "400": (http("400 Bad Request", b"card canary"), Answer.FAILED, "400"),
    "401": (http("401 Unauthorized"), Answer.FAILED, "401"),
    "413": (http("413 Too Large"), Answer.FAILED, "413"),
    "429": (http("429 Too Many Requests"), Answer.DELAYED, "429"),
    "500": (http("500 Oh"), Answer.DELAYED, "500"),
    "503": (http("503 Away"), Answer.DELAYED, "503"),
    "timeout": (keeps_silent, Answer.UNCERTAIN, "silent"),
    "reset": (resets, Answer.UNCERTAIN, "dropped"),
    "garbage": (babbles, Answer.UNCERTAIN, "garbled"),
    "headers without end": (drips_headers, Answer.UNCERTAIN, "silent"),
    "a body without end": (drips_a_body, Answer.UNCERTAIN, "silent"),
    "a body that breaks off": (breaks_off, Answer.UNCERTAIN, "garbled"),
    "10 MB with 202": (http("202 Accepted", TEN_MEGABYTES), Answer.ACCEPTED, "202"),
    "10 MB with 200": (http("200 OK", TEN_MEGABYTES), Answer.ACCEPTED, "200"),
    "10 MB with 400": (http("400 Bad Request", TEN_MEGABYTES), Answer.FAILED, "400"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_each_answer_is_classed_and_bounded(case: str) -> None:
    answering, answer, code = ANSWERS[case]
    with WebhookReceiver(answering).running() as receiver:
        transport = WebhookTransport(connect_seconds=1, total_seconds=0.5)
        started = monotonic()
        receipt = transport.send(receiver.url(), CARD, NOW)
        assert monotonic() - started < 2
        transport.close()
    assert (answer, code) == (receipt.answer, receipt.code)
    assert "canary" not in repr(receipt)
    assert receiver.requests[0].endswith(CARD)


@pytest.mark.parametrize(
    ("status", "is_gone"), [("404 Not Found", True), ("410 Gone", True), ("403 No", False)]
)
def test_a_flow_that_was_deleted_is_a_dead_address(status: str, is_gone: bool) -> None:
    with WebhookReceiver(http(status)).running() as receiver:
        receipt = WebhookTransport().send(receiver.url(), CARD, NOW)
    assert (Answer.FAILED, is_gone) == (receipt.answer, receipt.hard_bounce)


@pytest.mark.parametrize(
    ("retry_after", "pause"),
    [
        ("1", timedelta(seconds=1)),
        ("60", timedelta(minutes=1)),
        ("Fri, 01 Mar 2024 07:10:00 GMT", timedelta(minutes=10)),
        ("Fri, 01 Mar 2024 06:00:00 GMT", timedelta(0)),
        ("999999999999", timedelta(hours=6)),
        ("soon", None),
        ("-1", None),
        (None, None),
    ],
)
def test_the_pause_that_is_asked_for_is_kept(retry_after: str | None, pause: timedelta | None) -> None:
    headers = {} if retry_after is None else {"Retry_After": retry_after}
    with WebhookReceiver(http("429 Slow", b"", **headers)).running() as receiver:
        receipt = WebhookTransport().send(receiver.url(), CARD, NOW)
    assert (Answer.DELAYED, pause) == (receipt.answer, receipt.retry_after)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_never_followed(status: str) -> None:
    with WebhookReceiver(http("202 Accepted")).running() as inside:
        with WebhookReceiver(http(status, Location=inside.url())).running() as receiver:
            receipt = WebhookTransport().send(receiver.url(), CARD, NOW)
        assert (Answer.FAILED, status[:3], []) == (receipt.answer, receipt.code, inside.requests)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook-canary",
        "http://10.0.0.1/hook-canary",
        "ftp://127.0.0.1/hook-canary",
        "file:///etc/passwd",
        "//127.0.0.1/hook-canary",
        "https://",
        "https://[canary/",
        "",
        "nonsense",
    ],
)
def test_what_is_no_https_url_is_never_called(url: str) -> None:
    receipt = WebhookTransport().send(url, CARD, NOW)
    assert (Answer.FAILED, "bad-url") == (receipt.answer, receipt.code)


INSIDE = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "192.0.2.1",
    "240.0.0.1",
    "198.18.0.1",
    "192.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0x7f.1",
    "0x7f000001",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "169.254.169.254.",
    "0xa9fea9fe",
    "hooks.example@10.0.0.1",
    "8.8.8.8:443@10.0.0.1",
    "10.0.0.1#@8.8.8.8",
    "10.0.0.1\\@8.8.8.8",
    "10.0.0.1?@8.8.8.8",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[fe80::1]",
    "[fd00::1]",
    "[64:ff9b::a00:1]",
    "[2002:a00:1::]",
    "[2001:0:a00:1::]",
    "[ff02::1]",
    "[::127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b:1::a00:1]",
    "[fec0::1]",
    "[100::1]",
    "[2001:db8::1]",
    "[5f00::1]",
]


@pytest.mark.parametrize("host", INSIDE)
def test_an_address_inside_the_network_is_refused_before_a_socket_is_opened(host: str) -> None:
    receipt = WebhookTransport(connect_seconds=0.5).send(f"https://{host}/hook-canary", CARD, NOW)
    assert (Answer.DELAYED, "forbidden-address") == (receipt.answer, receipt.code)


def test_a_name_that_leads_into_the_network_is_refused_whatever_it_said_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the resolver says one thing to a checker and another to the caller."""
    with WebhookReceiver(http("202 Accepted")).running() as inside:
        monkeypatch.setattr(
            "socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", inside.port))]
        )
        receipt = WebhookTransport().send(f"https://hook.example:{inside.port}/canary", CARD, NOW)
        assert (Answer.DELAYED, "forbidden-address") == (receipt.answer, receipt.code)
        assert inside.requests == []


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_internet_at_large_may_be_called(address: str) -> None:
    assert is_public(address)


def test_a_host_that_does_not_exist_was_never_reached() -> None:
    receipt = WebhookTransport().send("https://canary.invalid/hook", CARD, NOW)
    assert (Answer.DELAYED, "host-unknown") == (receipt.answer, receipt.code)


def test_a_closed_port_was_never_reached() -> None:
    with WebhookReceiver(http("202 Accepted")).running() as receiver:
        pass
    receipt = WebhookTransport().send(receiver.url(), CARD, NOW)
    assert (Answer.DELAYED, "refused") == (receipt.answer, receipt.code)


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_card(authority: Authority) -> None:
    with WebhookReceiver(http("202 Accepted"), authority.server()).running() as receiver:
        receipt = WebhookTransport().send(receiver.url("https"), CARD, NOW)
    assert (Answer.DELAYED, "tls-untrusted", []) == (receipt.answer, receipt.code, receiver.requests)


def test_an_office_that_inspects_tls_sets_its_own_authority(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.file)
    with WebhookReceiver(http("202 Accepted"), authority.server()).running() as receiver:
        receipt = WebhookTransport().send(receiver.url("https"), CARD, NOW)
    assert receipt.answer is Answer.ACCEPTED


def test_a_line_that_dies_after_the_card_was_sent_leaves_it_uncertain_over_tls_too(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority.file)
    with WebhookReceiver(resets, authority.server()).running() as receiver:
        receipt = WebhookTransport().send(receiver.url("https"), CARD, NOW)
    assert (Answer.UNCERTAIN, "dropped") == (receipt.answer, receipt.code)
    assert receiver.requests[0].endswith(CARD)


def test_an_authority_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/canary.pem")
    receipt = WebhookTransport().send("https://127.0.0.1/hook", CARD, NOW)
    assert (Answer.DELAYED, "ca-file") == (receipt.answer, receipt.code)


def test_a_proxy_is_asked_and_resolves_the_name_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebhookReceiver(http("403 Not from here")).running() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        receipt = WebhookTransport().send("https://hook.invalid/canary?sig=canary", CARD, NOW)
    assert (Answer.DELAYED, "proxy") == (receipt.answer, receipt.code)
    assert proxy.requests[0].startswith(b"CONNECT hook.invalid:443 ")


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=30), st.binary(max_size=20))
def test_no_url_and_no_card_make_it_raise(url: str, card: bytes) -> None:
    transport = WebhookTransport(connect_seconds=0.1, total_seconds=0.1)
    for each in (url, f"https://{url}", f"http://127.0.0.1:1/{url}"):
        assert transport.send(each, card, NOW).answer in {Answer.FAILED, Answer.DELAYED}
    transport.close()
