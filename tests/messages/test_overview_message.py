"""The coordinator's overview as a mail and as a card."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from service.errors import Language
from service.messages.card import Shape, compose_card
from service.messages.email import Envelope, compose_email
from service.messages.letter import letter_of, subject_of
from service.messages.overview import overview_in_words
from service.messages.reminder import Background, Links, Reminder, reminder_about
from service.messages.templates import Templates
from service.plan.marks import ANYBODY, MarkKind, fold
from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.window import Kind
from service.reminders.notice import Channel, Occasion
from service.reminders.overview import Reach, Told, overview_of
from service.reminders.preferences import Preferences, read_pause
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from tests.factories import COORDINATOR, a_day, a_hearer, a_mark, a_milestone, a_plan, a_stretch, a_trouble

ON = date(2024, 4, 2)
BOARD = a_milestone(a_day(date(2024, 3, 13)), activity="SB behandler materialet.", checklist=("Budget",))
AWAY = a_milestone(
    a_day(date(2024, 3, 20)), id="m2", row=2, activity="FOB behandler materialet.", parties=("fob",)
)
STARTED = a_milestone(
    a_day(date(2024, 3, 27)), id="m3", row=3, activity="Høringssvar samles.", parties=("sk",)
)
HEARING = a_milestone(
    a_stretch(date(2024, 4, 1), date(2024, 4, 30), Kind.MONTH),
    id="m4",
    row=4,
    deadline="April 2024",
    activity="Temamøde i byrådet.",
    parties=("sk",),
)
UNDATED = a_milestone(
    id="m5", row=5, deadline="Afventer dato", activity="Politisk fremlæggelse.", parties=("sk",)
)
HAND_IN = a_milestone(
    a_stretch(date(2024, 4, 15), date(2024, 8, 31)),
    id="m6",
    row=6,
    deadline="April - august 2024",
    activity="Ansøgningen skrives.",
    parties=("lbf",),
)
DONE = a_milestone(a_day(date(2024, 3, 6)), id="m7", row=7, activity="Udkast sendt.", parties=("sb",))
PLAN = a_plan(BOARD, AWAY, STARTED, HEARING, UNDATED, HAND_IN, DONE)
PLAN = replace(PLAN, parties=(*PLAN.parties, Party(id="lbf", name="Landsbyggefonden")))
PAUSE = Preferences(pauses=(read_pause("2024-03-25..2024-04-12"),))
PEOPLE = (a_hearer("sb"), a_hearer("fob", preferences=PAUSE), a_hearer("sk"), COORDINATOR)
TROUBLE = a_trouble("sk", datetime(2024, 3, 27, 7, tzinfo=UTC))
REACH = Reach(
    told={"m1": Told(days=6, last_on=date(2024, 3, 25)), "m4": Told(days=1, last_on=date(2024, 4, 1))},
    troubles=(TROUBLE,),
)
MARKS = {
    "m3": [a_mark(MarkKind.STARTED, date(2024, 3, 19), id=1)],
    "m7": [a_mark(MarkKind.DONE, date(2024, 3, 5), id=2, by="Slagelse Boligselskab")],
}

Golden = Callable[[str, str], None]


def a_standing(milestone: Milestone) -> Standing:
    progress = fold(MARKS.get(milestone.id, []))
    settled = ANYBODY.settled(milestone, progress)
    return Standing(milestone=milestone, since=date(2024, 2, 1), progress=progress, settled=settled)


STAND = {milestone.id: a_standing(milestone) for milestone in PLAN.milestones}


def a_reminder(*told: tuple[str, Occasion], language: Language = "da", many: int = 1) -> Reminder:
    """The coordinator's message of 2 April; `many` times as much of everything."""
    copies = [
        replace(each, milestone=replace(each.milestone, id=f"{each.milestone.id}-{number}"))
        for number in range(1, many)
        for each in STAND.values()
    ]
    found = overview_of(PLAN, [*STAND.values(), *copies], PEOPLE, rules=Rules(), reach=REACH, on=ON)
    hearer = replace(COORDINATOR, name="Mette Koch", language=language)
    return reminder_about(
        [(STAND[milestone], occasion) for milestone, occasion in told],
        plan=PLAN,
        hearer=hearer,
        on=ON,
        coordinator_name="Mette Koch",
        links=Links(done={each: f"https://frister.example.dk/m/{each}" for each in ("m1", "m2", "m3")}),
        overview=overview_in_words(language, PLAN, found),
        background=Background(everyone=tuple(PEOPLE)),
    )


