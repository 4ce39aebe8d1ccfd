"""The coordinator reads about something late or moved what comes after it; nobody else does."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from service.bundled import TEMPLATES
from service.messages.composing import Stationery, Writer
from service.messages.consequence_wording import first_in_words, slack_in_words
from service.messages.mailbox import Mailbox, Sender
from service.messages.reminder import Background
from service.messages.templates import Templates
from service.plan.marks import MarkKind
from service.plan.milestone import Milestone, Predecessor
from service.plan.window import AWAITING
from service.reminders.consequences import Dependency, dependencies
from service.reminders.notice import Channel, Hearer, Occasion
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone, a_plan

DAY = date(2024, 3, 15)
BOARD = a_milestone(a_day(date(2024, 3, 10)), id="m1", row=1, activity="Bestyrelsen godkender budgettet.")
AFTER = (Predecessor(id="m1"),)


def follower(row: int, day: int, **changes: object) -> Milestone:
    window = a_day(date(2024, 3, day))
    return a_milestone(
        window, id=f"m{row}", row=row, activity=f"Byrådets møde {row}.", after=AFTER, **changes
    )


def stand_of(*milestones: Milestone) -> list[Standing]:
    return [Standing(milestone=each, since=date(2024, 2, 1)) for each in milestones]


STAND = stand_of(BOARD, follower(2, 13), follower(3, 20))


def said(hearer: Hearer, occasion: Occasion, stand: list[Standing] = STAND) -> str:
    """The text of the mail, or the texts of the card, about the first milestone."""
    writer = Writer(
        plan=a_plan(*(each.milestone for each in stand)),
        key=b"key",
        stationery=Stationery(
            templates=Templates(TEMPLATES),
            sender=Sender(mailbox=Mailbox(address="frister@example.dk", name="Rettidig")),
            coordinator_name="",
            zone=ZoneInfo("Europe/Copenhagen"),
        ),
    )
    body = writer.reminder(
        [(stand[0], occasion)],
        hearer,
        on=DAY,
        at=datetime(2024, 3, 15, 7, tzinfo=UTC),
        message_id="<1@example.dk>",
        background=Background(dependencies=dependencies(stand, DAY, Rules())),
    ).body
    if hearer.channel is Channel.TEAMS:
        return json.dumps(json.loads(body), ensure_ascii=False).replace("\\\\", "")
    parts = [
        part.get_content()
        for part in message_from_bytes(body, policy=default).walk()
        if not part.is_multipart()
    ]
    return "\n".join(parts)


LINES = (
    "13. marts 2024: Byrådets møde 2 – 2 dage for tidligt (2 arbejdsdage)",
    "20. marts 2024: Byrådets møde 3 – 5 dages luft (3 arbejdsdage)",
)
TEAMS = replace(COORDINATOR, channel=Channel.TEAMS, address="coordinator")


@pytest.mark.parametrize("occasion", [Occasion.OVERDUE, Occasion.ESCALATED, Occasion.CHANGED])
@pytest.mark.parametrize("hearer", [COORDINATOR, TEAMS], ids=["mail", "card"])
def test_the_coordinator_reads_what_comes_after_it_with_the_room_left(
    hearer: Hearer, occasion: Occasion
) -> None:
    text = said(hearer, occasion)
    assert "Konsekvenser:" in text
    for line in LINES:
        assert text.count(line) == (1 if hearer is TEAMS else 2)


def test_in_english_too() -> None:
    text = said(replace(COORDINATOR, language="en"), Occasion.OVERDUE)
    assert "Consequences:" in text
    assert "13 March 2024: Byrådets møde 2 – 2 days too early (2 working days)" in text


def test_nobody_else_reads_it() -> None:
    assert "Konsekvenser" not in said(a_hearer("sb"), Occasion.OVERDUE)


def test_a_reminder_before_the_day_says_nothing_of_it() -> None:
    assert "Konsekvenser" not in said(COORDINATOR, Occasion.AHEAD)


def test_what_everything_fits_with_says_nothing_of_it() -> None:
    assert "Konsekvenser" not in said(COORDINATOR, Occasion.OVERDUE, stand_of(BOARD))


def test_many_consequences_are_counted() -> None:
    many = stand_of(BOARD, *(follower(row, 13) for row in range(2, 10)))
    text = said(COORDINATOR, Occasion.OVERDUE, many)
    assert ("Byrådets møde 6" in text, "Byrådets møde 7" in text, "+ 3 mere" in text) == (True, False, True)


def the_dependency(first: Standing, then: Milestone, today: date = date(2024, 3, 1)) -> Dependency:
    (found,) = dependencies([first, *stand_of(then)], today, Rules())
    return found


@pytest.mark.parametrize(
    ("day", "da", "en"),
    [
        (10, "ingen luft", "no room to spare"),
        (11, "1 dags luft (1 arbejdsdag)", "1 day to spare (1 working day)"),
        (9, "1 dag for tidligt (0 arbejdsdage)", "1 day too early (0 working days)"),
    ],
)
def test_room_is_said_in_days_and_working_days(day: int, da: str, en: str) -> None:
    found = the_dependency(STAND[0], follower(2, day))
    assert (da, en) == (slack_in_words("da", found), slack_in_words("en", found))


def test_what_awaits_a_date_is_said_to() -> None:
    found = the_dependency(STAND[0], a_milestone(AWAITING, id="m2", row=2, after=AFTER))
    assert "har ingen dato endnu" == slack_in_words("da", found)


def test_what_comes_first_is_said_with_the_day_it_can_be_over_and_the_days_between() -> None:
    later = replace(follower(2, 20), after=(Predecessor(id="m1", days=1),))
    said = first_in_words("da", the_dependency(STAND[0], later, DAY))
    assert "Kommer mindst 1 dag efter »Bestyrelsen godkender budgettet«" in said
    assert "som tidligst er overstået 15. marts 2024" in said
    done = replace(STAND[0], settled=a_mark(MarkKind.DONE, date(2024, 3, 5)))
    said = first_in_words("en", the_dependency(done, follower(2, 20), DAY))
    assert "Comes after “Bestyrelsen godkender budgettet”, which was over on 5 March 2024" == said
