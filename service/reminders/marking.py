"""From what somebody asks for, in words, to a mark that may be made; what may not is one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from service.errors import RettidigError
from service.plan.marks import SETTLING, Mark, MarkKind, responsible
from service.plan.plan import Plan
from service.reminders.schedule import Standing

UNDO_FOR = timedelta(days=7)

ALWAYS = frozenset({MarkKind.UNDONE, MarkKind.REOPENED})
"""What may be reported of a milestone that is settled."""


class MarkRefusedError(RettidigError):
    """Something that cannot be reported as it stands."""


class UnknownMarkError(MarkRefusedError):
    da = "»{kind}« kan ikke meldes. Skriv en af: {kinds}."
    en = "“{kind}” cannot be reported. Write one of: {kinds}."


class DroppedMilestoneError(MarkRefusedError):
    da = "Punktet er udgået af planen, så der er ikke noget at melde."
    en = "The item has been withdrawn from the plan, so there is nothing to report."


class SettledError(MarkRefusedError):
    da = "Det er allerede meldt af {by}. Fortryd det først, hvis det ikke passer."
    en = "It has been reported by {by} already. Undo that first if it is not so."


class NotYoursError(MarkRefusedError):
    da = "Punktet er ikke længere hos jer, så andre melder om det."
    en = "The item is no longer with you, so it is for others to report on."


class NothingToUndoError(MarkRefusedError):
    da = "Der er ikke noget at fortryde."
    en = "There is nothing to undo."


class TooLateToUndoError(MarkRefusedError):
    da = "Det kan fortrydes i {days} dage, og de er gået. Bed jeres koordinator om at åbne punktet igen."
    en = "It can be undone for {days} days, which have passed. Ask your coordinator to reopen the item."


class SnoozeDayError(MarkRefusedError):
    da = "Påmindelser kan udskydes til en dag efter i dag og før fristen; skriv den som 2024-03-01."
    en = "Reminders can be put off to a day after today and before the deadline; write it as 2024-03-01."


class UnknownReceiverError(MarkRefusedError):
    da = "Vælg, hvem der overtager, blandt de andre i planen: {parties}."
    en = "Choose who takes over, among the others in the plan: {parties}."


class UnknownPointError(MarkRefusedError):
    da = "Listen har punkterne 1 til {count}; skriv nummeret på et af dem."
    en = "The list has the points 1 to {count}; write the number of one of them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reports: the name others are told, and the recipient's key and parties if it was by a link.

    Without parties it is the coordinator, who speaks for everybody.
    """

    name: str
    recipient: str = ""
    parties: frozenset[str] = frozenset()

    def own(self, plan: Plan, standing: Standing) -> frozenset[str]:
        """The parties it speaks for in this milestone; none where it has been handed over by them all."""
        asked = responsible(plan, standing.milestone, standing.progress)
        return plan.members(self.parties) & asked


def mark_from(
    wanted: Mapping[str, str], *, plan: Plan, standing: Standing, reporter: Reporter, at: datetime, on: date
) -> Mark:
    """The mark that `wanted` asks for: its `kind`, and `until`, `to`, `point` or `mark` where it needs one.

    Raises MarkRefusedError for what makes no sense as the milestone stands.
    """
    kind = _kind(wanted.get("kind", ""))
    if standing.dropped_on:
        raise DroppedMilestoneError
    if standing.settled and kind not in ALWAYS:
        raise SettledError(by=standing.settled.by)
    own = reporter.own(plan, standing)
    if reporter.parties and not own and kind not in ALWAYS:
        raise NotYoursError
    mark = Mark(
        kind=kind, on=on, at=at, by=reporter.name, recipient=reporter.recipient, parties=tuple(sorted(own))
    )
    fill = DETAILS.get(kind)
    return replace(mark, **fill(wanted, plan, standing, mark)) if fill else mark


def may_undo(mark: Mark, reporter: Reporter, today: date) -> bool:
    """One's own reports for a week; the coordinator those of everybody."""
    return mark.on + UNDO_FOR >= today and (not reporter.recipient or reporter.recipient == mark.recipient)


def _kind(text: str) -> MarkKind:
    try:
        return MarkKind(text)
    except ValueError:
        raise UnknownMarkError(kind=text[:40], kinds=", ".join(MarkKind)) from None


Details = dict[str, Any]


def _settled(_wanted: Mapping[str, str], _plan: Plan, standing: Standing, mark: Mark) -> Details:
    for report in standing.progress.reports:
        if mark.parties and set(mark.parties) <= set(report.parties):
            raise SettledError(by=report.by)
    return {}


def _snoozed(wanted: Mapping[str, str], _plan: Plan, standing: Standing, mark: Mark) -> Details:
    due_on = standing.milestone.due_on
    try:
        until = date.fromisoformat(wanted.get("until", ""))
    except ValueError:
        raise SnoozeDayError from None
    if due_on is None or not mark.on < until < due_on:
        raise SnoozeDayError
    return {"until": until}


def _handed_over(wanted: Mapping[str, str], plan: Plan, standing: Standing, mark: Mark) -> Details:
    to = _party_called(plan, wanted.get("to", ""))
    giving = set(mark.parties) or responsible(plan, standing.milestone, standing.progress)
    others = [party.id for party in plan.parties if party.id not in giving]
    if to not in others:
        raise UnknownReceiverError(parties=", ".join(others))
    return {"to": to}


def _party_called(plan: Plan, name: str) -> str:
    """The id of the party that the plan calls so, in any letter case; "" for none."""
    wanted = name.strip().casefold()
    called = {
        party.id: {party.id, party.name.casefold(), *map(str.casefold, party.aliases)}
        for party in plan.parties
    }
    return next((party for party, names in called.items() if wanted in names), "")


def _ticked(wanted: Mapping[str, str], _plan: Plan, standing: Standing, _mark: Mark) -> Details:
    points = standing.milestone.checklist
    number = wanted.get("point", "")
    numbered = {str(place): point for place, point in enumerate(points, start=1)}
    if number not in numbered:
        raise UnknownPointError(count=len(points))
    return {"point": numbered[number]}


def _reopened(_wanted: Mapping[str, str], _plan: Plan, standing: Standing, mark: Mark) -> Details:
    if not standing.progress.reports or mark.recipient:
        raise NothingToUndoError
    return {}


def _undone(wanted: Mapping[str, str], _plan: Plan, standing: Standing, mark: Mark) -> Details:
    """It keeps whose calendars the other one had changed, since they change back."""
    number = wanted.get("mark", "")
    found = next((each for each in standing.progress.in_force if str(each.id) == number), None)
    if found is None or (mark.recipient and found.recipient != mark.recipient):
        raise NothingToUndoError
    if found.on + UNDO_FOR < mark.on:
        raise TooLateToUndoError(days=UNDO_FOR.days)
    return {"undoes": found.id, "parties": found.parties, "to": found.to}


DETAILS: dict[MarkKind, Callable[[Mapping[str, str], Plan, Standing, Mark], Details]] = {
    **dict.fromkeys(SETTLING, _settled),
    MarkKind.SNOOZED: _snoozed,
    MarkKind.HANDED_OVER: _handed_over,
    MarkKind.TICKED: _ticked,
    MarkKind.UNTICKED: _ticked,
    MarkKind.REOPENED: _reopened,
    MarkKind.UNDONE: _undone,
}
