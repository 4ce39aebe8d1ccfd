"""The stand-in world with its page, as the demo composes it: real SMTP, real HTTP, a real database."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests

from service.bundled import TEMPLATES
from service.clock import SteppingClock
from service.demo.mailbox import DemoMailbox
from service.demo.page import demo_routes
from service.demo.receiver import WebhookReceiver
from service.messages.calendar import CalendarEntry, Status
from service.messages.card import Shape, compose_card
from service.messages.email import Envelope, compose_email
from service.messages.invite import Invite, InviteState, compose_invite
from service.messages.mailbox import Mailbox, Sender
from service.messages.reminder import Item, Reminder
from service.messages.templates import Templates
from service.plan.milestone import Milestone
from service.reminders.notice import Occasion
from service.reminders.office import Office
from service.reminders.rules import Rules
from service.storage.database import Database
from service.storage.plans import store_revision
from service.web.app import create_app
from service.web.server import WebServer
from service.web.site import Site
from tests.migrated import migrated
from tests.web.housing_plan import housing_plan

START = datetime(2024, 2, 1, 7, 0, tzinfo=UTC)
MORNING = datetime(2024, 3, 11, 7, 0, tzinfo=UTC)
SENDER = Sender(mailbox=Mailbox(address="frister@example.dk", name="Rettidig"))
ZONE = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    clock: SteppingClock
    mailbox: DemoMailbox
    receiver: WebhookReceiver
    server: WebServer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, timeout=10)

    def deliver(self, to: str, raw: bytes) -> None:
        with smtplib.SMTP(self.mailbox.host, self.mailbox.port, timeout=10) as smtp:
            smtp.sendmail("frister@example.dk", [to], raw)

    def post(self, recipient: str, card: bytes) -> int:
        return requests.post(self.receiver.url_for(recipient), data=card, timeout=10).status_code


LAST_DAY = date(2025, 12, 31)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(MORNING)


@pytest.fixture
def mailbox(clock: SteppingClock) -> Iterator[DemoMailbox]:
    started = DemoMailbox(clock).start()
    yield started
    started.stop()


@pytest.fixture
def receiver(clock: SteppingClock) -> Iterator[WebhookReceiver]:
    started = WebhookReceiver(clock).start()
    yield started
    started.stop()


@pytest.fixture
def world(
    tmp_path: Path, clock: SteppingClock, mailbox: DemoMailbox, receiver: WebhookReceiver
) -> Iterator[World]:
    database = Database(migrated(tmp_path / "demo.db"))
    with database.write() as connection:
        store_revision(connection, housing_plan(), source="p", digest="0", at=START, today=START.date())
    site = Site(
        database=database,
        clock=clock,
        templates=Templates(TEMPLATES),
        language="da",
        base_url="http://127.0.0.1:8080",
        organizer=SENDER.mailbox,
        office=Office(rules=Rules(timezone=ZONE.key), recipients_of=lambda _plan: ((), ()), groups={}),
    )
    feed_urls = {"Slagelse Boligselskab": "http://127.0.0.1:8080/feed/abc"}
    app = create_app(site, [demo_routes(site, mailbox, receiver, feed_urls, LAST_DAY)])
    server = WebServer(app, "127.0.0.1", 0).start()
    yield World(clock=clock, mailbox=mailbox, receiver=receiver, server=server)
    server.stop()
    database.close()


def a_reminder(*milestones: Milestone) -> Reminder:
    return Reminder(
        language="da",
        recipient_name="Slagelse Boligselskab",
        plan_title="Samlet procesplan",
        on=date(2024, 3, 11),
        items=tuple(
            Item(milestone=each, occasion=Occasion.AHEAD, days=days, responsible=("Slagelse Boligselskab",))
            for days, each in enumerate(milestones, start=2)
        ),
        plan_url="http://127.0.0.1:8080/plan/abc",
    )


def an_envelope(to: str) -> Envelope:
    return Envelope(
        sender=SENDER, to=Mailbox(address=to), message_id="<1@example.dk>", at=MORNING.astimezone(ZONE)
    )


@pytest.fixture
def reminder_mail() -> bytes:
    reminder = a_reminder(*housing_plan().milestones[2:6])
    return bytes(compose_email(reminder, an_envelope("sb@example.dk"), Templates(TEMPLATES)))


@pytest.fixture
def reminder_card() -> bytes:
    return compose_card(a_reminder(*housing_plan().milestones[2:6]), Shape.ENVELOPE)


@pytest.fixture
def invite_mail() -> bytes:
    entry = CalendarEntry(
        uid="1@example.dk",
        milestone=housing_plan().milestones[3],
        responsible=("FOB",),
        status=Status.PLANNED,
        language="da",
        zone=ZONE,
    )
    state = InviteState.first(entry, MORNING)
    invite = Invite(entry=entry, state=state, is_known=False, plan_title="Samlet procesplan")
    return bytes(compose_invite(invite, an_envelope("fob@example.dk"), Templates(TEMPLATES)).mail)
