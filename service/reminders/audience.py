"""Who is told of a milestone: those it is up to, and the coordinator where none of them hears."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from service.plan.marks import UNTOUCHED, Mark, Progress, responsible
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.reported import IS_NEWS_TO, Concern, ever_asked
from service.reminders.rules import TO_THE_COORDINATOR


def hearers_for(
    plan: Plan, milestone: Milestone, hearers: Iterable[Hearer], progress: Progress = UNTOUCHED
) -> tuple[Hearer, ...]:
    """Everyone who hears for a party that it is up to; the coordinator when nobody does."""
    everyone = tuple(hearers)
    reached = responsible(plan, milestone, progress)
    told = tuple(hearer for hearer in everyone if hearer.parties & reached)
    return told or tuple(hearer for hearer in everyone if hearer.is_coordinator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Those who may be told of a milestone. It is up to the parties `asked`; `told` hear for them."""

    plan: Plan
    milestone: Milestone
    progress: Progress
    asked: frozenset[str]
    told: tuple[Hearer, ...]
    coordinators: tuple[Hearer, ...]
    once_asked: tuple[Hearer, ...]

    @property
    def everyone(self) -> tuple[Hearer, ...]:
        return tuple(dict.fromkeys((*self.told, *self.coordinators, *self.once_asked)))

    def reminded(self, occasion: Occasion, wanted_on: date, sent_on: date) -> tuple[Hearer, ...]:
        """Who is told by mail and card of what is wanted on one day and sent on that or a later one."""
        if occasion in TO_THE_COORDINATOR:
            return _without_calendars(self.coordinators)
        concerns = self._concerns(wanted_on)
        return tuple(concern.hearer for concern in concerns if not concern.is_quiet(occasion, sent_on))

    def informed(self, mark: Mark, wanted_on: date) -> tuple[Hearer, ...]:
        """To whom a report is news, by mail and card."""
        concerns = self._concerns(wanted_on)
        return tuple(concern.hearer for concern in concerns if IS_NEWS_TO[mark.kind](mark, concern))

    def invited(self, mark: Mark | None) -> tuple[Hearer, ...]:
        """Whose calendars are told of a date, or of a report that changes the entry."""
        told = self.once_asked if mark else self.told
        return tuple(hearer for hearer in told if hearer.channel is Channel.INVITE)

    def absent(self, day: date) -> dict[str, date]:
        """The parties for which all who are reminded by mail and card are away on a day, and until when.

        A group is heard through its members, and they through it.
        """
        reminded = [(hearer, hearer.preferences.away_until(day)) for hearer in _without_calendars(self.told)]
        if not any(last for _, last in reminded):
            return {}
        there = self.plan.members(
            party for hearer, last in reminded if not last for party in hearer.parties & self.asked
        )
        return {
            party: min(last for hearer, last in reminded if last and party in hearer.parties)
            for party in sorted(self.asked)
            if self._is_missed(party, there) and any(party in hearer.parties for hearer, _ in reminded)
        }

    def _is_missed(self, party: str, there: frozenset[str]) -> bool:
        members = self.plan.members([party]) - {party}
        return party not in there and not (members and members <= there)

    def _concerns(self, day: date) -> Iterator[Concern]:
        """Those told by mail and card, and the coordinator in place of who is away on the day."""
        stand_ins = self.coordinators if self.absent(day) else ()
        for hearer in _without_calendars(dict.fromkeys((*self.told, *stand_ins))):
            yield Concern(
                plan=self.plan,
                milestone=self.milestone,
                progress=self.progress,
                hearer=hearer,
                asked=self.asked,
            )


def audience_of(plan: Plan, milestone: Milestone, progress: Progress, hearers: Iterable[Hearer]) -> Audience:
    everyone = tuple(hearers)
    ever = ever_asked(plan, milestone, progress)
    coordinators = tuple(hearer for hearer in everyone if hearer.is_coordinator)
    return Audience(
        plan=plan,
        milestone=milestone,
        progress=progress,
        asked=responsible(plan, milestone, progress),
        told=hearers_for(plan, milestone, everyone, progress),
        coordinators=coordinators,
        once_asked=tuple(hearer for hearer in everyone if hearer.parties & ever) or coordinators,
    )


def _without_calendars(hearers: Iterable[Hearer]) -> tuple[Hearer, ...]:
    return tuple(hearer for hearer in hearers if hearer.channel is not Channel.INVITE)
