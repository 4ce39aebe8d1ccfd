"""What a coordinator should look at in the milestones of a plan, however they were read."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter

from service.plan.finding import Finding
from service.plan.milestone import Milestone
from service.plan.place import Spot
from service.plan.window import Certainty, Kind, Window
from service.reading.deadline import read_day_in
from service.reading.formats.cells import shortened
from service.reading.identity import normalised
from service.reading.public_holidays import public_holiday
from service.reading.title import years_in

_FAR = timedelta(days=550)  # a year and a half from all others, however long the plan
_NEAR = timedelta(days=240)
_MONTH = timedelta(days=31)
_NEARLY = timedelta(days=92)  # a plan of a year may well begin or end a quarter beside it
_ENOUGH_TO_SORT = 5
_SORTED = 0.8  # of the rows stand in the order of the calendar
_ENOUGH_TO_JUDGE = 4
_SATURDAY = 5


def due_day(activity: str, window: Window) -> date | None:
    """The day the activity names inside the window, else its last day; none while the date is awaited."""
    if window.certainty is Certainty.AWAITING:
        return None
    return read_day_in(activity, window) or window.last_day


def findings_about(milestones: Sequence[Milestone], language: str, title: str) -> Iterator[Finding]:
    """`language` is that of the plan; it tells whose public holidays count."""
    yield from _repeated(milestones)
    far_away = list(_far_away(milestones))
    yield from far_away
    rows = {finding.row for finding in far_away}
    yield from (finding for finding in _outside_title(milestones, title) if finding.row not in rows)
    for column in dict.fromkeys(_column(milestone) for milestone in milestones):
        yield from _out_of_order([each for each in milestones if _column(each) == column])
    for milestone in milestones:
        if (due := milestone.due_on) and milestone.window.kind in {Kind.DAY, Kind.BY}:
            yield from _on_a_day_off(milestone, due, language)


def _on_a_day_off(milestone: Milestone, due: date, language: str) -> Iterator[Finding]:
    said = {"written": milestone.deadline or "–", "understood": due.isoformat()}
    if holiday := public_holiday(due, language):
        yield _finding("due-on-holiday", milestone, **said, holiday=holiday)
    elif due.weekday() >= _SATURDAY:
        yield _finding("due-on-weekend", milestone, **said)


def _repeated(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Milestone] = {}
    for milestone in milestones:
        said = (normalised(milestone.activity), milestone.window, milestone.parties)
        if said in first:
            row, written = str(first[said].row), shortened(milestone.activity)
            yield _finding("row-repeated", milestone, first=row, written=written)
        first.setdefault(said, milestone)


def _far_away(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    """A day further from all others than those are from each other: mostly a slip in the year."""
    dated = [(milestone, day) for milestone in milestones if (day := milestone.due_on)]
    if len(dated) < _ENOUGH_TO_JUDGE:
        return
    dated.sort(key=itemgetter(1))
    days = [day for _, day in dated]
    for place, (milestone, day) in enumerate(dated):
        rest = days[-1 if place < len(days) - 1 else -2] - days[0 if place else 1]
        nearest = min(
            days[max(place - 1, 0) : place] + days[place + 1 : place + 2], key=lambda d: abs(d - day)
        )
        if abs(nearest - day) > min(_FAR, max(_NEAR, rest)):
            yield _finding(
                "deadline-far-away",
                milestone,
                written=milestone.deadline,
                understood=day.isoformat(),
                nearest=nearest.isoformat(),
            )


def _outside_title(milestones: Sequence[Milestone], title: str) -> Iterator[Finding]:
    """A day well outside the years in the title of a plan whose other days lie in them."""
    years = years_in(title)
    dated = [(milestone, day) for milestone in milestones if years and (day := milestone.due_on)]
    if len(dated) < _ENOUGH_TO_JUDGE or sum(day.year in years for _, day in dated) < _SORTED * len(dated):
        return
    first, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    for milestone, day in dated:
        if max(first - day, day - last) > _NEARLY:
            values = {"written": milestone.deadline or "–", "understood": day.isoformat(), "title": title}
            yield _finding("deadline-outside-title", milestone, **values)


def _out_of_order(milestones: Sequence[Milestone]) -> Iterator[Finding]:
    """In a plan that follows the calendar, a row that lies more than a month from where it stands."""
    dated = [
        (milestone, day)
        for milestone in milestones
        if not milestone.is_awaiting and (day := milestone.window.starts_on or milestone.window.ends_on)
    ]
    in_order = _longest_rise([day for _, day in dated])
    if len(dated) < _ENOUGH_TO_SORT or len(in_order) < _SORTED * len(dated):
        return
    for place in sorted(set(range(len(dated))) - set(in_order)):
        milestone, day = dated[place]
        below = bisect_left(in_order, place)
        before = dated[in_order[below - 1]][1] if below else day
        after = dated[in_order[below]][1] if below < len(in_order) else day
        if max(before - day, day - after) > _MONTH:
            yield _finding(
                "deadline-out-of-order", milestone, written=milestone.deadline, understood=day.isoformat()
            )


def _column(milestone: Milestone) -> str:
    """That of its date, where the plan has several columns of dates; each is in an order of its own."""
    return milestone.where.name_of(Spot.COLUMN)


def _longest_rise(days: Sequence[date]) -> list[int]:
    """The places of the longest run of days, gaps allowed, in which none is earlier than the one before."""
    ends: list[int] = []  # the place with the earliest day at which a run of that length can end
    previous: list[int] = []
    for place, day in enumerate(days):
        length = bisect_right(ends, day, key=days.__getitem__)
        previous.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [place]
    run, place = [], ends[-1] if ends else -1
    while place >= 0:
        run.append(place)
        place = previous[place]
    return run[::-1]


def _finding(code: str, milestone: Milestone, **values: str) -> Finding:
    return Finding(code=code, row=milestone.row, where=milestone.where, values=values)
