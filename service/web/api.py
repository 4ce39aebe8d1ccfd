"""What other programs read and report: JSON, with a bearer token; what is wrong is one sentence."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from service.errors import RettidigError
from service.plan.as_json import milestone_as_json, party_as_json
from service.plan.marks import Mark
from service.reminders.marking import Reporter
from service.reminders.schedule import Standing
from service.storage.links import LinkKind, find_link
from service.storage.responses import responses_in_force
from service.storage.troubles import open_troubles
from service.web.actions import Case, report
from service.web.answers_view import answers_as_json
from service.web.forms import json_fields
from service.web.security import READING
from service.web.site import Site

LONGEST_NAME = 100


class NoAccessError(RettidigError):
    da = "Send »Authorization: Bearer TOKEN« med en nøgle fra »rettidig links api«."
    en = "Send “Authorization: Bearer TOKEN” with a token from “rettidig links api”."


class NoSuchMilestoneError(RettidigError):
    da = "Planen har ingen milepæl med det id; se dem med GET /api/plan."
    en = "The plan has no milestone of that id; see them with GET /api/plan."


class NobodyReportsError(RettidigError):
    da = "Skriv i »by«, hvem der melder (højst {most} tegn), og i »party« en af planens: {parties}."
    en = "Write in “by” who reports (at most {most} characters), and in “party” one of the plan's: {parties}."


STATUS_OF: dict[type[RettidigError], HTTPStatus] = {
    NoAccessError: HTTPStatus.UNAUTHORIZED,
    NoSuchMilestoneError: HTTPStatus.NOT_FOUND,
}


def api_routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.api_route("/api/plan", methods=READING)
    def plan(request: Request) -> JSONResponse:
        return _answered(site, lambda: _plan(site, request))

    @router.post("/api/milestones/{milestone}/marks")
    def mark(milestone: str, request: Request, fields: Fields) -> JSONResponse:
        return _answered(site, lambda: _report(site, request, milestone, fields))

    return router


async def _fields(request: Request) -> dict[str, str] | RettidigError:
    """What was sent, or what is wrong with it: that is answered after it is known who asks."""
    try:
        return await json_fields(request)
    except RettidigError as wrong:
        return wrong


Fields = Annotated[Any, Depends(_fields)]


def _answered(site: Site, answer: Callable[[], JSONResponse]) -> JSONResponse:
    try:
        return answer()
    except RettidigError as wrong:
        status = STATUS_OF.get(type(wrong), HTTPStatus.BAD_REQUEST)
        headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None
        return JSONResponse({"error": wrong.sentence(site.language)}, status_code=status, headers=headers)


def _admit(site: Site, connection: Connection, request: Request) -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    key = find_link(connection, LinkKind.API, token.strip(), site.clock.now())
    if scheme.lower() != "bearer" or key is None:
        raise NoAccessError


def _plan(site: Site, request: Request) -> JSONResponse:
    with site.database.read() as connection:
        _admit(site, connection, request)
        plan = site.revision(connection).plan
        stand = site.standings(connection, plan)
        answers = answers_as_json(
            plan,
            stand,
            site.office.settle(plan)[1],
            responses=responses_in_force(connection),
            troubles=open_troubles(connection),
        )
    return JSONResponse(
        {
            "title": plan.title,
            "language": plan.language,
            "milestones": [{**_milestone(each), **answers[each.milestone.id]} for each in stand],
            "parties": [party_as_json(party) for party in plan.parties],
        }
    )


def _report(
    site: Site, request: Request, milestone: str, fields: dict[str, str] | RettidigError
) -> JSONResponse:
    with site.database.write() as connection:
        _admit(site, connection, request)
        if isinstance(fields, RettidigError):
            raise fields
        case = _case(site, connection, milestone, fields)
        mark = report(case, connection, fields)
    return JSONResponse({"milestone": milestone, **_mark(mark)}, status_code=HTTPStatus.CREATED)


def _case(site: Site, connection: Connection, milestone: str, fields: dict[str, str]) -> Case:
    plan = site.revision(connection).plan
    for standing in site.standings(connection, plan):
        if standing.milestone.id == milestone:
            break
    else:
        raise NoSuchMilestoneError
    name, party = fields.get("by", "").strip(), fields.get("party", "").lower()
    known = [each.id for each in plan.parties]
    if not 0 < len(name) <= LONGEST_NAME or (party and party not in known):
        raise NobodyReportsError(most=LONGEST_NAME, parties=", ".join(known))
    reporter = Reporter(name=name, parties=frozenset({party} if party else ()))
    return Case(plan=plan, standing=standing, reporter=reporter, site=site)


def _milestone(standing: Standing) -> dict[str, Any]:
    """The milestone as `rettidig read` has it, with where it stands."""
    progress, settled = standing.progress, standing.settled
    return {
        **milestone_as_json(standing.milestone),
        "dropped_on": _iso(standing.dropped_on),
        "settled": _mark(settled) if settled else None,
        "started_on": _iso(progress.started.on) if progress.started else None,
        "ticked": [point in progress.ticked for point in standing.milestone.checklist],
        "marks": [_mark(mark) for mark in progress.in_force],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.id,
        "kind": mark.kind.value,
        "at": mark.at.isoformat(),
        "by": mark.by,
        "parties": list(mark.parties),
        "until": _iso(mark.until),
        "to": mark.to or None,
        "point": mark.point or None,
        "held": mark.held,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
