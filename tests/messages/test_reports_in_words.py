"""What a message says of what somebody reported."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from service.errors import Language
from service.messages.calendar import CalendarEntry, Status, Version
from service.messages.card import Shape, compose_card
from service.messages.email import Envelope
from service.messages.invite import Invite, InviteState, compose_invite, letter_of_invite
from service.messages.letter import Letter, letter_of
from service.messages.reminder import Item, Reminder, Report
from service.messages.templates import Templates
from service.messages.tone import Tone
from service.plan.marks import MarkKind
from service.reminders.notice import Occasion

Remind = Callable[..., Reminder]
TODAY = date(2024, 3, 13)


def letter_with(reminder: Reminder, language: Language = "da", **changes: object) -> Letter:
    items = tuple(replace(item, **changes) for item in reminder.items)  # type: ignore[arg-type]
    return letter_of(replace(reminder, items=items, language=language), questions="reply")


def report(kind: MarkKind) -> Report:
    return Report(kind=kind, by="SB", on=date(2024, 3, 12))


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        ("da", MarkKind.DONE, ("Udført: FOB", "Meldt udført af SB den 12. marts 2024")),
        ("en", MarkKind.DONE, ("Done: FOB", "Reported as done by SB on 12 March 2024")),
        ("da", MarkKind.NOT_RELEVANT, ("Ikke relevant: FOB", "Meldt ikke relevant af SB den 12. marts")),
        ("en", MarkKind.NOT_RELEVANT, ("Not relevant: FOB", "Reported as not relevant by SB on 12 March")),
        ("da", MarkKind.HANDED_OVER, ("Jeres frist 20. marts 2024: FOB", "Givet videre af SB den 12. marts")),
        ("en", MarkKind.HANDED_OVER, ("Your deadline 20 March 2024: FOB", "Handed over by SB on 12 March")),
    ],
)
def test_news_of_a_report_says_who_reported_what_and_when(
    remind: Remind, milestones: SimpleNamespace, language: Language, kind: MarkKind, words: tuple[str, str]
) -> None:
    subject, said = words
    reminder = remind(TODAY, (milestones.board, Occasion.CHANGED))
    letter = letter_with(reminder, language, report=report(kind))
    assert letter.subject.startswith(subject)
    assert letter.entries[0].reported.startswith(said)
    assert letter.entries[0].tone is Tone.NEWS


def test_a_hand_over_without_a_date_makes_no_gap_in_the_subject(
    remind: Remind, milestones: SimpleNamespace
) -> None:
    reminder = remind(TODAY, (milestones.undated, Occasion.CHANGED))
    letter = letter_with(reminder, report=report(MarkKind.HANDED_OVER))
    assert letter.subject == "Jeres punkt: Politisk fremlæggelse af udkastet."


def test_a_moved_date_is_still_told_as_one(remind: Remind, milestones: SimpleNamespace) -> None:
    letter = letter_with(remind(TODAY, (milestones.board, Occasion.CHANGED)), was=date(2024, 3, 18))
    assert letter.subject.startswith("Ny frist 20. marts 2024")
    assert letter.entries[0].reported == ""


def test_what_is_under_way_is_said_beside_the_deadline(remind: Remind, milestones: SimpleNamespace) -> None:
    reminder = remind(TODAY, (milestones.board, Occasion.AHEAD))
    letter = letter_with(reminder, started_on=date(2024, 3, 4))
    assert letter.entries[0].reported == "I gang siden 4. marts 2024"
    assert letter.subject.startswith("Frist 20. marts 2024"), "the conversation goes on"


@pytest.mark.parametrize(
    ("ticked", "left", "ready"),
    [
        ([], ("I Et ansøgningsskema", "II Et budget"), ""),
        (["II Et budget"], ("I Et ansøgningsskema",), "Klar: II Et budget"),
        (["I Et ansøgningsskema", "II Et budget"], (), "Alt på listen er klar."),
        (["III Et bilag, som planen ikke nævner mere"], ("I Et ansøgningsskema", "II Et budget"), ""),
    ],
)
def test_the_checklist_shows_what_is_left(
    remind: Remind, milestones: SimpleNamespace, ticked: list[str], left: tuple[str, ...], ready: str
) -> None:
    reminder = remind(TODAY, (milestones.council, Occasion.AHEAD))
    (entry,) = letter_with(reminder, ticked=frozenset(ticked)).entries
    assert (entry.checklist, entry.ready) == (left, ready)


def test_mail_and_card_say_the_same_of_it(
    remind: Remind, milestones: SimpleNamespace, templates: Templates
) -> None:
    reminder = remind(TODAY, (milestones.council, Occasion.AHEAD))
    items: tuple[Item, ...] = tuple(
        replace(item, ticked=frozenset({"II Et budget"}), started_on=date(2024, 3, 4))
        for item in reminder.items
    )
    told = replace(reminder, items=items)
    letter = letter_of(told, questions="reply")
    for text in (
        templates.text("email/letter.txt", letter=letter),
        templates.html("email/letter.html", letter=letter),
        compose_card(told, Shape.BARE).decode(),
    ):
        for said in ("I gang siden 4. marts 2024", "Klar: II Et budget", "Mangler:", "I Et ansøgningsskema"):
            assert said in text


def test_a_done_entry_is_an_update_without_an_alarm_and_asks_nobody_again(
    enter: Callable[..., CalendarEntry],
    milestones: SimpleNamespace,
    envelope: Envelope,
    templates: Templates,
) -> None:
    at = envelope.at
    first = InviteState.first(enter(milestones.board), at)
    done = enter(milestones.board, Status.DONE)
    state = first.revised(done, at)
    assert state is not None
    assert state.version == Version(sequence=0, changed_at=at + timedelta(seconds=1))
    invite = Invite(entry=done, state=state, is_known=True, plan_title="Procesplan")
    ics = compose_invite(invite, envelope, templates).ics
    assert b"METHOD:REQUEST" in ics
    assert b"VALARM" not in ics
    assert "SUMMARY:✓ ".encode() in ics
    assert letter_of_invite(invite, envelope).subject.startswith("Udført: FOB - ")
