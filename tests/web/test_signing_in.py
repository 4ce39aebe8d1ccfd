"""The coordinator signs in by a mailed link or by the word of a trusted proxy; nobody else does."""

import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from threading import Condition

import pytest
import requests
from structlog.testing import capture_logs

from service.messages.email import Mail
from service.messages.mailbox import Mailbox, Sender
from service.storage.links import LinkKind
from service.web.app import create_app
from service.web.callers import Proxies, networks
from service.web.server import WebServer
from service.web.sign_in import Entrance
from tests.chromium import a_page, needs_chromium, overhang
from tests.web.conftest import Visited

COORDINATOR = "koordinator@example.dk"
OTHER = "koordinator@strasse.example"
"""Also the coordinator's; a domain with "ß" instead of "ss" may belong to somebody else."""
HOME = "https://frister.example.dk"


@dataclass
class Postbox:
    """What was handed over, as bytes; it comes after the answer to whoever asked for it."""

    mails: list[bytes] = field(default_factory=list)
    arrival: Condition = field(default_factory=Condition)

    def post(self, mail: Mail) -> None:
        with self.arrival:
            self.mails.append(bytes(mail))
            self.arrival.notify_all()

    def has(self, count: int) -> bool:
        """Whether so many mails have come, once the last one had time to."""
        with self.arrival:
            self.arrival.wait_for(lambda: len(self.mails) >= count, timeout=10)
            return len(self.mails) == count

    def path(self, number: int = 1) -> str:
        """That of the link in a mail, 1 is the first."""
        assert self.has(max(number, len(self.mails)))
        text = message_from_bytes(self.mails[number - 1], policy=policy.default).get_body(("plain",))
        assert text is not None
        found = re.search(rf"{HOME}(/sign-in/\S+)", text.get_content())
        assert found is not None
        return found[1]


@dataclass(frozen=True)
class Door:
    visited: Visited
    postbox: Postbox

    def ask(self, email: str, **headers: str) -> requests.Response:
        return requests.post(
            self.visited.url + "/sign-in",
            data={"email": email},
            headers=headers,
            timeout=10,
            allow_redirects=False,
        )

    def raw(self, request: str) -> str:
        """What no library would send, and the answer to it."""
        with socket.create_connection(("127.0.0.1", self.visited.server.port), timeout=10) as sent:
            sent.sendall(request.encode())
            with sent.makefile("rb") as answer:
                return answer.read().decode()

    def press(self, path: str) -> requests.Response:
        return requests.post(self.visited.url + path, timeout=10, allow_redirects=False)


@pytest.fixture
def proxies() -> Proxies:
    return Proxies()


@pytest.fixture
def door(visited: Visited, proxies: Proxies) -> Iterator[Door]:
    postbox = Postbox()
    entrance = Entrance(
        emails=(COORDINATOR, OTHER),
        sender=Sender(mailbox=Mailbox(address="frister@example.dk", name="Rettidig")),
        post=postbox.post,
        proxies=proxies,
    )
    server = WebServer(create_app(visited.site, entrance=entrance), "127.0.0.1", 0).start()
    yield Door(visited=replace(visited, server=server), postbox=postbox)
    server.stop()


def test_a_mailed_link_opens_a_page_with_a_button_that_opens_the_coordinators_pages(door: Door) -> None:
    assert door.ask("Koordinator@example.dk").status_code == 200
    opened = door.visited.get(door.postbox.path())
    assert "Log ind" in opened.text
    pressed = door.press(door.postbox.path())
    assert pressed.status_code == 303
    assert "Samlet procesplan" in door.visited.get(pressed.headers["Location"]).text
    assert door.visited.get(f"{pressed.headers['Location']}/m3").status_code == 200


def test_the_link_works_once_and_looking_at_it_uses_nothing_up(door: Door) -> None:
    door.ask(COORDINATOR)
    for _ in range(3):
        assert door.visited.get(door.postbox.path()).status_code == 200
    assert door.press(door.postbox.path()).status_code == 303
    assert door.press(door.postbox.path()).status_code == 404
    assert door.visited.get(door.postbox.path()).status_code == 404


def test_the_link_lapses_after_a_quarter_of_an_hour_and_the_pages_after_half_a_day(door: Door) -> None:
    door.ask(COORDINATOR)
    door.ask(COORDINATOR)
    assert door.postbox.has(2)
    door.visited.clock.advance(timedelta(minutes=14))
    pages = door.press(door.postbox.path(1)).headers["Location"]
    door.visited.clock.advance(timedelta(minutes=2))
    assert door.press(door.postbox.path(2)).status_code == 404
    door.visited.clock.advance(timedelta(hours=11, minutes=57))
    assert door.visited.get(pages).status_code == 200
    door.visited.clock.advance(timedelta(minutes=2))
    assert door.visited.get(pages).status_code == 404


