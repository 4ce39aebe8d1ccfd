"""What reminders say, in Danish and English."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from types import SimpleNamespace

import pytest

from service.errors import Language
from service.messages import wording
from service.messages.letter import letter_of, subject_of
from service.messages.phrases import PHRASES
from service.messages.reminder import Reminder
from service.plan.window import Certainty, Kind, Window
from service.reminders.notice import Occasion

Remind = Callable[..., Reminder]


@pytest.mark.parametrize(
    ("days", "da", "en"),
    [
        (7, "om 7 dage", "in 7 days"),
        (1, "i morgen", "tomorrow"),
        (0, "i dag", "today"),
        (-1, "1 dag over fristen", "1 day overdue"),
        (-3, "3 dage over fristen", "3 days overdue"),
        (None, "afventer dato", "awaiting a date"),
    ],
)
def test_days_left_are_said_as_people_say_them(days: int | None, da: str, en: str) -> None:
    assert (wording.days_left("da", days), wording.days_left("en", days)) == (da, en)


@pytest.mark.parametrize(
    ("start", "end", "da", "en"),
    [
        ((2024, 3, 1), (2024, 3, 10), "1.–10. marts 2024", "1–10 March 2024"),
        ((2024, 8, 1), (2024, 12, 31), "1. august – 31. december 2024", "1 August – 31 December 2024"),
        (
            (2024, 12, 15),
            (2025, 1, 15),
            "15. december 2024 – 15. januar 2025",
            "15 December 2024 – 15 January 2025",
        ),
        ((2024, 5, 1), (2024, 5, 1), "1. maj 2024", "1 May 2024"),
        (None, (2024, 5, 1), "senest 1. maj 2024", "by 1 May 2024"),
        ((2024, 5, 1), None, "fra 1. maj 2024", "from 1 May 2024"),
        (None, None, "", ""),
    ],
)
def test_a_window_is_said_in_days(
    start: tuple[int, int, int] | None, end: tuple[int, int, int] | None, da: str, en: str
) -> None:
    window = Window(
        starts_on=date(*start) if start else None,
        ends_on=date(*end) if end else None,
        kind=Kind.RANGE,
        certainty=Certainty.EXACT,
    )
    assert (wording.window_in_words("da", window), wording.window_in_words("en", window)) == (da, en)


def test_dates_times_and_lists_read_naturally() -> None:
    day = date(2024, 3, 20)

    assert wording.long_date("da", day) == "onsdag den 20. marts 2024"
    assert wording.long_date("en", day) == "Wednesday 20 March 2024"
    assert wording.at_time("da", "20. marts", time(9, 5)) == "20. marts kl. 09.05"
    assert wording.at_time("en", "20 March", time(16)) == "20 March at 16:00"
    assert [wording.listed("da", names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A og B",
        "A, B og C",
    ]


def test_the_plan_is_quoted_only_where_it_is_vaguer_than_the_date(milestones: SimpleNamespace) -> None:
    said = {name: wording.as_the_plan_says("da", milestone) for name, milestone in vars(milestones).items()}

    assert said == {
        "primo": "»Primo marts 2024« (1.–10. marts 2024)",
        "board": "",
        "council": "»Maj 2024« (1.–31. maj 2024)",
        "meeting": "",
        "hand_in": "»Senest 2. december 2024 kl. 12«",
        "undated": "»Afventer dato«",
    }


def test_each_phrase_has_the_same_placeholders_in_both_languages() -> None:
    def placeholders(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    assert [
        key for key, phrase in PHRASES.items() if placeholders(phrase.da) != placeholders(phrase.en)
    ] == []


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ["board", "undated"])
def test_there_are_words_for_every_occasion(
    occasion: Occasion, language: Language, name: str, milestones: SimpleNamespace, remind: Remind
) -> None:
    reminder = remind(date(2024, 3, 20), (getattr(milestones, name), occasion), language=language)
    letter = letter_of(reminder, questions="reply")

    assert all([letter.subject, letter.headline, letter.opening, letter.preheader, letter.why])
    assert "{" not in f"{letter.subject}{letter.headline}{letter.opening}{letter.preheader}"


def test_the_subject_of_one_deadline_stays_while_it_comes_nearer(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    opens = remind(date(2024, 2, 20), (milestones.board, Occasion.OPENS))
    ahead = remind(date(2024, 3, 13), (milestones.board, Occasion.AHEAD))
    due = remind(date(2024, 3, 20), (milestones.board, Occasion.DUE))

    assert {subject_of(reminder) for reminder in (opens, ahead, due)} == {
        "Frist 20. marts 2024: FOB - bestyrelsen behandler prækvalifikationen."
    }


@pytest.mark.parametrize(
    ("name", "occasion", "subject"),
    [
        ("board", Occasion.OVERDUE, "Over fristen 20. marts 2024: FOB"),
        ("board", Occasion.CHANGED, "Ny frist 20. marts 2024: FOB"),
        ("board", Occasion.CANCELLED, "Udgået: FOB"),
        ("undated", Occasion.AWAITING, "Afventer dato: Politisk"),
        ("undated", Occasion.CHANGED, "Datoen er taget af: Politisk"),
        ("hand_in", Occasion.AHEAD, "Frist 2. december 2024 kl. 12.00: Ansøgningen"),
    ],
)
def test_the_subject_says_what_has_happened(
    name: str, occasion: Occasion, subject: str, milestones: SimpleNamespace, remind: Remind
) -> None:
    on = date(2024, 3, 25) if name == "board" else date(2024, 11, 25)

    assert subject_of(remind(on, (getattr(milestones, name), occasion))).startswith(subject)


def test_the_subject_of_several_says_how_many_and_what_comes_first(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    coming = remind(
        date(2024, 3, 13), (milestones.council, Occasion.AHEAD), (milestones.board, Occasion.AHEAD)
    )
    mixed = remind(
        date(2024, 3, 20),
        (milestones.primo, Occasion.OVERDUE),
        (milestones.board, Occasion.DUE),
        (milestones.council, Occasion.AHEAD),
        (milestones.undated, Occasion.AWAITING),
    )
    undated = remind(
        date(2024, 3, 20), (milestones.undated, Occasion.AWAITING), (milestones.undated, Occasion.AWAITING)
    )

    assert [subject_of(reminder).partition(":")[0] for reminder in (coming, mixed, undated)] == [
        "2 frister, først 20. marts 2024",
        "1 over fristen, 1 i dag, 1 på vej og 1 mere",
        "2 punkter uden dato",
    ]


def test_a_notice_moved_to_a_working_day_says_the_true_day(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    """A deadline on a Sunday is told of on the Friday before it, as what it is then: in two days."""
    reminder = remind(date(2024, 3, 8), (milestones.primo, Occasion.DUE))

    assert letter_of(reminder, questions="reply").headline == "Frist om 2 dage"


def test_what_is_overdue_stands_first_and_what_has_no_date_last(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    told = [milestones.undated, milestones.council, milestones.board, milestones.primo]
    reminder = remind(date(2024, 3, 20), *((milestone, Occasion.DIGEST) for milestone in told))
    letter = letter_of(reminder, questions="reply")

    assert [entry.activity for entry in letter.entries] == [
        milestone.activity for milestone in reversed(told)
    ]


def test_the_coordinator_is_not_told_to_ask_the_coordinator(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    reminder = remind(date(2024, 3, 20), (milestones.undated, Occasion.AWAITING), recipient_name="Mette Koch")

    assert letter_of(reminder, questions="reply").questions == ""


def test_a_moved_deadline_says_when_it_was_before(milestones: SimpleNamespace, remind: Remind) -> None:
    reminder = remind(date(2024, 3, 13), (milestones.board, Occasion.CHANGED))
    moved = replace(reminder, items=(replace(reminder.items[0], was=date(2024, 3, 6)),))
    (entry,) = letter_of(moved, questions="reply").entries

    assert (entry.mark, entry.was) == ("Ny frist, om 7 dage", "Før: onsdag den 6. marts 2024")
