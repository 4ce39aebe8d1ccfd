"""Feeds over HTTP, for clients that break on much: see each comment."""

import hashlib
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection
from starlette.responses import Response

from service.messages.feed import addressed
from service.storage.feed_copies import FeedCopy, FeedName, kept_copy
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
    return Edition(version=latest_version(connection), day=site.today, zone=site.timezone)


def present_copy(site: Site, connection: Connection, shelf: FeedShelf, subject: str) -> FeedCopy:
    """A feed in the language of the site, as it is now or was when it could last be composed."""
    name = FeedName(subject, site.language)
    return shelf.copy(
        name,
        edition_of(site, connection),
        lambda: compose(site, connection, subject),
        lambda: kept_copy(connection, name),
    )


def feed_routes(site: Site, shelf: FeedShelf) -> APIRouter:
    router = APIRouter()

    @router.api_route(FEED_PATH, methods=READING)
    def feed(token: str, request: Request) -> Response:
        with site.database.read() as connection:
            link = find_link(connection, LinkKind.FEED, token, site.clock.now())
            if link is None:
                raise HTTPException(NO_SUCH_LINK)
            copy = present_copy(site_for(site, link), connection, shelf, link.subject)
        ics = addressed(copy.ics, feed_url(site, token))
        etag = f'"{hashlib.sha256(ics).hexdigest()[:32]}"'
        headers = {
            "ETag": etag,
            "Last-Modified": http_date(copy.modified_at),
            "Cache-Control": "private, max-age=900",
        }
        if is_unchanged(request.headers, etag=etag, modified_at=copy.modified_at):
            return Response(status_code=304, headers=headers)
        # Never compressed and never redirected: either one has made Outlook drop feeds.
        headers["Content-Disposition"] = 'inline; filename="rettidig.ics"'
        return Response(ics, headers=headers, media_type="text/calendar")

    return router
