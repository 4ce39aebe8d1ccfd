"""A calendar on a CalDAV server shows a recipient's deadlines, and only ours in it are ever touched."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests
from icalendar import Calendar, Event
from pydantic import SecretStr
from sqlalchemy import func, select

from service.bootstrap import collection_round
from service.delivery.caldav import Place
from service.plan.marks import Mark, MarkKind
from service.plan.milestone import Milestone
from service.plan.window import AWAITING
from service.reminders.notice import Channel, Recipient
from service.reminders.preferences import Preferences
from service.reminders.retention import Retention
from service.reminders.trouble import Medium, Trouble
from service.rounds import plan_notices
from service.storage import tables
from service.storage.collected import visit_all_anew
from service.storage.held_data import held_on
from service.storage.marks import store_mark
from service.storage.pruning import prune
from service.storage.somebody import Somebody
from service.storage.troubles import open_troubles
from tests.calendars.gate import Gate
from tests.calendars.programs import USER, radicale, vdirsyncer_by_caldav
from tests.calendars.readers import check
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

PASSWORD = "en-app-adgangskode-æøå"
FRIDAY = date(2024, 3, 1)
MEETING = a_milestone(a_day(date(2024, 3, 13)))
BUDGET = a_milestone(
    a_day(date(2024, 3, 20)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
BOTH = a_milestone(
    a_day(date(2024, 4, 2)), id="m3", row=3, activity="Fælles møde.", parties=("boligorganisationerne",)
)
PLAN = a_plan(MEETING, BUDGET, BOTH)
NO_INVITES = frozenset({Channel.EMAIL})
SB = replace(a_recipient("sb"), channels=NO_INVITES, preferences=Preferences(collection=True))
COORDINATOR = replace(a_recipient("coordinator", is_coordinator=True), channels=NO_INVITES)
FOREIGN = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Somebody//Else//EN\r
BEGIN:VEVENT\r
UID:not-ours@example.org\r
DTSTAMP:20240101T000000Z\r
DTSTART;VALUE=DATE:20240313\r
SUMMARY:Kage\r
END:VEVENT\r
END:VCALENDAR\r
"""


@dataclass
class Shared:
    """A calendar behind a gate, a service that writes in it, and somebody else who has it open."""

    workplace: Workplace
    gate: Gate
    calendar: str

    def works(self, after: timedelta = timedelta(0)) -> dict[str, int]:
        """A round so much later; which requests it took."""
        self.gate.counts()
        self.workplace.clock.advance(after)
        collection_round(self.workplace.parts)
        return self.gate.counts()

    def becomes(self, *milestones: Milestone) -> dict[str, int]:
        self.workplace.import_plan(a_plan(*milestones), digest=str(milestones))
        return self.works(timedelta(seconds=30))

    def reports(self, kind: MarkKind) -> None:
        now = self.workplace.clock.now()
        with self.workplace.parts.database.write() as connection:
            store_mark(connection, "m1", Mark(kind=kind, on=now.date(), at=now, by="SB"))

    def hears(self, *people: Recipient) -> None:
        office = replace(self.workplace.parts.office, recipients_of=lambda _plan: (people, ()))
        self.workplace.parts = replace(self.workplace.parts, office=office)
        with self.workplace.parts.database.write() as connection:
            visit_all_anew(connection, self.workplace.clock.now())

    def names(self) -> list[str]:
        listed = requests.request("PROPFIND", self.calendar, headers={"Depth": "1"}, timeout=30)
        return sorted(set(re.findall(r"[^/<>]+\.ics", listed.text)))

    def objects(self) -> dict[str, bytes]:
        return {name: requests.get(self.calendar + name, timeout=30).content for name in self.names()}

    def events(self) -> dict[str, Event]:
        """By the summary without what stands before it."""
        events = [Calendar.from_ical(ics).events[0] for ics in self.objects().values()]
        return {str(event["SUMMARY"]).rpartition(": ")[2]: event for event in events}

    def days(self) -> dict[str, str]:
        return {str(e["SUMMARY"]): e.decoded("DTSTART").isoformat() for e in self.events().values()}

    def puts(self, name: str, ics: bytes) -> None:
        headers = {"Content-Type": "text/calendar"}
        requests.put(self.calendar + name, data=ics, headers=headers, timeout=30).raise_for_status()

    def edits(self, activity: str, old: bytes, new: bytes) -> None:
        """Somebody changes our entry in their own calendar program."""
        (name,) = (name for name, ics in self.objects().items() if activity.encode() in ics)
        ics = self.objects()[name]
        assert old in ics
        self.puts(name, ics.replace(old, new))

    def troubles(self) -> list[Trouble]:
        with self.workplace.parts.database.read() as connection:
            return open_troubles(connection)

    def remembered(self) -> int:
        with self.workplace.parts.database.read() as connection:
            return connection.scalar(select(func.count()).select_from(tables.resource)) or 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale"), PASSWORD) as calendar:
        yield calendar


