"""The coordinator's overview as a page, for the coordinator's link alone."""

from datetime import date

import pytest

from service.errors import Language
from service.plan.marks import MarkKind
from service.storage.links import LinkKind, revoke_links
from service.storage.marks import store_mark
from tests.chromium import a_page, needs_chromium, overhang
from tests.factories import a_mark
from tests.web.conftest import Visited


def overview(visited: Visited) -> str:
    return visited.get(f"/overview/{visited.link(LinkKind.COORDINATOR)}").text


def test_it_shows_what_the_mail_of_the_month_would_say_today(visited: Visited) -> None:
    with visited.database.write() as connection:
        store_mark(connection, "m2", a_mark(MarkKind.DONE, date(2024, 3, 10), by="Bestyrelsen"))
    page = overview(visited)
    for said in (
        "Overblik marts 2024",
        "Sådan står »Samlet procesplan, ny boligsocial helhedsplan« mandag den 11. marts 2024.",
        "Over fristen (1)",
        "Involverings- og tidsplan indstilles samlet.",
        "De ansvarlige er ikke mindet om det",
        "Kan ikke nås (2)",
        "Landsbyggefonden",
        "Uden dato (2)",
        "I planen efter »August – september 2024: Afholdelse af én fælles workshop-dag for alle…«",
        "På vej til og med 11. april 2024 (2)",
        "Udført siden 1. februar 2024 (1)",
        "Meldt udført af Bestyrelsen",
    ):
        assert said in page, said


def test_each_row_leads_to_its_own_page_where_it_can_be_reported(visited: Visited) -> None:
    token = visited.link(LinkKind.COORDINATOR)
    assert f'href="/plan/{token}/m1"' in visited.get(f"/overview/{token}").text
    assert f'href="/overview/{token}"' in visited.get(f"/plan/{token}").text
    assert visited.get(f"/plan/{token}/m1").status_code == 200


@pytest.mark.parametrize("kind", [LinkKind.PLAN, LinkKind.FEED, LinkKind.API])
def test_no_other_link_opens_it(visited: Visited, kind: LinkKind) -> None:
    token = visited.link(kind)
    assert visited.get(f"/overview/{token}").status_code == 404
    if kind is LinkKind.PLAN:
        assert "/overview/" not in visited.get(f"/plan/{token}").text


def test_a_revoked_link_opens_it_no_more(visited: Visited) -> None:
    token = visited.link(LinkKind.COORDINATOR)
    with visited.database.write() as connection:
        revoke_links(connection, LinkKind.COORDINATOR, "", visited.clock.now())
    assert visited.get(f"/overview/{token}").status_code == 404


def test_before_the_first_import_there_is_nothing_outstanding(empty: Visited) -> None:
    answer = empty.get(f"/overview/{empty.link(LinkKind.COORDINATOR)}")
    assert answer.status_code == 200
    assert "<h2>" not in answer.text


class TestInEnglish:
    @pytest.fixture
    def language(self) -> Language:
        return "en"

    def test_it_speaks_the_language_of_the_service(self, visited: Visited) -> None:
        assert "Overview March 2024" in overview(visited)


@needs_chromium
@pytest.mark.parametrize("width", [1100, 390])
def test_nothing_sticks_out_and_nothing_is_refused(visited: Visited, width: int) -> None:
    with a_page(width) as (page, complaints):
        page.goto(f"{visited.url}/overview/{visited.link(LinkKind.COORDINATOR)}")
        assert overhang(page) == 0
        assert complaints == []
