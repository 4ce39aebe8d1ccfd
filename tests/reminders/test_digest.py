from datetime import date

from service.reminders.digest import collect
from service.reminders.notice import Channel, Recipient
from service.reminders.recipients import hearers
from service.reminders.rehearsal import rehearse
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from tests.factories import COORDINATOR, a_day, a_hearer, a_milestone, a_plan

RULES = Rules()
FIRST = a_milestone(a_day(date(2024, 3, 13)))
SECOND = a_milestone(a_day(date(2024, 3, 13)), id="m2", row=2)
PLAN = a_plan(FIRST, SECOND)


def test_everything_of_a_day_goes_in_one_message_for_each_hearer_and_channel() -> None:
    hearers = (a_hearer(), a_hearer(channel=Channel.TEAMS))
    messages = rehearse(PLAN, hearers, RULES, date(2024, 3, 12), date(2024, 3, 13))
    assert [
        ("2024-03-12", "email", ["m1", "m2"]),
        ("2024-03-12", "teams", ["m1", "m2"]),
        ("2024-03-13", "email", ["m1", "m2"]),
        ("2024-03-13", "teams", ["m1", "m2"]),
    ] == [
        (
            message.on.isoformat(),
            message.hearer.channel.value,
            [notice.milestone for notice in message.notices],
        )
        for message in messages
    ]


def test_who_is_reached_by_name_through_a_group_and_for_several_parties_is_told_once() -> None:
    """One person hears for SB and FOB; the row names both and their group."""
    shared = a_milestone(a_day(date(2024, 3, 13)), parties=("boligorganisationerne", "sb", "fob"))
    people = hearers(
        (
            Recipient(key="fob", name="", parties=frozenset({"fob"}), emails=("Kontor@bolig.example",)),
            Recipient(key="sb", name="", parties=frozenset({"sb"}), emails=("kontor@BOLIG.example",)),
        )
    )
    standing = Standing(milestone=shared, since=date(2024, 3, 1))
    owed = list(schedule(a_plan(shared), [standing], people, RULES, date(2024, 3, 13)))
    told = [(notice.occasion, notice.hearer.channel, RULES.local_day(notice.at)) for notice in owed]
    assert len(told) == len(set(told)) == 4, "three reminders and one invitation"
    assert {message.hearer.address for message in collect(owed, RULES)} == {"Kontor@bolig.example"}


def test_an_invite_is_one_milestone() -> None:
    invites = rehearse(PLAN, [a_hearer(channel=Channel.INVITE)], RULES, date(2024, 3, 1), date(2024, 3, 31))
    assert [["m1"], ["m2"]] == [[notice.milestone for notice in invite.notices] for invite in invites]


def test_the_same_rehearsal_twice_is_the_same() -> None:
    def rehearsed() -> list[object]:
        return list(rehearse(PLAN, [a_hearer(), COORDINATOR], RULES, date(2024, 1, 1), date(2025, 1, 1)))

    assert rehearsed() == rehearsed()


def test_collecting_loses_no_notice() -> None:
    standings = [Standing(milestone=milestone, since=date(2024, 1, 2)) for milestone in PLAN.milestones]
    owed = list(schedule(PLAN, standings, [a_hearer(), a_hearer("sk")], RULES, date(2024, 6, 1)))
    assert len(owed) == sum(len(message.notices) for message in collect(owed, RULES))
