"""The headers of every response, and the rule that only what is made for it changes anything."""

import re

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = ["GET", "HEAD"]
ACTING = re.compile(r"/m/[^/]+|/plan/[^/]+/[^/]+|/feed/[^/.]+|/api/milestones/[^/]+/marks|/sign-in(/[^/]+)?")
"""Where a POST may change something: the pages with buttons, and what other programs report."""


def content_security_policy(**directives: str) -> str:
    """Nothing is allowed but what is named; `style_src="'self'"` is `style-src 'self'`."""
    allowed = {"default_src": "'none'", "base_uri": "'none'", "frame_ancestors": "'none'"} | directives
    return "; ".join(f"{name.replace('_', '-')} {sources}" for name, sources in allowed.items())


def guarding_headers(policy: str) -> dict[str, str]:
    """What every answer carries: run nothing, tell no other page of this address, keep and index nothing."""
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


class SecurityHeaders:
    """Puts the headers on everything that leaves; a response that sets one of them itself keeps its own."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._headers = guarding_headers(policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_guarded)


class OnlyReading:
    """Refuses whatever might change something, except where that is what a page is for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_refused = scope["type"] == "http" and not _is_allowed(scope["method"], scope["path"])
        app = _refusal if is_refused else self._app
        await app(scope, receive, send)


def _is_allowed(method: str, path: str) -> bool:
    return method in READING or (method == "POST" and ACTING.fullmatch(path) is not None)


_refusal = PlainTextResponse("405", status_code=405, headers={"Allow": ", ".join(READING)})
