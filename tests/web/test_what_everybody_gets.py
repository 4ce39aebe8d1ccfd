"""What holds for every answer, and the pages that tell nothing of anybody."""

import socket
from datetime import timedelta

import pytest
import requests
from structlog.testing import capture_logs

import service
from service.storage.install import note_tick
from service.storage.links import LinkKind, token_name
from tests.web.conftest import Visited

NOT_READING = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]


def paths(visited: Visited) -> list[str]:
    feed, plan = visited.link(), visited.link(LinkKind.PLAN)
    return [
        "/",
        "/health",
        "/robots.txt",
        "/nowhere",
        "/openapi.json",
        f"/feed/{feed}",
        f"/feed/{feed}.ics",
        f"/plan/{plan}",
    ]


def test_every_answer_carries_the_headers_that_keep_links_secret(visited: Visited) -> None:
    for path in paths(visited):
        headers = visited.get(path).headers
        policy = headers["Content-Security-Policy"]
        for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert directive in policy
        assert "unsafe" not in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "server" not in headers


def test_pages_are_not_kept_by_anybody(visited: Visited) -> None:
    for path in paths(visited):
        if not path.endswith(".ics"):
            assert visited.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", NOT_READING)
def test_nothing_but_reading_is_allowed_anywhere(visited: Visited, method: str) -> None:
    for path in paths(visited):
        if method == "POST" and path.startswith("/feed/") and not path.endswith(".ics"):
            continue  # the page with buttons
        answer = requests.request(method, visited.url + path, timeout=10)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD"
        assert "Content-Security-Policy" in answer.headers


def test_head_works_wherever_get_does(visited: Visited) -> None:
    for path in paths(visited):
        assert visited.head(path).status_code == visited.get(path).status_code


def test_the_start_page_tells_nothing_of_the_plan(visited: Visited) -> None:
    page = visited.get("/").text
    assert "Rettidig" in page
    assert "Samlet procesplan" not in page


def test_robots_may_fetch_feeds_which_google_asks_for_first(visited: Visited) -> None:
    answer = visited.get("/robots.txt")
    assert answer.status_code == 200
    assert answer.text == "User-agent: *\nDisallow:\n"


def test_there_is_no_description_of_the_interface_to_find(visited: Visited) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert visited.get(path).status_code == 404


def test_the_log_names_the_route_and_the_link_but_never_the_token(visited: Visited) -> None:
    good, bad = visited.link(), "not-a-token-of-ours"
    with capture_logs() as logs:
        visited.get(f"/feed/{good}.ics")
        visited.get(f"/feed/{bad}")
        visited.get(f"/plan/{good}")
        visited.get(f"/elsewhere/{good}")
        requests.post(f"{visited.url}/feed/{good}.ics", timeout=10)
        visited.server.stop()  # the line is written after the answer has left
    assert [(line["route"], line["link"], line["status"]) for line in logs] == [
        ("/feed/{token}.ics", token_name(good), 200),
        ("/feed/{token}", token_name(bad), 404),
        ("/plan/{token}", token_name(good), 404),
        ("(no such page)", "-", 404),
        ("(no such page)", "-", 405),
    ]
    assert good not in str(logs)
    assert bad not in str(logs)


def test_when_the_database_is_gone_the_page_is_plain_and_the_log_keeps_no_secret(visited: Visited) -> None:
    token = visited.link()
    with visited.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE link")
    with capture_logs() as logs:
        answer = visited.get(f"/feed/{token}")
    assert answer.status_code == 500
    assert "Noget gik galt" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert any(line["log_level"] == "error" and line["kind"] == "OperationalError" for line in logs)
    assert token not in str(logs)
    assert "SELECT" not in str(logs)


def test_a_client_that_leaves_in_the_middle_of_its_request_is_no_failure_of_ours(visited: Visited) -> None:
    half = f"POST /m/{visited.link()} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nkind="
    with capture_logs() as logs:
        with socket.create_connection(("127.0.0.1", visited.server.port), timeout=10) as left:
            left.sendall(half.encode())
        visited.server.stop()
    assert [(line["event"], line["status"]) for line in logs] == [("request", 400)]


def test_health_is_fine_while_the_rounds_go_on(visited: Visited) -> None:
    with visited.database.write() as connection:
        note_tick(connection, visited.clock.now())
    visited.clock.advance(timedelta(seconds=89))
    answer = visited.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": service.__version__, "tick_age_seconds": 89.0}


@pytest.mark.parametrize("later", [timedelta(seconds=91), timedelta(hours=-1)])
def test_health_is_bad_when_they_stopped_or_the_clock_was_set_back(
    visited: Visited, later: timedelta
) -> None:
    with visited.database.write() as connection:
        note_tick(connection, visited.clock.now())
    visited.clock.advance(later)
    answer = visited.get("/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == "stale"


def test_a_start_has_ninety_seconds(empty: Visited) -> None:
    assert empty.get("/health").json() == {
        "status": "starting",
        "version": service.__version__,
        "tick_age_seconds": None,
    }
    empty.clock.advance(timedelta(seconds=91))
    assert empty.get("/health").status_code == 503