@contextmanager
def a_shared_calendar(server: str, folder: Path, *people: Recipient) -> Iterator[Shared]:
    calendar = server.replace("kalender", f"kalender-{folder.name}")
    with Gate(calendar).open() as gate, a_workplace(folder, FRIDAY, *people) as workplace:
        requests.request("MKCALENDAR", calendar, timeout=30).raise_for_status()
        place = Place(url=SecretStr(gate.url), username=USER, password=SecretStr(PASSWORD))
        workplace.parts = replace(workplace.parts, collections={each.key: place for each in people})
        workplace.import_plan(PLAN)
        yield Shared(workplace=workplace, gate=gate, calendar=calendar)


@pytest.fixture
def shared(server: str, tmp_path: Path) -> Iterator[Shared]:
    with a_shared_calendar(server, tmp_path, SB) as opened:
        opened.works()
        yield opened


def test_the_deadlines_of_a_party_stand_in_its_calendar_each_on_its_day(shared: Shared) -> None:
    assert {
        "Frist: Organisationsbestyrelsen godkender materialet.": "2024-03-13",
        "Frist: Fælles møde.": "2024-04-02",
    } == shared.days()
    for ics in shared.objects().values():
        assert b"METHOD" not in ics, "RFC 4791 4.1"
        assert b"ORGANIZER" not in ics
        assert 1 == len(check(ics))


def test_what_did_not_change_costs_one_look_an_hour(shared: Shared) -> None:
    assert {} == shared.works(timedelta(minutes=5))
    assert {"PROPFIND": 1} == shared.works(timedelta(hours=1)), "what was written changed the collection"
    for _ in range(3):
        assert {"PROPFIND": 1} == shared.works(timedelta(hours=1))


def test_an_import_writes_what_it_changed_and_nothing_else(shared: Shared) -> None:
    before = shared.objects()
    moved = replace(MEETING, window=a_day(date(2024, 3, 15)), due_on=date(2024, 3, 15))
    assert {"PROPFIND": 1, "PUT": 1} == shared.becomes(moved, BUDGET, BOTH)
    assert "2024-03-15" in shared.days().values()
    after = shared.objects()
    assert before.keys() == after.keys()
    assert 1 == sum(before[name] != after[name] for name in before)
    assert 1 == int(str(shared.events()["Organisationsbestyrelsen godkender materialet."]["SEQUENCE"]))


def test_a_row_that_leaves_stays_as_cancelled_for_some_weeks_and_is_then_taken_out(shared: Shared) -> None:
    shared.becomes(BUDGET, BOTH)
    event = shared.events()["Organisationsbestyrelsen godkender materialet."]
    assert ("CANCELLED", "AFLYST") == (event["STATUS"], str(event["SUMMARY"])[:6])
    assert 1 == shared.works(timedelta(days=61))["DELETE"]
    assert ["Frist: Fælles møde."] == list(shared.days())
    assert 1 == shared.remembered()


def test_what_loses_its_date_is_cancelled_and_stands_again_when_it_has_one(shared: Shared) -> None:
    shared.becomes(replace(MEETING, window=AWAITING, due_on=None), BUDGET, BOTH)
    assert "CANCELLED" == shared.events()["Organisationsbestyrelsen godkender materialet."]["STATUS"]
    shared.becomes(MEETING, BUDGET, BOTH)
    event = shared.events()["Organisationsbestyrelsen godkender materialet."]
    assert ("CONFIRMED", 2) == (event["STATUS"], int(str(event["SEQUENCE"])))


def test_what_is_done_gets_a_tick(shared: Shared) -> None:
    shared.reports(MarkKind.DONE)
    assert {"PROPFIND": 1, "PUT": 1} == shared.works()
    assert "✓ Organisationsbestyrelsen godkender materialet." in shared.days()


def test_what_is_up_to_somebody_else_now_is_taken_out(shared: Shared) -> None:
    shared.becomes(replace(MEETING, parties=("fob",)), BUDGET, BOTH)
    assert ["Frist: Fælles møde."] == list(shared.days())


