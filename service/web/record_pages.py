"""The coordinator's page and table of what was told of a milestone, and what is held on people at all."""

from dataclasses import replace
from http import HTTPStatus
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from service.messages.wording import in_language
from service.reminders.retention import Retention
from service.storage.links import LinkKind, find_link
from service.storage.record import Entry, concerning, entries
from service.web.privacy_wording import HELD, KEPT_FOR, Kept
from service.web.record_view import as_csv, lines
from service.web.security import READING
from service.web.site import Site

PATH = "/plan/{token}/{milestone}/record"


def record_routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.api_route(PATH, methods=READING)
    def record(token: str, milestone: str) -> HTMLResponse:
        found = _recorded(site, token, milestone)
        return site.page(
            "record.html",
            lines=lines(found, ZoneInfo(site.timezone), site.language),
            back=f"/plan/{token}/{milestone}",
            table=f"/plan/{token}/{milestone}/record.csv",
        )

    @router.api_route(f"{PATH}.csv", methods=READING)
    def table(token: str, milestone: str) -> Response:
        written = as_csv(_recorded(site, token, milestone), ZoneInfo(site.timezone), site.language)
        headers = {"Content-Disposition": 'attachment; filename="record.csv"'}
        return Response(written, media_type="text/csv; charset=utf-8", headers=headers)

    @router.api_route("/privacy", methods=READING)
    def privacy() -> HTMLResponse:
        return _privacy(site)

    @router.api_route("/privacy/{language}", methods=READING)
    def privacy_in(language: str) -> HTMLResponse:
        match language:
            case "da" | "en":
                return _privacy(replace(site, language=language))
        raise HTTPException(HTTPStatus.NOT_FOUND)

    return router


def _recorded(site: Site, token: str, milestone: str) -> list[Entry]:
    """Only the coordinator sees it; one of which nothing is recorded is no page."""
    with site.database.read() as connection:
        if find_link(connection, LinkKind.COORDINATOR, token, site.clock.now()) is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        found = entries(connection, concerning(milestone))
    if not milestone or not found:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _privacy(site: Site) -> HTMLResponse:
    kept = site.office.retention
    rows = [
        (in_language(site.language, each.what), in_language(site.language, each.why), _for(site, kept, each))
        for each in HELD
    ]
    return site.page("privacy.html", rows=rows, other="en" if site.language == "da" else "da")


def _for(site: Site, retention: Retention, kept: Kept) -> str:
    """For how long, in words; None is for ever."""
    days = getattr(retention, kept.setting) if kept.setting else 0
    if kept.setting and days is None:
        return in_language(site.language, KEPT_FOR["ever"])
    return in_language(site.language, kept.until).format(days=days)
