"""What a change of rules changes, told in messages."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from service.reminders.comparison import Comparison, compare
from service.reminders.digest import Collected
from service.reminders.notice import Channel, Occasion
from service.reminders.rehearsal import rehearse
from service.reminders.rules import Rules
from service.reminders.timing import Timing
from service.reminders.workdays import Workdays
from tests.factories import a_day, a_hearer, a_milestone, a_plan

MEETING = a_milestone(a_day(date(2024, 3, 13)))
HEARING = a_milestone(a_day(date(2024, 4, 10)), id="m2", row=2)
PLAN = a_plan(MEETING, HEARING)
PEOPLE = (a_hearer(), a_hearer(channel=Channel.INVITE), a_hearer("fob", parties=frozenset({"sb"})))
CALM = Rules(timing=Timing(ahead=(7,), overdue_every=0, escalate_after=0))


def under(rules: Rules) -> list[Collected]:
    return rehearse(PLAN, PEOPLE, rules, date(2024, 1, 2), date(2024, 4, 30))


def contrast(before: Rules, after: Rules) -> Comparison:
    return compare(under(before), under(after))


def days(messages: tuple[Collected, ...], recipient: str = "sb") -> list[str]:
    return [message.on.isoformat() for message in messages if message.hearer.recipient == recipient]


def test_the_same_rules_change_nothing() -> None:
    found = contrast(CALM, CALM)
    assert [] == [*found.comes, *found.goes, *found.moves, *found.changes]
    assert len(under(CALM)) == found.same


def test_a_shorter_lead_time_makes_messages_go_and_a_longer_one_makes_them_come() -> None:
    none, longer = (replace(CALM, timing=replace(CALM.timing, ahead=ahead)) for ahead in ((), (7, 28)))
    assert ["2024-03-06", "2024-04-03"] == days(contrast(CALM, none).goes)
    assert ["2024-02-14"] == days(contrast(CALM, longer).comes)


def test_what_says_the_same_on_another_day_has_moved() -> None:
    """The week before Easter is closed from the Monday on."""
    closed = replace(CALM, workdays=Workdays.of("DK", ["2024-04-02..2024-04-05", "2024-03-25..2024-03-27"]))
    found = contrast(CALM, closed)
    assert ["2024-04-03"] == days(tuple(pair.before for pair in found.moves))
    assert ["2024-03-22"] == days(tuple(pair.after for pair in found.moves))
    assert [] == [*found.comes, *found.goes]


def test_what_says_something_else_on_the_same_day_has_changed() -> None:
    """Four weeks before the hearing is the day of the meeting."""
    found = contrast(CALM, replace(CALM, timing=replace(CALM.timing, ahead=(7, 28))))
    (pair, _other) = found.changes
    assert date(2024, 3, 13) == pair.before.on == pair.after.on
    assert [Occasion.DUE] == [notice.occasion for notice in pair.before.notices]
    assert {Occasion.DUE, Occasion.AHEAD} == {notice.occasion for notice in pair.after.notices}


def test_what_a_recipient_gets_too_comes_to_that_one_alone() -> None:
    fewer = rehearse(PLAN, PEOPLE[:1], CALM, date(2024, 1, 2), date(2024, 4, 30))
    found = compare(fewer, under(CALM))
    assert len(fewer) == found.same
    assert len(found.comes) == len(under(CALM)) - len(fewer)


AHEAD = st.lists(st.integers(1, 60), max_size=4, unique=True).map(tuple)


@given(before=AHEAD, after=AHEAD)
def test_every_message_is_accounted_for_once(before: tuple[int, ...], after: tuple[int, ...]) -> None:
    rules = [replace(CALM, timing=replace(CALM.timing, ahead=ahead)) for ahead in (before, after)]
    then, now = map(under, rules)
    found = compare(then, now)
    paired = len(found.moves) + len(found.changes)
    assert len(then) == found.same + len(found.goes) + paired
    assert len(now) == found.same + len(found.comes) + paired
