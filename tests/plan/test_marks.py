"""What reports come to together, and that undoing one is as if it had never been made."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from service.plan.marks import UNTOUCHED, Duty, Mark, MarkKind, Progress, fold, responsible
from tests.factories import a_day, a_mark, a_milestone, a_plan

TODAY = date(2024, 3, 4)
SHARED = a_milestone(a_day(date(2024, 3, 13)), parties=("boligorganisationerne",))
PLAN = a_plan(SHARED)
ANY, EACH = Duty(plan=PLAN), Duty(plan=PLAN, done_by="each")

REPORTS = st.builds(
    a_mark,
    kind=st.sampled_from(sorted(set(MarkKind) - {MarkKind.UNDONE})),
    on=st.dates(TODAY, TODAY + timedelta(9)),
    recipient=st.sampled_from(["", "sb", "fob"]),
    parties=st.sampled_from([(), ("sb",), ("fob",)]),
    until=st.just(date(2024, 3, 11)),
    to=st.just("sk"),
    point=st.sampled_from(["Budget", "Referat"]),
    held=st.booleans(),
)


def numbered(marks: Iterable[Mark]) -> list[Mark]:
    return [replace(mark, id=number) for number, mark in enumerate(marks, start=1)]


def marks(*made: Mark) -> list[Mark]:
    return numbered(made)


def without_first_presses(progress: Progress, second: Mark) -> Progress:
    def is_kept(mark: Mark) -> bool:
        return not mark.held or (mark.kind, mark.recipient) != (second.kind, second.recipient)

    return replace(
        progress,
        held=tuple(filter(is_kept, progress.held)),
        in_force=tuple(filter(is_kept, progress.in_force)),
    )


@given(history=st.lists(REPORTS, max_size=8), last=REPORTS)
def test_undoing_the_last_report_restores_what_was_before(history: list[Mark], last: Mark) -> None:
    before = without_first_presses(fold(numbered(history)), last)
    reported = numbered([*history, last])
    undo = a_mark(MarkKind.UNDONE, TODAY, undoes=reported[-1].id, id=len(reported) + 1)
    # `turned` alone remembers it: a calendar that was told has to be told again.
    assert replace(before, turned=None) == replace(fold([*reported, undo]), turned=None)


@given(history=st.lists(REPORTS, max_size=8), shuffled=st.randoms())
def test_reports_come_to_the_same_in_whatever_order_they_are_read(
    history: list[Mark], shuffled: Random
) -> None:
    made = numbered(history)
    mixed = list(made)
    shuffled.shuffle(mixed)
    assert fold(made) == fold(mixed)


def test_nothing_reported_is_nothing_changed() -> None:
    assert fold([]) == UNTOUCHED
    assert ANY.settled(SHARED, UNTOUCHED) is None


def test_the_report_of_any_party_settles_it_and_the_first_one_counts() -> None:
    progress = fold(
        marks(
            a_mark(MarkKind.DONE, TODAY, parties=("sb",)),
            a_mark(MarkKind.DONE, TODAY + timedelta(2), parties=("fob",)),
        )
    )
    settled = ANY.settled(SHARED, progress)
    assert settled is not None
    assert settled.on == TODAY


def test_where_each_must_report_the_last_one_settles_it() -> None:
    first = a_mark(MarkKind.DONE, TODAY, parties=("sb",))
    second = a_mark(MarkKind.DONE, TODAY + timedelta(2), parties=("fob",))
    assert EACH.settled(SHARED, fold(marks(first))) is None
    settled = EACH.settled(SHARED, fold(marks(first, second)))
    assert settled is not None
    assert settled.on == TODAY + timedelta(2)


def test_a_report_for_everybody_settles_it_even_where_each_must_report() -> None:
    assert EACH.settled(SHARED, fold(marks(a_mark(MarkKind.NOT_RELEVANT, TODAY)))) is not None


def test_a_report_that_awaits_its_second_press_counts_for_nothing() -> None:
    held = a_mark(MarkKind.DONE, TODAY, recipient="sb", parties=("sb",), held=True)
    progress = fold(marks(held))
    assert ANY.settled(SHARED, progress) is None
    assert [mark.kind for mark in progress.held] == [MarkKind.DONE]
    pressed_again = fold(marks(held, replace(held, held=False)))
    assert ANY.settled(SHARED, pressed_again) is not None
    assert pressed_again.held == ()


def test_a_report_that_took_two_presses_is_undone_with_both() -> None:
    first = a_mark(MarkKind.DONE, TODAY, recipient="sb", parties=("sb",), held=True)
    undo = a_mark(MarkKind.UNDONE, TODAY, recipient="sb", undoes=2)
    progress = fold(marks(first, replace(first, held=False), undo))
    assert (progress.held, progress.in_force, progress.reports) == ((), (), ())


def test_reopened_takes_back_every_report_but_not_the_ticks() -> None:
    progress = fold(
        marks(
            a_mark(MarkKind.TICKED, TODAY, point="Budget"),
            a_mark(MarkKind.DONE, TODAY),
            a_mark(MarkKind.REOPENED, TODAY),
        )
    )
    assert ANY.settled(SHARED, progress) is None
    assert progress.ticked == {"Budget"}


def test_a_tick_can_be_taken_off_again() -> None:
    ticked = a_mark(MarkKind.TICKED, TODAY, point="Budget")
    assert fold(marks(ticked, replace(ticked, kind=MarkKind.UNTICKED))).ticked == frozenset()


def test_who_hands_over_its_part_leaves_the_others_responsible() -> None:
    progress = fold(marks(a_mark(MarkKind.HANDED_OVER, TODAY, parties=("sb",), to="sk")))
    assert responsible(PLAN, SHARED, progress) == {"boligorganisationerne", "fob", "sk"}
    assert EACH.settled(SHARED, fold(marks(a_mark(MarkKind.DONE, TODAY, parties=("fob", "sk"))))) is None


def test_handed_over_by_all_it_is_up_to_the_new_party_alone() -> None:
    progress = fold(marks(a_mark(MarkKind.HANDED_OVER, TODAY, to="sk")))
    assert responsible(PLAN, SHARED, progress) == {"sk"}


def test_the_last_snooze_of_a_party_counts() -> None:
    first = a_mark(MarkKind.SNOOZED, TODAY, parties=("sb",), until=date(2024, 3, 12))
    progress = fold(marks(first, replace(first, until=date(2024, 3, 8))))
    assert [mark.until for mark in progress.snoozes] == [date(2024, 3, 8)]
