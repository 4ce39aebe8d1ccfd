"""The pages: the start, the whole plan for the coordinator, and the page of each feed."""

from datetime import date

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse
from sqlalchemy import Connection

from service.messages.cleaning import one_line
from service.messages.wording import short_date
from service.reminders.schedule import Standing
from service.storage.links import LinkKind, find_link
from service.storage.notices import count_by_state
from service.web.feed_content import feed_title, heard_by, plan_title
from service.web.feeds import NO_SUCH_LINK, feed_url
from service.web.plan_view import Stage, counts, months, row_of, stage_of
from service.web.security import READING
from service.web.site import Site
from service.web.subscriptions import is_reachable_by_clouds, subscriptions

NEXT_DEADLINES = 12

# Google asks for robots.txt before it fetches a feed; that nothing is to be indexed, the headers say.
ROBOTS = "User-agent: *\nDisallow:\n"


def page_routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.api_route("/", methods=READING)
    def start() -> HTMLResponse:
        return site.page("start.html")

    @router.api_route("/robots.txt", methods=READING)
    def robots() -> PlainTextResponse:
        return PlainTextResponse(ROBOTS)

    @router.api_route("/plan/{token}", methods=READING)
    def whole_plan(token: str) -> HTMLResponse:
        with site.database.read() as connection:
            may_act = find_link(connection, LinkKind.COORDINATOR, token) is not None
            if not may_act and find_link(connection, LinkKind.PLAN, token) is None:
                raise HTTPException(NO_SUCH_LINK)
            return plan_page(site, connection, f"/plan/{token}" if may_act else None)

    @router.api_route("/feed/{token}", methods=READING)
    def feed(token: str) -> HTMLResponse:
        with site.database.read() as connection:
            link = find_link(connection, LinkKind.FEED, token)
            if link is None:
                raise HTTPException(NO_SUCH_LINK)
            return feed_page(site, connection, link.subject, feed_url(site, token))

    return router


def plan_page(site: Site, connection: Connection, act_under: str | None = None) -> HTMLResponse:
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
    )


def feed_page(site: Site, connection: Connection, subject: str, url: str) -> HTMLResponse:
    plan = site.revision(connection).plan
    title = feed_title(site, plan, subject)
    everything = site.standings(connection, plan)
    heard = [each for each in heard_by(plan, everything, subject) if _is_ahead(each, site.today)]
    heard.sort(key=lambda each: (each.milestone.due_on or date.max, each.milestone.row))
    return site.page(
        "feed.html",
        title=title,
        plan_title=plan_title(site, plan),
        subscriptions=subscriptions(url, title),
        reachable=is_reachable_by_clouds(url),
        url=url,
        rows=[row_of(plan, each, site.today, site.language) for each in heard[:NEXT_DEADLINES]],
        hidden=len(heard[NEXT_DEADLINES:]),
    )


def _is_ahead(standing: Standing, today: date) -> bool:
    return stage_of(standing, today) in (Stage.COMING, Stage.AWAITING)
