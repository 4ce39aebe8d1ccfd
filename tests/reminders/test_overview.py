"""When the coordinator is told where the whole plan stands, and what is in it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.plan.marks import ANYBODY, MarkKind, fold
from service.plan.milestone import Milestone
from service.plan.neighbours import between
from service.plan.plan import Plan
from service.reminders.digest import collect
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.overview import Overview, Reach, Told, overview_of, reach_by
from service.reminders.preferences import Preferences, read_pause
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone, a_plan, a_stretch, a_trouble

RULES = Rules()
JANUARY = date(2024, 1, 2)
APRIL = date(2024, 4, 2)
MEETING = a_milestone(a_day(date(2024, 3, 13)))
BUDGET = a_milestone(a_day(date(2024, 3, 27)), id="m2", row=2, parties=("fob",))
UNDATED = a_milestone(id="m3", row=3, deadline="Afventer dato", parties=("sk",))
WORKSHOP = a_milestone(a_stretch(date(2024, 4, 15), date(2024, 4, 30)), id="m4", row=4, parties=("sk",))
PLAN = a_plan(MEETING, BUDGET, UNDATED, WORKSHOP)
PEOPLE = (a_hearer("sb"), a_hearer("sk"), COORDINATOR)


def a_standing(milestone: Milestone, *marks: Any, since: date = JANUARY, **changes: Any) -> Standing:
    progress = fold(marks)
    settled = ANYBODY.settled(milestone, progress)
    return Standing(milestone=milestone, since=since, progress=progress, settled=settled, **changes)


def stand(*given: Standing) -> list[Standing]:
    known = {each.milestone.id: each for each in given}
    return [known.get(each.id) or a_standing(each) for each in PLAN.milestones]


def overview(
    *given: Standing,
    people: Iterable[Hearer] = PEOPLE,
    reach: Reach | None = None,
    on: date = APRIL,
    rules: Rules = RULES,
    plan: Plan = PLAN,
) -> Overview:
    return overview_of(plan, stand(*given), people, rules=rules, reach=reach or Reach(), on=on)


def ids(standings: Iterable[Standing]) -> list[str]:
    return [each.milestone.id for each in standings]


# --- when ------------------------------------------------------------------------------------------------


def told(
    *hearers: Hearer, rules: Rules = RULES, until: date = date(2024, 6, 30), given: Iterable[Standing] = ()
) -> list[Notice]:
    found = schedule(PLAN, stand(*given), hearers, rules, until)
    return [notice for notice in found if notice.occasion is Occasion.DIGEST]


def days(notices: Iterable[Notice]) -> list[str]:
    return sorted(RULES.local_day(notice.at).isoformat() for notice in notices)


def test_the_coordinator_alone_is_told_on_the_first_working_day_of_each_month() -> None:
    found = told(a_hearer("sb"), a_hearer("coordinator", Channel.INVITE, is_coordinator=True), COORDINATOR)
    assert days(found) == ["2024-01-02", "2024-02-01", "2024-03-01", "2024-04-02", "2024-05-01", "2024-06-03"]
    assert {(notice.hearer, notice.milestone) for notice in found} == {(COORDINATOR, "")}


def test_it_can_be_weekly_and_it_can_be_none() -> None:
    weekly = told(COORDINATOR, rules=Rules(overview="weekly"), until=date(2024, 1, 31))
    assert days(weekly) == ["2024-01-02", "2024-01-08", "2024-01-15", "2024-01-22", "2024-01-29"]
    assert told(COORDINATOR, rules=Rules(overview="none")) == []


def test_it_waits_for_the_coordinators_digest_and_pause_and_lapses_with_the_next() -> None:
    weekly = replace(COORDINATOR, preferences=Preferences(digest="weekly"))
    assert days(told(weekly, until=date(2024, 3, 5))) == ["2024-01-02", "2024-02-05", "2024-03-04"]
    away = replace(COORDINATOR, preferences=Preferences(pauses=(read_pause("2024-01-22..2024-03-10"),)))
    assert days(told(away, until=date(2024, 4, 2))) == ["2024-01-02", "2024-03-11", "2024-04-02"]


def test_it_ends_some_weeks_after_the_last_thing_is_settled() -> None:
    done = [a_standing(each, a_mark(MarkKind.DONE, date(2024, 3, 20), id=1)) for each in PLAN.milestones]
    assert days(told(COORDINATOR, given=done))[-1] == "2024-04-02"


def test_what_has_no_date_comes_in_the_same_message_and_each_is_still_accounted_for() -> None:
    owed = schedule(PLAN, stand(), [COORDINATOR], RULES, date(2024, 1, 2))
    (message,) = collect(owed, RULES)
    assert {notice.occasion for notice in message.notices} == {Occasion.DIGEST, Occasion.AWAITING}


def test_where_it_is_weekly_what_has_no_date_never_comes_by_itself() -> None:
    owed = schedule(PLAN, stand(), [COORDINATOR], Rules(overview="weekly"), date(2024, 6, 30))
    overviews = [
        message
        for message in collect(owed, RULES)
        if Occasion.AWAITING in {notice.occasion for notice in message.notices}
    ]
    assert len(overviews) == 6
    assert all(Occasion.DIGEST in {each.occasion for each in message.notices} for message in overviews)


# --- what ------------------------------------------------------------------------------------------------


def test_each_open_milestone_stands_in_one_place() -> None:
    done = a_standing(MEETING, a_mark(MarkKind.DONE, date(2024, 3, 12), id=1))
    found = overview(done)
    assert ids(found.done) == ["m1"]
    assert ids(found.late) == ["m2"]
    assert ids(found.coming) == ["m4"]
    assert [each.standing.milestone.id for each in found.undated] == ["m3"]
    assert (found.since, found.until) == (date(2024, 3, 1), date(2024, 5, 3))


def test_what_was_done_before_the_last_overview_or_left_the_plan_is_not_told_again() -> None:
    long_done = a_standing(MEETING, a_mark(MarkKind.DONE, date(2024, 2, 28), id=1))
    dropped = a_standing(BUDGET, dropped_on=date(2024, 3, 1))
    found = overview(long_done, dropped)
    assert (found.done, found.late) == ((), ())


def test_a_weekly_one_looks_back_a_week_and_ahead_a_fortnight() -> None:
    found = overview(on=date(2024, 4, 8), rules=Rules(overview="weekly"))
    assert (found.since, found.until) == (date(2024, 4, 1), date(2024, 4, 22))


def test_what_was_long_past_when_the_plan_was_handed_over_is_told_as_history() -> None:
    handed_over_late = [
        a_standing(MEETING, since=date(2024, 5, 1)),
        a_standing(BUDGET, since=date(2024, 4, 1)),
    ]
    found = overview(*handed_over_late, on=date(2024, 5, 1))
    assert (ids(found.history), ids(found.late)) == (["m1"], ["m2", "m4"])


@pytest.mark.parametrize(
    ("times", "marks", "is_unanswered"),
    [
        (0, [], False),
        (1, [], True),
        (3, [a_mark(MarkKind.STARTED, date(2024, 3, 20), id=1)], False),
    ],
)
def test_late_is_unanswered_when_it_was_asked_for_and_nobody_said_a_word(
    times: int, marks: list[Any], is_unanswered: bool
) -> None:
    reach = Reach(told={"m2": Told(days=times, last_on=date(2024, 3, 27))} if times else {})
    found = overview(a_standing(BUDGET, *marks), reach=reach)
    assert ("m2" in ids(found.unanswered)) == is_unanswered


@pytest.mark.parametrize(("times", "is_unanswered"), [(1, False), (2, True)])
def test_what_is_not_late_yet_is_unanswered_when_it_was_asked_for_twice(
    times: int, is_unanswered: bool
) -> None:
    found = overview(reach=Reach(told={"m4": Told(days=times, last_on=date(2024, 4, 1))}))
    assert ("m4" in ids(found.unanswered)) == is_unanswered


def test_a_party_with_something_open_for_whom_nobody_hears_is_named() -> None:
    assert [(each.party.id, each.open) for each in overview().unheard] == [("fob", 1)]
    done = a_standing(BUDGET, a_mark(MarkKind.DONE, date(2024, 3, 12), id=1))
    assert overview(done).unheard == ()


def test_addresses_in_trouble_and_recipients_who_pause_are_named_while_they_hear() -> None:
    trouble = a_trouble("sk", datetime(2024, 3, 27, 7, tzinfo=UTC))
    departed = a_trouble("bk", datetime(2024, 3, 27, 7, tzinfo=UTC), id=2)
    soon = Preferences(pauses=(read_pause("2024-04-20..2024-04-26"), read_pause("2024-07-01..2024-07-31")))
    people = (a_hearer("sb", preferences=soon), a_hearer("sk"), COORDINATOR)
    found = overview(people=people, reach=Reach(troubles=(trouble, departed)))
    assert [(each.name, each.since) for each in found.failing] == [("SK", date(2024, 3, 27))]
    assert [(each.recipient, str(each.pause)) for each in found.away] == [("sb", "2024-04-20..2024-04-26")]


def test_a_rehearsal_counts_what_it_sent_itself() -> None:
    messages = collect(schedule(PLAN, stand(), PEOPLE, RULES, date(2024, 3, 31)), RULES)
    reach = reach_by(messages, date(2024, 3, 13))
    assert reach.told["m1"] == Told(days=4, last_on=date(2024, 3, 12))
    assert "m2" not in reach.told, "nobody but the coordinator heard of it"


# --- the rows round it -----------------------------------------------------------------------------------


def test_what_has_no_date_is_hinted_at_by_the_rows_round_it() -> None:
    found = between(PLAN, UNDATED)
    assert (found.before, found.after) == (BUDGET, WORKSHOP)
    assert found.settle_by == date(2024, 4, 15), "the row below begins then"


def test_where_the_row_below_began_before_the_one_above_ended_its_due_date_counts() -> None:
    overlapping = a_milestone(a_stretch(date(2024, 3, 1), date(2024, 4, 30)), id="m4", row=4)
    assert between(a_plan(MEETING, BUDGET, UNDATED, overlapping), UNDATED).settle_by == date(2024, 4, 30)


def test_at_the_end_of_the_plan_only_what_stands_above_is_known() -> None:
    found = between(a_plan(MEETING, UNDATED), UNDATED)
    assert (found.before, found.after, found.settle_by) == (MEETING, None, None)
    alone = between(a_plan(UNDATED), UNDATED)
    assert (alone.before, alone.after) == (None, None)
