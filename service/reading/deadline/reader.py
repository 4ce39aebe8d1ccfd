"""The cell of a plan's deadline column, read."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import lru_cache

from service.plan.finding import Finding
from service.plan.window import AWAITING, Certainty, Kind, Window
from service.reading.deadline.clauses import Clause, Link, read_clauses, unread, without_times
from service.reading.deadline.figures import Token
from service.reading.deadline.lengths import count_from
from service.reading.deadline.meaning import Sense, choose, understand, without_date, written
from service.reading.deadline.sorts import Sort
from service.reading.deadline.tidy import tidy
from service.reading.deadline.tokens import scan
from service.reading.deadline.years import settle_years

_SAYS_WHEN = {Sort.AWAITING, Sort.BLANK, Sort.RECURRING, Sort.TENTATIVE}
_RELATIVE = {Sort.BEFORE, Sort.AFTER}
_MIDNIGHT = 24
_SHOWN = 200
"""So much of a long cell stands in a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline cell as it was understood. `names_year`: the cell itself fixes the year."""

    text: str
    window: Window
    findings: tuple[Finding, ...]
    names_year: bool


@lru_cache(maxsize=8192)
def read_deadline(text: str, year: int | None = None) -> Deadline:
    """What a cell means; `year` is the one its surroundings suggest, used where the cell names none.

    Never raises, and never guesses in silence: whatever is inferred, mended, set aside or not understood is a
    finding.
    """
    cell = tidy(text)
    tokens = settle_years(scan(cell), year)
    said = {token.sort for token in tokens}
    clauses = _in_force(read_clauses(without_times(tokens), stays_open=cell.endswith(("-", "+"))))
    years = [found for clause in clauses for found in clause.years]
    senses = _senses(clauses, years, year)
    sense = count_from(choose(senses), tokens) if senses else None
    window = _window(sense, clauses, said)
    findings = (
        *_spelling(tokens),
        *(sense.findings if sense else ()),
        *_remarks(text, tokens, clauses, sense, window, year=None if years else year),
    )
    return Deadline(
        text=text,
        window=replace(window, time=_clock_time(tokens)),
        findings=findings,
        names_year=bool(years),
    )


def _in_force(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses without what was replaced ("nå 18.06") or is only told ("faktisk 09.03")."""
    newest = max(
        (place for place, clause in enumerate(clauses) if Sort.NEWER in clause.links[0].before), default=0
    )
    current = [newer for clause in clauses[newest:] for newer in _still_said(clause)]
    return current or list(clauses)


def _still_said(clause: Clause) -> Iterator[Clause]:
    """Nothing of what is only told but the new date in it: "flyttet fra 3. maj til 3. juni"."""
    if Sort.OLDER not in clause.links[0].before:
        yield clause
    elif (
        Sort.FROM in clause.links[0].before | clause.links[-1].before or Sort.UNTIL in clause.links[-1].before
    ):
        yield replace(clause, links=(Link(clause.links[-1].unit),))


def _senses(clauses: Sequence[Clause], years: Sequence[int], context: int | None) -> list[Sense]:
    """Each clause in its year: its own, the clause before's, the first in the cell, or the context's."""
    lent = years[0] if years else context
    senses = []
    for clause in _without_lenders(clauses):
        sense = understand(clause, lent)
        lent = clause.years[-1] if clause.years else lent
        if sense:
            senses.append(sense)
    return senses


def _without_lenders(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Without a year or holiday that only explains another unit: "2. halvår (2024)", "høstferie uke 40"."""
    dated = [clause for clause in clauses if not clause.is_only_a_name] or clauses
    others = [clause for clause in dated if not clause.is_only_a_year]
    return others if others and not all(clause.years for clause in others) else dated


def _window(sense: Sense | None, clauses: Sequence[Clause], said: Collection[Sort]) -> Window:
    """What the words about the whole cell leave of the window: løbende, afventer, foreløbig."""
    window = sense.window if sense else without_date(clauses) if clauses else AWAITING
    if Sort.RECURRING in said:
        return replace(window, kind=Kind.RECURRING, certainty=Certainty.APPROXIMATE)
    is_to_come = Sort.AWAITING in said and window.certainty is not Certainty.EXACT
    if sense and (Sort.BLANK in said or is_to_come):
        return replace(window, certainty=Certainty.AWAITING)
    if window.certainty is Certainty.EXACT and Sort.TENTATIVE in said:
        return replace(window, certainty=Certainty.APPROXIMATE)
    return window


def _clock_time(tokens: Sequence[Token]) -> time | None:
    """The first clock time; midnight is how a spreadsheet writes a day, and 24 the end of the one named."""
    hour, minute = next((token.clock for token in tokens if token.clock), (0, 0))
    if hour == _MIDNIGHT:
        return time(23, 59)
    return time(hour, minute) if (hour, minute) != (0, 0) else None


def _spelling(tokens: Sequence[Token]) -> list[Finding]:
    return [
        Finding(code="spelling-assumed", values={"written": token.text, "understood": token.mended})
        for token in tokens
        if token.mended
    ]


def _remarks(
    text: str,
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    sense: Sense | None,
    window: Window,
    *,
    year: int | None,
) -> Iterator[Finding]:
    """What is to be said about the cell as a whole; `year` is the one that had to be lent from outside."""
    shown = " ".join(text.split())[:_SHOWN]
    if sense is None:
        yield from _undated(shown, tokens, window, has_units=bool(clauses))
        return
    values = {"written": shown, "understood": written(sense.days)}
    if year is not None:
        yield Finding(code="year-inferred", values={**values, "source": str(year)})
    tells_length = window.kind is Kind.RANGE or any(told.code == "day-counted" for told in sense.findings)
    if rest := unread(tokens, clauses, tells_length=tells_length):
        yield Finding(code="partly-understood", values={**values, "unread": rest})
    if any(token.sort is Sort.TENTATIVE for token in tokens):
        yield Finding(code="day-tentative", values=values)


def _undated(shown: str, tokens: Sequence[Token], window: Window, *, has_units: bool) -> Iterator[Finding]:
    said = {token.sort for token in tokens}
    if not shown.strip("-–—. "):
        yield Finding(code="deadline-missing")
    elif has_units and window.kind is not Kind.RECURRING:
        yield Finding(code="year-missing", values={"written": shown})
    elif not has_units and said & _RELATIVE:
        yield Finding(code="deadline-relative", values={"written": shown})
    elif not has_units and not said & _SAYS_WHEN:
        yield Finding(code="deadline-not-understood", values={"written": shown})
