"""Connections that keep the service waiting, on purpose or not, do not close it to others."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event, Thread

import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from service.web import connections
from service.web.connections import MOST_CONNECTIONS
from service.web.server import WebServer

HALF = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
BEGINNINGS = (b"", b"GET / HTTP/1.1\r\nHost: a\r\n", HALF, HALF + b"\r\nab")


class Slow:
    """A page that is made only when the test says so."""

    def __init__(self) -> None:
        self.asked, self.may_answer = Event(), Event()

    def answer(self, _request: Request) -> PlainTextResponse:
        self.asked.set()
        self.may_answer.wait(10)
        return PlainTextResponse("at last")


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def server(slow: Slow) -> Iterator[WebServer]:
    async def read(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"read {len(await request.body())}")

    app = Starlette(routes=[Route("/", read, methods=["GET", "POST"]), Route("/slow", slow.answer)])
    running = WebServer(app, "127.0.0.1", 0).start()
    yield running
    running.stop()


def connected(server: WebServer, beginning: bytes = b"") -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    opened.sendall(beginning)
    return opened


def is_cut_off(opened: socket.socket) -> bool:
    try:
        return opened.recv(1) == b""
    except ConnectionResetError:
        return True


def page(server: WebServer, path: str = "/") -> str:
    return requests.get(f"http://127.0.0.1:{server.port}{path}", timeout=10).text


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_however_many_keep_it_waiting_the_next_one_is_served(server: WebServer, beginning: bytes) -> None:
    with ExitStack() as held:
        crowd = [held.enter_context(connected(server, beginning)) for _ in range(MOST_CONNECTIONS + 20)]
        assert page(server) == "read 0"
        assert is_cut_off(crowd[0])


def test_a_crowd_does_not_cut_off_what_is_being_answered(server: WebServer, slow: Slow) -> None:
    said: list[str] = []
    reader = Thread(target=lambda: said.append(page(server, "/slow")))
    reader.start()
    assert slow.asked.wait(10)
    with ExitStack() as held:
        for _ in range(MOST_CONNECTIONS + 20):
            held.enter_context(connected(server))
        assert page(server) == "read 0"
        slow.may_answer.set()
        reader.join(10)
    assert said == ["at last"]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_request_that_does_not_come_to_its_end_is_cut_off(
    server: WebServer, beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_SECONDS", 0.2)
    with connected(server, beginning) as opened:
        assert is_cut_off(opened)


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000,
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ],
)
def test_what_is_no_request_is_refused_with_the_headers_of_every_answer(
    server: WebServer, rubbish: bytes
) -> None:
    with connected(server, rubbish) as opened, opened.makefile("rb") as answer:
        assert answer.readline().startswith(b"HTTP/1.1 400 ")
        headers = answer.read().lower()
    assert b"content-security-policy: default-src 'none'" in headers
    assert b"cache-control: no-store" in headers
