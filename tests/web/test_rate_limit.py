"""How many requests one caller may make, and who counts as one caller."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope
from structlog.testing import capture_logs

from service.web.app import create_app
from service.web.callers import Proxies, networks
from service.web.rate_limit import MOST_CALLERS, RateLimit
from service.web.server import WebServer
from tests.web.conftest import Visited

OURS = Proxies(networks=networks(["10.0.0.1", "10.1.0.0/16"]))


def scope(peer: str, *forwarded: str) -> Scope:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded if line]
    return {"type": "http", "client": (peer, 40000), "headers": headers}


@pytest.fixture
def limited(visited: Visited) -> Iterator[Visited]:
    server = WebServer(create_app(visited.site, per_minute=5), "127.0.0.1", 0).start()
    yield replace(visited, server=server)
    server.stop()


def test_who_asks_too_often_is_told_to_wait(limited: Visited) -> None:
    answers = [limited.get("/robots.txt") for _ in range(12)]
    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    refused = answers[-1]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]


def test_guessing_links_is_limited_like_everything_else(limited: Visited) -> None:
    statuses = [limited.get(f"/feed/{number}").status_code for number in range(12)]
    assert set(statuses[:5]) == {404}
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("2001:db8:1:2::1", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "", "2001:db8:1:2::/64"),
        ("10.0.0.1", "no address", "no address"),
    ],
)
def test_the_caller_is_the_machine_that_the_outermost_trusted_proxy_saw(
    peer: str, forwarded: str, caller: str
) -> None:
    assert OURS.caller(scope(peer, forwarded)) == caller


def test_a_proxy_that_adds_a_line_of_its_own_is_believed_and_what_it_was_sent_is_not() -> None:
    assert OURS.caller(scope("10.0.0.1", "203.0.113.9", "198.51.100.1")) == "198.51.100.1"


def statuses(limit: RateLimit, peers: Iterable[str]) -> list[int]:
    """How requests from these machines are answered, one after the other."""
    sent: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            sent.append(message["status"])

    async def receive() -> Message:
        return {"type": "http.request"}

    async def ask() -> None:
        for peer in peers:
            await limit(scope(peer), receive, send)

    asyncio.run(ask())
    return sent


def test_callers_count_apart() -> None:
    limit = RateLimit(PlainTextResponse("fine"), per_minute=2, proxies=Proxies())
    assert statuses(limit, ["192.0.2.1"] * 3 + ["192.0.2.2"]) == [200, 200, 429, 200]


def test_a_crowd_of_callers_costs_no_memory() -> None:
    limit = RateLimit(PlainTextResponse("fine"), per_minute=2, proxies=Proxies())
    crowd = [f"10.9.{number // 250}.{number % 250}" for number in range(MOST_CALLERS + 500)]
    assert set(statuses(limit, crowd)) == {200}
    assert len(limit._buckets) == MOST_CALLERS  # noqa: SLF001 - what it remembers is what this is about


def test_who_asks_too_often_fills_no_log(limited: Visited) -> None:
    with capture_logs() as logs:
        refused = [limited.get("/nowhere").status_code for _ in range(30)].count(429)
    assert refused >= 20
    events = [line["event"] for line in logs]
    assert events.count("too-many-requests") == 1
    assert events.count("request") <= 30 - refused
