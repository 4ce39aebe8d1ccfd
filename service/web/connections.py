"""A connection as uvicorn serves it, but for a limited time: who keeps us waiting gives way to who asks.

By itself uvicorn waits for ever for the rest of a request, and turns everybody away while many wait, so that
two hundred half-open connections from one machine would close the service (slow loris).
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from service.web.security import content_security_policy, guarding_headers

MOST_CONNECTIONS = 200
MOST_SECONDS = 30.0
"""From the beginning of a connection, or the end of the last answer, until a request is answered in full."""

LARGEST_HEAD = 16_384


class PromptConnection(H11Protocol):
    """HTTP/1.1 that ends in time, and whose own refusals carry the headers of every answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        super().connection_made(transport)
        self._begin()
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._end.cancel()
        self._begin()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP at all never reaches the application, nor its headers the answer."""
        headers = {**guarding_headers(content_security_policy()), "Connection": "close"}
        refusal = h11.Response(status_code=400, headers=list(headers.items()))
        for event in (refusal, h11.Data(data=msg.encode("ascii")), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _begin(self) -> None:
        self._begun = self.loop.time()
        self._end = self.loop.call_later(MOST_SECONDS, self.transport.abort)

    def _make_room(self) -> None:
        """Cut off the connection that has kept us waiting longest; those that are being answered stay."""
        waiting = (
            each for each in self.connections if isinstance(each, PromptConnection) and each.is_waiting
        )
        min(waiting, key=lambda each: each._begun).transport.abort()  # noqa: SLF001 - of its own kind

    @property
    def is_waiting(self) -> bool:
        """Whether the request has not come in full."""
        return not self.transport.is_closing() and self.conn.their_state in {h11.IDLE, h11.SEND_BODY}
