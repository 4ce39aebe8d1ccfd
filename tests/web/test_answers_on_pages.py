"""What calendars answered, and who is not reached, stands beside the milestone on every page of it."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert

from service.errors import Language
from service.messages.calendar import Version
from service.messages.invite import InviteState
from service.reminders.calendars import HeldEntry
from service.reminders.responses import Said
from service.reminders.trouble import BOUNCE
from service.storage import tables
from service.storage.invites import store_invite
from service.storage.links import LinkKind
from service.storage.responses import Answered, Invited, store_response
from tests.chromium import a_page, needs_chromium, overhang
from tests.web.conftest import Visited
from tests.web.reporting import a_mail_link

MEETING = "m3"
REMARK = "Ferie <b>hele</b> ugen"


def answers(visited: Visited, recipient: str, said: Said, *, sequence: int = 0, **more: object) -> None:
    """As if the entry had been sent, at SEQUENCE `sequence`, and the first one answered."""
    address, at = f"{recipient}@example.dk", visited.clock.now()
    entry = HeldEntry(
        milestone=MEETING,
        address=address,
        recipient=recipient,
        due_on=date(2024, 3, 13),
        sequence=sequence,
        told_on=at.date(),
    )
    state = InviteState(version=Version(sequence=sequence, changed_at=at), schedule="", wording="")
    with visited.database.write() as connection:
        store_invite(connection, entry, state, cancelled=False)
        to = Invited(milestone=MEETING, address=address, recipient=recipient, sequence=sequence)
        answered = Answered(said=said, sequence=0, answered_at=at, **more)  # type: ignore[arg-type]
        assert store_response(connection, to, answered, at)


def is_not_reached(visited: Visited, recipient: str) -> None:
    with visited.database.write() as connection:
        connection.execute(
            insert(tables.trouble).values(
                medium="mail",
                address=f"{recipient}@example.dk",
                recipient=recipient,
                milestone=MEETING,
                subject="Frist",
                reason="bounced 550 5.1.1",
                stage=BOUNCE,
                code="550 5.1.1",
                text="",
                is_dead=True,
                since=visited.clock.now() - timedelta(hours=1),
            )
        )


def everything(visited: Visited) -> None:
    answers(visited, "sb", Said.DECLINED, comment=REMARK)
    answers(visited, "sk", Said.PROPOSED, proposed_on=date(2024, 3, 12), proposed_time=time(10))
    is_not_reached(visited, "sb")


SHOWN: dict[Language, tuple[str, ...]] = {
    "da": (
        "Kan ikke nås: Slagelse Boligselskab",
        "Takket nej: Slagelse Boligselskab",
        "Foreslår 12. marts kl. 10.00: Slagelse Kommune",
    ),
    "en": (
        "Not reached: Slagelse Boligselskab",
        "Declined: Slagelse Boligselskab",
        "Propose 12 March at 10:00: Slagelse Kommune",
    ),
}


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_plan_and_the_pages_of_parties_show_it(visited: Visited, language: Language) -> None:
    everything(visited)
    for path in (
        f"/plan/{visited.link(LinkKind.PLAN)}",
        f"/plan/{visited.link(LinkKind.COORDINATOR)}",
        f"/plan/{visited.link(LinkKind.COORDINATOR)}/{MEETING}",
        f"/feed/{visited.link(LinkKind.FEED, 'sb')}",
    ):
        page = visited.get(path).text
        for said in SHOWN[language]:
            assert said in page, path


def test_a_recipients_own_page_shows_it_without_remarks(visited: Visited) -> None:
    everything(visited)
    page = visited.get(a_mail_link(visited, MEETING)).text
    for said in SHOWN["da"]:
        assert said in page
    assert "Ferie" not in page


def test_remarks_are_for_the_coordinator_and_are_text(visited: Visited) -> None:
    everything(visited)
    assert "Ferie" not in visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
    page = visited.get(f"/plan/{visited.link(LinkKind.COORDINATOR)}").text
    assert "Slagelse Boligselskab: »Ferie &lt;b&gt;hele&lt;/b&gt; ugen«" in page
    assert "@example.dk" not in page


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (Said.ACCEPTED, "Takket ja: Slagelse Kommune"),
        (Said.TENTATIVE, "Måske: Slagelse Kommune"),
        (Said.DELEGATED, "Overladt til en anden: Slagelse Kommune"),
    ],
)
def test_what_asks_for_nothing_is_shown_too(visited: Visited, said: Said, shown: str) -> None:
    answers(visited, "sk", said)
    assert shown in visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text


def test_an_answer_for_an_earlier_date_is_shown_as_one(visited: Visited) -> None:
    answers(visited, "sk", Said.ACCEPTED, sequence=1)
    page = visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
    assert "Har kun svaret på en tidligere dato: Slagelse Kommune" in page
    assert "Takket ja" not in page


def test_other_programs_read_it_without_addresses(visited: Visited) -> None:
    everything(visited)
    key = visited.link(LinkKind.API)
    found = visited.get("/api/plan", Authorization=f"Bearer {key}")
    (meeting,) = [each for each in found.json()["milestones"] if each["id"] == MEETING]
    assert ["sb"] == meeting["unreachable"]
    assert [("sb", "declined", None), ("sk", "proposed", "2024-03-12")] == [
        (each["recipient"], each["said"], each["proposed_on"]) for each in meeting["answers"]
    ]
    assert "@" not in found.text
    assert "Ferie" not in found.text


@needs_chromium
@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_on_screens_and_phones(visited: Visited, width: int) -> None:
    everything(visited)
    answers(visited, "bestyrelsen", Said.ACCEPTED)
    with a_page(width) as (page, complaints):
        page.goto(f"{visited.url}/plan/{visited.link(LinkKind.COORDINATOR)}")
        assert 0 == overhang(page)
        assert 1 == page.locator(".answer.yes").count()
        page.goto(f"{visited.url}/plan/{visited.link(LinkKind.COORDINATOR)}/{MEETING}")
        assert 0 == overhang(page)
    assert [] == complaints
