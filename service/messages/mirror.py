"""Which milestones stand in a calendar that shows the plan as it is, and as what: feeds and collections."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from service.errors import Language
from service.messages.calendar import CalendarEntry, Status, Version, uid_of
from service.messages.cleaning import one_line
from service.messages.feed import Row
from service.messages.wording import listed
from service.plan.marks import MarkKind, responsible
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.rules import ONE_DAY, Rules
from service.reminders.schedule import Standing

_STATUS_OF = {MarkKind.DONE: Status.DONE, MarkKind.NOT_RELEVANT: Status.CANCELLED}
LOOKS_BACK = timedelta(days=60)
LOOKS_AHEAD = timedelta(days=550)
"""A feed is read whole at each poll, so it covers a stretch; what is dropped is shown as such for as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """One reader's view of a plan that has its groups.

    `plan_id` and `domain` make the UIDs; the `rules` say what becomes of what is done, and of windows of
    several days. The coordinator is told as well whose each deadline is, and which are late.
    """

    plan: Plan
    plan_id: str
    domain: str
    language: Language
    zone: ZoneInfo
    today: date
    rules: Rules
    is_coordinators: bool = False

    def rows(
        self, shown: Iterable[Standing], versions: Mapping[str, Version], *, without_limit: bool = False
    ) -> list[Row]:
        """The entries of these milestones; `without_limit` is not limited to a stretch of time."""
        found = map(_as_shown, shown)
        return [
            self._row(each, versions[each.milestone.id])
            for each in found
            if without_limit or (_is_in_stretch(each, self.today) and not self._is_taken_off(each))
        ]

    def _is_taken_off(self, standing: Standing) -> bool:
        """Done by its day, where that is not to stand in calendars any more."""
        due_on, done_on = standing.milestone.due_on, standing.done_on
        is_early = due_on is not None and done_on is not None and done_on <= due_on
        return is_early and _status(standing) is Status.DONE and self.rules.when_done == "cancel"

    def _row(self, standing: Standing, version: Version) -> Row:
        milestone = standing.milestone
        entry = CalendarEntry(
            uid=uid_of(self.domain, self.plan_id, milestone.id),
            milestone=milestone,
            responsible=tuple(party_name(self.plan, party) for party in milestone.parties),
            status=_status(standing),
            language=self.language,
            zone=self.zone,
            # No link: whoever forwards an entry would hand over the secret with it.
            url=None,
            whole=self.rules.whole_windows,
            of=self._short_names(milestone) if self.is_coordinators else "",
        )
        return self._as_the_coordinator_sees(entry, version) if self.is_coordinators else Row(entry, version)

    def _as_the_coordinator_sees(self, entry: CalendarEntry, version: Version) -> Row:
        """Past its day and open still, it is a new version since the midnight after that day.

        So there is room for one more between any two versions, or the next change would not be a later one.
        """
        of_plan = replace(version, sequence=2 * version.sequence)
        due_on = entry.milestone.due_on
        if due_on is None or due_on >= self.today or entry.status is not Status.PLANNED:
            return Row(entry, of_plan)
        since = datetime.combine(due_on + ONE_DAY, time(), entry.zone)
        late = Version(sequence=of_plan.sequence + 1, changed_at=max(version.changed_at, since))
        return Row(replace(entry, status=Status.LATE), late)

    def _short_names(self, milestone: Milestone) -> str:
        """As the plan names them in the fewest letters: "SB og FOB"."""
        known = {party.id: min((party.name, *party.aliases), key=len) for party in self.plan.parties}
        return listed(self.language, [one_line(known.get(party, party)) for party in milestone.parties])


def up_to(plan: Plan, everything: Iterable[Standing], parties: frozenset[str]) -> Iterator[Standing]:
    """The milestones that are up to one of these parties or a group it is a member of."""
    for standing in everything:
        if responsible(plan, standing.milestone, standing.progress) & parties:
            yield standing


def party_name(plan: Plan, party_id: str) -> str:
    """The party's name; its id when only a dropped milestone or an old link still knows it."""
    names = {party.id: party.name for party in plan.parties}
    return one_line(names.get(party_id, party_id))


def _as_shown(standing: Standing) -> Standing:
    """What lost its date is shown as taken off its last one, since that day is what calendars hold."""
    if standing.milestone.due_on or not standing.was or standing.dropped_on:
        return standing
    lost = replace(standing.milestone, due_on=standing.was)
    return replace(standing, milestone=lost, dropped_on=standing.since)


def _is_in_stretch(standing: Standing, today: date) -> bool:
    due_on, called_off_on = standing.milestone.due_on, _called_off_on(standing)
    is_gone = called_off_on is not None and called_off_on < today - LOOKS_BACK
    return due_on is not None and not is_gone and today - LOOKS_BACK <= due_on <= today + LOOKS_AHEAD


def _called_off_on(standing: Standing) -> date | None:
    settled = standing.settled
    is_moot = settled is not None and settled.kind is MarkKind.NOT_RELEVANT
    return standing.dropped_on or (settled.on if settled and is_moot else None)


def _status(standing: Standing) -> Status:
    if standing.dropped_on:
        return Status.CANCELLED
    return _STATUS_OF[standing.settled.kind] if standing.settled else Status.PLANNED
