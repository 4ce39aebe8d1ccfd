"""Rows of a new version are known again by what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.plan.matching import pairs
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.revision import Difference, carry_ids, difference
from tests.factories import a_day, a_milestone, a_plan
from tests.plan.edited_plans import Edited, dice, edited, postponed, real_plans, reworded

WORKSHOP = "Fælles workshop-dag for alle afdelingsbestyrelser, medarbejdere og repræsentanter for kommunen."


def a_row(row: int, activity: str, day: date = date(2024, 3, 13), **changes: object) -> Milestone:
    deadline = day.isoformat()
    return a_milestone(
        a_day(day), id=f"m{row}", row=row, deadline=deadline, due_on=day, activity=activity, **changes
    )


def after(before: Sequence[Milestone], *now: Milestone, given: frozenset[str] = frozenset()) -> list[str]:
    """The ids that the rows of a new version get; of their own content they would be called n1, n2 ..."""
    fresh = [replace(row, id=f"n{place}") for place, row in enumerate(now, start=1)]
    return [row.id for row in carry_ids(before, a_plan(*fresh, given_ids=given)).milestones]


def change(before: Sequence[Milestone], *now: Milestone) -> Difference:
    fresh = [replace(row, id=f"n{place}") for place, row in enumerate(now, start=1)]
    return difference(before, carry_ids(before, a_plan(*fresh)))


BUDGET = a_row(1, "Bestyrelsen behandler budgettet for den kommende periode.")
HEARING = a_row(2, "Kommunen sender udkastet i høring hos alle parter.", date(2024, 4, 2))
SUBMISSION = a_row(3, "Ansøgningen indsendes til Landsbyggefonden.", date(2024, 6, 1), parties=("fob",))
PLAN = (BUDGET, HEARING, SUBMISSION)


def test_a_row_that_moved_keeps_its_id() -> None:
    assert ["m3", "m1", "m2"] == after(PLAN, SUBMISSION, BUDGET, HEARING)


def test_a_row_may_be_reworded_and_postponed_at_once() -> None:
    words = replace(BUDGET, activity="Bestyrelsen behandler og godkender budgettet for den nye periode.")
    assert ["m1", "m2", "m3"] == after(PLAN, postponed(words, 30), HEARING, SUBMISSION)


def test_two_rows_that_all_but_say_the_same_are_not_mixed_up() -> None:
    first = a_row(1, f"{WORKSHOP} Formålet er at indhente anbefalinger.", date(2024, 9, 1))
    second = a_row(2, f"{WORKSHOP} Formålet er at præsentere udkastet.", date(2024, 12, 1))
    assert ["m2", "m1"] == after((first, second), postponed(second, 7), postponed(first, 7))


def test_rows_that_say_the_very_same_are_told_apart_by_their_dates() -> None:
    meetings = [a_row(month, "Møde i styregruppen.", date(2024, month, 5)) for month in range(1, 7)]
    assert ["m1", "m2", "m4", "m6", "m5"] == after(
        meetings, meetings[0], meetings[1], meetings[3], meetings[5], meetings[4]
    )


def test_a_row_with_nothing_in_common_is_new() -> None:
    other = a_row(4, "Regnskabet revideres.", date(2024, 10, 1), parties=("sk",))
    assert ["m1", "n2", "m3"] == after(PLAN, BUDGET, other, SUBMISSION)


def test_one_row_that_became_two_keeps_its_id_on_the_better_one_and_the_other_is_told_as_split() -> None:
    whole = a_row(
        1,
        "Bestyrelsen godkender budgettet og planen for hele perioden og sender derefter ansøgningen til SK.",
    )
    first = replace(whole, activity="Bestyrelsen godkender budgettet og planen for hele perioden")
    second = replace(whole, row=2, activity="Bestyrelsen sender derefter ansøgningen til SK")
    found = change((whole, HEARING), first, second, HEARING)
    assert (["n2"], ["m1"], ()) == (
        [new.id for new in found.new],
        [pair.now.id for pair in found.reworded],
        found.dropped,
    )
    assert [("n2", "m1")] == [(part.part.id, part.whole.id) for part in found.split]


def test_two_rows_that_became_one_are_told_as_merged() -> None:
    first = a_row(1, "Bestyrelsen godkender budgettet og planen for hele perioden.")
    second = a_row(2, "Sekretariatet sender ansøgningen til kommunen.")
    both = replace(first, activity=f"{first.activity} {second.activity}")
    found = change((first, second, SUBMISSION), both, SUBMISSION)
    assert [("m2", "m1")] == [(part.part.id, part.whole.id) for part in found.merged]


def test_an_id_that_a_person_gave_holds_whatever_the_row_says() -> None:
    given = a_plan(replace(HEARING, id="m1"), given_ids=frozenset({"m1"}))
    assert ["m1"] == [row.id for row in carry_ids(PLAN, given).milestones]


def test_an_id_that_a_person_made_up_is_another_milestone() -> None:
    given = a_plan(replace(BUDGET, id="budget-2"), given_ids=frozenset({"budget-2"}))
    assert ["budget-2"] == [row.id for row in carry_ids(PLAN, given).milestones]


def test_no_change_is_no_difference() -> None:
    assert not change(PLAN, *PLAN)


# Measured ------------------------------------------------------------------------------------------------


def corrections(plan: Plan, rounds: int) -> Iterator[Edited]:
    strangers = [row for other in real_plans() if other is not plan for row in other.milestones]
    return (edited(plan.milestones, strangers, dice(seed)) for seed in range(rounds))


@pytest.mark.parametrize("number", range(6))
def test_of_a_hundred_corrected_rows_ninety_eight_are_known_again(number: int) -> None:
    right = [
        found.get(place) == version.truth.get(place)
        for version in corrections(real_plans()[number], rounds=60)
        for found in [pairs(version.before, version.now, ())]
        for place in range(len(version.now))
    ]
    assert sum(right) / len(right) >= 0.98


@given(seed=st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_ids_are_unique_and_nothing_is_lost_whatever_is_changed(seed: int) -> None:
    random = dice(seed)
    plan = random.choice(real_plans())
    version = edited(plan.milestones, real_plans()[0].milestones, random)
    now = replace(plan, milestones=version.now)
    carried = carry_ids(version.before, now)
    assert carried == carry_ids(version.before, now)
    ids = [row.id for row in carried.milestones]
    assert len(ids) == len(set(ids))
    told = difference(version.before, carried)
    assert len(version.before) - len(told.dropped) == len(version.now) - len(told.new)
    assert not difference(carried.milestones, carry_ids(carried.milestones, now))


def test_a_thousand_reworded_rows_are_matched_in_seconds() -> None:
    random = dice(1)
    rows = list(chain.from_iterable(plan.milestones for plan in real_plans()))
    before = [replace(reworded(random.choice(rows), random), id=f"m{row}", row=row) for row in range(1000)]
    now = [replace(reworded(row, random), id=f"n{row.row}") for row in before]
    started = process_time()
    plan = carry_ids(before, replace(real_plans()[0], milestones=tuple(now)))
    difference(before, plan)
    assert process_time() - started < 5
