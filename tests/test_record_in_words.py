"""The record as a command, a table and words, for whoever has to account for what was told."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from service.delivery.receipt import Answer
from service.errors import Language
from service.plan.marks import MarkKind
from service.reminders.notice import Channel, Occasion
from service.reminders.reasons import Ending, Why
from service.storage.record import Entry, EntryKind, concerning, entries
from service.storage.tables import State
from service.web.record_view import DANGEROUS, PHRASES, as_csv, harmless, lines
from service.web.record_wording import WORDS, reason_in_words
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

ZONE = ZoneInfo("Europe/Copenhagen")
FORMULA = '=HYPERLINK("http://evil.example";"Klik")'


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    milestone = a_milestone(a_day(date(2024, 3, 13)), activity=FORMULA)
    with a_workplace(tmp_path, date(2024, 2, 1), a_recipient("sb")) as opened:
        opened.import_plan(a_plan(milestone))
        opened.work_through(date(2024, 2, 1), date(2024, 2, 12))
        yield opened


def found(workplace: Workplace) -> list[Entry]:
    with workplace.parts.database.read() as connection:
        return entries(connection, concerning("m1"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_entry_is_one_line_in_words_without_an_address(workplace: Workplace, language: Language) -> None:
    said = lines(found(workplace), ZONE, language)
    assert len(found(workplace)) == len(said)
    assert "example.dk>" in said[1].proof, "the Message-ID"
    assert not [line for line in said if "sb@example.dk" in line.text]
    assert not [line for line in said if "{" in line.text]


def test_why_and_over_what_stands_in_words(workplace: Workplace) -> None:
    said = " ".join(line.text for line in lines(found(workplace), ZONE, "da"))
    assert "påmindelse (30 dage før fristen), frist 13. marts 2024" in said
    assert "SB (kalender)" in said


@pytest.mark.parametrize("words", [Why, Ending, Occasion, Channel, State, MarkKind])
def test_every_reason_and_state_that_the_program_keeps_has_words(words: type[StrEnum]) -> None:
    assert [] == [each.value for each in words if each.value not in WORDS]


@pytest.mark.parametrize("words", [EntryKind, Answer])
def test_every_kind_of_entry_and_answer_has_a_phrase(words: type[StrEnum]) -> None:
    assert [] == [each.value for each in words if each.value not in PHRASES]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("refused 550 5.1.1", "afvist 550 5.1.1"),
        ("delayed", "udsat"),
        ("7-days-before", "7 dage før fristen"),
    ],
)
def test_a_reason_with_a_number_in_it_stands_in_words_too(reason: str, said: str) -> None:
    assert said == reason_in_words("da", reason)


def test_no_cell_of_the_table_is_a_formula(workplace: Workplace) -> None:
    table = as_csv(found(workplace), ZONE, "da")
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert len(found(workplace)) + 1 == len(rows)
    assert {len(rows[0])} == {len(row) for row in rows}
    assert not [cell for row in rows for cell in row if cell.startswith(DANGEROUS)]
    assert "sb@example.dk" not in table.decode()
    assert "sb@example.dk" in as_csv(found(workplace), ZONE, "da", addresses=True).decode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_what_a_spreadsheet_would_compute_is_text(cell: str) -> None:
    assert harmless(cell).startswith("'")
