"""Who hears, and how they want to: the settings of an installation, and what they mean to the model."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.any_order.paper import is_worked_on

EVERYTHING = ("email", "teams", "invite")
GROUP, MEMBERS = "Boligselskaberne", ("Nordbo", "Fjordhus", "Fjordhus Bolig")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A recipient. `teams` is the channel behind its webhook; `pause` the first and the last day away."""

    key: str
    emails: tuple[str, ...]
    parties: tuple[str, ...] = ()
    teams: str = ""
    channels: tuple[str, ...] = EVERYTHING
    digest: str = ""
    ahead: tuple[int, ...] | None = None
    pause: tuple[date, date] | None = None
    is_coordinator: bool = False

    def listens(self) -> list[tuple[str, str]]:
        """Channel and address, in lower case, of each way to reach it."""
        mailboxes = [email.lower() for email in self.emails]
        ways = {"email": mailboxes, "invite": mailboxes, "teams": [self.teams] if self.teams else []}
        return [(channel, address) for channel in self.channels for address in ways[channel]]

    def is_away(self, day: date) -> bool:
        return self.pause is not None and self.pause[0] <= day <= self.pause[1]

    def settings(self, webhooks: str) -> dict[str, str]:
        prefix = "COORDINATOR" if self.is_coordinator else f"RECIPIENTS__{self.key}"
        values = {
            "EMAIL": ",".join(self.emails),
            "CHANNELS": ",".join(self.channels),
            "PARTIES": ",".join(self.parties),
            "TEAMS_WEBHOOK": f"{webhooks}/{self.teams}" if self.teams else "",
            "DIGEST": self.digest,
            "AHEAD": ",".join(map(str, self.ahead)) if self.ahead else "",
            "PAUSE": "..".join(map(str, self.pause)) if self.pause else "",
        }
        return {f"{prefix}__{name}": value for name, value in values.items() if value}


PEOPLE = (
    Person(key="NORDBO", emails=("post@nordbo.example",), parties=("Nordbo",), teams="nordbo"),
    Person(
        key="FJORDHUS",
        emails=("bolig@fjordhus.example", "formand@fjordhus.example"),
        parties=("Fjordhus", "Fjordhus Bolig"),
    ),
    Person(
        key="KOMMUNEN", emails=("by@kommunen.example",), parties=("Kommunen",), channels=("email", "teams")
    ),
    Person(key="COORDINATOR", emails=("sekretariat@plan.example",), is_coordinator=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    people: tuple[Person, ...] = PEOPLE
    zone: str = "Europe/Copenhagen"
    ahead: tuple[int, ...] = (30, 14, 7, 1)
    overdue_every: int = 5
    overdue_on: str = "monday"
    escalate_after: int = 14
    done_by: str = "any"
    when_done: str = "update"
    approve_above: int = 1000

    def settings(self, relay: tuple[str, int], webhooks: str) -> Mapping[str, str]:
        found = {
            "SMTP__HOST": relay[0],
            "SMTP__PORT": str(relay[1]),
            "SMTP__SECURITY": "none",
            "SMTP__PER_MINUTE": "0",
            "TIMEZONE": self.zone,
            "REMINDERS__AHEAD": ",".join(map(str, self.ahead)),
            "REMINDERS__OVERDUE_EVERY": str(self.overdue_every),
            "REMINDERS__OVERDUE_ON": self.overdue_on,
            "REMINDERS__ESCALATE_AFTER": str(self.escalate_after),
            "REMINDERS__DONE_BY": self.done_by,
            "REMINDERS__APPROVE_ABOVE": str(self.approve_above),
            "INVITES__WHEN_DONE": self.when_done,
            f"GROUPS__{GROUP}": ",".join(MEMBERS),
        }
        for person in self.people:
            found |= person.settings(webhooks)
        return found

    def person(self, key: str) -> Person | None:
        return next((person for person in self.people if person.key == key), None)

    def with_person(self, person: Person) -> "Office":
        others = tuple(each for each in self.people if each.key != person.key)
        return replace(self, people=(*others, person))

    def without(self, key: str) -> "Office":
        return replace(self, people=tuple(each for each in self.people if each.key != key))

    def listeners(self) -> dict[tuple[str, str], Person]:
        return {way: person for person in self.people for way in person.listens()}


def sending_day(day: date, digest: str) -> date:
    """The day on which somebody is told in time of what falls on a day: that one, or the digest's before."""
    while not is_sending_day(day, digest):
        day -= timedelta(1)
    return day


def is_sending_day(day: date, digest: str) -> bool:
    if not is_worked_on(day):
        return False
    first = {"": day, "weekly": day - timedelta(day.weekday()), "monthly": day.replace(day=1)}[digest]
    return not any(is_worked_on(first + timedelta(step)) for step in range((day - first).days))
