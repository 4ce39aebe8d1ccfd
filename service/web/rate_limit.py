"""How many requests one caller may make; beyond that it is told to wait, and nothing is looked up."""

import time
from collections import OrderedDict
from http import HTTPStatus

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from service.web.callers import Proxies

log = structlog.get_logger()

MOST_CALLERS = 10_000
MINUTE = 60.0


class RateLimit:
    """A bucket for each caller that holds `per_minute` requests and fills up in a minute; 0 is no limit.

    The callers are forgotten in the order in which they were last seen, so that many of them cost no memory.
    """

    def __init__(self, app: ASGIApp, per_minute: int, proxies: Proxies) -> None:
        self._app = app
        self._per_minute = per_minute
        self._proxies = proxies
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._refused, self._told = 0, -MINUTE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_limited = scope["type"] == "http" and self._per_minute > 0
        if is_limited and not self._takes(self._proxies.caller(scope)):
            self._tell()
            wait = {"Retry-After": str(int(MINUTE))}
            answer = PlainTextResponse("429", status_code=HTTPStatus.TOO_MANY_REQUESTS, headers=wait)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _takes(self, caller: str) -> bool:
        now, most = time.monotonic(), float(self._per_minute)
        left, seen = self._buckets.pop(caller, (most, now))
        left = min(most, left + (now - seen) * most / MINUTE)
        self._buckets[caller] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        return left >= 1

    def _tell(self) -> None:
        """One line a minute with how many were refused: a line for each would let anybody fill the disk."""
        self._refused += 1
        if (now := time.monotonic()) - self._told >= MINUTE:
            log.warning("too-many-requests", refused=self._refused)
            self._refused, self._told = 0, now
