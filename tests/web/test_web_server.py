"""The server in its thread: what it refuses to start on, and how it stops."""

import socket

import pytest
import requests
from starlette.responses import PlainTextResponse

from service.errors import RettidigError
from service.web.server import NotThisHostError, PortTakenError, WebServer

HELLO = PlainTextResponse("hello")


def test_it_answers_from_the_moment_start_returns_until_stop() -> None:
    server = WebServer(HELLO, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{server.port}/"
    assert requests.get(url, timeout=10).text == "hello"
    server.stop()
    assert not server.is_alive
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)


def test_a_client_that_keeps_its_connection_does_not_hold_up_the_stop() -> None:
    server = WebServer(HELLO, "127.0.0.1", 0).start()
    with requests.Session() as session:
        session.get(f"http://127.0.0.1:{server.port}/", timeout=10)
        server.stop()
        assert not server.is_alive


def test_it_can_be_stopped_without_ever_having_started() -> None:
    WebServer(HELLO, "127.0.0.1", 0).stop()


def test_ipv6_works_too() -> None:
    server = WebServer(HELLO, "::1", 0).start()
    try:
        assert requests.get(f"http://[::1]:{server.port}/", timeout=10).text == "hello"
    finally:
        server.stop()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_taken_port_is_told_in_one_sentence(language: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError) as refused:
            WebServer(HELLO, "127.0.0.1", port)
    sentence = refused.value.sentence("da" if language == "da" else "en")
    assert str(port) in sentence
    assert "RETTIDIG_WEB__PORT" in sentence


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_a_host_that_is_not_this_one_is_told_too(host: str) -> None:
    with pytest.raises(NotThisHostError) as refused:
        WebServer(HELLO, host, 0)
    assert isinstance(refused.value, RettidigError)
