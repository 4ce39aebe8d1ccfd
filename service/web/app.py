"""The pages and feeds as one application."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.messages.templates import Templates, source_hash
from service.storage.install import plan_id
from service.web.access import AccessLog
from service.web.actions import action_routes
from service.web.api import api_routes
from service.web.failures import Failures
from service.web.feed_page import feed_page_routes
from service.web.feed_shelf import FeedShelf
from service.web.feeds import feed_routes
from service.web.health import health_routes
from service.web.pages import page_routes
from service.web.rate_limit import RateLimit
from service.web.record_pages import record_routes
from service.web.security import OnlyReading, SecurityHeaders, content_security_policy
from service.web.sign_in import CLOSED, Entrance, sign_in_routes
from service.web.site import Site


def create_app(
    site: Site,
    front: Sequence[APIRouter] = (),
    *,
    entrance: Entrance = CLOSED,
    per_minute: int = 0,
) -> FastAPI:
    """The application; `front` are routes that stand before its own, such as the demo's start page.

    `per_minute` is how many requests one caller may make; 0 is no limit.
    """
    with site.database.write() as connection:
        plan_id(connection)  # made on first use, and a request must not write
    app = FastAPI(title="Rettidig", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    for router in (*front, *routes(site, entrance)):
        app.include_router(router)
    app.add_exception_handler(HTTPException, _failure_page(site))
    # The last one added is the outermost: what fails inside is logged and carries the headers too, and who
    # asks too often fills no log.
    app.add_middleware(Failures, site=site)
    app.add_middleware(OnlyReading)
    app.add_middleware(AccessLog)
    app.add_middleware(RateLimit, per_minute=per_minute, proxies=entrance.proxies)
    app.add_middleware(SecurityHeaders, policy=page_policy(site.templates))
    return app


def routes(site: Site, entrance: Entrance = CLOSED) -> tuple[APIRouter, ...]:
    shelf = FeedShelf()
    return (
        feed_routes(site, shelf),
        feed_page_routes(site),
        page_routes(site, shelf, can_sign_in=entrance.is_open),
        sign_in_routes(site, entrance),
        record_routes(site),
        action_routes(site),
        api_routes(site),
        health_routes(site),
    )


def page_policy(templates: Templates) -> str:
    style, script = (source_hash(templates.text(f"web/{name}")) for name in ("style.css", "copy.js"))
    return content_security_policy(
        style_src=style, script_src=script, img_src="'self' data:", form_action="'self'"
    )


def _failure_page(site: Site) -> Callable[[Request, Exception], Response]:
    def answer(_request: Request, raised: Exception) -> Response:
        status = raised.status_code if isinstance(raised, HTTPException) else 500
        return site.failure(status)

    return answer
