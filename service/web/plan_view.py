"""The plan in words, as the pages show it: month by month, each milestone with where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.entry import due_in_words, plan_wording, ready
from service.messages.mirror import party_name
from service.messages.wording import days_left, listed, month_in_words, sentence_case, short_date
from service.plan.marks import Mark
from service.plan.plan import Plan
from service.reminders.schedule import Standing
from service.web.answers_view import NO_ANSWERS, AnswerLine, Answers
from service.web.wording import say


class Stage(StrEnum):
    """Where a milestone stands, in the order in which the page counts them."""

    LATE = "late"
    COMING = "coming"
    AWAITING = "awaiting"
    DONE = "done"
    NOT_RELEVANT = "not-relevant"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One milestone in words.

    `mark` says how near it is, or when it was done or dropped; `says` is the wording of the plan where that
    is vaguer than the date. `said` is what was reported of it, `ready` the points of the checklist that are,
    `answers` what calendars said.
    """

    id: str
    stage: Stage
    mark: str
    due: str
    phase: str
    activity: str
    says: str
    responsible: str
    checklist: tuple[str, ...]
    said: tuple[str, ...]
    ready: str
    answers: tuple[AnswerLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    heading: str
    rows: tuple[Row, ...]


def stage_of(standing: Standing, today: date) -> Stage:
    due_on = standing.milestone.due_on
    if standing.dropped_on:
        return Stage.DROPPED
    if standing.settled:
        return Stage(standing.settled.kind)
    if due_on is None:
        return Stage.AWAITING
    return Stage.LATE if due_on < today else Stage.COMING


def months(
    plan: Plan,
    standings: Iterable[Standing],
    today: date,
    language: Language,
    answers: Answers = NO_ANSWERS,
) -> tuple[Month, ...]:
    """The months in order, then what has no date, then what the plan no longer holds."""

    def place(standing: Standing) -> tuple[int, int, int]:
        due_on = standing.milestone.due_on
        if standing.dropped_on:
            return (2, 0, 0)
        return (0, due_on.year, due_on.month) if due_on else (1, 0, 0)

    def order(standing: Standing) -> tuple[tuple[int, int, int], date, int]:
        return place(standing), standing.milestone.due_on or date.max, standing.milestone.row

    together = groupby(sorted(standings, key=order), key=place)
    return tuple(
        Month(
            heading=_heading(key, language),
            rows=tuple(row_of(plan, standing, today, language, answers) for standing in group),
        )
        for key, group in together
    )


def row_of(
    plan: Plan, standing: Standing, today: date, language: Language, answers: Answers = NO_ANSWERS
) -> Row:
    milestone, progress = standing.milestone, standing.progress
    return Row(
        id=milestone.id,
        stage=stage_of(standing, today),
        mark=_mark(standing, today, language),
        due=sentence_case(due_in_words(language, milestone)),
        phase=one_line(milestone.phase),
        activity=one_line(milestone.activity),
        says=plan_wording(language, milestone),
        responsible=listed(language, [party_name(plan, party) for party in milestone.parties]),
        checklist=tuple(one_line(point) for point in milestone.checklist if point not in progress.ticked),
        said=tuple(said_in_words(plan, mark, language) for mark in _worth_showing(standing)),
        ready=ready(language, milestone, progress.ticked),
        answers=answers.get(milestone.id, ()),
    )


def said_in_words(plan: Plan, mark: Mark, language: Language, when: str = "") -> str:
    """Who reported what and when: "Meldt udført af SB den 12. marts 2024"."""
    return say(
        language,
        f"said.held.{mark.kind}" if mark.held else f"said.{mark.kind}",
        by=one_line(mark.by),
        when=when or short_date(language, mark.on),
        until=short_date(language, mark.until) if mark.until else "",
        to=party_name(plan, mark.to) if mark.to else "",
    )


def _worth_showing(standing: Standing) -> list[Mark]:
    """What still says something about how the milestone stands."""
    progress = standing.progress
    if standing.settled:
        return [standing.settled]
    begun = [progress.started] if progress.started else []
    return [*progress.handovers, *begun, *progress.reports, *progress.snoozes, *progress.held]


def counts(rows: Iterable[Row]) -> dict[Stage, int]:
    """How many rows stand where, stages without any left out."""
    found: Sequence[Stage] = [row.stage for row in rows]
    return {stage: found.count(stage) for stage in Stage if stage in found}


def _heading(place: tuple[int, int, int], language: Language) -> str:
    match place:
        case (0, year, month):
            return month_in_words(language, date(year, month, 1))
        case (1, _, _):
            return say(language, "months.undated")
        case _:
            return say(language, "months.dropped")


def _mark(standing: Standing, today: date, language: Language) -> str:
    due_on, ended_on = standing.milestone.due_on, standing.dropped_on or standing.done_on
    if ended_on:
        return short_date(language, ended_on)
    return days_left(language, (due_on - today).days) if due_on else ""
