"""One item of a message in words, in the language of its reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from service.errors import Language
from service.messages.answer_wording import answer_in_words
from service.messages.between import between_in_words
from service.messages.cleaning import one_line
from service.messages.consequence_wording import consequences_in_words
from service.messages.overview_wording import say as overview_say
from service.messages.reminder import Item
from service.messages.tone import Tone
from service.messages.wording import (
    as_the_plan_says,
    at_time,
    days_left,
    listed,
    long_date,
    say,
    sentence_case,
    short_date,
)
from service.plan.marks import SETTLING
from service.plan.milestone import Milestone
from service.reminders.notice import Occasion


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item in words. `mark` is how near it is; `says` is the wording of the plan where that is vaguer.

    `reported` is what somebody said of it; `checklist` are the points that are left, `ready` the others.
    `notes` are for the coordinator: why it hears of it, or by when a date should be known; so are the
    `consequences` for what comes after it.
    """

    tone: Tone
    mark: str
    due: str
    was: str
    says: str
    activity: str
    responsible: str
    checklist: tuple[str, ...]
    done_url: str | None = field(repr=False)
    reported: str = ""
    ready: str = ""
    notes: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()


def entry_of(language: Language, item: Item, on: date) -> Entry:
    """An item of a reminder that leaves on a day."""
    tone = tone_of(item)
    entry = entry_about(
        language,
        item.milestone,
        item.responsible,
        tone=tone,
        mark="" if tone is Tone.UNDATED else mark_of(language, item),  # it would repeat "no date yet"
        was=item.was,
        done_url=None if _is_over(item) else item.done_url,
        ticked=item.ticked,
    )
    return replace(
        entry,
        reported=_reported(language, item),
        notes=tuple(_notes(language, item, on)),
        consequences=consequences_in_words(language, item.milestone.id, item.consequences),
    )


def entry_about(
    language: Language,
    milestone: Milestone,
    responsible: Sequence[str],
    *,
    tone: Tone,
    mark: str = "",
    was: date | None = None,
    done_url: str | None = None,
    ticked: frozenset[str] = frozenset(),
) -> Entry:
    names = listed(language, [one_line(name) for name in responsible])
    return Entry(
        tone=tone,
        mark=sentence_case(mark),
        due=sentence_case(due_in_words(language, milestone)),
        was=say(language, "moved.from", date=long_date(language, was)) if was else "",
        says=plan_wording(language, milestone),
        activity=one_line(milestone.activity),
        responsible=say(language, "responsible", names=names) if names else "",
        checklist=tuple(one_line(point) for point in milestone.checklist if point not in ticked),
        done_url=done_url,
        ready=ready(language, milestone, ticked),
    )


def ready(language: Language, milestone: Milestone, ticked: frozenset[str]) -> str:
    """The points of the checklist that need no more thought, or that none does."""
    points = [one_line(point) for point in milestone.checklist if point in ticked]
    if points and len(points) == len(milestone.checklist):
        return say(language, "checklist.complete")
    return say(language, "checklist.ready", points=listed(language, points)) if points else ""


def due_in_words(language: Language, milestone: Milestone) -> str:
    if milestone.due_on is None:
        return say(language, "date.none")
    return at_time(language, long_date(language, milestone.due_on), milestone.window.time)


def plan_wording(language: Language, milestone: Milestone) -> str:
    wording = as_the_plan_says(language, milestone)
    return say(language, "plan.says", deadline=wording) if wording else ""


def tone_of(item: Item) -> Tone:
    """By the days that are left, not by the rule: a notice moved to a working day still tells the truth."""
    if item.occasion in (Occasion.CHANGED, Occasion.CANCELLED, Occasion.ANSWERED):
        return Tone.NEWS
    if item.days is None:
        return Tone.UNDATED
    if item.days < 0:
        return Tone.LATE
    return Tone.TODAY if item.days == 0 else Tone.COMING


def _notes(language: Language, item: Item, on: date) -> Iterator[str]:
    for name, response in item.answers:
        yield answer_in_words(language, name, response, on)
    for name, last in item.away:
        yield overview_say(language, "away.instead", name=one_line(name), last=short_date(language, last))
    if item.between:
        yield from between_in_words(language, item.between, on)


def _is_over(item: Item) -> bool:
    """Whether there is nothing left to report."""
    is_settled = item.report is not None and item.report.kind in SETTLING
    return is_settled or item.occasion is Occasion.CANCELLED


def _reported(language: Language, item: Item) -> str:
    """Who said what, where that is the news; else whether it is under way."""
    if item.report:
        said, on = item.report, short_date(language, item.report.on)
        return say(language, f"reported.{said.kind}", by=one_line(said.by), date=on)
    return (
        say(language, "reported.started", date=short_date(language, item.started_on))
        if item.started_on
        else ""
    )


def mark_of(language: Language, item: Item) -> str:
    days = days_left(language, item.days)
    match item.occasion:
        case Occasion.CANCELLED:
            return say(language, "days.cancelled")
        case Occasion.CHANGED if item.report:
            return say(language, f"days.{item.report.kind}", days=days)
        case Occasion.ANSWERED:
            return say(language, f"days.{item.said}", days=days)
        case Occasion.CHANGED:
            return say(language, "days.unset" if item.days is None else "days.moved", days=days)
        case _:
            return days
