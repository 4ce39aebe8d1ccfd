"""What one who hears wants: other lead times, a digest, a pause; and what becomes of what falls into it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.plan.marks import MarkKind, fold
from service.plan.milestone import Milestone
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.preferences import AS_THE_RULES, Pause, Preferences, read_pause
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from service.reminders.timing import Special, Timing
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone, a_plan

RULES = Rules(overview="none")
JANUARY = date(2024, 1, 2)
MEETING = a_milestone(a_day(date(2024, 7, 10)))
JULY = Preferences(pauses=(Pause(first=date(2024, 7, 1), last=date(2024, 7, 31)),))
BACK = date(2024, 8, 1)


def told(
    milestone: Milestone,
    *hearers: Hearer,
    until: date = date(2024, 8, 9),
    rules: Rules = RULES,
    **changes: Any,
) -> list[Notice]:
    standing = Standing(milestone=milestone, since=JANUARY, **changes)
    found = schedule(a_plan(milestone), [standing], hearers, rules, until)
    return sorted(found, key=lambda notice: (notice.at, notice.falls_on))


def days(notices: list[Notice], to: str) -> list[tuple[str, str]]:
    return [
        (notice.occasion.value, RULES.local_day(notice.at).isoformat())
        for notice in notices
        if notice.hearer.recipient == to
    ]


def away(recipient: str = "sb", preferences: Preferences = JULY, **changes: Any) -> Hearer:
    return a_hearer(recipient, preferences=preferences, **changes)


# --- how a pause is written and counted ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("2024-07-01..2024-07-31", Pause(first=date(2024, 7, 1), last=date(2024, 7, 31))),
        ("2024-07-01..2024-07-01", Pause(first=date(2024, 7, 1), last=date(2024, 7, 1))),
        ("..2024-08-11", Pause(last=date(2024, 8, 11))),
    ],
)
def test_a_pause_is_written_by_its_first_and_last_day(text: str, pause: Pause) -> None:
    assert read_pause(text) == pause
    assert str(pause) == text


@pytest.mark.parametrize(
    "text", ["", "..", "2024-07-01", "2024-07-01..", "2024-07-31..2024-07-01", "..9999-12-31", "juli"]
)
def test_anything_else_is_no_pause(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_pause(text)


def test_pauses_that_meet_are_one_pause() -> None:
    holiday = Preferences(pauses=(read_pause("2024-07-15..2024-07-31"), read_pause("2024-07-01..2024-07-14")))
    assert holiday.away_until(date(2024, 7, 1)) == date(2024, 7, 31)
    assert holiday.away_until(date(2024, 8, 1)) is None


# --- lead times and digests ------------------------------------------------------------------------------


def test_the_lead_times_of_a_recipient_are_its_own_and_nobody_elses() -> None:
    found = told(MEETING, away(preferences=Preferences(ahead=(3,))), COORDINATOR, until=date(2024, 7, 10))
    assert days(found, "sb") == [("ahead", "2024-07-05"), ("due", "2024-07-10")]
    alone = told(MEETING, a_hearer(), until=date(2024, 7, 10))
    assert [day for _, day in days(alone, "sb")][-2:] == ["2024-07-09", "2024-07-10"]


def test_a_wish_is_nearer_than_the_rule_of_a_party_and_gives_way_to_that_of_the_milestone() -> None:
    wish = Preferences(ahead=(3,))
    of_the_party = Rules(special=(Special(name="sb", ahead=(5,), escalate_after=0),))
    assert of_the_party.timing_of(MEETING, wish) == Timing(ahead=(3,), ahead_long=(3,), escalate_after=0)
    of_the_milestone = Rules(special=(Special(name="m1", ahead=(60,)),))
    assert of_the_milestone.timing_of(MEETING, wish).ahead == (60,)


def test_one_hears_weekly_and_the_other_on_the_day() -> None:
    shared = a_milestone(a_day(date(2024, 7, 10)), parties=("sb", "fob"))
    found = told(
        shared, away(preferences=Preferences(digest="weekly")), a_hearer("fob"), until=date(2024, 7, 10)
    )
    assert {date.fromisoformat(day).weekday() for _, day in days(found, "sb")} == {0}
    assert ("due", "2024-07-08") in days(found, "sb")
    assert ("due", "2024-07-10") in days(found, "fob")


def test_a_recipient_may_want_each_day_where_the_rules_say_weekly() -> None:
    found = told(MEETING, away(preferences=Preferences(digest="none")), rules=Rules(digest="weekly"))
    assert ("due", "2024-07-10") in days(found, "sb")


# --- pauses ----------------------------------------------------------------------------------------------


def test_in_a_pause_nothing_is_sent_and_afterwards_what_is_still_true() -> None:
    found = told(MEETING, away(), until=BACK)
    assert [day for _, day in days(found, "sb")][:2] == ["2024-06-10", "2024-06-26"]
    back = [occasion for occasion, day in days(found, "sb") if day >= "2024-07-01"]
    assert set(back) == {"due", "overdue"}
    assert {day for _, day in days(found, "sb") if day >= "2024-07-01"} == {BACK.isoformat()}


def test_that_it_was_due_is_said_afterwards_even_where_nothing_late_is_chased() -> None:
    found = told(MEETING, away(), rules=Rules(timing=Timing(overdue_every=0)))
    assert days(found, "sb")[-1] == ("due", BACK.isoformat())


def test_afterwards_is_the_first_working_day_whatever_the_digest() -> None:
    fortnight = Preferences(digest="monthly", pauses=(read_pause("2024-07-01..2024-07-13"),))
    found = told(MEETING, away(preferences=fortnight), until=date(2024, 7, 31))
    assert ("due", "2024-07-15") in days(found, "sb")


def test_meanwhile_the_coordinator_hears_what_nobody_else_hears_of() -> None:
    found = told(MEETING, away(), COORDINATOR, until=date(2024, 7, 12))
    assert days(found, "coordinator") == [
        ("ahead", "2024-07-03"),
        ("ahead", "2024-07-09"),
        ("due", "2024-07-10"),
    ]


def test_the_coordinator_is_left_alone_while_a_colleague_hears_for_the_party() -> None:
    colleague = a_hearer("sekretariatet", parties=frozenset({"sb"}))
    found = told(MEETING, away(), colleague, COORDINATOR, until=date(2024, 7, 12))
    assert days(found, "coordinator") == []
    assert ("due", "2024-07-10") in days(found, "sekretariatet")


def test_a_party_whose_own_people_are_away_is_missed_though_another_party_shares_the_task() -> None:
    shared = a_milestone(a_day(date(2024, 7, 10)), parties=("sb", "fob"))
    found = told(shared, away(), a_hearer("fob"), COORDINATOR, until=date(2024, 7, 12))
    assert ("due", "2024-07-10") in days(found, "coordinator")


def test_a_group_is_heard_through_its_members_and_they_through_it() -> None:
    shared = a_milestone(a_day(date(2024, 7, 10)), parties=("boligorganisationerne",))
    for_the_group: dict[str, Any] = {"parties": frozenset({"boligorganisationerne"})}
    members = (a_hearer("sb"), a_hearer("fob"), away("sekretariatet", **for_the_group))
    assert days(told(shared, *members, COORDINATOR, until=date(2024, 7, 12)), "coordinator") == []
    whole = (away("sb"), a_hearer("fob"), a_hearer("sekretariatet", **for_the_group))
    assert days(told(shared, *whole, COORDINATOR, until=date(2024, 7, 12)), "coordinator") == []
    without = (away("sb"), a_hearer("fob"))
    assert days(told(shared, *without, COORDINATOR, until=date(2024, 7, 12)), "coordinator") != []


def test_an_invitation_to_somebody_who_is_away_waits_and_is_nobody_elses() -> None:
    sept = a_milestone(a_day(date(2024, 9, 10)))
    invited = away(channel=Channel.INVITE, preferences=Preferences(pauses=(Pause(last=date(2024, 7, 31)),)))
    found = told(sept, invited, COORDINATOR, until=BACK)
    assert days(found, "sb") == [("changed", BACK.isoformat())]
    assert days(found, "coordinator") == []
    assert told(MEETING, invited, until=BACK) == [], "its day has passed"


def test_what_only_the_coordinator_hears_waits_for_the_coordinator() -> None:
    nobodys = a_milestone(a_day(date(2024, 7, 10)), parties=())
    found = told(nobodys, away("coordinator", parties=frozenset(), is_coordinator=True), until=BACK)
    in_july = [day for _, day in days(found, "coordinator") if day >= "2024-07-01"]
    assert in_july
    assert set(in_july) == {BACK.isoformat()}


def test_what_is_settled_meanwhile_is_not_brought_up_afterwards() -> None:
    done = a_mark(MarkKind.DONE, date(2024, 7, 8), id=1, parties=("sb",))
    found = told(MEETING, away(), until=BACK, settled=done, progress=fold([done]))
    assert days(found, "sb") == []


def test_who_shares_a_mailbox_hears_as_the_rules_have_it_where_they_differ() -> None:
    one = Preferences(ahead=(3,), digest="weekly", pauses=(read_pause("2024-07-01..2024-07-31"),))
    other = Preferences(ahead=(3,), digest="monthly", pauses=(read_pause("2024-07-15..2024-08-15"),))
    assert one.shared_with(one) == one
    assert one.shared_with(other) == other.shared_with(one)
    assert one.shared_with(other) == Preferences(ahead=(3,), pauses=(read_pause("2024-07-15..2024-07-31"),))
    assert one.shared_with(AS_THE_RULES) == AS_THE_RULES


@given(
    due_on=st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    first=st.integers(-60, 60),
    length=st.integers(1, 120),
    digest=st.sampled_from([None, "none", "weekly", "monthly"]),
)
def test_whoever_is_away_somebody_hears_by_the_due_date_and_nobody_who_is_away(
    due_on: date, first: int, length: int, digest: Any
) -> None:
    starts_on = due_on + timedelta(first)
    pause = Pause(first=starts_on, last=starts_on + timedelta(length - 1))
    sb = away(preferences=Preferences(digest=digest, pauses=(pause,)))
    milestone = a_milestone(a_day(due_on))
    standing = Standing(milestone=milestone, since=due_on - timedelta(100))
    until = due_on + timedelta(200)
    found = list(schedule(a_plan(milestone), [standing], [sb, COORDINATOR], RULES, until))
    sent = [(notice, RULES.local_day(notice.at)) for notice in found]
    assert not [day for notice, day in sent if notice.hearer == sb and pause.includes(day)]
    assert all(RULES.workdays.includes(day) for _, day in sent)
    early = {notice.occasion for notice, day in sent if day <= due_on}
    assert Occasion.DUE in early, "the due date itself is told in time"
    back = RULES.after_pause(pause.first, sb.preferences)
    assert back <= due_on or [day for notice, day in sent if notice.hearer == sb and day >= due_on]
