"""The access log: which route, which link, how it went; never the path, which holds the secret."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.storage.links import token_name

log = structlog.get_logger()

NO_ROUTE = "(no such page)"


class AccessLog:
    """One line a request: method, route as written in the code, name of the link, status, time taken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        started = time.perf_counter()

        async def send_noted(message: Message) -> None:
            nonlocal status
            status = int(message.get("status", status))
            await send(message)

        await self._app(scope, receive, send_noted)
        log.info(
            "request",
            method=scope["method"],
            route=_route(scope),
            link=_link(scope),
            status=status,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", NO_ROUTE))


def _link(scope: Scope) -> str:
    token = scope.get("path_params", {}).get("token")
    return token_name(token) if token else "-"
