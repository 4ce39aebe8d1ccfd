"""A whole installation in a folder: real database, SMTP server and webhook receiver, and a clock to move."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from service.bootstrap import Parts, card_round, mail_round
from service.bundled import TEMPLATES
from service.clock import SteppingClock
from service.delivery.smtp import Relay
from service.demo.mailbox import DemoMailbox
from service.demo.receiver import WebhookReceiver
from service.importing import PlanFile, import_plan
from service.messages.composing import Stationery
from service.messages.mailbox import Mailbox, Sender
from service.messages.templates import Templates
from service.plan.plan import Plan
from service.reading.reader import read_plan
from service.reminders.notice import Recipient
from service.reminders.office import Office
from service.reminders.retention import Retention
from service.reminders.rules import Rules
from service.rounds import plan_notices
from service.storage import notices
from service.storage.install import open_installation
from service.upkeep import tidy
from tests.migrated import migrated

RULES = Rules(overview="none")
"""Where the overview of the month is not what a test is about, the coordinator does without."""
RETENTION = Retention()


def a_recipient(key: str, *emails: str, teams: bool = False, is_coordinator: bool = False) -> Recipient:
    return Recipient(
        key=key,
        name=key.upper(),
        parties=frozenset() if is_coordinator else frozenset({key}),
        emails=emails or (f"{key}@example.dk",),
        teams=f"{key}-channel" if teams else None,
        is_coordinator=is_coordinator,
    )


@dataclass(slots=True, kw_only=True)
class Workplace:
    parts: Parts
    relay: Relay
    clock: SteppingClock
    mailbox: DemoMailbox
    receiver: WebhookReceiver

    def import_plan(self, plan: Plan, digest: str = "1") -> None:
        import_plan(
            self.parts.database,
            self.clock,
            self.parts.office.rules,
            plan,
            digest=digest,
            source="plan.docx",
            watched=None,
        )

    def work(self) -> None:
        """One round of each kind, as the daemon makes them."""
        plan_notices(self.parts.database, self.clock, self.parts.office)
        tidy(self.parts.database, self.clock, self.parts.office)
        mail_round(self.parts, self.relay)
        card_round(self.parts)

    def work_through(self, first: date, last: date) -> None:
        """A round at the sending time of each day."""
        day = first
        while day <= last:
            self.clock.set(self.parts.office.rules.sent_at(day))
            self.work()
            day += timedelta(days=1)

    def counts(self) -> dict[str, int]:
        with self.parts.database.read() as connection:
            found = notices.count_by_state(connection)
        assert found["planned"] == sum(count for state, count in found.items() if state != "planned")
        return found

    def mails(self) -> list[EmailMessage]:
        parsed = (message_from_bytes(mail.raw, policy=default) for mail in self.mailbox.messages())
        return [message for message in parsed if isinstance(message, EmailMessage)]


@contextmanager
def a_workplace(
    folder: Path,
    first_day: date,
    *recipients: Recipient,
    rules: Rules = RULES,
    retention: Retention = RETENTION,
    base_url: str | None = None,
    database_url: str = "",
) -> Iterator[Workplace]:
    with ExitStack() as opened:
        clock = SteppingClock(rules.sent_at(first_day))
        mailbox = DemoMailbox(clock).start()
        opened.callback(mailbox.stop)
        receiver = WebhookReceiver(clock).start()
        opened.callback(receiver.stop)
        url = database_url or migrated(folder / "rettidig.db")
        database = opened.enter_context(open_installation(url))
        relay = Relay(host=mailbox.host, port=mailbox.port, security="none")
        parts = Parts(
            clock=clock,
            database=database,
            office=Office(
                rules=rules,
                recipients_of=lambda _plan: (recipients, ()),
                groups={},
                retention=retention,
            ),
            stationery=Stationery(
                templates=Templates(TEMPLATES),
                sender=Sender(mailbox=Mailbox(address="frister@example.dk", name="Rettidig")),
                coordinator_name="Koordinator",
                zone=ZoneInfo(rules.timezone),
                base_url=base_url,
            ),
            plan_file=PlanFile(folder / "plan.docx", read_plan),
            webhooks={
                teams: SecretStr(receiver.url_for(teams))
                for teams in (each.teams for each in recipients)
                if teams
            },
            relay=relay,
            connections=1,
            per_minute=0,
            tick=timedelta(seconds=1),
        )
        yield Workplace(parts=parts, relay=relay, clock=clock, mailbox=mailbox, receiver=receiver)
