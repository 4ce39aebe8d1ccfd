"""The real application over a real socket, on a real SQLite file with a plan in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from service.bundled import TEMPLATES
from service.clock import SteppingClock
from service.errors import Language
from service.messages.mailbox import Mailbox
from service.messages.templates import Templates
from service.plan.plan import Plan
from service.reminders.notice import Recipient
from service.reminders.office import Office
from service.reminders.recipients import COORDINATOR
from service.reminders.rules import Rules
from service.storage.database import Database
from service.storage.links import LinkKind, create_link
from service.storage.plans import store_revision
from service.web.app import create_app
from service.web.server import WebServer
from service.web.site import Site
from tests.migrated import migrated
from tests.web.housing_plan import housing_plan

MORNING = datetime(2024, 3, 11, 7, 0, tzinfo=UTC)
PEOPLE = tuple(
    Recipient(
        key=key,
        name=name,
        parties=frozenset({key} if key != COORDINATOR else ()),
        emails=(f"{key}@example.dk",),
        is_coordinator=key == COORDINATOR,
    )
    for key, name in (
        ("bestyrelsen", "Boligsocial bestyrelse"),
        ("sb", "Slagelse Boligselskab"),
        ("sk", "Slagelse Kommune"),
        (COORDINATOR, "Mette Koch"),
    )
)
"""Who hears; FOB and LBF have nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A running service and how a test reaches into it."""

    database: Database
    clock: SteppingClock
    site: Site
    server: WebServer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.url + path, headers=headers, timeout=10, allow_redirects=False)

    def head(self, path: str) -> requests.Response:
        return requests.head(self.url + path, timeout=10, allow_redirects=False)

    @contextmanager
    def restarted(self) -> Iterator["Visited"]:
        """The same service in a new process, as far as memory goes."""
        server = WebServer(create_app(self.site), "127.0.0.1", 0).start()
        yield replace(self, server=server)
        server.stop()

    def link(self, kind: LinkKind = LinkKind.FEED, subject: str = "") -> str:
        with self.database.write() as connection:
            return create_link(connection, kind, subject, self.clock.now())

    def import_plan(self, plan: Plan) -> None:
        now = self.clock.now()
        with self.database.write() as connection:
            store_revision(connection, plan, source="plan.docx", digest="0", at=now, today=now.date())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(migrated(tmp_path / "rettidig.db"))
    yield opened
    opened.close()


@pytest.fixture
def language() -> Language:
    return "da"


@pytest.fixture
def empty(database: Database, language: Language) -> Iterator[Visited]:
    clock = SteppingClock(MORNING)
    site = Site(
        database=database,
        clock=clock,
        templates=Templates(TEMPLATES),
        language=language,
        base_url="https://frister.example.dk",
        organizer=Mailbox(address="frister@example.dk", name="Rettidig"),
        office=Office(
            rules=Rules(),
            recipients_of=lambda _plan: (PEOPLE, ()),
            groups={"boligorganisationerne": ("sb", "fob")},
        ),
    )
    server = WebServer(create_app(site), "127.0.0.1", 0).start()
    yield Visited(database=database, clock=clock, site=site, server=server)
    server.stop()


@pytest.fixture
def visited(empty: Visited) -> Visited:
    empty.clock.set(datetime(2024, 2, 1, 7, 0, tzinfo=UTC))
    empty.import_plan(housing_plan())
    empty.clock.set(MORNING)
    return empty
