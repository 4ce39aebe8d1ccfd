"""What reports leave unsaid, and whom they are news to."""

from datetime import date
from typing import Any

from service.plan.marks import Duty, Mark, MarkKind, fold
from service.plan.milestone import Milestone
from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone, a_plan

RULES = Rules()
JANUARY = date(2024, 1, 2)
MARCH_4 = date(2024, 3, 4)
SB, FOB, SK = a_hearer("sb"), a_hearer("fob"), a_hearer("sk")
EVERYONE = (SB, FOB, SK, COORDINATOR)
SHARED = a_milestone(a_day(date(2024, 3, 13)), parties=("boligorganisationerne",))


def told(
    *marks: Mark,
    hearers: tuple[Hearer, ...] = EVERYONE,
    milestone: Milestone = SHARED,
    rules: Rules = RULES,
    **standing: Any,
) -> list[Notice]:
    """What is sent from 4 March on about a milestone of which this was reported."""
    plan = a_plan(milestone)
    progress = fold(Mark(**{**fields(mark), "id": number}) for number, mark in enumerate(marks, start=1))
    settled = Duty(plan=plan, done_by=rules.done_by).settled(milestone, progress)
    stands = Standing(milestone=milestone, since=JANUARY, progress=progress, settled=settled, **standing)
    found = schedule(plan, [stands], hearers, rules, date(2024, 3, 31))
    return sorted(
        (notice for notice in found if RULES.local_day(notice.at) >= MARCH_4), key=lambda notice: notice.at
    )


def fields(mark: Mark) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in mark.__dataclass_fields__}


def days(notices: list[Notice], hearer: Hearer) -> list[tuple[str, str]]:
    return [
        (notice.occasion.value, RULES.local_day(notice.at).isoformat()[5:])
        for notice in notices
        if notice.hearer == hearer
    ]


def test_done_stops_the_reminders_of_everyone_responsible_and_tells_the_others_once() -> None:
    notices = told(a_mark(MarkKind.DONE, MARCH_4, parties=("sb",), recipient="sb"))
    assert [] == days(notices, SB)
    assert [("changed", "03-04")] == days(notices, FOB)
    assert [] == days(notices, COORDINATOR)


def test_what_is_reported_for_everybody_is_news_to_nobody() -> None:
    assert [] == told(a_mark(MarkKind.NOT_RELEVANT, MARCH_4))


def test_what_one_party_alone_is_responsible_for_is_news_to_nobody() -> None:
    alone = a_milestone(a_day(date(2024, 3, 13)))
    assert [] == told(a_mark(MarkKind.DONE, MARCH_4, parties=("sb",), recipient="sb"), milestone=alone)


def test_where_each_must_report_the_others_are_still_reminded() -> None:
    each = Rules(done_by="each")
    notices = told(a_mark(MarkKind.DONE, MARCH_4, parties=("sb",), recipient="sb"), rules=each)
    assert [] == days(notices, SB)
    assert [("ahead", "03-06"), ("ahead", "03-12"), ("due", "03-13")] == days(notices, FOB)[:3]


def test_started_changes_no_reminder() -> None:
    assert days(told(), SB) == days(told(a_mark(MarkKind.STARTED, MARCH_4)), SB)


def test_a_snooze_puts_off_what_comes_before_the_due_date_for_who_asked_for_it() -> None:
    snooze = a_mark(MarkKind.SNOOZED, MARCH_4, parties=("sb",), until=date(2024, 3, 11))
    notices = told(snooze)
    assert [("ahead", "03-11"), ("ahead", "03-12"), ("due", "03-13")] == days(notices, SB)[:3]
    assert [("ahead", "03-06"), ("ahead", "03-12"), ("due", "03-13")] == days(notices, FOB)[:3]


def test_a_snooze_that_the_due_date_has_overtaken_never_silences_it() -> None:
    """The date moved forward after the snooze was made."""
    notices = told(a_mark(MarkKind.SNOOZED, MARCH_4, parties=("sb",), until=date(2024, 3, 29)))
    assert [("due", "03-13"), ("overdue", "03-18"), ("overdue", "03-25")] == days(notices, SB)


def test_handed_over_the_new_party_hears_and_the_old_one_no_more() -> None:
    notices = told(a_mark(MarkKind.HANDED_OVER, date(2024, 3, 7), to="sk"))
    assert [] == [*days(notices, SB), *days(notices, FOB)]
    assert [("changed", "03-07"), ("ahead", "03-12"), ("due", "03-13")] == days(notices, SK)[:3]


def test_handed_to_a_party_that_nobody_hears_for_the_coordinator_hears() -> None:
    notices = told(a_mark(MarkKind.HANDED_OVER, date(2024, 3, 7), to="sk"), hearers=(SB, FOB, COORDINATOR))
    assert ("changed", "03-07") in days(notices, COORDINATOR)
    assert [] == days(notices, SB)


def test_what_is_reported_undone_and_reported_again_is_told_again() -> None:
    done = a_mark(MarkKind.DONE, MARCH_4, parties=("sb",), recipient="sb")
    (first,) = told(done)
    (second,) = told(done, a_mark(MarkKind.UNDONE, MARCH_4, undoes=1), done)
    assert (first.occasion, first.falls_on) == (second.occasion, second.falls_on)
    assert first.mark != second.mark


def test_calendars_hear_of_done_and_of_undone_and_of_nothing_past() -> None:
    invited = a_hearer("sb", Channel.INVITE)
    done = a_mark(MarkKind.DONE, MARCH_4)
    undone = a_mark(MarkKind.UNDONE, date(2024, 3, 5), undoes=1)
    late = a_mark(MarkKind.DONE, date(2024, 3, 14))
    assert [("changed", "03-04")] == days(told(done, hearers=(invited,)), invited)
    assert [("changed", "03-05")] == days(told(done, undone, hearers=(invited,)), invited)
    assert [] == days(told(late, hearers=(invited,)), invited)


def test_calendars_of_the_old_and_the_new_party_hear_of_a_hand_over() -> None:
    old, new = a_hearer("sb", Channel.INVITE), a_hearer("sk", Channel.INVITE)
    notices = told(a_mark(MarkKind.HANDED_OVER, MARCH_4, to="sk"), hearers=(old, new))
    assert [("changed", "03-04")] == days(notices, old) == days(notices, new)


def test_a_dropped_milestone_is_cancelled_and_its_reports_are_old_news() -> None:
    notices = told(a_mark(MarkKind.STARTED, MARCH_4), dropped_on=date(2024, 3, 5))
    assert {Occasion.CANCELLED} == {notice.occasion for notice in notices}
