"""The pages in a real browser: they fit a phone, and the browser refuses nothing of them."""

import pytest

from service.storage.links import LinkKind
from tests.chromium import a_page, needs_chromium, overhang
from tests.web.conftest import Visited


@needs_chromium
@pytest.mark.parametrize("width", [360, 1100])
def test_every_page_fits_its_window_and_keeps_to_its_own_policy(visited: Visited, width: int) -> None:
    feed, plan = visited.link(subject="sb"), visited.link(LinkKind.PLAN)
    with a_page(width) as (page, complaints):
        for path in ("/", f"/plan/{plan}", f"/feed/{feed}"):
            page.goto(visited.url + path)
            assert overhang(page) <= 0
            # A refused style sheet would leave the browser's own serif face.
            assert "Segoe UI" in page.evaluate("getComputedStyle(document.body).fontFamily")
        assert complaints == []


@needs_chromium
def test_one_press_selects_the_whole_address(visited: Visited) -> None:
    token = visited.link()
    with a_page(360) as (page, _):
        page.goto(f"{visited.url}/feed/{token}")
        page.click(".address")
        assert page.evaluate("getSelection().toString().trim()") == (
            f"https://frister.example.dk/feed/{token}.ics"
        )


@needs_chromium
def test_one_press_copies_the_address(visited: Visited) -> None:
    token = visited.link()
    with a_page(360) as (page, complaints):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{visited.url}/feed/{token}")
        page.click("text=Kopiér")
        page.wait_for_selector("text=Kopieret")
        assert page.evaluate("navigator.clipboard.readText()") == (
            f"https://frister.example.dk/feed/{token}.ics"
        )
        assert complaints == []


@needs_chromium
def test_the_address_is_renewed_by_ticking_and_pressing_and_not_by_pressing_alone(visited: Visited) -> None:
    token = visited.link(subject="sb")
    with a_page(360) as (page, complaints):
        page.goto(f"{visited.url}/feed/{token}")
        page.click("text=Skift eller luk adressen")
        page.click("text=Få en ny adresse")
        assert page.url.endswith(token)
        page.check("input[name=sure]")
        page.click("text=Få en ny adresse")
        page.wait_for_selector("text=Her er den nye adresse")
        assert token not in page.content()
        assert overhang(page) <= 0
        assert complaints == []
