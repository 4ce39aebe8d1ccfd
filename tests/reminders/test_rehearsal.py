from datetime import date

from service.plan.window import Certainty, Kind, Window
from service.reminders.notice import Channel
from service.reminders.rehearsal import Burden, Tally, burdens, count_by, rehearse, span_of
from service.reminders.rules import Rules
from tests.factories import a_day, a_hearer, a_milestone, a_plan, a_stretch

MARCH = a_milestone(a_day(date(2024, 3, 13)))
PEOPLE = (a_hearer(), a_hearer(channel=Channel.INVITE), a_hearer("fob", parties=frozenset({"sb"})))


def test_all_of_a_plan_is_from_the_month_before_it_to_the_month_after_it() -> None:
    long = a_milestone(a_stretch(date(2024, 1, 15), date(2024, 12, 31)), id="m2")
    assert (date(2023, 12, 1), date(2025, 1, 31)) == span_of(a_plan(MARCH, long))
    assert (date(2024, 2, 1), date(2024, 4, 30)) == span_of(a_plan(MARCH, a_milestone(id="m3")))


def test_a_start_alone_is_a_date_too() -> None:
    window = Window(
        starts_on=date(2024, 1, 31), ends_on=None, kind=Kind.FROM, certainty=Certainty.APPROXIMATE
    )
    assert (date(2023, 12, 1), date(2024, 2, 29)) == span_of(a_plan(a_milestone(window, due_on=None)))


def test_a_plan_without_dates_has_no_span() -> None:
    assert span_of(a_plan(a_milestone())) is None


def test_reminders_and_invites_are_counted_apart() -> None:
    messages = rehearse(a_plan(MARCH), PEOPLE, Rules(), date(2024, 2, 1), date(2024, 3, 31))
    by_recipient = count_by(messages, lambda message: message.hearer.recipient)
    assert {"fob": Tally(reminders=7), "sb": Tally(reminders=7, invites=1)} == by_recipient


def test_a_burden_is_the_sum_and_the_fullest_month() -> None:
    messages = rehearse(a_plan(MARCH), PEOPLE, Rules(), date(2024, 2, 1), date(2024, 3, 31))
    assert Burden(tally=Tally(reminders=7, invites=1), most=5) == burdens(messages)["sb"]
    assert ["fob", "sb"] == list(burdens(messages))
