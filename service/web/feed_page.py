"""The page of a feed: what it is, how to subscribe, and how to change or close its address.

GET and HEAD show; only a pressed button, a POST, changes, and only with the box above it ticked: some link
scanners press buttons, and whoever renews an address ends the subscriptions to it.
"""

from datetime import date
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection
from starlette.responses import Response

from service.reminders.schedule import Standing
from service.storage.links import Link, LinkKind, create_link, find_link, revoke_link
from service.web.feed_content import feed_says, feed_title, heard_by
from service.web.feeds import feed_url, site_for
from service.web.forms import form_fields
from service.web.plan_view import Stage, row_of, stage_of
from service.web.qr_code import qr_code
from service.web.security import READING
from service.web.site import Site
from service.web.subscriptions import is_reachable_by_clouds, subscriptions

log = structlog.get_logger()

PAGE_PATH = "/feed/{token}"
NEXT_DEADLINES = 12
RENEW, CLOSE = "renew", "close"

Fields = Annotated[dict[str, str], Depends(form_fields)]


def feed_page_routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.api_route(PAGE_PATH, methods=READING)
    def feed(token: str, renewed: str | None = None) -> HTMLResponse:
        with site.database.read() as connection:
            link = _link(site, connection, token)
            return page(site, connection, link, token, note="renewed" if renewed else "")

    @router.post(PAGE_PATH)
    def change(token: str, fields: Fields) -> Response:
        with site.database.write() as connection:
            link = _link(site, connection, token)
            if fields.get("kind") not in {RENEW, CLOSE}:
                raise HTTPException(HTTPStatus.BAD_REQUEST)
            if "sure" not in fields:
                return page(site, connection, link, token, note="unsure", status=HTTPStatus.CONFLICT)
            return _change(site, connection, link, token, fields["kind"])

    return router


def _link(site: Site, connection: Connection, token: str) -> Link:
    link = find_link(connection, LinkKind.FEED, token, site.clock.now())
    if link is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return link


def _change(site: Site, connection: Connection, link: Link, token: str, kind: str) -> Response:
    """The address is worthless from now on; a renewed one leads to the same feed."""
    now = site.clock.now()
    revoke_link(connection, LinkKind.FEED, token, now)
    log.info("feed-address-changed", link=link.name, kind=kind)
    if kind == CLOSE:
        return site_for(site, link).page("feed_closed.html")
    new = create_link(connection, LinkKind.FEED, link.subject, now, holder=link.holder)
    return RedirectResponse(f"/feed/{new}?renewed=1", status_code=HTTPStatus.SEE_OTHER)


def page(
    site: Site, connection: Connection, link: Link, token: str, *, note: str, status: int = HTTPStatus.OK
) -> HTMLResponse:
    """`note` is what has just happened: "renewed", "unsure" (the box was not ticked) or nothing."""
    shown = site_for(site, link)
    plan, subject, url = shown.revision(connection).plan, link.subject, feed_url(site, token)
    title = feed_title(shown, plan, subject)
    everything = shown.standings(connection, plan)
    heard = [each for each in heard_by(plan, everything, subject) if _is_ahead(each, site.today)]
    heard.sort(key=lambda each: (each.milestone.due_on or date.max, each.milestone.row))
    answers = shown.answers(connection, plan, heard)
    return shown.page(
        "feed.html",
        status=status,
        title=title,
        says=feed_says(shown, plan, subject),
        subscriptions=subscriptions(url, title),
        reachable=is_reachable_by_clouds(url),
        url=url,
        qr_code=qr_code(url.removesuffix(".ics")),
        note=note,
        rows=[row_of(plan, each, site.today, shown.language, answers) for each in heard[:NEXT_DEADLINES]],
        hidden=len(heard[NEXT_DEADLINES:]),
    )


def _is_ahead(standing: Standing, today: date) -> bool:
    return stage_of(standing, today) in (Stage.COMING, Stage.AWAITING)
