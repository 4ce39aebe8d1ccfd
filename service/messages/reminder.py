"""What one collected message says, before it takes the form of a mail or a card."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from service.errors import Language
from service.messages.overview import OverviewInWords
from service.plan.marks import MarkKind
from service.plan.milestone import Milestone
from service.plan.neighbours import Between, between
from service.plan.plan import Plan
from service.reminders.audience import audience_of
from service.reminders.consequences import Dependency, concerning
from service.reminders.notice import Hearer, Occasion
from service.reminders.recipients import recipient_name
from service.reminders.responses import Response, Said
from service.reminders.schedule import Standing

HAVE_CONSEQUENCES = frozenset({Occasion.CHANGED, Occasion.OVERDUE, Occasion.ESCALATED})
"""What is told of something that is late or has moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody else said of a milestone: that it is settled, or that the reader is to take over."""

    kind: MarkKind
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One milestone in a reminder. `days` until the due date, negative after it, None while it is awaited.

    `responsible` are the names of the parties as the plan names them. `was` is the earlier due date when that
    is what has `changed`, `report` what somebody reported if it is that. `ticked` are the points of the
    checklist that are ready. `done_url` leads to the page where it can be reported as done. What has no date
    stands `between` other rows. `away` are the names of those who pause, so that the coordinator is told in
    their place, each with the last day of the pause. `consequences` is what no longer fits, or only just,
    because it is late or has moved. `answers` is what calendars said, each with the name of who it was.
    """

    milestone: Milestone
    occasion: Occasion
    days: int | None
    responsible: tuple[str, ...]
    was: date | None = None
    report: Report | None = None
    started_on: date | None = None
    ticked: frozenset[str] = frozenset()
    done_url: str | None = field(default=None, repr=False)
    between: Between | None = None
    away: tuple[tuple[str, date], ...] = ()
    consequences: tuple[Dependency, ...] = ()
    answers: tuple[tuple[str, Response], ...] = ()

    @property
    def said(self) -> Said:
        """What most asks for something among the answers."""
        return min((each.said for _, each in self.answers), key=list(Said).index, default=Said.DECLINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """All that one hearer is told over one channel on one day; each milestone once, the most urgent first.

    The coordinator's `overview`, on its days, is about the whole plan, and holds what still has no date;
    `done_urls` are the pages of its late rows, by milestone.
    """

    language: Language
    recipient_name: str
    plan_title: str
    on: date
    items: tuple[Item, ...]
    overview: OverviewInWords | None = None
    done_urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    coordinator_name: str = ""
    plan_url: str | None = field(default=None, repr=False)
    feed_url: str | None = field(default=None, repr=False)

    @property
    def occasion(self) -> Occasion:
        """The occasion that speaks for the message: the most urgent one in it."""
        order = list(Occasion)
        found = [item.occasion for item in self.items]
        return max([*found, Occasion.DIGEST] if self.overview else found, key=order.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The pages on which a hearer can report, by milestone, and the one to subscribe on."""

    done: Mapping[str, str] = field(default_factory=dict, repr=False)
    feed: str | None = field(default=None, repr=False)


NO_LINKS = Links()


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What only the coordinator is told of: who of `everyone` is away, and what late things hold up.

    `responses` are the answers of calendars that are news today.
    """

    everyone: tuple[Hearer, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    responses: tuple[Response, ...] = ()


NO_BACKGROUND = Background()


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """The most urgent occasion first, then by due date; what has no date stands last."""
    urgency = list(Occasion)

    def rank(item: Item) -> tuple[int, date, int]:
        return -urgency.index(item.occasion), item.milestone.due_on or date.max, item.milestone.row

    return tuple(sorted(items, key=rank))


def reminder_about(
    told: Iterable[tuple[Standing, Occasion]],
    *,
    plan: Plan,
    hearer: Hearer,
    on: date,
    coordinator_name: str = "",
    links: Links = NO_LINKS,
    overview: OverviewInWords | None = None,
    background: Background = NO_BACKGROUND,
) -> Reminder:
    """What a hearer is told of milestones on a day.

    Each milestone once, by its most urgent occasion: after downtime the latest word is enough.
    """
    urgency, behind = list(Occasion), background if hearer.is_coordinator else NO_BACKGROUND
    latest: dict[str, tuple[Standing, Occasion]] = {}
    for standing, occasion in sorted(told, key=lambda pair: urgency.index(pair[1])):
        if not (overview and occasion is Occasion.AWAITING):
            latest[standing.milestone.id] = standing, occasion
    return Reminder(
        language=hearer.language,
        recipient_name=hearer.name,
        plan_title=plan.title,
        on=on,
        items=in_order(
            [
                _item(plan, standing, occasion, on, done_url=links.done.get(milestone), behind=behind)
                for milestone, (standing, occasion) in latest.items()
            ]
        ),
        coordinator_name=coordinator_name,
        feed_url=links.feed,
        overview=overview,
        done_urls=links.done if overview else {},
    )


def names_of(plan: Plan, milestone: Milestone) -> tuple[str, ...]:
    """The names of its parties; the id of one that no revision can tell the name of."""
    known = {party.id: party.name for party in plan.known_parties}
    return tuple(known.get(party, party) for party in milestone.parties)


def _item(
    plan: Plan,
    standing: Standing,
    occasion: Occasion,
    on: date,
    *,
    done_url: str | None,
    behind: Background,
) -> Item:
    milestone, progress = standing.milestone, standing.progress
    report = _reported(standing) if occasion is Occasion.CHANGED else None
    return Item(
        milestone=milestone,
        occasion=occasion,
        days=(milestone.due_on - on).days if milestone.due_on else None,
        responsible=names_of(plan, milestone),
        was=standing.was if occasion is Occasion.CHANGED and not report else None,
        report=report,
        started_on=progress.started.on if progress.started else None,
        ticked=progress.ticked,
        done_url=done_url,
        between=between(plan, milestone) if milestone.is_awaiting else None,
        away=tuple(_away(plan, standing, behind.everyone, on)) if behind.everyone else (),
        consequences=_consequences(milestone, occasion, behind.dependencies),
        answers=tuple(
            (recipient_name(behind.everyone, each.recipient), each)
            for each in behind.responses
            if each.milestone == milestone.id
        ),
    )


def _away(
    plan: Plan, standing: Standing, hearers: tuple[Hearer, ...], on: date
) -> Iterator[tuple[str, date]]:
    names = {party.id: party.name for party in plan.parties}
    absent = audience_of(plan, standing.milestone, standing.progress, hearers).absent(on)
    return ((names.get(party, party), last) for party, last in absent.items())


def _consequences(
    milestone: Milestone, occasion: Occasion, found: Sequence[Dependency]
) -> tuple[Dependency, ...]:
    return tuple(concerning(milestone.id, found)) if occasion in HAVE_CONSEQUENCES else ()


def _reported(standing: Standing) -> Report | None:
    """The report that is the latest change: since it, the due date has not moved."""
    handover = next(reversed(standing.progress.handovers), None)
    mark = standing.settled or handover
    if mark is None or (standing.was and mark.on < standing.since):
        return None
    return Report(kind=mark.kind, by=mark.by, on=mark.on)
