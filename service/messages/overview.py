"""The coordinator's overview in words; mail, card, page and terminal only lay it out."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.overview_lines import SECTIONS, Line
from service.messages.overview_wording import say
from service.messages.tone import Tone
from service.messages.wording import long_date, month_of, quoted, short_date
from service.plan.plan import Plan
from service.reminders.overview import Overview

LATE_LINKS = 12
"""Of how many late rows an overview can be answered; a mail shows no more of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A number and what there are so many of."""

    tone: Tone
    count: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    heading: str
    says: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewInWords:
    """`summary` is what is outstanding, short enough for a subject. Sections without lines are left out."""

    title: str
    summary: str
    sums: tuple[Sum, ...]
    sections: tuple[Section, ...]


def overview_in_words(language: Language, plan: Plan, overview: Overview) -> OverviewInWords:
    says = {"late": _history(language, overview), "unanswered": say(language, "unanswered.says")}
    days = {
        "until": short_date(language, overview.until),
        "since": short_date(language, overview.since),
    }
    sums, sections = [], []
    for key, tone, count_of, lines_of in SECTIONS:
        count, lines = count_of(overview), tuple(lines_of(language, plan, overview))
        sums.append(Sum(tone=tone if count else Tone.UNDATED, count=count, label=say(language, f"sum.{key}")))
        if lines or (key == "late" and says["late"]):
            heading = f"{say(language, key, **days)} ({count})"
            sections.append(Section(heading=heading, says=says.get(key, ""), lines=lines))
    return OverviewInWords(
        title=title_of(language, overview),
        summary=summary_of(language, overview),
        sums=tuple(sums),
        sections=tuple(sections),
    )


def answerable(overview: Overview | None) -> frozenset[str]:
    """The ids of the milestones that a message with this overview has links to report on."""
    return (
        frozenset(standing.milestone.id for standing in overview.late[:LATE_LINKS])
        if overview
        else frozenset()
    )


def without(language: Language, words: OverviewInWords, milestones: Collection[str]) -> OverviewInWords:
    """Without the lines of what is told of at the top of the same message; the counts stay."""
    return replace(words, sections=tuple(_rest(language, section, milestones) for section in words.sections))


def _rest(language: Language, section: Section, milestones: Collection[str]) -> Section:
    lines = tuple(line for line in section.lines if line.milestone not in milestones)
    above = len(section.lines) - len(lines)
    says = [section.says, say(language, "above", count=above) if above else ""]
    return replace(section, lines=lines, says=" ".join(filter(None, says)))


def title_of(language: Language, overview: Overview) -> str:
    """As in "Overblik april 2024"."""
    year, week, _ = overview.on.isocalendar()
    month = month_of(language, overview.on)
    return say(language, f"title.{overview.rhythm}", month=month, week=week, year=year)


def opening_of(language: Language, plan_title: str, on: date) -> str:
    """As in "Sådan står »Procesplan« tirsdag den 2. april 2024."."""
    plan = quoted(language, one_line(plan_title))
    return say(language, "opening", plan=plan, date=long_date(language, on))


def summary_of(language: Language, overview: Overview) -> str:
    """What is outstanding: "2 over fristen, 4 på vej, 2 uden dato"."""
    counts = {"late": overview.late, "coming": overview.coming, "undated": overview.undated}
    told = [f"{len(found)} {say(language, f'sum.{key}')}" for key, found in counts.items() if found]
    return ", ".join(told) or say(language, "summary.none")


def _history(language: Language, overview: Overview) -> str:
    count = len(overview.history)
    return say(language, "late.history", count=count) if count else ""
