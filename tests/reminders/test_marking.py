"""What may be reported, and the one sentence for what may not."""

from datetime import UTC, date, datetime

import pytest

from service.plan.marks import Mark, MarkKind, fold
from service.reminders import marking
from service.reminders.marking import MarkRefusedError, Reporter, mark_from, may_undo
from service.reminders.schedule import Standing
from tests.factories import a_day, a_mark, a_milestone, a_plan

TODAY = date(2024, 3, 4)
NOW = datetime(2024, 3, 4, 9, tzinfo=UTC)
SHARED = a_milestone(
    a_day(date(2024, 3, 13)), parties=("boligorganisationerne",), checklist=("Budget", "Referat")
)
PLAN = a_plan(SHARED)
SB = Reporter(name="Slagelse Boligselskab", recipient="sb", parties=frozenset({"sb"}))
COORDINATOR = Reporter(name="koordinatoren")


def standing(*marks: Mark, dropped_on: date | None = None) -> Standing:
    progress = fold(marks)
    settled = next(iter(progress.reports), None)
    return Standing(
        milestone=SHARED,
        since=date(2024, 2, 1),
        progress=progress,
        settled=settled,
        dropped_on=dropped_on,
    )


def wanted(stands: Standing, reporter: Reporter = SB, on: date = TODAY, **fields: str) -> Mark:
    return mark_from(fields, plan=PLAN, standing=stands, reporter=reporter, at=NOW, on=on)


def test_a_report_by_link_speaks_for_the_parties_of_its_holder() -> None:
    made = wanted(standing(), kind="done")
    assert (made.kind, made.by, made.recipient, made.parties) == (
        MarkKind.DONE,
        "Slagelse Boligselskab",
        "sb",
        ("sb",),
    )


def test_the_coordinator_speaks_for_everybody() -> None:
    assert wanted(standing(), COORDINATOR, kind="not-relevant").parties == ()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, marking.UnknownMarkError),
        ({"kind": "finished"}, marking.UnknownMarkError),
        ({"kind": "snoozed"}, marking.SnoozeDayError),
        ({"kind": "snoozed", "until": "soon"}, marking.SnoozeDayError),
        ({"kind": "snoozed", "until": "2024-03-04"}, marking.SnoozeDayError),
        ({"kind": "snoozed", "until": "2024-03-13"}, marking.SnoozeDayError),
        ({"kind": "handed-over"}, marking.UnknownReceiverError),
        ({"kind": "handed-over", "to": "sb"}, marking.UnknownReceiverError),
        ({"kind": "handed-over", "to": "nobody"}, marking.UnknownReceiverError),
        ({"kind": "ticked", "point": "0"}, marking.UnknownPointError),
        ({"kind": "ticked", "point": "²"}, marking.UnknownPointError),
        ({"kind": "ticked", "point": "3"}, marking.UnknownPointError),
        ({"kind": "undone", "mark": "17"}, marking.NothingToUndoError),
        ({"kind": "reopened"}, marking.NothingToUndoError),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    fields: dict[str, str], error: type[MarkRefusedError]
) -> None:
    with pytest.raises(error) as refused:
        mark_from(fields, plan=PLAN, standing=standing(), reporter=SB, at=NOW, on=TODAY)
    assert "{" not in refused.value.sentence("da") + refused.value.sentence("en")


@pytest.mark.parametrize("kind", ["done", "not-relevant", "started", "snoozed", "handed-over", "ticked"])
def test_what_is_settled_must_be_undone_before_it_is_reported_again(kind: str) -> None:
    with pytest.raises(marking.SettledError, match="FOB"):
        wanted(standing(a_mark(MarkKind.DONE, TODAY, by="FOB", id=1)), kind=kind)


def test_of_a_dropped_milestone_there_is_nothing_to_report() -> None:
    with pytest.raises(marking.DroppedMilestoneError):
        wanted(standing(dropped_on=TODAY), kind="done")


def test_who_handed_it_over_has_no_more_say_but_can_take_it_back() -> None:
    handed = a_mark(MarkKind.HANDED_OVER, TODAY, parties=("sb",), recipient="sb", to="sk", id=1)
    with pytest.raises(marking.NotYoursError):
        wanted(standing(handed), kind="done")
    undo = wanted(standing(handed), kind="undone", mark="1")
    assert (undo.undoes, undo.to) == (1, "sk"), "the calendars of both change back"


def test_a_party_is_known_by_its_aliases_too() -> None:
    assert wanted(standing(), kind="handed-over", to="Slagelse kommune").to == "sk"


def test_a_report_can_be_undone_for_seven_days_and_only_by_who_made_it_or_the_coordinator() -> None:
    done = a_mark(MarkKind.DONE, TODAY, recipient="sb", parties=("sb",), id=1)
    fob = Reporter(name="FOB", recipient="fob", parties=frozenset({"fob"}))
    last, too_late = date(2024, 3, 11), date(2024, 3, 12)
    assert wanted(standing(done), on=last, kind="undone", mark="1").undoes == 1
    with pytest.raises(marking.TooLateToUndoError):
        wanted(standing(done), on=too_late, kind="undone", mark="1")
    with pytest.raises(marking.NothingToUndoError):
        wanted(standing(done), fob, kind="undone", mark="1")
    assert wanted(standing(done), COORDINATOR, kind="undone", mark="1").undoes == 1
    assert [may_undo(done, who, last) for who in (SB, fob, COORDINATOR)] == [True, False, True]


def test_the_coordinator_can_reopen_it_at_any_time() -> None:
    done = a_mark(MarkKind.DONE, TODAY, recipient="sb", parties=("sb",), id=1)
    assert wanted(standing(done), COORDINATOR, date(2024, 6, 1), kind="reopened").kind is MarkKind.REOPENED
