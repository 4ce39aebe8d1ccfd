"""Lengths of time counted from a day: "14 dage før 1. juni", "6 weeks from 3 February"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from service.plan.finding import Finding
from service.plan.window import Kind, Window
from service.reading.deadline.figures import Token
from service.reading.deadline.meaning import Sense, written
from service.reading.deadline.sorts import Sort

_LENGTH = re.compile("n[ku](?:([faB])(?=[WDn])|(?![faB]))")
"""In the letters of the tokens: "8 uger", or "8 uger før" right before a day."""


@dataclass(frozen=True, slots=True)
class _Length:
    """`joint` is what stands between the length and a day: before, after, from; empty where none does."""

    text: str
    time: relativedelta
    joint: str


def count_from(sense: Sense, tokens: Sequence[Token]) -> Sense:
    """The day that lies so long before or after the one that the sense names, or the stretch from it on.

    A sense of more days than one, or a cell that names no length, stays as it is.
    """
    length = _length(tokens)
    anchor, last = sense.days
    if length is None or anchor != last:
        return sense
    window = _counted(length, anchor, sense.window, is_by=any(token.sort is Sort.BY for token in tokens))
    days = window.starts_on or window.ends_on or anchor, window.ends_on or anchor
    if window == sense.window:
        return sense
    finding = Finding(code="day-counted", values={"written": length.text, "understood": written(days)})
    return replace(sense, days=days, window=window, findings=(*sense.findings, finding))


def _counted(length: _Length, anchor: date, window: Window, *, is_by: bool) -> Window:
    if length.joint in {Sort.BEFORE, Sort.AFTER}:
        day = anchor - length.time if length.joint == Sort.BEFORE else anchor + length.time
        kind, start = (Kind.BY, None) if is_by else (Kind.DAY, day)
        return replace(window, kind=kind, starts_on=start, ends_on=day)
    if window.kind is Kind.FROM:
        return replace(window, kind=Kind.RANGE, ends_on=anchor + length.time)
    return window


def _length(tokens: Sequence[Token]) -> _Length | None:
    found = _LENGTH.search("".join(token.sort for token in tokens))
    if found is None:
        return None
    number, unit = tokens[found.start() : found.start() + 2]
    if not unit.value:
        return None  # working days: which days those are is not for a deadline cell to say
    count = int(number.value)
    time = {
        "days": relativedelta(days=count),
        "weeks": relativedelta(weeks=count),
        "months": relativedelta(months=count),
        "years": relativedelta(years=count),
    }[str(unit.value)]
    return _Length(text=f"{number.text} {unit.text}", time=time, joint=found[1] or "")