def test_nobody_is_told_whether_an_address_is_the_coordinators(door: Door) -> None:
    wrong, right = door.ask("en-anden@example.dk"), door.ask(COORDINATOR)
    assert (right.status_code, right.text) == (wrong.status_code, wrong.text)
    assert door.postbox.has(1)


def test_the_answer_and_what_follows_it_do_not_wait_for_the_mail(door: Door) -> None:
    with door.postbox.arrival, requests.Session() as session:  # nothing can be handed over meanwhile
        assert session.post(door.visited.url + "/sign-in", data={"email": COORDINATOR}, timeout=5).ok
        assert session.get(door.visited.url + "/robots.txt", timeout=5).ok
        assert door.postbox.mails == []
    assert door.postbox.has(1)


@pytest.mark.parametrize(
    "alike", ["koordinator@straße.example", "KOORDINATOR@STRAẞE.EXAMPLE", "koordınator@strasse.example"]
)
def test_an_address_that_only_looks_like_the_coordinators_is_not_written_to(door: Door, alike: str) -> None:
    assert alike.casefold() == OTHER or "ı" in alike
    door.ask(alike)
    door.ask(OTHER.upper())
    assert door.postbox.has(1)
    assert b"To: koordinator@strasse.example\r\n" in door.postbox.mails[0]


def test_only_so_many_links_are_mailed_in_an_hour(door: Door) -> None:
    with capture_logs() as logs:
        for _ in range(9):
            door.ask(COORDINATOR)
        assert door.postbox.has(5)
        until = time.monotonic() + 60
        while [line["event"] for line in logs].count("sign-in-asked-too-often") < 4:
            assert time.monotonic() < until
            time.sleep(0.01)
    assert len(door.postbox.mails) == 5


def test_links_of_other_kinds_do_not_sign_in(door: Door) -> None:
    for kind in (LinkKind.FEED, LinkKind.PLAN, LinkKind.COORDINATOR, LinkKind.API):
        assert door.press(f"/sign-in/{door.visited.link(kind)}").status_code == 404
    door.ask(COORDINATOR)
    token = door.postbox.path().rpartition("/")[2]
    assert door.visited.get(f"/plan/{token}").status_code == 404


def test_neither_address_nor_link_is_in_the_log(door: Door) -> None:
    with capture_logs() as logs:
        door.ask(COORDINATOR)
        door.press(door.postbox.path())
        door.visited.server.stop()
    assert [line["event"] for line in logs].count("coordinator-signed-in") == 1
    assert COORDINATOR not in str(logs)
    assert door.postbox.path().rpartition("/")[2] not in str(logs)


def test_where_nobody_can_sign_in_there_is_no_such_page(visited: Visited) -> None:
    assert visited.get("/sign-in").status_code == 404
    assert "/sign-in" not in visited.get("/").text


class TestBehindAProxy:
    @pytest.fixture
    def proxies(self) -> Proxies:
        return Proxies(networks=networks(["127.0.0.1"]), user_header="X-Forwarded-Email")

    def test_the_one_it_names_presses_a_button_and_is_in(self, door: Door) -> None:
        named = {"X-Forwarded-Email": "Koordinator@example.dk"}
        assert "Log ind" in door.visited.get("/sign-in", **named).text
        pages = door.ask("", **named).headers["Location"]
        assert "Samlet procesplan" in door.visited.get(pages).text

    def test_a_second_name_beside_its_own_means_that_nobody_is(self, door: Door) -> None:
        lines = f"X-Forwarded-Email: {COORDINATOR}\r\nX-Forwarded-Email: en-anden@example.dk\r\n"
        answer = door.raw(f"POST /sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{lines}\r\n")
        assert answer.startswith("HTTP/1.1 200 ")
        assert "location:" not in answer.lower()

    @pytest.mark.parametrize("named", [{}, {"X-Forwarded-Email": "en-anden@example.dk"}])
    def test_nobody_else_is(self, door: Door, named: dict[str, str]) -> None:
        assert "Location" not in door.ask("", **named).headers


class TestBehindAProxyThatIsNotTrusted:
    @pytest.fixture
    def proxies(self) -> Proxies:
        return Proxies(networks=networks(["10.0.0.0/8"]), user_header="X-Forwarded-Email")

    def test_its_word_means_nothing(self, door: Door) -> None:
        assert "Location" not in door.ask("", **{"X-Forwarded-Email": COORDINATOR}).headers


@needs_chromium
@pytest.mark.parametrize("width", [360, 1100])
def test_the_pages_fit_and_keep_to_the_policy(door: Door, width: int) -> None:
    with a_page(width) as (page, complaints):
        page.goto(f"{door.visited.url}/")
        page.click("text=Koordinator?")
        page.fill("input[name=email]", COORDINATOR)
        assert overhang(page) <= 0
        page.click("button")
        page.wait_for_selector("text=Se efter i din indbakke")
        page.goto(door.visited.url + door.postbox.path())
        page.click("button")
        page.wait_for_selector("text=Samlet procesplan")
        assert complaints == []
