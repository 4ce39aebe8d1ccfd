"""Two years of reminders in two minutes: the rounds of the daemon on a clock that moves a day at a time.

The code is that of `rettidig run`; only the clock and the addresses differ. Nothing leaves the machine.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from service.bootstrap import Parts, card_round, mail_round, plan_round, site_of
from service.bundled import CONFIG, TEMPLATES
from service.clock import ClockWatch, SteppingClock
from service.daemon import Daemon
from service.delivery.smtp import Relay
from service.demo.mailbox import DemoMailbox
from service.demo.page import demo_routes
from service.demo.people import report_done
from service.demo.receiver import WebhookReceiver
from service.errors import Language
from service.importing import PlanFile
from service.messages.composing import Stationery
from service.messages.mailbox import Mailbox, Sender
from service.messages.templates import Templates
from service.plan.finding import Finding
from service.plan.plan import Plan
from service.reading.reader import read_plan
from service.reminders.notice import Recipient
from service.reminders.office import Office
from service.reminders.recipients import stand_ins
from service.reminders.rules import Rules
from service.storage import links, notices, plans
from service.storage.database import Database
from service.storage.install import open_installation
from service.storage.links import LinkKind
from service.web.app import create_app
from service.web.server import WebServer
from service.web.wording import say

BUNDLED_PLAN = CONFIG / "procesplan.docx"
FIRST_DAY = date(2024, 2, 1)
LAST_DAY = date(2026, 1, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
ON_TEAMS = frozenset({"sk", "coordinator"})
SHORTEST_TICK = timedelta(milliseconds=10)


@dataclass(slots=True, kw_only=True)
class Performance:
    """The demo while it runs: its parts, the stand-in world around them, and the day it has come to."""

    parts: Parts
    relay: Relay
    clock: SteppingClock
    mailbox: DemoMailbox
    receiver: WebhookReceiver
    url: str
    today: date = FIRST_DAY
    is_over: bool = False

    def play_day(self) -> None:
        """One simulated day: the rounds that the daemon makes, what people answer, and then the next one."""
        if self.is_over:
            return
        plan_round(self.parts)
        mail_round(self.parts, self.relay)
        card_round(self.parts)
        report_done(self.parts, self.today)
        if self.today == LAST_DAY:
            self.is_over = True
            return
        self.today += timedelta(days=1)
        self.clock.set(self.parts.office.rules.sent_at(self.today))

    def totals(self) -> dict[str, int]:
        """How many notices there are by state, and how many mails and cards arrived."""
        with self.parts.database.read() as connection:
            counts = notices.count_by_state(connection)
        return {**counts, "mails": len(self.mailbox.messages()), "cards": len(self.receiver.cards())}


def daemon_for(performance: Performance, seconds: float) -> Daemon:
    """The daemon of `run`, with one round that is a whole day; `seconds` is how long all days take."""
    tick = max(timedelta(seconds=seconds) / DAYS, SHORTEST_TICK)
    return Daemon({"day": performance.play_day}, tick, performance.parts.stopping, ClockWatch())


@contextmanager
def on_stage(language: Language, port: int) -> Iterator[Performance]:
    """Everything the demo needs, open on loopback: database, mailbox, webhook receiver, web page."""
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="rettidig-demo-"))
        clock = SteppingClock(Rules().sent_at(FIRST_DAY))
        mailbox = DemoMailbox(clock).start()
        opened.callback(mailbox.stop)
        receiver = WebhookReceiver(clock).start()
        opened.callback(receiver.stop)
        database = opened.enter_context(open_installation(f"sqlite:///{folder}/rettidig.db"))
        relay = Relay(host=mailbox.host, port=mailbox.port, security="none")
        parts = _parts(language, clock, database, relay, receiver)
        plan_round(parts)
        web = _web(parts, language, mailbox, receiver, port).start()
        opened.callback(web.stop)
        yield Performance(
            parts=parts,
            relay=relay,
            clock=clock,
            mailbox=mailbox,
            receiver=receiver,
            url=f"http://127.0.0.1:{web.port}/",
        )


def _parts(
    language: Language, clock: SteppingClock, database: Database, relay: Relay, receiver: WebhookReceiver
) -> Parts:
    def recipients_of(plan: Plan) -> tuple[tuple[Recipient, ...], tuple[Finding, ...]]:
        people = stand_ins(plan, language)
        return tuple(replace(each, teams=each.key if each.key in ON_TEAMS else None) for each in people), ()

    coordinator = stand_ins(Plan(title="", language="da", milestones=(), parties=()), language)[-1]
    return Parts(
        clock=clock,
        database=database,
        office=Office(rules=Rules(), recipients_of=recipients_of, groups={}),
        stationery=Stationery(
            templates=Templates(TEMPLATES),
            sender=Sender(
                mailbox=Mailbox(address="frister@rettidig.example", name="Rettidig"),
                reply_to=Mailbox(address=coordinator.emails[0], name=coordinator.name),
            ),
            coordinator_name=coordinator.name,
            zone=ZoneInfo(Rules().timezone),
        ),
        plan_file=PlanFile(BUNDLED_PLAN, read_plan),
        webhooks={key: SecretStr(receiver.url_for(key)) for key in ON_TEAMS},
        relay=relay,
        connections=1,
        per_minute=0,
        tick=SHORTEST_TICK,
    )


def _feed_urls(parts: Parts, base_url: str, language: Language) -> dict[str, str]:
    """The page of each feed by what it is of; the links are made anew for this demo."""
    now = parts.clock.now()
    with parts.database.write() as connection:
        latest = plans.latest_revision(connection)
        subjects = {
            say(language, "feed.title.coordinator"): links.OF_THE_COORDINATOR,
            say(language, "feed.title.plan"): links.WHOLE_PLAN,
            **{party.name: party.id for party in (latest.plan.parties if latest else ())},
        }
        return {
            name: f"{base_url}/feed/{links.create_link(connection, LinkKind.FEED, subject, now)}"
            for name, subject in subjects.items()
        }


def _web(
    parts: Parts, language: Language, mailbox: DemoMailbox, receiver: WebhookReceiver, port: int
) -> WebServer:
    """The product's own pages, with the demo's start page before them."""
    base_url = f"http://127.0.0.1:{port}"
    site = site_of(parts, language=language, base_url=base_url)
    front = demo_routes(site, mailbox, receiver, _feed_urls(parts, base_url, language), LAST_DAY)
    return WebServer(create_app(site, front=[front]), "127.0.0.1", port)
