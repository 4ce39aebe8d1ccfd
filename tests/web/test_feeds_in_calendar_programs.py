"""Programs that people use take a feed as it is served, and keep every entry on its day."""

from datetime import date
from pathlib import Path

import requests
from icalendar import Calendar

from tests.calendars.programs import Khal, Shown, on_the_day, radicale, vdirsyncer
from tests.calendars.readers import check
from tests.web.conftest import Visited
from tests.web.housing_plan import BOARD_MEETING, housing_plan

SPRING = date(2024, 1, 1)
DUE = {each.activity: each.due_on for each in housing_plan().milestones if each.due_on}


def test_khal_shows_each_entry_on_its_day_and_at_its_hour(visited: Visited, tmp_path: Path) -> None:
    khal = Khal.new(tmp_path / "khal")
    khal.takes(visited.get(f"/feed/{visited.link()}.ics").content)
    shown = khal.shows(SPRING, 365)
    assert len(shown) == len(DUE)
    assert {each.day for each in shown} == {day.isoformat() for day in DUE.values()}
    assert Shown("2024-03-13", "16:00", f"Frist: {BOARD_MEETING}") in shown
    assert [each for each in shown if each.at] == [each for each in shown if BOARD_MEETING in each.title]


def test_vdirsyncer_takes_every_entry_over_http(visited: Visited, tmp_path: Path) -> None:
    token = visited.link()
    # It keeps what it took over http under UIDs of its own.
    files = vdirsyncer(tmp_path, f"{visited.url}/feed/{token}.ics")
    taken = [found for ics in files for found in check(ics)]
    served = check(visited.get(f"/feed/{token}.ics").content)
    assert sorted(each[1:] for each in taken) == sorted(each[1:] for each in served)
    assert len(taken) == len(DUE)


def test_a_caldav_server_keeps_every_entry_and_finds_it_on_its_day(visited: Visited, tmp_path: Path) -> None:
    ics = visited.get(f"/feed/{visited.link()}.ics").content
    with radicale(tmp_path) as server:
        put = requests.put(server, data=ics, headers={"Content-Type": "text/calendar"}, timeout=30)
        assert put.status_code == 201
        kept = Calendar.from_ical(requests.get(server, timeout=30).content).events
        assert len(kept) == len(DUE)
        whole_days = {activity: day for activity, day in DUE.items() if activity != BOARD_MEETING}
        for activity, day in whole_days.items():
            assert activity[:40] in on_the_day(server, day).replace("\n ", "")