def test_entries_of_others_are_never_touched(shared: Shared) -> None:
    for name in ("kage.ics", "rettidig-.ics", "rettidig-another-plan.ics"):
        shared.puts(name, FOREIGN.replace(b"not-ours", name.encode()))
    before = shared.objects()
    shared.becomes()
    shared.works(timedelta(days=61))
    shared.hears(replace(SB, preferences=Preferences()))
    shared.works()
    assert {name: ics for name, ics in before.items() if b"Kage" in ics} == shared.objects()


def test_what_somebody_moves_renames_or_deletes_is_put_back_at_the_next_look(shared: Shared) -> None:
    before = shared.days()
    shared.edits("Organisationsbestyrelsen", b"DTSTART;VALUE=DATE:20240313", b"DTSTART;VALUE=DATE:20240312")
    shared.edits("lles", b"SUMMARY:Frist", b"SUMMARY:Fest")
    shared.works(timedelta(hours=1))
    assert before == shared.days()
    for name in shared.names():
        requests.delete(shared.calendar + name, timeout=30).raise_for_status()
    assert 2 == shared.works(timedelta(hours=1))["PUT"]
    assert before == shared.days()


def test_an_alarm_or_a_note_that_somebody_adds_stays_until_the_deadline_itself_changes(
    shared: Shared,
) -> None:
    shared.edits("Organisationsbestyrelsen", b"TRANSP:", b"X-NOTE:husk kage\r\nTRANSP:")
    assert {"PROPFIND": 1, "GET": 1} == shared.works(timedelta(hours=1))
    assert {"PROPFIND": 1} == shared.works(timedelta(hours=1)), "it is known by now"
    assert any(b"husk kage" in ics for ics in shared.objects().values())
    shared.reports(MarkKind.DONE)
    shared.works()
    assert not any(b"husk kage" in ics for ics in shared.objects().values())


def test_a_process_that_dies_between_the_servers_word_and_ours_leaves_nothing_twice(
    server: str, tmp_path: Path
) -> None:
    with a_shared_calendar(server, tmp_path, SB) as shared:

        def die(method: str) -> None:
            if method == "PUT":
                raise ConnectionAbortedError

        shared.gate.afterwards = die
        shared.works()
        assert (1, 0) == (len(shared.names()), shared.remembered())
        shared.gate.afterwards = lambda _: None
        shared.works(timedelta(minutes=2))
        assert (2, 2) == (len(shared.names()), shared.remembered())
        assert {} == shared.works()


def test_somebody_who_is_faster_is_looked_at_anew(shared: Shared) -> None:
    asked: Iterator[tuple[int, dict[str, str]]] = iter([(412, {})])
    shared.gate.answers = lambda method: next(asked, None) if method == "PUT" else None
    shared.reports(MarkKind.DONE)
    shared.works()
    assert [] == shared.troubles()
    shared.works(timedelta(minutes=1))
    assert "✓ Organisationsbestyrelsen godkender materialet." in shared.days()


@pytest.mark.parametrize("status", [302, 404])
def test_what_somebody_has_to_mend_is_told_to_the_coordinator_once_and_ends_by_itself(
    server: str, tmp_path: Path, status: int
) -> None:
    with a_shared_calendar(server, tmp_path, SB, COORDINATOR) as shared:
        shared.gate.answers = lambda _: (status, {"Location": shared.gate.url + "elsewhere/"})
        assert {"PROPFIND": 1} == shared.works(), "no redirect is followed"
        assert {} == shared.works(timedelta(seconds=30))
        for _ in range(3):
            shared.works(timedelta(hours=1))
        (trouble,) = shared.troubles()
        assert (Medium.CALENDAR, "sb", str(status)) == (trouble.medium, trouble.recipient, trouble.code)
        told = told_of(shared)
        assert 1 == len(told)
        assert f"({status})" in told[0]
        assert PASSWORD not in told[0]
        shared.gate.answers = lambda _: None
        shared.works(timedelta(hours=1))
        assert [] == shared.troubles()
        assert 2 == len([day for title, day in shared.days().items() if "SB" not in title])


