"""A real SMTP server on this machine that keeps what it is given and passes nothing on."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from service.clock import Clock

HOSTNAME = "mailbox.example"  # given, since aiosmtpd would else ask DNS for the name of this machine


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """One message as it came over the wire. `number` counts from 1 in the order of arrival."""

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class DemoMailbox:
    """Receives from `start` to `stop` on `host` and `port`; may be read at any time by any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._messages: list[ReceivedMail] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self._socket.getsockname()
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._end: asyncio.Future[None] = self._runner.get_loop().create_future()
        self._thread = Thread(target=self._serve, name="demo-mailbox", daemon=True)

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._runner.get_loop().call_soon_threadsafe(self._end.set_result, None)
        self._thread.join()

    def messages(self) -> tuple[ReceivedMail, ...]:
        """Everything received so far, oldest first."""
        return tuple(self._messages)

    def _serve(self) -> None:
        with self._runner:
            self._runner.run(_receive(self._socket, self._keep, self._end))

    def _keep(self, envelope: Envelope) -> None:
        # Called by the one thread of the server: append is all that readers can see happen.
        self._messages.append(
            ReceivedMail(
                number=len(self._messages) + 1,
                received_at=self._clock.now(),
                sender=envelope.mail_from or "",
                recipients=tuple(envelope.rcpt_tos),
                raw=envelope.original_content or b"",
            )
        )


@dataclass(frozen=True, slots=True)
class _Handler:
    keep: Callable[[Envelope], None]

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.keep(envelope)
        return "250 2.0.0 Kept"


async def _receive(
    listening: socket.socket, keep: Callable[[Envelope], None], end: asyncio.Future[None]
) -> None:
    loop = asyncio.get_running_loop()
    handler = _Handler(keep)
    server = await loop.create_server(lambda: SMTP(handler, hostname=HOSTNAME, loop=loop), sock=listening)
    await end
    # Without waiting for the clients: a transport may keep its connection open for hours.
    server.close()
