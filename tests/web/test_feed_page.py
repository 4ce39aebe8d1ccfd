"""The page that helps people to subscribe to a feed."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from service.web.subscriptions import subscriptions
from tests.web.conftest import Visited

FEED = "https://frister.example.dk/feed/abc.ics"


def test_each_program_gets_the_address_in_the_form_that_it_takes() -> None:
    outlook, outlook_com, google, webcal = (each.url for each in subscriptions(FEED, "Frister for SB & FOB"))
    for address in (outlook, outlook_com):
        assert parse_qs(urlsplit(address).query) == {"url": [FEED], "name": ["Frister for SB & FOB"]}
    assert parse_qs(urlsplit(google).query) == {"cid": ["webcal://frister.example.dk/feed/abc.ics"]}
    assert webcal == "webcal://frister.example.dk/feed/abc.ics"


def test_the_page_names_the_party_and_offers_every_program_and_the_plain_address(visited: Visited) -> None:
    token = visited.link(subject="sb")
    page = unescape(visited.get(f"/feed/{token}").text)
    address = f"https://frister.example.dk/feed/{token}.ics"
    assert "Frister for Slagelse Boligselskab" in page
    assert f'<p class="address" tabindex="0">{address}</p>' in page
    assert [each.url for each in subscriptions(address, "Frister for Slagelse Boligselskab")] == re.findall(
        r'class="button" href="([^"]+)"', page
    )
    assert "op til et døgn" in page


def test_the_address_on_the_page_is_the_feed(visited: Visited) -> None:
    page = visited.get(f"/feed/{visited.link()}").text
    (address,) = re.findall(r'class="address" tabindex="0">([^<]+)<', page)
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
