"""How the coordinator signs in: by a link that a mail brings, or by the word of a trusted proxy.

Whoever signs in is given a link to the coordinator's pages that lapses by itself, so that everything behind
it works as it does behind a lasting one, and there is no cookie that another page could make use of.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection
from starlette.responses import Response

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
    """Who may sign in, and how: `post` hands a mail over, None where no mail can leave."""

    emails: frozenset[str] = field(default=frozenset(), repr=False)
    sender: Sender | None = field(default=None, repr=False)
    post: Callable[[Mail], object] | None = None
    proxies: Proxies = field(default_factory=Proxies)

    @property
    def is_open(self) -> bool:
        return bool(self.emails) and (self.post is not None or bool(self.proxies.user_header))

    def vouches_for(self, request: Request) -> bool:
        """Whether a trusted proxy says that the coordinator has signed in."""
        return self.proxies.signed_in(request.scope).casefold() in self.emails


CLOSED = Entrance()


def sign_in_routes(site: Site, entrance: Entrance) -> APIRouter:
    """The pages that let the coordinator in; none of them where nobody can sign in."""
    router = APIRouter()
    if not entrance.is_open:
        return router

    @router.api_route(PATH, methods=READING)
    def ask(request: Request) -> HTMLResponse:
        step = "press" if entrance.vouches_for(request) else "ask" if entrance.post else "elsewhere"
        return site.page("sign_in.html", step=step)

    @router.post(PATH)
    def asked(request: Request, fields: Fields, afterwards: BackgroundTasks) -> Response:
        if entrance.vouches_for(request):
            with site.database.write() as connection:
                return _let_in(site, connection)
        if fields.get("email", "").strip().casefold() in entrance.emails:
            # After the answer, so that the time it takes tells nobody whether the address is right.
            afterwards.add_task(partial(_mail_link, site, entrance, fields["email"].strip()))
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
    now = site.clock.now()
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
