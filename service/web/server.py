"""Uvicorn in a thread of its own."""

import errno
import socket
from threading import Thread
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from service.errors import RettidigError
from service.web.connections import LARGEST_HEAD, PromptConnection

SECONDS_TO_FINISH = 5


class PortTakenError(RettidigError):
    da = "Porten {port} er optaget af et andet program. Luk det, eller sæt RETTIDIG_WEB__PORT til en anden."
    en = "Port {port} is taken by another program. Close it, or set RETTIDIG_WEB__PORT to another one."


class PortForbiddenError(RettidigError):
    da = "Porten {port} må kun bruges af root. Sæt RETTIDIG_WEB__PORT til en over 1023."
    en = "Port {port} is for root only. Set RETTIDIG_WEB__PORT to one above 1023."


class NotThisHostError(RettidigError):
    da = "RETTIDIG_WEB__HOST er ikke en adresse på denne maskine; skriv 127.0.0.1 eller 0.0.0.0."
    en = "RETTIDIG_WEB__HOST is no address of this machine; write 127.0.0.1 or 0.0.0.0."


_REFUSALS: dict[int | None, type[RettidigError]] = {
    errno.EADDRINUSE: PortTakenError,
    errno.EACCES: PortForbiddenError,
}


class WebServer:
    """Serves one application from `start` to `stop`; port 0 takes any free one."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._socket = _bound(host, port)
        self.host, self.port = host, int(self._socket.getsockname()[1])
        # Without a logging set-up of its own, and without its access log: that one writes the path.
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                lifespan="off",
                ws="none",
                http=PromptConnection,
                h11_max_incomplete_event_size=LARGEST_HEAD,
                timeout_graceful_shutdown=SECONDS_TO_FINISH,
            )
        )
        self._thread = Thread(target=self._server.run, args=([self._socket],), name="web", daemon=True)

    def start(self) -> Self:
        """Serve; from the return on, whoever connects is answered."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Let the requests in flight finish, but not for ever."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(timeout=2 * SECONDS_TO_FINISH)
        self._socket.close()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()


def _bound(host: str, port: int) -> socket.socket:
    """Listening already: a client that comes before the thread runs waits instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as refused:
        raise _REFUSALS.get(refused.errno, NotThisHostError)(port=port) from None
