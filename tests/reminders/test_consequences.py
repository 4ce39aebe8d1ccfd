"""What no longer fits when something is late or has moved, and how much room is left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.plan.marks import MarkKind
from service.plan.milestone import Predecessor
from service.plan.window import AWAITING
from service.reminders.consequences import (
    Dependency,
    chains,
    concerning,
    dependencies,
    following,
    news_of_moves,
    tightest,
    worsened,
)
from service.reminders.notice import Channel
from service.reminders.preferences import Pause, Preferences
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone

RULES = Rules()
FRIDAY = date(2024, 3, 1)


def standing(name: str, due_on: date | None, *after: str | Predecessor, **changes: Any) -> Standing:
    """A milestone that comes after others, as it stands since February."""
    window = a_day(due_on) if due_on else AWAITING
    firsts = tuple(first if isinstance(first, Predecessor) else Predecessor(id=first) for first in after)
    milestone = a_milestone(window, id=name, row=int(name[1:]), activity=f"Opgave {name}", after=firsts)
    return replace(Standing(milestone=milestone, since=date(2024, 2, 1)), **changes)


def slack(stand: Sequence[Standing], today: date = FRIDAY) -> dict[str, int | None]:
    """The room of each dependency, as "m1-m2"."""
    found = dependencies(stand, today, RULES)
    return {f"{each.first.milestone.id}-{each.then.milestone.id}": each.slack for each in found}


MARCH_10, MARCH_13, MARCH_20 = (date(2024, 3, day) for day in (10, 13, 20))
CHAIN = (standing("m1", MARCH_10), standing("m2", MARCH_13, "m1"), standing("m3", MARCH_20, "m2"))


def test_slack_is_counted_from_the_one_due_date_to_the_other() -> None:
    assert {"m1-m2": 3, "m2-m3": 7} == slack(CHAIN)


def test_the_days_that_must_lie_between_are_no_slack() -> None:
    stand = (CHAIN[0], standing("m2", MARCH_13, Predecessor(id="m1", days=3)))
    assert {"m1-m2": 0} == slack(stand)
    assert {"m1-m2": -1} == slack((CHAIN[0], standing("m2", MARCH_13, Predecessor(id="m1", days=4))))


def test_what_is_late_is_over_today_at_the_earliest_and_what_comes_after_loses_a_day_each_day() -> None:
    assert {"m1-m2": 1, "m2-m3": 7} == slack(CHAIN, date(2024, 3, 12))
    assert {"m1-m2": -2, "m2-m3": 5} == slack(CHAIN, date(2024, 3, 15))


def test_what_no_longer_fits_pushes_what_comes_after_it_in_turn() -> None:
    moved = (standing("m1", date(2024, 3, 18)), *CHAIN[1:])
    assert {"m1-m2": -5, "m2-m3": 2} == slack(moved)


def test_what_is_done_was_over_when_it_was_reported() -> None:
    done = replace(CHAIN[0], settled=a_mark(MarkKind.DONE, date(2024, 3, 5)))
    assert {"m1-m2": 8, "m2-m3": 7} == slack((done, *CHAIN[1:]), date(2024, 3, 12))


def test_what_is_done_itself_waits_for_nothing() -> None:
    done = replace(CHAIN[1], settled=a_mark(MarkKind.DONE, FRIDAY))
    assert {"m2-m3": 19} == slack((CHAIN[0], done, CHAIN[2]))


@pytest.mark.parametrize(
    "gone", [{"settled": a_mark(MarkKind.NOT_RELEVANT, FRIDAY)}, {"dropped_on": FRIDAY}], ids=str
)
def test_what_is_not_relevant_or_has_left_the_plan_holds_up_nothing(gone: dict[str, Any]) -> None:
    assert {"m2-m3": 7} == slack((replace(CHAIN[0], **gone), *CHAIN[1:]), date(2024, 3, 13))


def test_what_was_history_when_it_became_known_is_not_late() -> None:
    old = standing("m1", date(2023, 11, 1))
    assert {"m1-m2": 133} == slack((old, CHAIN[1]))
    assert {"m1-m2": 12} == slack((replace(old, since=date(2023, 11, 2)), CHAIN[1]))


def test_what_awaits_a_date_has_no_slack_and_is_over_today_at_the_earliest() -> None:
    stand = (standing("m1", None), standing("m2", MARCH_13, "m1"), standing("m3", None, "m2"))
    assert {"m1-m2": 12, "m2-m3": None} == slack(stand)


def test_working_days_are_counted_too() -> None:
    easter = (standing("m1", date(2024, 3, 27)), standing("m2", date(2024, 4, 3), "m1"))
    (found,) = dependencies(easter, FRIDAY, RULES)
    assert (7, 2) == (found.slack, found.slack_in_workdays)
    (late,) = dependencies(easter, date(2024, 4, 8), RULES)
    assert (-5, -3) == (late.slack, late.slack_in_workdays)


def test_over_years_nobody_counts_working_days() -> None:
    (found,) = dependencies((CHAIN[0], standing("m2", date(2199, 1, 1), "m1")), FRIDAY, RULES)
    assert found.slack_in_workdays is None


# What is shown -------------------------------------------------------------------------------------------


def shown(found: Sequence[Dependency]) -> list[str]:
    return [f"{each.first.milestone.id}-{each.then.milestone.id}" for each in found]


def test_pressed_is_what_no_longer_fits_and_what_comes_soon_after_something_late() -> None:
    stand = (*CHAIN, standing("m4", date(2024, 6, 1), "m1"))
    expected = {FRIDAY: [], date(2024, 3, 12): ["m1-m2"], date(2024, 3, 15): ["m1-m2", "m2-m3"]}
    for today, names in expected.items():
        assert names == shown([each for each in dependencies(stand, today, RULES) if each.is_pressed])


def test_what_has_been_late_itself_for_more_than_a_month_is_not_pressed_any_more() -> None:
    for today, names in {date(2024, 4, 12): ["m1-m2", "m2-m3"], date(2024, 4, 13): ["m2-m3"]}.items():
        assert names == shown([each for each in dependencies(CHAIN, today, RULES) if each.is_pressed])


def test_a_milestone_concerns_what_it_no_longer_fits_with_and_what_it_presses_by_way_of_others() -> None:
    found = dependencies(CHAIN, date(2024, 3, 22), RULES)
    assert ["m1-m2", "m2-m3"] == shown(concerning("m1", found))
    assert ["m1-m2", "m2-m3"] == shown(concerning("m2", found))
    assert ["m2-m3"] == shown(concerning("m3", found))
    assert [] == concerning("m1", dependencies(CHAIN, FRIDAY, RULES))


def test_a_new_version_is_told_by_what_it_leaves_less_room_for() -> None:
    before = dependencies(CHAIN, FRIDAY, RULES)
    later = dependencies((standing("m1", date(2024, 3, 12)), *CHAIN[1:]), FRIDAY, RULES)
    assert ["m1-m2"] == shown(worsened(before, later))
    assert [] == worsened(later, before)
    assert [] == worsened(before, before)


def test_of_a_first_version_only_what_does_not_fit_is_told() -> None:
    found = dependencies((standing("m1", MARCH_20), *CHAIN[1:]), FRIDAY, RULES)
    assert ["m1-m2"] == shown(worsened((), found))


def test_what_hangs_together_is_one_chain() -> None:
    stand = (*CHAIN, standing("m4", MARCH_10), standing("m5", MARCH_20, "m4"), standing("m6", MARCH_20, "m1"))
    found = dependencies(stand, FRIDAY, RULES)
    assert [["m1-m2", "m2-m3", "m1-m6"], ["m4-m5"]] == [shown(chain) for chain in chains(found)]
    assert ["m1-m2", "m2-m3", "m1-m6"] == shown(following("m1", found))


def test_the_tightest_stand_first_and_what_awaits_a_date_last() -> None:
    stand = (*CHAIN, standing("m4", None, "m1"), standing("m5", MARCH_10, "m3"))
    assert ["m3-m5", "m1-m2", "m2-m3", "m1-m4"] == shown(tightest(dependencies(stand, FRIDAY, RULES)))


# What the coordinator is told of a move --------------------------------------------------------------------

MOVED = replace(standing("m1", date(2024, 3, 18)), since=FRIDAY, was=MARCH_10)
HEARERS = (a_hearer("sb"), COORDINATOR, replace(COORDINATOR, channel=Channel.INVITE))


def news(*stand: Standing, today: date = FRIDAY, **preferences: Any) -> list[tuple[str, str, date]]:
    told = [replace(each, preferences=Preferences(**preferences)) for each in HEARERS]
    found = news_of_moves(stand, told, rules=RULES, today=today)
    return [(each.milestone, each.hearer.recipient, RULES.local_day(each.at)) for each in found]


def test_the_coordinator_alone_is_told_once_of_a_move_after_which_something_no_longer_fits() -> None:
    assert [("m1", "coordinator", FRIDAY)] == news(MOVED, *CHAIN[1:])
    assert news(MOVED, *CHAIN[1:]) == news(MOVED, *CHAIN[1:], today=date(2024, 3, 25))


def test_a_move_that_everything_still_fits_with_is_no_news() -> None:
    assert [] == news(replace(standing("m1", date(2024, 3, 12)), since=FRIDAY, was=MARCH_10), *CHAIN[1:])


def test_what_was_moved_before_something_it_comes_after_is_news_too() -> None:
    early = replace(standing("m2", date(2024, 3, 8), "m1"), since=FRIDAY, was=MARCH_13)
    assert [("m2", "coordinator", FRIDAY)] == news(CHAIN[0], early)


def test_a_move_is_news_for_a_month() -> None:
    assert [] == news(MOVED, *CHAIN[1:], today=FRIDAY + timedelta(31))


def test_it_is_no_news_when_the_moved_one_is_done_or_dropped() -> None:
    assert [] == news(replace(MOVED, settled=a_mark(MarkKind.DONE, FRIDAY)), *CHAIN[1:])
    assert [] == news(replace(MOVED, dropped_on=FRIDAY), *CHAIN[1:])


def test_news_waits_for_the_end_of_a_pause_and_for_the_digest() -> None:
    pause = Pause(first=FRIDAY, last=date(2024, 3, 5))
    assert [("m1", "coordinator", date(2024, 3, 6))] == news(MOVED, *CHAIN[1:], pauses=(pause,))
    assert [("m1", "coordinator", date(2024, 3, 4))] == news(MOVED, *CHAIN[1:], digest="weekly")


# Whatever the plan -----------------------------------------------------------------------------------------

DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@st.composite
def stands(draw: st.DrawFn) -> list[Standing]:
    """Up to eight milestones, each after some of those above it."""
    count = draw(st.integers(2, 8))
    stand = []
    for row in range(1, count + 1):
        above = st.sets(st.integers(1, row - 1), max_size=3) if row > 1 else st.just(set[int]())
        after = (Predecessor(id=f"m{first}", days=draw(st.integers(0, 40))) for first in sorted(draw(above)))
        due_on = draw(st.one_of(st.none(), DAYS)) if row > 1 else draw(DAYS)
        settled = draw(st.one_of(st.none(), st.none(), st.builds(a_mark, st.just(MarkKind.DONE), DAYS)))
        stand.append(standing(f"m{row}", due_on, *after, settled=settled, since=date(2023, 12, 1)))
    return stand


def by_name(stand: Sequence[Standing], today: date) -> dict[str, Dependency]:
    found = dependencies(stand, today, RULES)
    return {f"{each.first.milestone.id}-{each.then.milestone.id}": each for each in found}


@given(stand=stands(), today=DAYS)
def test_the_slack_and_the_days_between_are_the_way_to_the_due_date(
    stand: list[Standing], today: date
) -> None:
    for each in dependencies(stand, today, RULES):
        due_on = each.then.milestone.due_on
        assert (each.slack is None) == (due_on is None)
        if due_on and each.slack is not None:
            assert due_on == each.over_on + timedelta(each.days + each.slack)
            assert each.fits == (due_on >= each.over_on + timedelta(each.days))
            assert abs(each.slack_in_workdays or 0) <= abs(each.slack)


@given(stand=stands(), today=DAYS, days=st.integers(1, 200), data=st.data())
def test_moving_something_later_never_leaves_more_room_after_anything_but_itself(
    stand: list[Standing], today: date, days: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(stand) - 1))
    moved = stand[place].milestone
    if moved.due_on is None:
        return
    later = replace(moved, due_on=moved.due_on + timedelta(days))
    before = by_name(stand, today)
    after = by_name([*stand[:place], replace(stand[place], milestone=later), *stand[place + 1 :]], today)
    for name, each in after.items():
        if each.then.milestone.id == moved.id:
            continue
        earlier = before[name].slack
        assert earlier is None or (each.slack is not None and each.slack <= earlier)


@given(stand=stands(), today=DAYS, days=st.integers(1, 100))
def test_waiting_never_leaves_more_room(stand: list[Standing], today: date, days: int) -> None:
    before, after = by_name(stand, today), by_name(stand, today + timedelta(days))
    for name, each in after.items():
        earlier = before[name].slack
        assert earlier is None or (each.slack is not None and each.slack <= earlier)


@given(stand=stands(), today=DAYS)
def test_what_is_not_done_is_over_neither_before_today_nor_before_what_it_comes_after(
    stand: list[Standing], today: date
) -> None:
    found = dependencies(stand, today, RULES)
    over_on = {each.first.milestone.id: each for each in found}
    for each in found:
        if each.first.settled is None:
            assert each.over_on >= today
        inner = over_on.get(each.then.milestone.id)
        if inner and inner.first.settled is None:
            assert inner.over_on >= each.over_on + timedelta(each.days)


@given(stand=stands(), today=DAYS)
def test_the_chains_hold_each_dependency_once_and_what_follows_stays_in_its_chain(
    stand: list[Standing], today: date
) -> None:
    found = dependencies(stand, today, RULES)
    together = chains(found)
    assert sorted(shown(found)) == sorted(shown([each for chain in together for each in chain]))
    for chain in together:
        for each in chain:
            assert set(shown(following(each.first.milestone.id, found))) <= set(shown(chain))
