"""What a visitor sees when there is no page, and what the log keeps of it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs import log_failure
from service.web.site import Site


class Failures:
    """Turns whatever goes wrong inside into one plain page.

    Starlette would raise it again for the server to log, and the text of an exception may hold a token's hash
    or a database address; the lines of code that it passed do not.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def send_noted(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except Exception as broken:  # noqa: BLE001 - the last line of defence: it is logged and answered
            log_failure("a page could not be made", broken)
            if not has_started:
                await self._site.failure(500)(scope, receive, send)
