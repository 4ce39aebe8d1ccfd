"""The page on which a milestone is reported on, in words: what stands, what was said, what one can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.mirror import party_name
from service.messages.wording import at_time, long_date, sentence_case, short_date
from service.plan.marks import MarkKind, responsible
from service.plan.plan import Plan
from service.reminders.marking import Reporter, may_undo
from service.reminders.schedule import Standing
from service.web.answers_view import NO_ANSWERS, Answers
from service.web.plan_view import Row, row_of, said_in_words

SNOOZES = (timedelta(3), timedelta(7), timedelta(14), timedelta(30))
TOLD = frozenset(MarkKind) - {MarkKind.TICKED, MarkKind.UNTICKED}
"""The kinds that stand in the list of what was reported; a tick shows where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of the checklist, and its number as forms name it."""

    number: int
    text: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who reported what and when. `undo` is the id that undoes it, None where that is not for this reader."""

    text: str
    undo: int | None
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """`row` is the milestone as the plan page has it. Without `is_open` nothing can be reported."""

    row: Row
    points: tuple[Point, ...]
    said: tuple[Said, ...]
    is_open: bool
    is_handed_over: bool
    is_started: bool
    to_confirm: MarkKind | None
    snoozes: tuple[Choice, ...]
    receivers: tuple[Choice, ...]


def action_view(
    plan: Plan,
    standing: Standing,
    reporter: Reporter,
    *,
    today: date,
    zone: ZoneInfo,
    language: Language,
    answers: Answers = NO_ANSWERS,
) -> ActionView:
    milestone, progress = standing.milestone, standing.progress
    own = reporter.own(plan, standing)
    is_handed_over = bool(reporter.parties) and not own
    has_reported = any(own and own <= set(mark.parties) for mark in progress.reports)
    held = next((mark for mark in progress.held if mark.recipient == reporter.recipient), None)
    is_closed = standing.dropped_on or standing.settled or has_reported or is_handed_over
    giving = own or responsible(plan, milestone, progress)
    return ActionView(
        row=row_of(plan, standing, today, language, answers),
        points=tuple(
            Point(number=place, text=one_line(point), is_ticked=point in progress.ticked)
            for place, point in enumerate(milestone.checklist, start=1)
        ),
        said=tuple(_said(plan, standing, reporter, today=today, zone=zone, language=language)),
        is_open=not is_closed,
        is_handed_over=is_handed_over,
        is_started=progress.started is not None,
        to_confirm=held.kind if held else None,
        snoozes=tuple(_snoozes(milestone.due_on, today, language)),
        receivers=tuple(
            Choice(value=party.id, label=party_name(plan, party.id))
            for party in plan.parties
            if party.id not in giving
        ),
    )


def _said(
    plan: Plan, standing: Standing, reporter: Reporter, *, today: date, zone: ZoneInfo, language: Language
) -> Iterator[Said]:
    """The latest first."""
    for mark in reversed(standing.progress.in_force):
        if mark.kind not in TOLD or (mark.held and mark not in standing.progress.held):
            continue
        is_undoable = may_undo(mark, reporter, today) and not standing.dropped_on
        yield Said(
            text=said_in_words(plan, mark, language, _moment(mark.at, zone, language)),
            undo=mark.id if is_undoable and mark.kind is not MarkKind.REOPENED else None,
            is_held=mark.held,
        )


def _moment(at: datetime, zone: ZoneInfo, language: Language) -> str:
    local = at.astimezone(zone)
    return at_time(language, short_date(language, local.date()), local.time())


def _snoozes(due_on: date | None, today: date, language: Language) -> Iterator[Choice]:
    """The days to which reminders can be put off; on the due date they come in any case."""
    for wait in SNOOZES:
        if due_on and today + wait < due_on:
            day = today + wait
            yield Choice(value=day.isoformat(), label=sentence_case(long_date(language, day)))
