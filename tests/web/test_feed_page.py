"""The page that helps people to subscribe to a feed."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from service.errors import Language
from service.storage.links import OF_THE_COORDINATOR, Holder, LinkKind, create_link, find_link
from service.web.subscriptions import subscriptions
from tests.web.conftest import Visited
from tests.web.reporting import press

FEED = "https://frister.example.dk/feed/abc.ics"


def test_each_program_gets_the_address_in_the_form_that_it_takes() -> None:
    named = subscriptions(FEED, "Frister for SB & FOB")
    assert [each.program for each in named] == [
        "outlook",
        "outlook.com",
        "outlook.classic",
        "google",
        "apple",
    ]
    outlook, outlook_com, classic, google, apple = (each.url for each in named)
    for address in (outlook, outlook_com):
        assert parse_qs(urlsplit(address).query) == {"url": [FEED], "name": ["Frister for SB & FOB"]}
    assert parse_qs(urlsplit(google).query) == {"cid": ["webcal://frister.example.dk/feed/abc.ics"]}
    assert classic == apple == "webcal://frister.example.dk/feed/abc.ics"


def test_the_page_names_the_party_and_offers_every_program_and_the_plain_address(visited: Visited) -> None:
    token = visited.link(subject="sb")
    page = unescape(visited.get(f"/feed/{token}").text)
    address = f"https://frister.example.dk/feed/{token}.ics"
    assert "Frister for Slagelse Boligselskab" in page
    assert f'<p class="address" id="address" tabindex="0">{address}</p>' in page
    assert [each.url for each in subscriptions(address, "Frister for Slagelse Boligselskab")] == re.findall(
        r'class="button" href="([^"]+)"', page
    )
    assert "op til et døgn" in page


def test_the_address_on_the_page_is_the_feed(visited: Visited) -> None:
    page = visited.get(f"/feed/{visited.link()}").text
    (address,) = re.findall(r'class="address" id="address" tabindex="0">([^<]+)<', page)
    assert visited.get(urlsplit(address).path).headers["Content-Type"].startswith("text/calendar")


def test_the_next_deadlines_stand_in_words_in_the_order_of_their_dates(visited: Visited) -> None:
    page = visited.get(f"/feed/{visited.link(subject='sk')}").text
    assert page.index("Mandag den 27. maj 2024") < page.index("Mandag den 30. september 2024")
    assert page.index("Mandag den 30. september 2024") < page.index("Ingen dato endnu")


def test_what_is_over_is_not_ahead(visited: Visited) -> None:
    assert "Primo marts 2024" not in visited.get(f"/feed/{visited.link(subject='bestyrelsen')}").text


def test_a_party_that_the_plan_does_not_know_any_more_has_a_page_still(visited: Visited) -> None:
    answer = visited.get(f"/feed/{visited.link(subject='dissolved')}")
    assert answer.status_code == 200
    assert "Der er ingen kommende frister." in answer.text


def test_the_page_stands_in_the_language_of_who_was_sent_it(visited: Visited) -> None:
    reader = Holder(recipient="sb", name="SB", parties=frozenset({"sb"}), language="en")
    with visited.database.write() as connection:
        token = create_link(connection, LinkKind.FEED, "sb", visited.clock.now(), holder=reader)
    assert "Deadlines for Slagelse Boligselskab" in visited.get(f"/feed/{token}").text
    assert "SUMMARY:Deadline" in visited.get(f"/feed/{token}.ics").text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "da",
            (
                "Koordinatorens kalender",
                "op til et døgn",
                "Kopiér",
                "Åbn siden på din telefon",
                "Luk adressen",
            ),
        ),
        (
            "en",
            ("The coordinator", "up to a day", "Copy", "Open this page on your phone", "Close the address"),
        ),
    ],
)
def test_the_page_says_all_it_has_to_in_both_languages(
    visited: Visited, language: Language, words: tuple[str, ...]
) -> None:
    assert visited.site.language == language
    page = unescape(visited.get(f"/feed/{visited.link(subject=OF_THE_COORDINATOR)}").text)
    for word in words:
        assert word in page


def test_a_new_address_leads_to_the_same_feed_and_ends_the_old_one(visited: Visited) -> None:
    old, other = visited.link(subject="sb"), visited.link(subject="sb")
    entries = Calendar.from_ical(visited.get(f"/feed/{old}.ics").text).events
    answer = press(visited, f"/feed/{old}", kind="renew", sure="yes")
    assert answer.status_code == 303
    new = urlsplit(answer.headers["Location"]).path.removeprefix("/feed/")
    assert Calendar.from_ical(visited.get(f"/feed/{new}.ics").text).events == entries
    assert "Den gamle gælder ikke mere" in visited.get(answer.headers["Location"]).text
    assert visited.get(f"/feed/{old}").status_code == visited.get(f"/feed/{old}.ics").status_code == 404
    assert visited.get(f"/feed/{other}.ics").status_code == 200


def test_a_closed_address_opens_nothing_any_more(visited: Visited) -> None:
    token = visited.link(subject="sb")
    answer = press(visited, f"/feed/{token}", kind="close", sure="yes")
    assert (answer.status_code, "Adressen er lukket" in answer.text) == (200, True)
    assert visited.get(f"/feed/{token}.ics").status_code == 404
    assert press(visited, f"/feed/{token}", kind="close", sure="yes").status_code == 404


@pytest.mark.parametrize("kind", ["renew", "close"])
def test_a_button_that_is_pressed_without_the_box_changes_nothing(visited: Visited, kind: str) -> None:
    token = visited.link(subject="sb")
    answer = press(visited, f"/feed/{token}", kind=kind)
    assert (answer.status_code, "Intet er ændret" in answer.text) == (409, True)
    assert visited.get(f"/feed/{token}.ics").status_code == 200


def test_opening_the_page_in_any_way_changes_nothing(visited: Visited) -> None:
    token = visited.link(subject="sb")
    for query in ("", "?renewed=1", "?kind=close&sure=yes", "?kind=renew&sure=yes"):
        visited.get(f"/feed/{token}{query}")
        visited.head(f"/feed/{token}{query}")
    assert press(visited, f"/feed/{token}", kind="done", sure="yes").status_code == 400
    with visited.database.read() as connection:
        assert find_link(connection, LinkKind.FEED, token, visited.clock.now())
