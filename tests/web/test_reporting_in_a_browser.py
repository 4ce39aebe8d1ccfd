"""The page in a real browser: it fits, nothing on it acts by itself, and its buttons work with no script."""

import pytest
from playwright.sync_api import Page

from service.storage.links import LinkKind
from service.storage.plans import standings
from tests.chromium import a_page, needs_chromium, overhang
from tests.web.conftest import Visited
from tests.web.housing_plan import CHECKLIST
from tests.web.reporting import a_mail_link

pytestmark = needs_chromium


def reports(visited: Visited, milestone: str) -> list[str]:
    with visited.database.read() as connection:
        standing = next(each for each in standings(connection) if each.milestone.id == milestone)
    return [mark.kind.value for mark in standing.progress.in_force]


@pytest.mark.parametrize("width", [360, 1100])
def test_it_fits_its_window_and_keeps_to_the_policy(visited: Visited, width: int) -> None:
    paths = [a_mail_link(visited, milestone, "sk") for milestone in ("m5", "m7", "m8")]
    paths.append(a_mail_link(visited, "m6", "bestyrelsen"))
    paths.append(f"/plan/{visited.link(LinkKind.COORDINATOR)}/m6")
    with a_page(width) as (page, complaints):
        for path in paths:
            page.goto(visited.url + path)
            page.click("summary")
            assert overhang(page) <= 0
        assert complaints == []


def test_opening_it_and_running_all_it_has_reports_nothing(visited: Visited) -> None:
    """As scanners do that run scripts, hover, focus and scroll."""
    with a_page(360) as (page, _):
        page.goto(visited.url + a_mail_link(visited))
        page.click("summary")
        for button in page.query_selector_all("button"):
            button.hover()
            button.focus()
        page.mouse.wheel(0, 2000)
        page.reload()
        assert page.evaluate("document.scripts.length") == 0
    assert reports(visited, "m3") == []


def test_done_is_one_press_and_undone_is_one_more(visited: Visited) -> None:
    with a_page(360) as (page, complaints):
        page.goto(visited.url + a_mail_link(visited))
        page.click("text=Meld udført")
        page.wait_for_selector("text=Tak, der er ikke mere at gøre.")
        assert reports(visited, "m3") == ["done"]
        page.reload()
        assert reports(visited, "m3") == ["done"], "reloading the answer reports nothing twice"
        page.click("text=Fortryd")
        page.wait_for_selector("text=Meld udført")
        assert complaints == []
    assert reports(visited, "m3") == []


def test_everything_can_be_reported_from_the_keyboard(visited: Visited) -> None:
    with a_page(1100) as (page, _):
        page.goto(visited.url + a_mail_link(visited, "m6", "bestyrelsen"))
        press_on(page, CHECKLIST[0])
        page.wait_for_selector('.tick[aria-pressed="true"]')
        press_on(page, "Vi er i gang")
        page.wait_for_selector("text=Sat i gang")
        page.focus("summary")
        page.keyboard.press("Enter")
        page.select_option("#until", index=1)
        press_on(page, "Udskyd påmindelser")
        page.wait_for_selector("text=Påmindelser udskudt")
        page.focus("summary")
        page.keyboard.press("Enter")
        page.select_option("#to", "sb")
        press_on(page, "Giv videre")
        page.wait_for_selector("text=Punktet er ikke længere hos jer.")
    assert reports(visited, "m6") == ["ticked", "started", "snoozed", "handed-over"]


def press_on(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
