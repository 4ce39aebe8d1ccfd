"""How the coordinator signs in: by a link that a mail brings, or by the word of a trusted proxy.

Whoever signs in is given a link to the coordinator's pages that lapses by itself, so that everything behind
it works as it does behind a lasting one, and there is no cookie that another page could make use of.
"""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection
from starlette.responses import Response

from service.logs import log_failure
from service.messages.email import Envelope, Mail
from service.messages.mailbox import Mailbox, Sender
from service.messages.sign_in import compose_sign_in
from service.storage.links import LinkKind, create_link, find_link, made_since, use_up
from service.web.callers import Proxies
from service.web.forms import form_fields
from service.web.security import READING
from service.web.site import Site

log = structlog.get_logger()

VALID_FOR = timedelta(minutes=15)
SIGNED_IN_FOR = timedelta(hours=12)
MOST_MAILS = 5
"""So many links are mailed in an hour, however often somebody asks."""

PATH = "/sign-in"
Fields = Annotated[dict[str, str], Depends(form_fields)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """Who may sign in, and how: `post` hands a mail over, None where no mail can leave.

    `emails` are the coordinator's addresses as they are written to.
    """

    emails: tuple[str, ...] = field(default=(), repr=False)
    sender: Sender | None = field(default=None, repr=False)
    post: Callable[[Mail], object] | None = None
    proxies: Proxies = field(default_factory=Proxies)

    @property
    def is_open(self) -> bool:
        return bool(self.emails) and (self.post is not None or bool(self.proxies.user_header))

    def vouches_for(self, request: Request) -> bool:
        """Whether a trusted proxy says that the coordinator has signed in."""
        return self.address_of(self.proxies.signed_in(request.scope)) is not None

    def address_of(self, typed: str) -> str | None:
        """The coordinator's own address, in whatever letter case it was typed; None for anybody else's.

        Not what was typed: "ß" counts as "ss" in one comparison or another, and is another domain to a relay.
        """
        said = typed.strip().lower()
        return next((email for email in self.emails if email.lower() == said), None)


CLOSED = Entrance()


def sign_in_routes(site: Site, entrance: Entrance) -> APIRouter:
    """The pages that let the coordinator in; none of them where nobody can sign in."""
    router = APIRouter()
    if not entrance.is_open:
        return router
    # Apart from the requests: the next one on the connection would wait for what an answer leaves behind it,
    # and its time would tell whether the address was right.
    mailing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sign-in")

    @router.api_route(PATH, methods=READING)
    def ask(request: Request) -> HTMLResponse:
        step = "press" if entrance.vouches_for(request) else "ask" if entrance.post else "elsewhere"
        return site.page("sign_in.html", step=step)

    @router.post(PATH)
    def asked(request: Request, fields: Fields) -> Response:
        if entrance.vouches_for(request):
            with site.database.write() as connection:
                return _let_in(site, connection)
        if address := entrance.address_of(fields.get("email", "")):
            mailing.submit(_mail_link, site, entrance, address)
        return site.page("sign_in.html", step="sent")

    @router.api_route(f"{PATH}/{{token}}", methods=READING)
    def arrived(token: str) -> HTMLResponse:
        with site.database.read() as connection:
            if find_link(connection, LinkKind.SIGN_IN, token, site.clock.now()) is None:
                raise HTTPException(HTTPStatus.NOT_FOUND)
        return site.page("sign_in.html", step="press")

    @router.post(f"{PATH}/{{token}}")
    def pressed(token: str) -> Response:
        with site.database.write() as connection:
            if not use_up(connection, LinkKind.SIGN_IN, token, site.clock.now()):
                raise HTTPException(HTTPStatus.NOT_FOUND)
            return _let_in(site, connection)

    return router


def _let_in(site: Site, connection: Connection) -> Response:
    now = site.clock.now()
    token = create_link(connection, LinkKind.COORDINATOR, "", now, lapses_at=now + SIGNED_IN_FOR)
    log.info("coordinator-signed-in")
    return RedirectResponse(f"/plan/{token}", status_code=HTTPStatus.SEE_OTHER)


def _mail_link(site: Site, entrance: Entrance, address: str) -> None:
    try:
        _mail_link_at(site, entrance, address, site.clock.now())
    except Exception as broken:  # noqa: BLE001 - nobody waits for this thread: what goes wrong is logged
        log_failure("a sign-in link could not be mailed", broken)


def _mail_link_at(site: Site, entrance: Entrance, address: str, now: datetime) -> None:
    with site.database.write() as connection:
        if made_since(connection, LinkKind.SIGN_IN, now - timedelta(hours=1)) >= MOST_MAILS:
            log.warning("sign-in-asked-too-often")
            return
        token = create_link(connection, LinkKind.SIGN_IN, "", now, lapses_at=now + VALID_FOR)
    if entrance.post and entrance.sender:
        entrance.post(_mail(site, entrance.sender, f"{site.base_url}{PATH}/{token}", address, now))


def _mail(site: Site, sender: Sender, url: str, address: str, now: datetime) -> Mail:
    envelope = Envelope(
        sender=sender,
        to=Mailbox(address=address),
        message_id=f"<{secrets.token_hex(16)}@{sender.mailbox.domain}>",
        at=now,
    )
    return compose_sign_in(url, VALID_FOR.seconds // 60, site.language, envelope, site.templates)
