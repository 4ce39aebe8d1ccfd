"""The program as a process keeps a calendar on a CalDAV server, whatever happens to it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from icalendar import Calendar

from tests.calendars.gate import Gate
from tests.calendars.programs import USER, radicale
from tests.installation import Installation, Running, an_installation

PASSWORD = "kanarie-æøå-7f3a"
AS_OF = "2024-03-01T09:00"


@dataclass
class Office:
    """A program that keeps the calendar of SB, which stands behind a gate."""

    installation: Installation
    gate: Gate
    calendar: str

    def names(self) -> list[str]:
        listed = requests.request("PROPFIND", self.calendar, headers={"Depth": "1"}, timeout=30)
        return sorted(set(re.findall(r"[^/<>]+\.ics", listed.text)))

    def entries(self) -> list[tuple[str, str]]:
        """The title and the day of each."""
        objects = [requests.get(self.calendar + name, timeout=30).content for name in self.names()]
        events = [Calendar.from_ical(ics).events[0] for ics in objects]
        return [(str(event["SUMMARY"]), event.decoded("DTSTART").isoformat()) for event in events]

    def kept(self) -> int:
        """How many entries the program remembers."""
        with closing(sqlite3.connect(self.installation.folder / "rettidig.db")) as database:
            return int(database.execute("SELECT count(*) FROM resource").fetchone()[0])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with (
        radicale(tmp_path, PASSWORD) as calendar,
        Gate(calendar).open() as gate,
        an_installation(tmp_path, SB="sb@example.dk") as installation,
    ):
        requests.request("MKCALENDAR", calendar, timeout=30).raise_for_status()
        installation.settings |= {
            "RETTIDIG_RECIPIENTS__SB__COLLECTION__URL": gate.url,
            "RETTIDIG_RECIPIENTS__SB__COLLECTION__USERNAME": USER,
            "RETTIDIG_RECIPIENTS__SB__COLLECTION__PASSWORD": PASSWORD,
            "RETTIDIG_LANGUAGE": "da",
        }
        yield Office(installation=installation, gate=gate, calendar=calendar)


def test_a_calendar_is_tried_kept_over_kills_and_emptied_before_somebody_is_erased(office: Office) -> None:
    program = office.installation

    assert "En prøvefrist blev skrevet og taget ud igen." in program.ask("test-send", "SB")
    assert [] == office.names()

    running: list[Running] = []
    puts = iter(range(1, 100))

    def kill_at_the_third(method: str) -> None:
        """The server has it, and the program never hears so."""
        if method == "PUT" and next(puts) == 3:
            running[0].kill()

    office.gate.afterwards = kill_at_the_third
    running.append(program.start(AS_OF))
    running[0].ended()
    assert 3 == len(office.names())

    again = program.start(AS_OF)
    again.until(lambda: len(office.names()) > 3 and office.kept() == len(office.names()), "all entries")
    written = office.entries()
    assert len(set(written)) == len(written)
    said = again.stop()
    assert PASSWORD not in said
    assert office.gate.url not in said

    assert "Kalenderen svarer, og vi må skrive i den." in program.command("doctor").stdout
    taking_out = program.start(AS_OF, RECIPIENTS__SB__CHANNELS="email")
    taking_out.until(lambda: not office.names(), "none is left")
    taking_out.stop()


def test_what_is_left_in_a_calendar_that_the_settings_forgot_is_said(office: Office) -> None:
    program = office.installation
    running = program.start(AS_OF)
    running.until(lambda: len(office.names()) > 3, "entries")
    running.stop()
    count = office.kept()
    written = f"{count} frister er skrevet i modtagerens egen kalender"
    assert written in program.command("erase", "SB", "--yes").stderr, "before it is too late"
    for name in list(program.settings):
        if "__SB__" in name:
            del program.settings[name]
    assert f"{count} frister står stadig i en kalender" in program.command("doctor").stdout
    said = program.command("erase", "SB", "--yes")
    assert written in said.stderr
    assert "collection 1" in said.stdout
    assert "frister står stadig" not in program.command("doctor").stdout


def test_a_wrong_password_is_told_in_plain_words(office: Office) -> None:
    office.installation.settings["RETTIDIG_RECIPIENTS__SB__COLLECTION__PASSWORD"] = "kanarie-forkert"
    for command in (["doctor"], ["test-send", "SB"]):
        said = office.installation.command(*command)
        assert 1 == said.returncode
        assert "kender ikke brugeren eller adgangskoden (401)" in said.stdout
        assert "kanarie" not in said.stdout + said.stderr
