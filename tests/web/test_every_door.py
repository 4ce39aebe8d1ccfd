"""Every address with every kind of link: it opens what it is for, and else nothing tells why it does not."""

from datetime import timedelta

import pytest
import requests

from service.storage.links import LinkKind, create_link, revoke_links
from tests.web.conftest import Visited

OPENS = {
    "/feed/{token}": {LinkKind.FEED},
    "/feed/{token}.ics": {LinkKind.FEED},
    "/plan/{token}": {LinkKind.PLAN, LinkKind.COORDINATOR},
    "/plan/{token}/m3": {LinkKind.COORDINATOR},
    "/plan/{token}/m3/record": {LinkKind.COORDINATOR},
    "/plan/{token}/m3/record.csv": {LinkKind.COORDINATOR},
    "/overview/{token}": {LinkKind.COORDINATOR},
    "/m/{token}": {LinkKind.MILESTONE},
}
PRESSED = ("/m/{token}", "/plan/{token}/m3", "/feed/{token}")

Answer = tuple[int, dict[str, str], bytes]


def answer(visited: Visited, method: str, path: str) -> Answer:
    given = requests.request(method, visited.url + path, data="kind=x", timeout=10, allow_redirects=False)
    headers = {name: value for name, value in given.headers.items() if name.lower() != "date"}
    return given.status_code, headers, given.content


def wrong_tokens(visited: Visited, kinds: set[LinkKind]) -> dict[str, str]:
    """What opens nothing at an address for these kinds."""
    wrong = {kind.value: visited.link(kind, "m3") for kind in set(LinkKind) - kinds}
    (any_of_them, *_) = sorted(kinds)
    with visited.database.write() as connection:
        now = visited.clock.now()
        wrong["revoked"] = create_link(connection, any_of_them, "gone", now)
        revoke_links(connection, any_of_them, "gone", now)
        wrong["lapsed"] = create_link(
            connection, any_of_them, "m3", now, lapses_at=now - timedelta(seconds=1)
        )
    return wrong | {"unknown": "A" * 43, "short": "x", "long": "y" * 2000, "odd": "%00%ff%20"}


@pytest.mark.parametrize("path", OPENS)
def test_whatever_is_wrong_with_a_link_the_answer_is_the_same_to_the_byte(
    visited: Visited, path: str
) -> None:
    nowhere = answer(visited, "GET", "/nowhere")
    assert nowhere[0] == 404
    for what, token in wrong_tokens(visited, OPENS[path]).items():
        assert answer(visited, "GET", path.format(token=token)) == nowhere, what
        if path in PRESSED:
            assert answer(visited, "POST", path.format(token=token)) == nowhere, what


@pytest.mark.parametrize("path", sorted(set(OPENS) - {"/m/{token}", "/plan/{token}/m3/record.csv"}))
def test_the_right_link_opens_it(visited: Visited, path: str) -> None:
    for kind in OPENS[path]:
        assert answer(visited, "GET", path.format(token=visited.link(kind)))[0] == 200
