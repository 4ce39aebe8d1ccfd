"""The people and milestones the message tests speak of, and the tools that read messages independently."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from service.bundled import TEMPLATES
from service.messages.calendar import CalendarEntry, Status, uid_of
from service.messages.email import Envelope
from service.messages.mailbox import Mailbox, Sender
from service.messages.reminder import Item, Reminder
from service.messages.templates import Templates
from service.plan.milestone import Milestone
from service.plan.place import Place, Spot
from service.plan.window import AWAITING, Certainty, Kind, Window
from service.reminders.notice import Occasion

GOLDEN = Path(__file__).parent / "golden"
PLAN = "Procesplan for ny helhedsplan 2025-2029"


def _milestone(row: int, deadline: str, window: Window, activity: str, responsible: str) -> Milestone:
    return Milestone(
        id=f"m{row}",
        row=row,
        where=Place.at(Spot.ROW, row),
        deadline=deadline,
        window=window,
        due_on=window.last_day,
        activity=activity,
        responsible=responsible,
        parties=(responsible.lower(),),
    )


def _day(day: date, clock: time | None = None, kind: Kind = Kind.DAY) -> Window:
    starts_on = None if kind is Kind.BY else day
    return Window(starts_on=starts_on, ends_on=day, kind=kind, certainty=Certainty.EXACT, time=clock)


PRIMO = _milestone(
    1,
    "Primo marts 2024",
    Window(
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 3, 10),
        kind=Kind.PART_OF_MONTH,
        certainty=Certainty.APPROXIMATE,
    ),
    "Bestyrelsen godkender materialet og indstiller til kommunen.",
    "Bestyrelsen",
)
BOARD = _milestone(
    2, "20. marts 2024", _day(date(2024, 3, 20)), "FOB - bestyrelsen behandler prækvalifikationen.", "FOB"
)
COUNCIL = replace(
    _milestone(
        3,
        "Maj 2024",
        Window(
            starts_on=date(2024, 5, 1),
            ends_on=date(2024, 5, 31),
            kind=Kind.MONTH,
            certainty=Certainty.APPROXIMATE,
        ),
        "Materialet skal på byrådsmøde 27. maj.",
        "Kommunen",
    ),
    due_on=date(2024, 5, 27),
    checklist=("I Et ansøgningsskema", "II Et budget"),
)
MEETING = _milestone(
    4, "27. maj 2024 kl. 16", _day(date(2024, 5, 27), time(16)), "Møde i styregruppen.", "SB"
)
HAND_IN = _milestone(
    5,
    "Senest 2. december 2024 kl. 12",
    _day(date(2024, 12, 2), time(12), Kind.BY),
    "Ansøgningen er modtaget af fonden.",
    "SB",
)
UNDATED = _milestone(6, "Afventer dato", AWAITING, "Politisk fremlæggelse af udkastet.", "Kommunen")

MILESTONES = SimpleNamespace(
    primo=PRIMO, board=BOARD, council=COUNCIL, meeting=MEETING, hand_in=HAND_IN, undated=UNDATED
)


def _item(milestone: Milestone, occasion: Occasion, on: date, was: date | None = None) -> Item:
    return Item(
        milestone=milestone,
        occasion=occasion,
        days=(milestone.due_on - on).days if milestone.due_on else None,
        responsible=(milestone.responsible,),
        was=was,
        done_url=f"https://frister.example.dk/done/{milestone.id}",
    )


def _reminder(on: date, *told: tuple[Milestone, Occasion], **other: Any) -> Reminder:
    given: dict[str, Any] = {
        "language": "da",
        "recipient_name": "FOB",
        "plan_title": PLAN,
        "coordinator_name": "Mette Koch",
        "plan_url": "https://frister.example.dk/plan",
        "feed_url": "https://frister.example.dk/feed/fob",
    }
    items = tuple(_item(milestone, occasion, on) for milestone, occasion in told)
    return Reminder(on=on, items=items, **(given | other))


@pytest.fixture(scope="session")
def milestones() -> SimpleNamespace:
    return MILESTONES


@pytest.fixture(scope="session")
def remind() -> Callable[..., Reminder]:
    return _reminder


@pytest.fixture(scope="session")
def templates() -> Templates:
    return Templates(TEMPLATES)


@pytest.fixture(scope="session")
def envelope() -> Envelope:
    return Envelope(
        sender=Sender(
            mailbox=Mailbox(address="frister@example.dk", name="Rettidig"),
            reply_to=Mailbox(address="mette@example.dk", name="Mette Koch"),
        ),
        to=Mailbox(address="fob@example.dk", name="FOB, sekretariatet"),
        message_id="<8d5f0c2b@example.dk>",
        at=datetime(2024, 3, 13, 7, 0, tzinfo=UTC),
    )


@pytest.fixture(scope="session")
def enter() -> Callable[..., CalendarEntry]:
    def entry(milestone: Milestone, status: Status = Status.PLANNED) -> CalendarEntry:
        return CalendarEntry(
            uid=uid_of("example.dk", "plan", milestone.id, "fob@example.dk"),
            milestone=milestone,
            responsible=(milestone.responsible,),
            status=status,
            language="da",
            zone=ZoneInfo("Europe/Copenhagen"),
            url="https://frister.example.dk/plan",
        )

    return entry


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], None]:
    """Compares with a kept file. Delete the file to have it written anew, and look at what it says."""

    def compare(name: str, text: str) -> None:
        kept = GOLDEN / name
        text = text.replace("\r\n", "\n")
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(text, encoding="utf-8")
            pytest.fail(f"{kept.name} was not there and has been written: read it, then run again")
        assert text == kept.read_text(encoding="utf-8")

    return compare
