"""Which notices a plan gives: the rules, read aloud."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.plan.marks import MarkKind
from service.plan.milestone import Milestone
from service.plan.window import Kind
from service.reminders.audience import hearers_for
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from service.reminders.timing import Special, Timing
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone, a_plan, a_stretch

RULES = Rules(overview="none")
JANUARY = date(2024, 1, 2)
MEETING = a_milestone(a_day(date(2024, 3, 13)))


def notices_of(
    milestone: Milestone, until: date, *hearers: Hearer, since: date = JANUARY, **standing: Any
) -> list[Notice]:
    stands = Standing(milestone=milestone, since=since, **standing)
    told = hearers or (a_hearer(), COORDINATOR)
    found = schedule(a_plan(milestone), [stands], told, RULES, until)
    return sorted(found, key=lambda notice: (notice.at, notice.falls_on))


def days_of(notices: list[Notice]) -> list[tuple[str, str]]:
    return [(notice.occasion.value, RULES.local_day(notice.at).isoformat()) for notice in notices]


def test_a_meeting_is_announced_30_14_7_and_1_days_ahead_and_on_the_day() -> None:
    assert [
        ("ahead", "2024-02-12"),
        ("ahead", "2024-02-28"),
        ("ahead", "2024-03-06"),
        ("ahead", "2024-03-12"),
        ("due", "2024-03-13"),
    ] == days_of(notices_of(MEETING, date(2024, 3, 15)))


def test_what_becomes_known_on_a_weekend_is_still_told_in_time() -> None:
    """Known on Saturday 9 March, due on Tuesday: the seven days before have passed, the one day has not."""
    tuesday = a_milestone(a_day(date(2024, 3, 12)))
    told = notices_of(tuesday, date(2024, 3, 12), since=date(2024, 3, 9))
    assert [("ahead", "2024-03-11"), ("due", "2024-03-12")] == days_of(told)
    monday = a_milestone(a_day(date(2024, 3, 11)))
    told = notices_of(monday, date(2024, 3, 12), since=date(2024, 3, 9))
    assert [("ahead", "2024-03-11"), ("due", "2024-03-11")] == days_of(told)


def test_a_window_is_announced_on_its_first_day_too() -> None:
    may = a_milestone(a_stretch(date(2024, 5, 1), date(2024, 5, 31), Kind.MONTH), due_on=date(2024, 5, 27))
    opens = [notice for notice in notices_of(may, date(2024, 6, 1)) if notice.occasion is Occasion.OPENS]
    assert [("opens", "2024-05-01")] == days_of(opens)


def test_a_reminder_for_a_holiday_goes_out_on_the_working_day_before() -> None:
    """Easter Monday 2024 is 1 April; the last working day before it is Wednesday 27 March."""
    after_easter = a_milestone(a_day(date(2024, 4, 2)))
    last = notices_of(after_easter, date(2024, 4, 2))[-2:]
    assert [("ahead", "2024-03-27"), ("due", "2024-04-02")] == days_of(last)


def test_what_is_late_is_chased_every_week_until_it_is_done() -> None:
    """On Mondays; Easter Monday 2024 is 1 April."""
    late = [("overdue", "2024-03-18"), ("overdue", "2024-03-25"), ("overdue", "2024-04-02")]
    chased = notices_of(MEETING, date(2024, 4, 5), a_hearer(), since=date(2024, 3, 14))
    assert late == [day for day in days_of(chased) if day[0] == "overdue"]
    settled = a_mark(MarkKind.DONE, date(2024, 3, 21))
    assert [] == notices_of(MEETING, date(2024, 4, 5), since=date(2024, 3, 14), settled=settled)


def test_all_that_is_late_is_brought_up_on_the_same_day() -> None:
    friday = a_milestone(a_day(date(2024, 3, 15)), id="m2")
    stands = [Standing(milestone=each, since=JANUARY) for each in (MEETING, friday)]
    told = list(schedule(a_plan(MEETING, friday), stands, [a_hearer()], RULES, date(2024, 4, 20)))
    overdue = {each: days_of(late) for each in ("m1", "m2") if (late := _overdue_of(each, told))}
    assert overdue["m1"] == overdue["m2"]
    assert 5 == len(overdue["m1"])


def _overdue_of(milestone: str, notices: list[Notice]) -> list[Notice]:
    return [each for each in notices if each.milestone == milestone and each.occasion is Occasion.OVERDUE]


def test_each_counts_from_its_own_due_date_where_no_weekday_is_set() -> None:
    """Five working days after 13 March is the 20th; Easter takes three of the next but one."""
    rules = Rules(overdue_on=None)
    told = schedule(
        a_plan(MEETING), [Standing(milestone=MEETING, since=JANUARY)], [a_hearer()], rules, date(2024, 4, 8)
    )
    late = [notice for notice in told if notice.occasion is Occasion.OVERDUE]
    assert [("overdue", "2024-03-20"), ("overdue", "2024-03-27"), ("overdue", "2024-04-08")] == days_of(late)


def test_the_word_of_the_due_day_is_true_until_the_first_overdue_notice() -> None:
    due, late = notices_of(MEETING, date(2024, 3, 18))[-2:]
    assert ("due", "overdue") == (due.occasion, late.occasion)
    assert late.falls_on == due.expires_on


def test_after_a_fortnight_the_coordinator_alone_is_told_once() -> None:
    escalated = [
        notice
        for notice in notices_of(MEETING, date(2024, 6, 30), since=date(2024, 3, 14))
        if notice.occasion is Occasion.ESCALATED
    ]
    assert [("escalated", "2024-03-27")] == days_of(escalated)
    assert {"coordinator"} == {notice.hearer.recipient for notice in escalated}


def test_a_long_window_is_brought_up_in_the_middle() -> None:
    autumn = a_milestone(a_stretch(date(2024, 8, 1), date(2024, 12, 31)))
    opens = [notice for notice in notices_of(autumn, date(2025, 1, 1)) if notice.occasion is Occasion.OPENS]
    assert [("opens", "2024-08-01"), ("opens", "2024-10-16")] == days_of(opens)


def test_a_long_window_has_other_lead_times_than_a_meeting() -> None:
    """A fortnight before the end of December nobody can begin with what the autumn was for."""
    autumn = a_milestone(a_stretch(date(2024, 8, 1), date(2024, 12, 31)))
    ahead = [each for each in notices_of(autumn, date(2025, 1, 3)) if each.occasion is Occasion.AHEAD]
    assert [60, 30, 14] == [each.lead for each in ahead]


def test_lead_times_that_somebody_asked_for_count_for_long_windows_too() -> None:
    autumn = a_milestone(a_stretch(date(2024, 8, 1), date(2024, 12, 31)))
    rules = Rules(special=(Special(name="range", ahead=(5,)),))
    assert (5,) == rules.timing_of(autumn).ahead_long
    assert (60, 30, 14) == Rules().timing_of(autumn).ahead_long


def test_the_nearest_special_rule_counts() -> None:
    rules = Rules(
        special=(
            Special(name="m1", ahead=(3,)),
            Special(name="sb", ahead=(5,), overdue_every=0),
            Special(name="day", ahead=(10,), escalate_after=0),
        )
    )
    assert Timing(ahead=(3,), ahead_long=(3,), overdue_every=0, escalate_after=0) == rules.timing_of(MEETING)
    others = a_milestone(a_day(date(2024, 3, 13)), id="m2", parties=("fob",))
    assert Timing(ahead=(10,), ahead_long=(10,), escalate_after=0) == rules.timing_of(others)


def test_what_was_long_past_when_the_plan_was_handed_over_is_history() -> None:
    assert [] == notices_of(MEETING, date(2024, 12, 31), since=date(2024, 6, 1))


def test_the_coordinator_alone_is_asked_every_month_for_an_awaited_date() -> None:
    asked = notices_of(a_milestone(), date(2024, 4, 30))
    assert [("awaiting", "2024-02-01"), ("awaiting", "2024-03-01"), ("awaiting", "2024-04-02")] == days_of(
        asked[1:]
    )
    assert {"coordinator"} == {notice.hearer.recipient for notice in asked}


def test_a_group_is_reached_through_its_members() -> None:
    shared = a_milestone(a_day(date(2024, 3, 13)), parties=("boligorganisationerne",))
    everyone = (a_hearer("sb"), a_hearer("fob"), a_hearer("sk"), COORDINATOR)
    assert ["sb", "fob"] == [hearer.recipient for hearer in hearers_for(a_plan(shared), shared, everyone)]


def test_the_coordinator_hears_for_whom_nobody_hears() -> None:
    nobodys = a_milestone(a_day(date(2024, 3, 13)), parties=())
    told = notices_of(nobodys, date(2024, 3, 15))
    assert {"coordinator"} == {notice.hearer.recipient for notice in told}


def test_a_moved_due_date_is_told_and_then_counted_to() -> None:
    moved = notices_of(MEETING, date(2024, 3, 15), since=date(2024, 3, 5), was=date(2024, 4, 3))
    assert [
        ("changed", "2024-03-05"),
        ("ahead", "2024-03-06"),
        ("ahead", "2024-03-12"),
        ("due", "2024-03-13"),
    ] == days_of(moved)


def test_a_dropped_milestone_is_cancelled_once() -> None:
    dropped = notices_of(MEETING, date(2024, 12, 31), dropped_on=date(2024, 2, 20))
    assert [("cancelled", "2024-02-20")] == days_of(dropped)


def test_an_invite_is_sent_once_for_each_due_date_and_never_about_the_past() -> None:
    invited = a_hearer(channel=Channel.INVITE)
    assert [("changed", "2024-01-02")] == days_of(notices_of(MEETING, date(2024, 12, 31), invited))
    assert [] == notices_of(MEETING, date(2024, 12, 31), invited, since=date(2024, 3, 14))


def test_a_weekly_digest_says_it_on_the_first_working_day_of_the_week_and_never_late() -> None:
    weekly = Rules(digest="weekly")
    stands = Standing(milestone=MEETING, since=JANUARY)
    told = schedule(a_plan(MEETING), [stands], [a_hearer()], weekly, date(2024, 3, 31))
    days = {weekly.local_day(notice.at).isoformat() for notice in told}
    assert {"2024-02-12", "2024-02-26", "2024-03-04", "2024-03-11", "2024-03-18", "2024-03-25"} == days


@given(
    due_on=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    length=st.integers(0, 400),
    handed_over=st.integers(-400, 60),
)
def test_no_reminder_of_a_coming_deadline_is_sent_after_it_or_on_a_day_off(
    due_on: date, length: int, handed_over: int
) -> None:
    milestone = a_milestone(a_stretch(due_on - timedelta(length), due_on))
    since = due_on + timedelta(handed_over)
    for notice in notices_of(milestone, due_on + timedelta(60), since=since):
        sent_on = RULES.local_day(notice.at)
        assert RULES.workdays.includes(sent_on)
        assert since <= sent_on
        assert (sent_on > due_on) == (notice.occasion in {Occasion.OVERDUE, Occasion.ESCALATED})
