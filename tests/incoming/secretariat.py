"""An installation that has sent its invitations, and a mailbox in which the answers arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

from icalendar import Calendar

from service.incoming.inbox import Inbox
from service.incoming.reading import Tally, read_inbox
from service.plan.milestone import Milestone
from service.reminders.notice import Recipient
from service.reminders.responses import Response
from service.storage.responses import responses_in_force
from tests.factories import a_day, a_milestone, a_plan
from tests.incoming.dovecot import Dovecot
from tests.workplace import Workplace, a_recipient, a_workplace

MONDAY = date(2024, 2, 12)
MEETING = a_milestone(a_day(date(2024, 3, 13)))
BUDGET = a_milestone(
    a_day(date(2024, 3, 20)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
SB, FOB, COORDINATOR = "sb@example.dk", "fob@example.dk", "coordinator@example.dk"


@dataclass(slots=True)
class Secretariat:
    workplace: Workplace
    dovecot: Dovecot
    inbox: Inbox

    def read(self) -> Tally:
        parts = self.workplace.parts
        return read_inbox(parts.database, self.workplace.clock, parts.office, self.inbox, lambda: False)

    def receive(self, *mails: bytes) -> Tally:
        self.dovecot.deliver(*mails)
        return self.read()

    def responses(self) -> dict[str, Response]:
        """By address."""
        with self.workplace.parts.database.read() as connection:
            return {each.address: each for each in responses_in_force(connection)}

    def said(self) -> dict[str, str]:
        return {address: response.said.value for address, response in self.responses().items()}

    def uid(self, address: str = SB) -> str:
        return str(self._entry(address)["UID"])

    def sequence(self, address: str = SB) -> int:
        return int(self._entry(address)["SEQUENCE"])

    def _entry(self, address: str) -> dict[str, Any]:
        sent = [mail for mail in self.mails_to(address) if ics_of(mail)]
        (event,) = Calendar.from_ical(ics_of(sent[-1]) or b"").events
        return dict(event)

    def mails_to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.workplace.mails() if mail["To"].addresses[0].addr_spec == address]

    def a_day_later(self, days: int = 1) -> None:
        day = self.workplace.parts.office.rules.local_day(self.workplace.clock.now()) + timedelta(days)
        self.workplace.work_through(day, day)

    def move_meeting(self, to: date) -> None:
        self.workplace.import_plan(a_plan(replace(MEETING, window=a_day(to), due_on=to), BUDGET), digest="2")
        self.workplace.work()


def ics_of(mail: Message) -> bytes | None:
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None


@contextmanager
def a_secretariat(
    folder: Path,
    dovecot: Dovecot,
    *milestones: Milestone,
    recipients: tuple[Recipient, ...] = (),
    base_url: str | None = None,
) -> Iterator[Secretariat]:
    told = recipients or (
        a_recipient("sb"),
        a_recipient("fob"),
        a_recipient("coordinator", is_coordinator=True),
    )
    with a_workplace(folder, MONDAY, *told, base_url=base_url) as workplace:
        workplace.import_plan(a_plan(*(milestones or (MEETING, BUDGET))))
        workplace.work()
        yield Secretariat(workplace, dovecot, dovecot.inbox())
