"""What reports leave unsaid, and to whom they are news."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from service.plan.marks import SETTLING, Mark, MarkKind, Progress
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.notice import Hearer, Occasion

QUIET_WHILE_SNOOZED = frozenset({Occasion.OPENS, Occasion.AHEAD})
"""A snooze puts off what comes before the due date; on the day itself and after it nobody is spared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What a milestone has to do with a hearer. It is up to the parties `asked`; `own` are the hearer's."""

    plan: Plan
    milestone: Milestone
    progress: Progress
    hearer: Hearer
    asked: frozenset[str]

    @property
    def own(self) -> frozenset[str]:
        return self.hearer.parties & self.asked

    def is_quiet(self, occasion: Occasion, day: date) -> bool:
        """Whether a reminder on this day is not for this hearer."""
        return self._has_reported() or day < self._asked_since() or self._is_snoozed(occasion, day)

    def _has_reported(self) -> bool:
        """Where each party must report, it has and others have not."""
        spoken = frozenset(party for mark in self.progress.reports for party in mark.parties)
        return bool(self.own) and self.own <= spoken

    def _asked_since(self) -> date:
        """What was handed over to the hearer was not its concern before."""
        handovers = self.progress.handovers
        if not handovers or self.hearer.parties & self.plan.members(self.milestone.parties):
            return date.min
        to_it = [mark.on for mark in handovers if self.hearer.parties & self.plan.members([mark.to])]
        return min(to_it or [mark.on for mark in handovers])

    def _is_snoozed(self, occasion: Occasion, day: date) -> bool:
        return occasion in QUIET_WHILE_SNOOZED and any(
            mark.until is not None and mark.on <= day < mark.until and mark.speaks_for(self.own)
            for mark in self.progress.snoozes
        )


def ever_asked(plan: Plan, milestone: Milestone, progress: Progress) -> frozenset[str]:
    """All parties whose calendars may hold it: those of the plan, and those it was handed to since."""
    to = {mark.to for mark in (*progress.handovers, progress.turned) if mark and mark.to}
    return plan.members([*milestone.parties, *to])


def _those_who_share_it(mark: Mark, concern: Concern) -> bool:
    """All but the one who reported; when it was reported for everybody, nobody is told."""
    spoken = frozenset(mark.parties)
    is_shared = bool(spoken) and not concern.asked <= spoken
    return is_shared and not concern.own <= spoken and concern.hearer.recipient != mark.recipient


def _who_gets_it(mark: Mark, concern: Concern) -> bool:
    """Those to whom it was handed; the coordinator hears for them when nobody else does."""
    return not concern.own or bool(concern.hearer.parties & concern.plan.members([mark.to]))


def _who_snoozed(mark: Mark, concern: Concern) -> bool:
    return mark.speaks_for(concern.own)


IS_NEWS_TO: dict[MarkKind, Callable[[Mark, Concern], bool]] = {
    **dict.fromkeys(SETTLING, _those_who_share_it),
    MarkKind.HANDED_OVER: _who_gets_it,
    MarkKind.SNOOZED: _who_snoozed,
}
