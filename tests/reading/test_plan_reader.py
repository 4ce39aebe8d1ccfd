"""Whole documents: the user's own plan in every format, small plans of others, and what is told."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.plan import Plan
from service.reading.errors import NoPlanFound
from service.reading.reader import read_plan, understand
from tests.reading.plan_documents import document

TESTS = Path(__file__).parents[1]
SAMPLES = sorted((TESTS / "examples" / "plans").glob("*.txt"))
FORMATS = ("txt", "docx", "pdf", "xlsx", "csv", "html")
WITH_PROSE = ("txt", "docx", "pdf")


class Expected(TypedDict):
    row: int
    deadline_text: str
    start: str | None
    end: str | None
    activity_prefix: str
    parties: list[str]


@cache
def procesplan(suffix: str) -> Plan:
    return read_plan(TESTS / "plans" / f"procesplan.{suffix}")


def expected_of(path: Path) -> list[Expected]:
    expected: list[Expected] = json.loads(path.read_text(encoding="utf-8"))
    return expected


def as_expected(milestone: Milestone) -> tuple[int, str | None, str | None, str]:
    starts, ends = milestone.window.starts_on, milestone.window.ends_on
    return (
        milestone.row,
        starts.isoformat() if starts else None,
        ends.isoformat() if ends else None,
        milestone.activity[:40].strip(),
    )


def written(party: Party) -> set[str]:
    return {party.name, *party.aliases, *(f"{party.name} ({alias})" for alias in party.aliases)} | {
        f"{alias} ({short})" for alias in party.aliases for short in party.aliases
    }


def check(plan: Plan, expected: list[Expected]) -> None:
    wanted = [(each["row"], each["start"], each["end"], each["activity_prefix"].strip()) for each in expected]
    assert [as_expected(milestone) for milestone in plan.milestones] == wanted
    for milestone, each in zip(plan.milestones, expected, strict=True):
        named = [written(plan.party(party)) for party in milestone.parties]
        assert len(named) == len(each["parties"]), milestone.row
        assert all(name in forms for name, forms in zip(each["parties"], named, strict=True)), milestone.row


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_plans_of_other_organisations_are_read(path: Path) -> None:
    plan = read_plan(path)
    expected = expected_of(path.with_suffix(".expected.json"))

    check(plan, expected)
    assert [milestone.deadline for milestone in plan.milestones] == [
        each["deadline_text"] for each in expected
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_plan_is_the_same_in_every_format(suffix: str) -> None:
    plan = procesplan(suffix)

    check(plan, expected_of(TESTS / "plans" / "procesplan.expected.json"))
    assert [milestone.id for milestone in plan.milestones] == [
        milestone.id for milestone in procesplan("docx").milestones
    ]
    assert [milestone.due_on for milestone in plan.milestones if milestone.row in {9, 14, 22}] == [
        date(2024, 5, 27),
        None,
        None,
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_party_is_one_however_it_is_written(suffix: str) -> None:
    parties = procesplan(suffix).parties

    assert [(party.id, party.name, party.members) for party in parties] == [
        ("bestyrelsen", "Bestyrelsen", ()),
        ("boligorganisationerne", "Boligorganisationerne", ("sb", "fob", "bk")),
        ("sk", "Slagelse Kommune", ()),
        ("sb", "Slagelse Boligselskab", ()),
        ("fob", "FOB", ()),
        ("bk", "BoligKorsør", ()),
        ("lbf", "Landsbyggefonden", ()),
    ]


@pytest.mark.parametrize("suffix", WITH_PROSE)
def test_the_lists_of_required_documents_are_the_checklists_of_the_submissions(suffix: str) -> None:
    lists = {
        milestone.row: milestone.checklist
        for milestone in procesplan(suffix).milestones
        if milestone.checklist
    }

    assert {row: len(items) for row, items in lists.items()} == {10: 7, 21: 6}
    assert lists[10][1] == "Beboerdata for boligområderne/afdelingerne."
    assert lists[21][-1] == "Helhedsplanen skal godkendes i beliggenhedskommunen."


@pytest.mark.parametrize("suffix", WITH_PROSE)
def test_the_title_has_no_page_number_in_front(suffix: str) -> None:
    title = "Samlet procesplan ifm. vedtagelse af ny boligsocial helhedsplan 2025-2029 i Slagelse Kommune"

    assert procesplan(suffix).title == title
    assert procesplan(suffix).language == "da"


def test_the_row_over_the_page_break_keeps_its_tail() -> None:
    tail = "der tale om en samlet afstemning i hvert af de tre områder på tværs af afdelinger i områderne."

    assert all(procesplan(suffix).milestones[18].activity.endswith(tail) for suffix in FORMATS)


TABLE = [
    ("Dato", "Hvad", "Hvem"),
    ("4. maj 2024", "Start", "SB"),
    ("3. juni 2024", "Møde", "FOB"),
    ("3. juni 2024", "Møde", "FOB"),
    ("5. juni 2042", "Syn", ""),
    ("6. juni 2024", "Slut", "Aftales nærmere."),
]


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("due-on-weekend", 1),
        ("row-repeated", 3),
        ("deadline-far-away", 4),
        ("responsible-empty", 4),
        ("responsible-unassigned", 5),
    ],
)
def test_what_a_coordinator_should_look_at_is_told_with_its_row(code: str, row: int) -> None:
    plan = understand(document(TABLE))

    found = [finding for finding in plan.findings if finding.code == code]
    assert [(finding.row, finding.where.in_words("da")) for finding in found] == [
        (row, f"tabel 1, række {row + 1}")
    ]
    assert all(finding.message("da") and finding.message("en") for finding in found)


def test_a_plan_without_a_column_of_parties_says_so_once() -> None:
    plan = understand(document([row[:2] for row in TABLE]))

    assert [finding.code for finding in plan.findings].count("no-responsible-column") == 1


@pytest.mark.parametrize(
    "blocks",
    [[], ["Kun tekst."], [[("Navn", "Telefon"), ("Formanden", "00 00 00 00")]]],
    ids=["nothing", "text", "contacts"],
)
def test_a_document_without_a_plan_is_one_clear_sentence(blocks: list[str | list[tuple[str, ...]]]) -> None:
    with pytest.raises(NoPlanFound, match=r"plan\.docx"):
        understand(document(*blocks))


@pytest.mark.parametrize(
    ("header", "row", "language"),
    [
        (("Dato", "Hvad"), ("1. maj 2024", "Byrådets behandling af indstillingen"), "da"),
        (("Dato", "Hva"), ("1. mai 2024", "Kommunestyret behandler planen etter høring"), "no"),
        (("Datum", "Vad"), ("1 maj 2024", "Kommunstyrelsen beslutar om ärendet och remissen"), "sv"),
        (("Date", "What"), ("1 May 2024", "Approval of the plan by the committee"), "en"),
    ],
)
def test_the_language_is_told_by_its_small_words(
    header: tuple[str, ...], row: tuple[str, ...], language: str
) -> None:
    assert understand(document([header, row])).language == language
