"""What stands in people's calendars follows the plan, however it turns."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from service.plan.milestone import Milestone
from service.plan.window import AWAITING
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 5, 15)))
THURSDAY = date(2024, 2, 1)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    people = (a_recipient("sb"), a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    with a_workplace(tmp_path, THURSDAY, *people) as opened:
        opened.import_plan(a_plan(MEETING))
        opened.work()
        yield opened


def on(day: date) -> Milestone:
    return replace(MEETING, window=a_day(day), due_on=day, deadline=day.isoformat())


def becomes(workplace: Workplace, *milestones: Milestone, days: int = 1) -> None:
    """The plan is imported anew; so many days later the next round comes."""
    workplace.import_plan(a_plan(*milestones), digest=str(milestones))
    if days:
        workplace.clock.advance(timedelta(days))
        workplace.work()
        workplace.work()


def calendar_of(workplace: Workplace, to: str) -> list[tuple[str, str, int]]:
    """Method, date and SEQUENCE of each calendar object that an address was sent."""
    found = []
    for mail in workplace.mails():
        for part in mail.walk():
            if f"{to}@" in mail["To"] and part.get_content_type() == "text/calendar":
                event = Calendar.from_ical(part.get_content()).events[0]
                day = event.decoded("DTSTART").isoformat()
                found.append((str(part.get_param("method")), day, int(str(event["SEQUENCE"]))))
    return found


FIRST = ("REQUEST", "2024-05-15", 0)


def subjects(workplace: Workplace, to: str) -> list[str]:
    return [mail["Subject"] for mail in workplace.mails() if f"{to}@" in mail["To"]]


def test_a_date_that_is_awaited_again_is_told_and_taken_out(workplace: Workplace) -> None:
    becomes(workplace, replace(MEETING, window=AWAITING, due_on=None, deadline="Afventer dato"))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")
    assert 3 == len(subjects(workplace, "sb"))


def test_a_row_that_left_and_came_back_is_in_the_calendar_again(workplace: Workplace) -> None:
    becomes(workplace)
    becomes(workplace, MEETING, days=3)
    expected = [FIRST, ("CANCEL", "2024-05-15", 1), ("REQUEST", "2024-05-15", 2)]
    assert expected == calendar_of(workplace, "sb")


def test_a_date_that_moved_there_and_back_in_a_day_stands_where_it_stood(workplace: Workplace) -> None:
    becomes(workplace, on(date(2024, 6, 3)), days=0)
    workplace.work()
    becomes(workplace, MEETING)
    assert ("REQUEST", "2024-05-15", 2) == calendar_of(workplace, "sb")[-1]


def test_who_is_not_responsible_any_more_is_freed_and_who_is_now_is_invited(workplace: Workplace) -> None:
    becomes(workplace, replace(MEETING, parties=("fob",), responsible="FOB"))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")
    assert [("REQUEST", "2024-05-15", 0)] == calendar_of(workplace, "fob")


def test_a_date_that_moved_into_the_past_is_taken_out(workplace: Workplace) -> None:
    becomes(workplace, on(date(2024, 1, 10)))
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")


def test_who_left_the_settings_is_owed_the_cancellation(workplace: Workplace) -> None:
    people = (a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    office = replace(workplace.parts.office, recipients_of=lambda _plan: (people, ()))
    workplace.parts = replace(workplace.parts, office=office)
    workplace.clock.advance(timedelta(days=1))
    workplace.work()
    assert [FIRST, ("CANCEL", "2024-05-15", 1)] == calendar_of(workplace, "sb")


def test_a_row_that_nobody_was_told_of_comes_and_goes_in_silence(workplace: Workplace) -> None:
    before = len(workplace.mails())
    new = a_milestone(a_day(date(2024, 5, 20)), id="m2", row=2, activity="Nyt hus")
    becomes(workplace, MEETING, new, days=0)
    becomes(workplace, MEETING)
    assert before == len(workplace.mails())
    settled = workplace.counts()
    workplace.work()
    assert settled == workplace.counts(), "planning again changes nothing"


def test_rows_of_the_past_can_be_cleared_away_in_silence(tmp_path: Path) -> None:
    with a_workplace(tmp_path / "..", THURSDAY, a_recipient("sb")) as workplace:
        past = on(date(2022, 3, 1))
        workplace.import_plan(a_plan(past))
        workplace.work()
        becomes(workplace, days=4)
        assert [] == workplace.mails()
