"""An HTTP server on this machine that answers as a Teams workflow does and keeps the cards."""

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, Self
from urllib.parse import quote, unquote

from service.clock import Clock

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
LARGEST = 28_000
"""Bytes; a workflow takes a larger body with 202 and then fails, which here shall be seen at once."""

_PREFIX = "/teams/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedCard:
    """One Adaptive Card as it was posted. `number` counts from 1 in the order of arrival."""

    number: int
    received_at: datetime
    recipient: str
    card: dict[str, Any]


class WebhookReceiver:
    """Receives from `start` to `stop`; may be read at any time by any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._cards: list[ReceivedCard] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.receiver = self
        self._thread = Thread(target=self._server.serve_forever, name="demo-webhooks", daemon=True)

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url_for(self, recipient: str) -> str:
        """The webhook of one recipient's channel."""
        return f"http://127.0.0.1:{self._server.server_port}{_PREFIX}{quote(recipient, safe='')}"

    def cards(self) -> tuple[ReceivedCard, ...]:
        """Everything received so far, oldest first."""
        with self._lock:
            return tuple(self._cards)

    def keep(self, recipient: str, cards: list[dict[str, Any]]) -> None:
        with self._lock:
            for card in cards:
                number = len(self._cards) + 1
                received = ReceivedCard(
                    number=number, received_at=self._clock.now(), recipient=recipient, card=card
                )
                self._cards.append(received)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A sender keeps its connection open; server_close would wait for it for ever.
    block_on_close = False
    receiver: WebhookReceiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Else head and body of an answer wait 40 ms for each other (Nagle against delayed acknowledgement).
    disable_nagle_algorithm = True
    timeout = 60

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            self.close_connection = True
            return
        cards = _cards_in(self.rfile.read(int(length)))
        if not cards or not self.path.startswith(_PREFIX):
            self._answer(HTTPStatus.BAD_REQUEST)
            return
        self.server.receiver.keep(unquote(self.path.removeprefix(_PREFIX)), cards)
        self._answer(HTTPStatus.ACCEPTED)

    def _answer(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of http.server
        """Nothing: stderr belongs to the demo's own view."""


def _cards_in(body: bytes) -> list[dict[str, Any]]:
    """The cards of a message as Microsoft's template takes it, or the bare card; none in anything else."""
    try:
        message = json.loads(body)
    except ValueError:
        return []
    match message:
        case {"type": "AdaptiveCard"}:
            return [message]
        case {"type": "message", "attachments": [*attachments]}:
            return [card for attachment in attachments if (card := _attached(attachment))]
        case _:
            return []


def _attached(attachment: dict[str, Any]) -> dict[str, Any] | None:
    match attachment:
        case {"contentType": str(kind), "content": dict(card)} if kind == CARD_TYPE:
            return card
        case _:
            return None
