"""Small plans, milestones and hearers for tests; every argument has a plain default."""

from datetime import UTC, date, datetime, time
from typing import Any

from service.plan.marks import Mark, MarkKind
from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.place import place_of
from service.plan.plan import Plan
from service.plan.window import AWAITING, Certainty, Kind, Window
from service.reminders.notice import Channel, Hearer
from service.reminders.trouble import Medium, Trouble


def a_day(day: date, at: time | None = None) -> Window:
    return Window(starts_on=day, ends_on=day, kind=Kind.DAY, certainty=Certainty.EXACT, time=at)


def a_stretch(starts_on: date, ends_on: date, kind: Kind = Kind.RANGE) -> Window:
    return Window(starts_on=starts_on, ends_on=ends_on, kind=kind, certainty=Certainty.APPROXIMATE)


def a_milestone(window: Window = AWAITING, **changes: Any) -> Milestone:
    values: dict[str, Any] = {
        "id": "m1",
        "row": 1,
        "where": place_of("tabel 1, række 1"),
        "deadline": "13. marts 2024",
        "window": window,
        "due_on": window.last_day,
        "activity": "Organisationsbestyrelsen godkender materialet.",
        "responsible": "SB",
        "parties": ("sb",),
    }
    return Milestone(**values | changes)


def a_plan(*milestones: Milestone, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "title": "Samlet procesplan",
        "language": "da",
        "milestones": milestones,
        "parties": (
            Party(id="sb", name="Slagelse Boligselskab", aliases=("SB",)),
            Party(id="fob", name="FOB"),
            Party(id="sk", name="Slagelse Kommune", aliases=("SK",)),
            Party(id="boligorganisationerne", name="Boligorganisationerne", members=("sb", "fob")),
        ),
    }
    return Plan(**values | changes)


def a_mark(kind: MarkKind, on: date, **changes: Any) -> Mark:
    values: dict[str, Any] = {"kind": kind, "on": on, "at": datetime.combine(on, time(9), UTC), "by": "SB"}
    return Mark(**values | changes)


def a_hearer(recipient: str = "sb", channel: Channel = Channel.EMAIL, **changes: Any) -> Hearer:
    values: dict[str, Any] = {
        "recipient": recipient,
        "name": recipient.upper(),
        "channel": channel,
        "address": recipient if channel is Channel.TEAMS else f"{recipient}@example.dk",
        "parties": frozenset({recipient}),
        "language": "da",
    }
    return Hearer(**values | changes)


def a_trouble(recipient: str, since: datetime, **changes: Any) -> Trouble:
    values: dict[str, Any] = {
        "id": 1,
        "medium": Medium.MAIL,
        "address": f"{recipient}@example.dk",
        "recipient": recipient,
        "milestone": "m1",
        "subject": "Frist",
        "reason": "refused 550 5.1.1",
        "stage": "RCPT",
        "code": "550 5.1.1",
        "text": "",
        "is_dead": True,
        "since": since,
    }
    return Trouble(**values | changes)


COORDINATOR = a_hearer("coordinator", parties=frozenset(), is_coordinator=True)
