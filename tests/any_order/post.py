"""The world outside: a mail relay and a Teams workflow that keep what they take, and misbehave on request."""

import asyncio
import json
import re
import socket
import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar, Event

from service.clock import SteppingClock
from tests.any_order.paper import ACTIVITIES


class Answer(StrEnum):
    """How one attempt ends. LOST: it was taken, but the line went dead before anybody could say so."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    LOST = "lost"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the database says of a message at the moment it arrives.

    `may_have_come` before: an earlier attempt ended so that nobody knows.
    """

    id: int
    occasion: str
    composed_at: datetime
    may_have_come: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One message as it came over the wire; `address` in lower case, for Teams that of the channel."""

    at: datetime
    channel: str
    address: str
    raw: bytes
    name: str
    texts: tuple[str, ...]
    record: Record
    event: Event | None = None

    def texts_about(self, word: str) -> list[str]:
        """The parts that bring a row up; in those of other rows it may be named as what comes before."""
        activity = ACTIVITIES[word]
        return [text for text in self.texts if any(map(re.compile(activity).match, text.splitlines()))]


@dataclass(slots=True, kw_only=True)
class Post:
    """Both servers. What is to happen to an address stands in `script`; everything else is taken."""

    clock: SteppingClock
    smtp: tuple[str, int] = ("", 0)
    http: str = ""
    ledger: Path = Path()
    arrivals: list[Arrival] = field(default_factory=list)
    script: defaultdict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))

    def clear(self, ledger: Path) -> None:
        self.ledger = ledger
        self.arrivals.clear()
        self.script.clear()

    def answer(self, address: str, *kinds: Answer) -> Answer:
        """The next answer for an address, if it is one of these."""
        waiting = self.script[address.lower()]
        return waiting.popleft() if waiting and waiting[0] in kinds else Answer.TAKEN

    @property
    def is_quiet(self) -> bool:
        """Whether nothing bad is going to happen."""
        return not any(self.script.values())

    def keep_mail(self, address: str, raw: bytes) -> None:
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        events = [
            Calendar.from_ical(part.get_content()).events[0]
            for part in mail.walk()
            if part.get_content_type() == "text/calendar"
        ]
        if events:
            events[0].add("X-METHOD", _method(mail))
        body = mail.get_body(("plain",))
        assert body is not None
        text = f"{mail['Subject']}\n\n{body.get_content()}".replace("\r\n", "\n")
        self.arrivals.append(
            Arrival(
                at=self.clock.now(),
                channel="invite" if events else "email",
                address=address.lower(),
                raw=raw,
                name=mail["Message-ID"],
                texts=tuple(text.split("\n\n")[1:]),
                record=_record(self.ledger, "message_id = ?", mail["Message-ID"]),
                event=events[0] if events else None,
            )
        )

    def keep_card(self, channel: str, raw: bytes) -> None:
        record = _record(self.ledger, "body = ?", raw)
        card = json.loads(raw)["attachments"][0]["content"]
        self.arrivals.append(
            Arrival(
                at=self.clock.now(),
                channel="teams",
                address=channel,
                raw=raw,
                name=f"card {record.id}",
                texts=tuple("\n".join(_texts(each)) for each in card["body"]),
                record=record,
            )
        )


@contextmanager
def a_post(clock: SteppingClock) -> Iterator[Post]:
    post = Post(clock=clock)
    with _smtp(post) as address, _http(post) as url:
        post.smtp, post.http = address, url
        yield post


def _method(mail: EmailMessage) -> str:
    (method,) = (
        part.get_param("method") for part in mail.walk() if part.get_content_type() == "text/calendar"
    )
    return str(method)


def _texts(part: Any) -> Iterator[str]:
    """All that stands in an element of a card, and the addresses behind its buttons."""
    for inner in part if isinstance(part, list) else part.values() if isinstance(part, dict) else ():
        yield from [inner] if isinstance(inner, str) else _texts(inner)


def _record(ledger: Path, where: str, value: object) -> Record:
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    try:
        query = f"SELECT id, occasion, composed_at, attempts FROM message WHERE {where}"  # noqa: S608
        found = connection.execute(query, (value,))
        number, occasion, composed_at, attempts = found.fetchone()
        (doubtful,) = connection.execute(
            "SELECT count(*) FROM attempt WHERE message = ? AND number < ?"
            " AND (receipt IS NULL OR receipt = 'uncertain')",
            (number, attempts),
        ).fetchone()
    finally:
        connection.close()
    at = datetime.fromisoformat(f"{composed_at}+00:00")
    return Record(id=number, occasion=occasion, composed_at=at, may_have_come=doubtful > 0)


# The relay ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Relay:
    post: Post

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Sequence[str]
    ) -> str:
        if self.post.answer(address, Answer.LATER) is Answer.LATER:
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def handle_DATA(  # noqa: N802 - the same
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        (address,) = envelope.rcpt_tos
        answer = self.post.answer(address, Answer.REFUSED, Answer.LOST, Answer.DROPPED)
        if answer is Answer.REFUSED:
            return "554 5.7.1 Not wanted here"
        if answer is not Answer.DROPPED:
            self.post.keep_mail(address, envelope.original_content or b"")
        if answer is not Answer.TAKEN and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 2.0.0 Kept"


@contextmanager
def _smtp(post: Post) -> Iterator[tuple[str, int]]:
    listening = socket.create_server(("127.0.0.1", 0))
    runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
    loop = runner.get_loop()
    end: asyncio.Future[None] = loop.create_future()

    async def serve() -> None:
        relay = _Relay(post)
        server = await loop.create_server(
            lambda: SMTP(relay, hostname="relay.example", loop=loop), sock=listening
        )
        await end
        server.close()

    def run() -> None:
        with runner:
            runner.run(serve())

    thread = Thread(target=run, daemon=True)
    thread.start()
    yield listening.getsockname()
    loop.call_soon_threadsafe(end.set_result, None)
    thread.join()


# The workflow ---------------------------------------------------------------------------------------------


class _Workflow(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_HttpServer"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        channel = self.path.rpartition("/")[2]
        answer = self.server.post.answer(channel, *Answer)
        if answer in {Answer.TAKEN, Answer.LOST}:
            self.server.post.keep_card(channel, raw)
        if answer in {Answer.LOST, Answer.DROPPED}:
            self.close_connection = True
            return
        self.send_response({Answer.LATER: 503, Answer.REFUSED: 400}.get(answer, 202))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of http.server
        """Nothing."""


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    post: Post


@contextmanager
def _http(post: Post) -> Iterator[str]:
    server = _HttpServer(("127.0.0.1", 0), _Workflow)
    server.post = post
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/teams"
    server.shutdown()
    thread.join()
    server.server_close()
