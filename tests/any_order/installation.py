"""The product as it is put into production, in one process: its settings, rounds, pages, and its death."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message

from service.bootstrap import Parts, card_round, mail_round, on_duty, open_parts, plan_round, site_of
from service.clock import SteppingClock
from service.importing import PlanFile, import_plan
from service.plan.plan import Plan
from service.reading.formats import read_document
from service.reading.reader import understand
from service.settings.load import load_settings
from service.storage import by_hand
from service.storage.links import LinkKind, create_link
from service.web.app import create_app

BASE = "https://frister.example.dk"


class KilledError(BaseException):
    """The process ends here, without another word."""


class Death:
    """Ends the process when the database has been asked for so many beginnings and ends of a transaction."""

    def __init__(self) -> None:
        self._left: int | None = None

    def draw_near(self, steps: int | None) -> None:
        self._left = steps

    def step(self, *_: object) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise KilledError


@contextmanager
def a_death() -> Iterator[Death]:
    death = Death()
    for moment in ("begin", "commit"):
        event.listen(Engine, moment, death.step)
    yield death
    for moment in ("begin", "commit"):
        event.remove(Engine, moment, death.step)


@contextmanager
def host_zone(name: str) -> Iterator[None]:
    """As if the host were set up there."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


def read_here(path: Path) -> Plan:
    """The plan in a file, read in this process: a child for each look would take most of the time."""
    return understand(read_document(path))


@dataclass(slots=True, kw_only=True)
class Installation:
    folder: Path
    clock: SteppingClock
    death: Death
    parts: Parts | None = None
    _opened: ExitStack = field(default_factory=ExitStack)

    @property
    def plan_file(self) -> Path:
        return self.folder / "plan.txt"

    @property
    def ledger(self) -> Path:
        return self.folder / "rettidig.db"

    def start(self, settings: Mapping[str, str], zone: str) -> None:
        """Start the service with these settings on a host in this zone."""
        stack = ExitStack()
        stack.enter_context(host_zone(zone))
        with pytest.MonkeyPatch.context() as process:
            process.chdir(self.folder)
            for name, value in {**self._settings(), **settings}.items():
                process.setenv(f"RETTIDIG_{name}", value)
            parts = stack.enter_context(open_parts(load_settings()))
        self.parts = replace(parts, clock=self.clock, plan_file=PlanFile(self.plan_file, read_here))
        self._opened = stack
        stack.enter_context(on_duty(self.parts))

    def _settings(self) -> dict[str, str]:
        return {
            "PLAN": str(self.plan_file),
            "DATABASE_URL": f"sqlite:///{self.ledger}",
            "BASE_URL": BASE,
            "MAIL__FROM": "Rettidig <frister@example.dk>",
        }

    def stop(self) -> None:
        self.parts = None
        self._opened.close()

    @property
    def running(self) -> Parts:
        assert self.parts
        return self.parts

    def round(self) -> bool:
        """One round of each kind, as the daemon makes them; whether it lived through them."""
        parts = self.running
        try:
            plan_round(parts)
            if parts.relay:
                mail_round(parts, parts.relay)
            self.death.draw_near(None)  # cards go out on several threads: where it would strike is chance
            card_round(parts)
        except KilledError:
            self.death.draw_near(None)
            self.stop()
            return False
        return True

    def import_by_hand(self) -> None:
        """What `rettidig import FILE --yes` does."""
        parts = self.running
        digest = parts.plan_file.digest()
        assert digest
        import_plan(
            parts.database,
            self.clock,
            parts.office.rules,
            read_here(self.plan_file),
            digest=digest,
            source=self.plan_file.name,
            watched=digest,
        )

    def approve(self) -> int:
        with self.running.database.write() as connection:
            return by_hand.approve(connection)

    # The pages --------------------------------------------------------------------------------------------

    def press(self, path: str, **fields: str) -> int:
        """The status that a page answers with when its button is pressed, two minutes after the last mail."""
        self.clock.advance(timedelta(minutes=2))
        site = site_of(self.running, language="da", base_url=BASE)
        return posted(create_app(site), path, fields)

    def coordinators_page(self, milestone: str) -> str:
        with self.running.database.write() as connection:
            token = create_link(connection, LinkKind.COORDINATOR, "", self.clock.now())
        return f"/plan/{token}/{milestone}"

    # What is written down ---------------------------------------------------------------------------------

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a question to the database brings, whoever is at work on it."""
        connection = sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def last_mark(self) -> int:
        ((number,),) = self.ask("SELECT coalesce(max(id), 0) FROM mark")
        return int(number)

    def revisions(self) -> int:
        with suppress(sqlite3.OperationalError):
            return int(self.ask("SELECT count(*) FROM revision")[0][0])
        return 0

    def ids_by_word(self, words: Mapping[str, str]) -> dict[str, str]:
        """The id that each row in force has; `words` are those by which rows are known, in their activity."""
        found = self.ask(
            "SELECT id, json_extract(content, '$.activity') FROM milestone WHERE dropped_on IS NULL"
        )
        return {word: each for each, activity in found for word in words if word in activity}


def as_stored(at: datetime) -> str:
    """An instant as the database has it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def posted(app: ASGIApp, path: str, fields: Mapping[str, str]) -> int:
    """The status with which an application answers a form."""
    body = urlencode(fields).encode()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 443),
    }
    answers: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        answers.append(message)

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    return int(answers[0]["status"])
