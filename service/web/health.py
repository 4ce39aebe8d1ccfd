"""Whether the service is doing its rounds: for containers, proxies and monitors."""

from datetime import datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse

import service
from service.storage.install import last_tick
from service.web.security import READING
from service.web.site import Site

STALE_AFTER = timedelta(seconds=90)
"""Three rounds of 30 seconds; also how long a start may take."""


def health_routes(site: Site) -> APIRouter:
    router = APIRouter()
    started_at = site.clock.now()

    @router.api_route("/health", methods=READING)
    def health() -> JSONResponse:
        with site.database.read() as connection:
            ticked_at = last_tick(connection)
        now = site.clock.now()
        status = health_status(now, started_at=started_at, ticked_at=ticked_at)
        age = (now - ticked_at).total_seconds() if ticked_at else None
        report = {"status": status, "version": service.__version__, "tick_age_seconds": age}
        return JSONResponse(report, status_code=503 if status == "stale" else 200)

    return router


def health_status(now: datetime, *, started_at: datetime, ticked_at: datetime | None) -> str:
    """One of "ok", "starting" and "stale".

    A round in the future is as bad as one long ago: the clock was set back, and none has followed.
    """
    if ticked_at is not None and abs(now - ticked_at) <= STALE_AFTER:
        return "ok"
    return "starting" if abs(now - started_at) <= STALE_AFTER else "stale"
