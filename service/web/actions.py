"""The page behind the button in a mail. GET and HEAD show; only a pressed button, a POST, changes."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

import structlog
from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection
from starlette.responses import Response

from service.errors import RettidigError
from service.messages.cleaning import one_line
from service.plan.marks import SETTLING, Mark, MarkKind
from service.plan.plan import Plan
from service.reminders.marking import MarkRefusedError, Reporter, mark_from
from service.reminders.schedule import Standing
from service.storage.links import LinkKind, find_link, sent_at
from service.storage.marks import store_mark
from service.web.action_view import action_view
from service.web.answers_view import Answers
from service.web.forms import form_fields
from service.web.security import READING
from service.web.site import Site
from service.web.wording import say

log = structlog.get_logger()

VALID_AFTER = timedelta(days=30)
"""How long a link lives on after the due date, or after it was settled if that was later."""

TOO_SOON = timedelta(seconds=60)
"""A report so soon after the mail left may be a link scanner's that presses buttons; it has to come twice."""

WEIGHTY = SETTLING | {MarkKind.HANDED_OVER}

MILESTONE_PATH = "/m/{token}"
COORDINATOR_PATH = "/plan/{token}/{milestone}"
Fields = Annotated[dict[str, str], Depends(form_fields)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a link leads to: the milestone, who may report on it, and since when the link is out."""

    plan: Plan
    standing: Standing
    reporter: Reporter
    site: Site
    sent_at: datetime | None = None
    answers: Answers = field(default_factory=dict)


def action_routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.api_route(MILESTONE_PATH, methods=READING)
    def milestone(token: str) -> HTMLResponse:
        with site.database.read() as connection:
            return page(_case_of_mail(site, connection, token))

    @router.post(MILESTONE_PATH)
    def report(token: str, fields: Fields) -> Response:
        with site.database.write() as connection:
            return _answer(_case_of_mail(site, connection, token), connection, fields, f"/m/{token}")

    @router.api_route(COORDINATOR_PATH, methods=READING)
    def milestone_of_plan(token: str, milestone: str) -> HTMLResponse:
        with site.database.read() as connection:
            return page(_case_of_coordinator(site, connection, token, milestone), back=f"/plan/{token}")

    @router.post(COORDINATOR_PATH)
    def report_in_plan(token: str, milestone: str, fields: Fields) -> Response:
        with site.database.write() as connection:
            case = _case_of_coordinator(site, connection, token, milestone)
            return _answer(case, connection, fields, f"/plan/{token}/{milestone}")

    return router


def _answer(case: Case, connection: Connection, fields: dict[str, str], path: str) -> Response:
    """Make the mark and lead back to the page, so that reloading it reports nothing twice."""
    try:
        report(case, connection, fields)
    except MarkRefusedError as refused:
        if _is_pressed_twice(case, fields):
            return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)
        back = None if case.reporter.recipient else path.rpartition("/")[0]
        return page(case, status=HTTPStatus.CONFLICT, refused=refused, back=back)
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


def report(case: Case, connection: Connection, fields: dict[str, str]) -> Mark:
    now = case.site.clock.now()
    mark = mark_from(
        fields,
        plan=case.plan,
        standing=case.standing,
        reporter=case.reporter,
        at=now,
        on=case.site.day_of(now),
    )
    if mark.kind in WEIGHTY and _is_too_soon(case, now) and not _is_second_press(case, mark):
        mark = replace(mark, held=True)
    number = store_mark(connection, case.standing.milestone.id, mark)
    log.info("reported", milestone=case.standing.milestone.id, kind=mark.kind.value, held=mark.held)
    return replace(mark, id=number)


def _is_pressed_twice(case: Case, fields: dict[str, str]) -> bool:
    """A double click: what was asked for is what this reader has just reported."""
    settled = case.standing.settled
    return (
        settled is not None
        and settled.kind == fields.get("kind")
        and settled.recipient == case.reporter.recipient
    )


def _is_too_soon(case: Case, now: datetime) -> bool:
    return case.sent_at is not None and now - case.sent_at < TOO_SOON


def _is_second_press(case: Case, mark: Mark) -> bool:
    pressed = mark.kind, mark.recipient
    return any((held.kind, held.recipient) == pressed for held in case.standing.progress.held)


def page(
    case: Case, *, status: int = HTTPStatus.OK, refused: RettidigError | None = None, back: str | None = None
) -> HTMLResponse:
    site = case.site
    view = action_view(
        case.plan,
        case.standing,
        case.reporter,
        today=site.today,
        zone=ZoneInfo(site.timezone),
        language=site.language,
        answers=case.answers,
    )
    return site.page(
        "milestone.html",
        status=status,
        view=view,
        plan_title=one_line(case.plan.title),
        reader=one_line(case.reporter.name) if case.reporter.recipient else "",
        refused=refused.sentence(site.language) if refused else "",
        back=back,
    )


def _case_of_mail(site: Site, connection: Connection, token: str) -> Case:
    link = find_link(connection, LinkKind.MILESTONE, token, site.clock.now())
    if link is None or link.holder is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    plan, standing = _standing(site, connection, link.subject)
    if _has_lapsed(standing, site):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    holder = link.holder
    shown = replace(site, language=holder.language)
    return Case(
        plan=plan,
        standing=standing,
        reporter=Reporter(
            name=holder.name or holder.recipient, recipient=holder.recipient, parties=holder.parties
        ),
        site=shown,
        sent_at=sent_at(connection, link) or link.created_at,
        answers=shown.answers(connection, plan, [standing]),
    )


def _case_of_coordinator(site: Site, connection: Connection, token: str, milestone: str) -> Case:
    if find_link(connection, LinkKind.COORDINATOR, token, site.clock.now()) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    plan, standing = _standing(site, connection, milestone)
    name = say(site.language, "coordinator")
    answers = site.answers(connection, plan, [standing], to_the_coordinator=True)
    return Case(plan=plan, standing=standing, reporter=Reporter(name=name), site=site, answers=answers)


def _standing(site: Site, connection: Connection, milestone: str) -> tuple[Plan, Standing]:
    plan = site.revision(connection).plan
    for standing in site.standings(connection, plan):
        if standing.milestone.id == milestone:
            return plan, standing
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _has_lapsed(standing: Standing, site: Site) -> bool:
    """What is late stays open to reports until it is settled, and for a while after, for undoing it."""
    ended_on = standing.dropped_on or standing.done_on
    if ended_on is None:
        return False
    return site.today > max(ended_on, standing.milestone.due_on or ended_on) + VALID_AFTER
