"""The pages: the start, and the whole plan, to read or for the coordinator."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse
from sqlalchemy import Connection

from service.messages.cleaning import one_line
from service.messages.wording import short_date
from service.plan.plan import Plan
from service.storage.links import OF_THE_COORDINATOR, LinkKind, find_link
from service.storage.notices import count_by_state
from service.web.feed_content import compose
from service.web.feed_shelf import FeedShelf
from service.web.feeds import NO_SUCH_LINK, edition_of
from service.web.plan_view import counts, months
from service.web.security import READING
from service.web.site import Site

# Google asks for robots.txt before it fetches a feed; that nothing is to be indexed, the headers say.
ROBOTS = "User-agent: *\nDisallow:\n"


def page_routes(site: Site, shelf: FeedShelf, *, can_sign_in: bool = False) -> APIRouter:
    router = APIRouter()

    @router.api_route("/", methods=READING)
    def start() -> HTMLResponse:
        return site.page("start.html", can_sign_in=can_sign_in)

    @router.api_route("/robots.txt", methods=READING)
    def robots() -> PlainTextResponse:
        return PlainTextResponse(ROBOTS)

    @router.api_route("/plan/{token}", methods=READING)
    def whole_plan(token: str) -> HTMLResponse:
        with site.database.read() as connection:
            may_act = find_link(connection, LinkKind.COORDINATOR, token, site.clock.now()) is not None
            if not may_act and find_link(connection, LinkKind.PLAN, token, site.clock.now()) is None:
                raise HTTPException(NO_SUCH_LINK)
            return plan_page(site, connection, shelf, f"/plan/{token}" if may_act else None)

    return router


def plan_page(
    site: Site, connection: Connection, shelf: FeedShelf, act_under: str | None = None
) -> HTMLResponse:
    """`act_under` is where the milestones' own pages stand, for whoever may report on them."""
    revision = site.revision(connection)
    plan = revision.plan
    found = months(plan, site.standings(connection, plan), site.today, site.language)
    return site.page(
        "plan.html",
        title=one_line(plan.title),
        number=revision.number,
        read_on=short_date(site.language, site.day_of(revision.imported_at)),
        counts=counts(row for month in found for row in month.rows),
        months=found,
        outbox=count_by_state(connection),
        act_under=act_under,
        left_out=_left_out_of_feeds(site, connection, shelf, plan) if act_under else (),
    )


def _left_out_of_feeds(site: Site, connection: Connection, shelf: FeedShelf, plan: Plan) -> tuple[str, ...]:
    """The milestones that no calendar shows, since their entry cannot be written."""
    copy = shelf.copy(
        OF_THE_COORDINATOR,
        edition_of(site, connection),
        lambda: compose(site, connection, OF_THE_COORDINATOR, site.base_url),
    )
    return tuple(one_line(each.activity) for each in plan.milestones if each.id in copy.left_out)