def told_of(shared: Shared) -> list[str]:
    for _ in range(2):
        plan_notices(shared.workplace.parts.database, shared.workplace.clock, shared.workplace.parts.office)
        shared.workplace.work()
        shared.workplace.clock.advance(timedelta(minutes=30))
    bodies = [
        mail.get_body(("plain",))
        for mail in shared.workplace.mails()
        if "Kalenderen er ikke opdateret: SB" == mail["Subject"]
    ]
    return [str(body.get_content()) for body in bodies if body]


def test_what_may_pass_is_told_after_a_day_and_no_mail_waits_for_it(server: str, tmp_path: Path) -> None:
    with a_shared_calendar(server, tmp_path, SB, COORDINATOR) as shared:
        shared.gate.answers = lambda _: (503, {"Retry-After": "600"})
        assert {"PROPFIND": 1} == shared.works()
        assert {} == shared.works(timedelta(minutes=9)), "Retry-After is kept"
        shared.works(timedelta(minutes=2))
        shared.workplace.work()
        assert [] == shared.troubles()
        assert any("sb@" in mail["To"] for mail in shared.workplace.mails())
        shared.works(timedelta(days=1))
        assert ["503"] == [trouble.code for trouble in shared.troubles()]


def test_a_wrong_password_is_tried_once_an_hour_and_at_once_when_the_service_starts(shared: Shared) -> None:
    wrong = replace(shared.workplace.parts.collections["sb"], password=SecretStr("forkert"))
    right = shared.workplace.parts
    shared.workplace.parts = replace(right, collections={"sb": wrong})
    shared.reports(MarkKind.DONE)
    assert {"PROPFIND": 1} == shared.works()
    assert ["401"] == [trouble.code for trouble in shared.troubles()]
    assert {} == shared.works(timedelta(minutes=50))
    shared.workplace.parts = right
    shared.hears(SB)
    shared.works()
    assert ([], True) == (shared.troubles(), any(title.startswith("✓") for title in shared.days()))


def test_who_wants_no_collection_any_more_has_ours_taken_out(shared: Shared) -> None:
    shared.hears(replace(SB, preferences=Preferences()))
    assert 2 == shared.works()["DELETE"]
    assert ([], 0) == (shared.names(), shared.remembered())
    assert {} == shared.works(timedelta(days=1)), "and is left alone from then on"


def test_a_service_that_is_stopped_meanwhile_takes_out_the_rest_when_it_is_back(shared: Shared) -> None:
    stopping = shared.workplace.parts.stopping
    shared.gate.afterwards = lambda method: stopping.set() if method == "DELETE" else None
    shared.hears(replace(SB, preferences=Preferences()))
    shared.works()
    assert (1, 1) == (len(shared.names()), shared.remembered())
    stopping.clear()
    shared.hears(replace(SB, preferences=Preferences()))
    shared.works()
    assert (0, 0) == (len(shared.names()), shared.remembered())


def test_two_recipients_in_one_calendar_see_each_deadline_once(server: str, tmp_path: Path) -> None:
    fob = replace(SB, key="fob", parties=frozenset({"fob"}))
    with a_shared_calendar(server, tmp_path, SB, fob) as shared:
        shared.works()
        assert 3 == len(shared.names())


def test_the_coordinator_sees_the_whole_plan_and_whose_each_deadline_is(server: str, tmp_path: Path) -> None:
    coordinator = replace(COORDINATOR, preferences=Preferences(collection=True))
    with a_shared_calendar(server, tmp_path, coordinator) as shared:
        shared.works()
        assert 3 == len(shared.names())
        assert "SB · Frist: Organisationsbestyrelsen godkender materialet." in shared.days()


def test_vdirsyncer_reads_the_collection_back(shared: Shared, tmp_path: Path) -> None:
    calendar = re.sub(r"//.*@", "//", shared.calendar)
    files = vdirsyncer_by_caldav(tmp_path, calendar, PASSWORD)
    assert ["2024-03-13", "2024-04-02"] == sorted(found.start for ics in files for found in check(ics))


def test_what_is_held_of_a_calendar_is_told_and_is_forgotten_after_a_while(shared: Shared) -> None:
    database, now = shared.workplace.parts.database, shared.workplace.clock.now()
    with database.read() as connection:
        (held,) = held_on(connection, Somebody(keys=frozenset({"sb"})), None)["collections"]
    assert ("sb", 2) == (held["recipient"], held["entries"])
    assert shared.gate.url not in str(held)
    for days, kept in ((729, 2), (730, 0)):
        at = now + timedelta(days)
        with database.write() as connection:
            prune(connection, Retention(), [], now=at, today=at.date())
        assert kept == shared.remembered()
