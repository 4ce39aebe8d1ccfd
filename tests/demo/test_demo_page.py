"""The page of the demo shows what was received as its reader sees it, and keeps itself up to date."""

from datetime import timedelta
from email.message import EmailMessage
from html import unescape

import pytest

from service.messages.card import escaped
from service.messages.card_text import card_text
from tests.chromium import a_page, needs_chromium, overhang
from tests.demo.conftest import World
from tests.web.housing_plan import BOARD_MEETING, CHECKLIST


@pytest.fixture
def filled(world: World, reminder_mail: bytes, reminder_card: bytes, invite_mail: bytes) -> World:
    world.deliver("sb@example.dk", reminder_mail)
    world.deliver("fob@example.dk", invite_mail)
    assert world.post("sb", reminder_card) == 202
    return world


def test_the_overview_tells_the_time_the_plan_and_what_came(filled: World) -> None:
    page = unescape(filled.get("/").text)
    for said in (
        "Mandag den 11. marts 2024 kl. 08.00",
        "Samlet procesplan, ny boligsocial helhedsplan",
        "Fra 1. februar 2024 til 31. december 2025",
        "Modtaget her: 2 mails (1 med en kalenderinvitation) og 1 Teams-kort.",
    ):
        assert said in page


def test_the_newest_stands_first(filled: World, reminder_mail: bytes) -> None:
    filled.clock.advance(timedelta(days=1))
    filled.deliver("sk@example.dk", reminder_mail)
    page = filled.get("/").text
    assert page.index("sk@example.dk") < page.index("fob@example.dk") < page.index("sb@example.dk")


def test_a_mail_is_shown_with_its_envelope_its_text_and_its_html_in_a_frame(filled: World) -> None:
    page = unescape(filled.get("/mails/1").text)
    assert "sb@example.dk" in page
    assert BOARD_MEETING in page
    assert '<iframe src="/mails/1/html" sandbox=' in page
    assert BOARD_MEETING in unescape(filled.get("/mails/1/html").text)


def test_an_invite_says_on_which_day_it_would_stand(filled: World) -> None:
    assert "Onsdag den 20. marts 2024, hele dagen" in filled.get("/mails/2").text


def test_the_list_can_be_narrowed_to_one_reader_and_stays_so(filled: World) -> None:
    page = filled.get("/mails?to=fob@example.dk").text
    assert '<a href="/mails/2?to=fob%40example.dk"' in page
    assert 'href="/mails/1' not in page


def test_the_mail_can_be_had_as_it_came(filled: World, reminder_mail: bytes) -> None:
    answer = filled.get("/mails/1/raw")
    assert answer.content == reminder_mail
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/mails/0", "/mails/3", "/mails/3/html", "/mails/-1/raw"])
def test_a_mail_that_never_came_is_not_found(filled: World, path: str) -> None:
    assert filled.get(path).status_code == 404


def test_a_card_is_laid_out_with_every_text_that_it_carries(filled: World) -> None:
    page = unescape(filled.get("/teams").text)
    for said in (BOARD_MEETING, "Mandag den 27. maj 2024", *CHECKLIST):
        assert said in page
    assert '<a href="http://127.0.0.1:8080/plan/abc" target="_blank"' in page


def test_an_element_that_the_page_cannot_lay_out_is_named(world: World) -> None:
    world.post("sb", b'{"type": "AdaptiveCard", "body": [{"type": "Carousel"}]}')
    assert "(element af typen Carousel)" in world.get("/teams").text


def test_the_feeds_are_there_to_subscribe_to(world: World) -> None:
    page = world.get("/feeds").text
    assert 'href="http://127.0.0.1:8080/feed/abc"' in page
    assert "http://127.0.0.1:8080/feed/abc.ics" in page


def test_the_service_itself_is_still_behind_the_demo(world: World) -> None:
    assert world.get("/health").json()["status"] == "starting"
    assert world.get("/plan/no-token").status_code == 404


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "*x* _y_", "[x](javascript:alert(1))", "1. maj 2024", "- et", "# x", "`x`"]
)
def test_a_text_that_the_card_escaped_is_shown_as_it_was_written(text: str) -> None:
    shown = card_text(escaped(text))
    assert unescape(shown.removeprefix("<p>").removesuffix("</p>")) == text


def test_markdown_that_is_meant_is_obeyed_but_never_as_markup_of_its_own() -> None:
    assert card_text("**fed** <i>") == "<p><strong>fed</strong> &lt;i&gt;</p>"
    assert "<a" not in card_text("[x](javascript:alert(1))")


@needs_chromium
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_its_window_and_keeps_to_its_own_policy(filled: World, width: int) -> None:
    with a_page(width) as (page, complaints):
        for path in ("/", "/mails", "/mails/1", "/mails/2", "/teams", "/feeds", "/plan"):
            page.goto(filled.url + path)
            assert overhang(page) <= 0
        assert complaints == []


@needs_chromium
def test_the_page_shows_what_comes_without_being_loaded_again(filled: World, reminder_mail: bytes) -> None:
    with a_page(1280) as (page, complaints):
        page.goto(filled.url + "/mails/1")
        page.click("summary")
        filled.clock.advance(timedelta(days=1))
        filled.deliver("late@example.dk", reminder_mail)
        page.wait_for_selector("#inbox :text('late@example.dk')", timeout=10_000)
        page.wait_for_selector("#clock :text('Tirsdag den 12. marts 2024')", timeout=10_000)
        # What the reader had opened stays open.
        assert page.locator("details").evaluate("details => details.open")
        assert complaints == []


@needs_chromium
def test_a_script_in_a_mail_does_not_run(world: World) -> None:
    hostile = EmailMessage()
    hostile["From"], hostile["To"], hostile["Subject"] = "a@example.dk", "sb@example.dk", "x"
    hostile.set_content("x")
    hostile.add_alternative(
        "<html><head></head><body>here<script>document.body.textContent = 'ran'</script></body></html>",
        subtype="html",
    )
    world.deliver("sb@example.dk", hostile.as_bytes())
    with a_page(1280) as (page, _):
        page.goto(world.url + "/mails/1")
        frame = page.frame_locator("iframe")
        assert frame.locator("body").inner_text() == "here"
