"""Feeds over HTTP, for clients that break on much: see each comment."""

from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import Response

from service.storage.links import Link, LinkKind, find_link
from service.storage.plans import latest_version
from service.web.conditional import http_date, is_unchanged
from service.web.feed_content import compose
from service.web.feed_shelf import Edition, FeedShelf
from service.web.security import READING
from service.web.site import Site

FEED_PATH = "/feed/{token}.ics"
NO_SUCH_LINK = 404


def feed_url(site: Site, token: str) -> str:
    return site.base_url + FEED_PATH.format(token=token)


def site_for(site: Site, link: Link) -> Site:
    """As whoever the link was sent to reads it."""
    return replace(site, language=link.holder.language) if link.holder else site


def edition_of(site: Site, connection: Connection) -> Edition:
    return Edition(version=latest_version(connection), day=site.today)


def feed_routes(site: Site, shelf: FeedShelf) -> APIRouter:
    router = APIRouter()

    @router.api_route(FEED_PATH, methods=READING)
    def feed(token: str, request: Request) -> Response:
        with site.database.read() as connection:
            link = find_link(connection, LinkKind.FEED, token, site.clock.now())
            if link is None:
                raise HTTPException(NO_SUCH_LINK)
            edition = edition_of(site, connection)
            reader, url = site_for(site, link), feed_url(site, token)
            # By token, since the feed names its own address, and one party can have several links.
            copy = shelf.copy(token, edition, lambda: compose(reader, connection, link.subject, url))
        modified_at = copy.modified_at(site.timezone)
        headers = {
            "ETag": copy.etag,
            "Last-Modified": http_date(modified_at),
            "Cache-Control": "private, max-age=900",
        }
        if is_unchanged(request.headers, etag=copy.etag, modified_at=modified_at):
            return Response(status_code=304, headers=headers)
        # Never compressed and never redirected: either one has made Outlook drop feeds.
        headers["Content-Disposition"] = 'inline; filename="rettidig.ics"'
        return Response(copy.ics, headers=headers, media_type="text/calendar")

    return router
