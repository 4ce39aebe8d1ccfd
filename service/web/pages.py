"""The pages: the start, and the whole plan, to read or for the coordinator."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse
from sqlalchemy import Connection

from service.messages.cleaning import one_line
from service.messages.overview import opening_of, overview_in_words
from service.messages.wording import short_date
from service.plan.plan import Plan
from service.reminders.consequences import dependencies
from service.reminders.overview import overview_of
from service.storage.links import OF_THE_COORDINATOR, LinkKind, find_link
from service.storage.notices import count_by_state
from service.storage.reach import reach_of
from service.web.consequences_view import pressed
from service.web.feed_shelf import FeedShelf
from service.web.feeds import NO_SUCH_LINK, present_copy
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
            return plan_page(site, connection, shelf, token if may_act else None)

    @router.api_route("/overview/{token}", methods=READING)
    def overview(token: str) -> HTMLResponse:
        with site.database.read() as connection:
            if find_link(connection, LinkKind.COORDINATOR, token, site.clock.now()) is None:
                raise HTTPException(NO_SUCH_LINK)
            return overview_page(site, connection, token)

    return router


def plan_page(
    site: Site, connection: Connection, shelf: FeedShelf, coordinator: str | None = None
) -> HTMLResponse:
    """For a `coordinator`, by its token: with what no longer fits, and ways to the rows' own pages."""
    revision = site.revision(connection)
    plan = revision.plan
    stand = site.standings(connection, plan)
    answers = site.answers(connection, plan, stand, to_the_coordinator=coordinator is not None)
    found = months(plan, stand, site.today, site.language, answers)
    order = dependencies(stand, site.today, site.office.rules) if coordinator else ()
    return site.page(
        "plan.html",
        title=one_line(plan.title),
        number=revision.number,
        read_on=short_date(site.language, site.day_of(revision.imported_at)),
        counts=counts(row for month in found for row in month.rows),
        months=found,
        pressed=pressed(order, site.language),
        outbox=count_by_state(connection),
        left_out=_left_out_of_feeds(site, connection, shelf, plan) if coordinator else (),
        act_under=f"/plan/{coordinator}" if coordinator else None,
        overview_path=f"/overview/{coordinator}" if coordinator else None,
    )


def overview_page(site: Site, connection: Connection, token: str) -> HTMLResponse:
    """What the coordinator is told each month, as it is today."""
    plan, told, _findings = site.office.settle(site.revision(connection).plan)
    found = overview_of(
        plan,
        site.standings(connection, plan),
        told,
        rules=site.office.rules,
        reach=reach_of(connection),
        on=site.today,
    )
    return site.page(
        "overview.html",
        words=overview_in_words(site.language, plan, found),
        opening=opening_of(site.language, plan.title, site.today),
        plan_path=f"/plan/{token}",
    )


def _left_out_of_feeds(site: Site, connection: Connection, shelf: FeedShelf, plan: Plan) -> tuple[str, ...]:
    """The milestones that no calendar shows, since their entry cannot be written."""
    copy = present_copy(site, connection, shelf, OF_THE_COORDINATOR)
    return tuple(one_line(each.activity) for each in plan.milestones if each.id in copy.left_out)
