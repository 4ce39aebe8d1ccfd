"""A plan, its feed, and the feed read as a document: the same windows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.bundled import CONFIG
from service.messages.calendar import CalendarEntry, Status, Version, uid_of
from service.messages.feed import Feed, Row, compose_feed
from service.messages.mailbox import Mailbox
from service.plan.as_json import milestone_as_json
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind, Window
from service.reading.formats import parse
from service.reading.formats.source import Source
from service.reading.reader import read_plan, understand
from tests.calendars.cases import ZONES, any_milestone
from tests.factories import a_milestone, a_plan

STAMP = Version(sequence=0, changed_at=datetime(2024, 2, 1, 7, tzinfo=UTC))


def feed_of(plan: Plan, *, whole: bool = False, zone: str = "Europe/Copenhagen") -> bytes:
    feed = Feed(
        name=plan.title,
        description="Frister",
        language="da",
        zone=zone,
        organizer=Mailbox(address="frister@example.dk", name="Rettidig"),
        plan=plan,
    )
    entries = (
        CalendarEntry(
            uid=uid_of("example.dk", milestone.id),
            milestone=milestone,
            responsible=(),
            status=Status.PLANNED,
            language="da",
            zone=ZoneInfo(zone),
            whole=whole,
        )
        for milestone in plan.milestones
    )
    return compose_feed(feed, [Row(entry, STAMP) for entry in entries]).ics


def read_back(ics: bytes) -> Plan:
    return understand(parse(Source(name="feed.ics", content=ics)))


def said(plan: Plan) -> list[dict[str, object]]:
    """What the JSON says of each dated milestone, but for the number of its row, in order of the dates."""
    dated = sorted((each.due_on, each.row, each) for each in plan.milestones if each.due_on)
    return [milestone_as_json(replace(each, row=0)) for _, _, each in dated]


@pytest.mark.parametrize("whole", [False, True])
def test_the_feed_of_the_bundled_plan_reads_as_the_plan(*, whole: bool, tmp_path: Path) -> None:
    plan = read_plan(CONFIG / "procesplan.docx")
    (tmp_path / "feed.ics").write_bytes(feed_of(plan, whole=whole))
    again = read_plan(tmp_path / "feed.ics")
    assert said(again) == said(plan)
    assert again.title == plan.title
    named = {party for each in again.milestones for party in each.parties}
    assert set(again.parties) >= {party for party in plan.parties if party.id in named and not party.members}


@given(
    found=st.lists(any_milestone(), min_size=1, max_size=4),
    zone=ZONES,
    whole=st.booleans(),
)
def test_every_window_reads_back_as_it_was(found: list[Milestone], zone: str, *, whole: bool) -> None:
    numbered = (replace(each, id=f"m{row}", row=row) for row, each in enumerate(found, start=1))
    plan = a_plan(*numbered)
    assert said(read_back(feed_of(plan, whole=whole, zone=zone))) == said(plan)


def a_window_of_march() -> Plan:
    march = Window(
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 3, 31),
        kind=Kind.MONTH,
        certainty=Certainty.APPROXIMATE,
    )
    return a_plan(a_milestone(march, deadline="Marts 2024"))


@pytest.mark.parametrize(
    ("change", "starts_on"),
    [
        (lambda ics: ics, date(2024, 3, 1)),
        (
            lambda ics: ics.replace(b"20240331", b"20240417").replace(b"20240401", b"20240418"),
            date(2024, 4, 17),
        ),
        (lambda ics: ics.replace(b"X-RETTIDIG-PLAN", b"X-PLAN"), date(2024, 3, 31)),
        (lambda ics: ics.replace(b"2024-03-31", b"2024-02-31"), date(2024, 3, 31)),
        (lambda ics: ics.replace(b"approximate", b"perhaps"), date(2024, 3, 31)),
        (lambda ics: ics.replace(b'"kind"', b'"sort"'), date(2024, 3, 31)),
        (
            lambda ics: ics.replace(b"X-RETTIDIG-PLAN:", b"X-RETTIDIG-PLAN:" + b"[" * 50_000),
            date(2024, 3, 31),
        ),
        (lambda ics: ics.replace(b'"da"', b'"\\\\ud83d"'), date(2024, 3, 31)),
    ],
)
def test_what_somebody_changed_is_read_by_the_day_it_lies_on(
    change: Callable[[bytes], bytes], starts_on: date
) -> None:
    unfolded = feed_of(a_window_of_march()).replace(b"\r\n ", b"")
    (milestone,) = read_back(change(unfolded)).milestones
    assert milestone.window.starts_on == starts_on


def test_what_is_called_off_is_told_and_is_no_row() -> None:
    plan = a_window_of_march()
    other = replace(plan.milestones[0], id="m2", row=2, activity="Et møde, der ikke bliver til noget")
    ics = feed_of(replace(plan, milestones=(*plan.milestones, other)))
    before, _, last = ics.rpartition(b"STATUS:TENTATIVE")
    again = read_back(before + b"STATUS:CANCELLED" + last)
    assert [each.activity for each in again.milestones] == [plan.milestones[0].activity]
    (finding,) = [each for each in again.findings if each.code == "entry-called-off"]
    assert "Et møde" in str(finding.values["written"])