MONTHLY = (("m2", Occasion.OVERDUE), ("m5", Occasion.AWAITING))


def read(reminder: Reminder, envelope: Envelope, templates: Templates) -> EmailMessage:
    mail = message_from_bytes(bytes(compose_email(reminder, envelope, templates)), policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_mail_reads_as_it_was_approved(
    language: Language, envelope: Envelope, templates: Templates, golden: Golden
) -> None:
    mail = read(a_reminder(*MONTHLY, language=language), envelope, templates)
    golden(f"overview-{language}.eml.txt", f"{mail['Subject']}\n\n{text_of(mail)}\n{text_of(mail, 'html')}")


def test_the_card_says_what_was_approved(golden: Golden) -> None:
    card = json.loads(compose_card(a_reminder(*MONTHLY), Shape.BARE))
    golden("overview.card.json", json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def test_what_awaits_a_date_stands_in_the_overview_alone_with_its_hint(
    envelope: Envelope, templates: Templates
) -> None:
    text = text_of(read(a_reminder(*MONTHLY), envelope, templates))
    assert text.count("Politisk fremlæggelse.") == 1
    assert "I planen efter »April 2024: Temamøde i byrådet.« og før »April - august 2024" in text
    assert "Datoen bør ligge fast inden 31. august 2024" in text


def test_what_is_for_the_coordinator_that_day_stands_above_and_not_again_below(
    envelope: Envelope, templates: Templates
) -> None:
    text = text_of(read(a_reminder(*MONTHLY), envelope, templates))
    assert text.count("FOB behandler materialet.") == 1
    assert "FOB holder pause til og med 12. april 2024; derfor kommer det til dig" in text
    assert "OVER FRISTEN (3)" in text, "it counts all the same"


def test_without_an_overview_an_awaited_date_carries_its_hint_too() -> None:
    reminder = replace(a_reminder(*MONTHLY), overview=None)
    alone = reminder_about([(STAND["m5"], Occasion.AWAITING)], plan=PLAN, hearer=COORDINATOR, on=ON)
    assert reminder.overview is None
    (entry,) = letter_of(alone, questions="contact").entries
    assert entry.notes == (
        "I planen efter »April 2024: Temamøde i byrådet.« og før »April - august 2024: Ansøgningen skrives.«",
        "Datoen bør ligge fast inden 31. august 2024",
    )


def test_the_occasion_and_the_subject_speak_for_the_overview() -> None:
    monthly = a_reminder(("m5", Occasion.AWAITING))
    assert monthly.occasion is Occasion.DIGEST
    assert subject_of(monthly) == "Overblik april 2024: 3 over fristen, 1 på vej, 1 uden dato"
    assert a_reminder(("m1", Occasion.ESCALATED)).occasion is Occasion.ESCALATED


@pytest.mark.parametrize("many", [1, 10, 60])
def test_a_card_is_never_too_large_and_a_mail_never_clipped(
    many: int, envelope: Envelope, templates: Templates
) -> None:
    reminder = a_reminder(*MONTHLY, many=many)
    card = compose_card(reminder, Shape.ENVELOPE)
    assert len(card) <= 18_000
    assert f'"{3 * many}"' in card.decode(), "the numbers stand in any case"
    assert len(bytes(compose_email(reminder, envelope, templates))) < 102_000


def test_nothing_in_a_plan_becomes_markup(envelope: Envelope, templates: Templates) -> None:
    tricks = replace(PLAN, title="<b>x</b>")
    bad = replace(STAND["m1"], milestone=replace(BOARD, activity="<script>alert(1)</script> [x](http://y)"))
    found = overview_of(tricks, [bad], PEOPLE, rules=Rules(), reach=REACH, on=ON)
    reminder = reminder_about(
        [], plan=tricks, hearer=COORDINATOR, on=ON, overview=overview_in_words("da", tricks, found)
    )
    html = text_of(read(reminder, envelope, templates), "html")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    card = compose_card(replace(reminder, recipient_name=Channel.TEAMS), Shape.BARE).decode()
    assert "[x](http" not in card
