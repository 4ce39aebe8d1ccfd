"""The lines of the coordinator's overview, one function a section."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from service.errors import Language
from service.messages.answer_wording import answer_in_words
from service.messages.between import between_in_words
from service.messages.cleaning import one_line
from service.messages.overview_wording import counted, say
from service.messages.tone import Tone
from service.messages.wording import days_left, listed, short_date
from service.plan.marks import responsible
from service.plan.plan import Plan
from service.reminders.overview import Away, Failing, Overview, Undated, Unheard
from service.reminders.schedule import Standing

SOON = timedelta(30)
"""How near the day may be by which a date should be known before that is urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing: when or how it stands, what it is, and more about it.

    `mark` is how near it is. `milestone` is its id, "" where it is none.
    """

    tone: Tone
    when: str
    what: str
    mark: str = ""
    notes: tuple[str, ...] = ()
    milestone: str = ""


def _late(language: Language, plan: Plan, overview: Overview) -> Iterator[Line]:
    for standing in overview.late:
        heard = _heard(language, plan, standing, overview) or (say(language, "told.none"),)
        yield _dated(language, plan, standing, overview, tone=Tone.LATE, notes=heard)


def _coming(language: Language, plan: Plan, overview: Overview) -> Iterator[Line]:
    for standing in overview.coming:
        tone = Tone.TODAY if standing.milestone.due_on == overview.on else Tone.COMING
        heard = _heard(language, plan, standing, overview)
        yield _dated(language, plan, standing, overview, tone=tone, notes=heard)


def _dated(
    language: Language,
    plan: Plan,
    standing: Standing,
    overview: Overview,
    *,
    tone: Tone,
    notes: Iterable[str],
) -> Line:
    on = overview.on
    due_on = standing.milestone.due_on or on
    return Line(
        tone=tone,
        when=short_date(language, due_on),
        mark=days_left(language, (due_on - on).days),
        what=one_line(standing.milestone.activity),
        notes=_known(_responsible(language, plan, standing), *notes, *_answers(language, standing, overview)),
        milestone=standing.milestone.id,
    )


def _unanswered(language: Language, plan: Plan, overview: Overview) -> Iterator[Line]:
    """By whom is asked, since that is whom one calls."""

    def asked(standing: Standing) -> str:
        return _responsible(language, plan, standing)

    for names, group in groupby(sorted(overview.unanswered, key=asked), key=asked):
        silent = list(group)
        last = max(overview.told[standing.milestone.id].last_on for standing in silent)
        yield Line(
            tone=Tone.LATE if any(standing in overview.late for standing in silent) else Tone.TODAY,
            when=counted(language, "items", len(silent)),
            what=names,
            notes=(say(language, "told.last", last=short_date(language, last)),),
        )


def _undated(language: Language, plan: Plan, overview: Overview) -> Iterator[Line]:
    for undated in overview.undated:
        milestone = undated.standing.milestone
        yield Line(
            tone=_urgency(undated, overview.on),
            when=one_line(milestone.deadline),
            what=one_line(milestone.activity),
            notes=_known(
                _responsible(language, plan, undated.standing),
                *between_in_words(language, undated.between, overview.on),
            ),
            milestone=milestone.id,
        )


def _urgency(undated: Undated, on: date) -> Tone:
    settle_by = undated.between.settle_by
    if settle_by is None or settle_by > on + SOON:
        return Tone.UNDATED
    return Tone.TODAY if settle_by > on else Tone.LATE


def _done(language: Language, _plan: Plan, overview: Overview) -> Iterator[Line]:
    for standing in overview.done:
        settled = standing.settled
        if settled:
            yield Line(
                tone=Tone.COMING,
                when=short_date(language, settled.on),
                what=one_line(standing.milestone.activity),
                notes=(say(language, f"reported.{settled.kind}", by=one_line(settled.by)),),
                milestone=standing.milestone.id,
            )


def _unreachable(language: Language, _plan: Plan, overview: Overview) -> Iterator[Line]:
    for unheard in overview.unheard:
        yield _nobody(language, unheard)
    for failing in overview.failing:
        yield _failed(language, failing)
    for away in overview.away:
        yield _paused(language, away, overview.on)


def _nobody(language: Language, unheard: Unheard) -> Line:
    return Line(
        tone=Tone.LATE,
        when=say(language, "unheard"),
        what=one_line(unheard.party.name),
        notes=(counted(language, "unheard", unheard.open),),
    )


def _failed(language: Language, failing: Failing) -> Line:
    trouble = failing.trouble
    return Line(
        tone=Tone.LATE,
        when=say(language, f"failing.{trouble.medium}", date=short_date(language, failing.since)),
        what=one_line(failing.name),
        notes=_known(
            say(language, "failing.code", code=one_line(trouble.code)) if trouble.code else "",
            say(language, "failing.dead") if trouble.is_dead else "",
        ),
    )


def _paused(language: Language, away: Away, on: date) -> Line:
    first, last = short_date(language, max(away.pause.first, on)), short_date(language, away.pause.last)
    has_begun = away.pause.first <= on
    return Line(
        tone=Tone.TODAY if has_begun else Tone.UNDATED,
        when=say(language, "away"),
        what=one_line(away.name) or away.recipient.upper(),
        notes=(say(language, "away.until" if has_begun else "away.between", first=first, last=last),),
    )


def _responsible(language: Language, plan: Plan, standing: Standing) -> str:
    """Whom the plan names, or those it is up to since somebody handed it over."""
    names, milestone, progress = _names(plan), standing.milestone, standing.progress
    asked = responsible(plan, milestone, progress)
    now = [party.id for party in plan.parties if party.id in asked]
    return listed(
        language, [names.get(each, each) for each in (now if progress.handovers else milestone.parties)]
    )


def _names(plan: Plan) -> dict[str, str]:
    return {party.id: one_line(party.name) for party in plan.parties}


def _heard(language: Language, plan: Plan, standing: Standing, overview: Overview) -> tuple[str, ...]:
    """What was reported of it so far; that nothing was, though it was asked; nothing if it was not."""
    progress, told = standing.progress, overview.told.get(standing.milestone.id)
    names = _names(plan)
    said = [
        *(
            say(language, "handed-over", to=names.get(mark.to, mark.to), date=short_date(language, mark.on))
            for mark in progress.handovers[-1:]
        ),
        *(
            say(language, "snoozed", until=short_date(language, mark.until), by=one_line(mark.by))
            for mark in progress.snoozes[-1:]
            if mark.until
        ),
    ]
    if progress.started:
        said.append(say(language, "started", date=short_date(language, progress.started.on)))
    if told and not progress.in_force:
        how = "many" if standing in overview.unanswered and told.days > 1 else "one"
        how = how if standing in overview.unanswered else "last"
        said.append(say(language, f"told.{how}", days=told.days, last=short_date(language, told.last_on)))
    return tuple(said)


def _answers(language: Language, standing: Standing, overview: Overview) -> tuple[str, ...]:
    """Who does not come, or not then."""
    return tuple(
        answer_in_words(language, name, response, overview.on)
        for name, response in overview.answers
        if response.milestone == standing.milestone.id
    )


def _known(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _not_reached(overview: Overview) -> int:
    """Whom messages do not reach today; who pauses later on is only told of."""
    return (
        len(overview.unheard)
        + len(overview.failing)
        + sum(away.pause.includes(overview.on) for away in overview.away)
    )


# What an overview tells, in the order of what asks for something.
SECTIONS: tuple[
    tuple[str, Tone, Callable[[Overview], int], Callable[[Language, Plan, Overview], Iterable[Line]]], ...
] = (
    ("late", Tone.LATE, lambda overview: len(overview.late), _late),
    ("unanswered", Tone.TODAY, lambda overview: len(overview.unanswered), _unanswered),
    ("unreachable", Tone.LATE, _not_reached, _unreachable),
    ("undated", Tone.NEWS, lambda overview: len(overview.undated), _undated),
    ("coming", Tone.COMING, lambda overview: len(overview.coming), _coming),
    ("done", Tone.COMING, lambda overview: len(overview.done), _done),
)
