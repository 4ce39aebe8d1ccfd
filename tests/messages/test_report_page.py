"""The page to look a plan through: every row, every finding, and nothing from a cell as markup."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from service.bundled import TEMPLATES
from service.errors import Language
from service.messages.report import report_page
from service.messages.templates import Templates
from service.plan.finding import Finding
from service.plan.party import Party
from service.plan.place import place_of
from service.plan.plan import Plan
from service.plan.window import Kind
from tests.chromium import a_page, needs_chromium, overhang
from tests.factories import a_day, a_milestone, a_plan, a_stretch
from tests.messages.markup import NASTY, Markup

TEMPLATE = Templates(TEMPLATES)

MARCH = a_milestone(a_day(date(2024, 3, 13)), row=1, deadline="13. marts", phase="Fase 1")
MAY = a_milestone(
    a_stretch(date(2024, 5, 1), date(2024, 5, 31), Kind.MONTH),
    id="m2",
    row=2,
    deadline="Maj 2024",
    due_on=date(2024, 5, 27),
    activity="Byrådsmøde 27. maj.",
    responsible="Alle boligorganisationer",
    parties=("boligorganisationerne",),
    checklist=("Budget", "Referat"),
)
UNCLEAR = a_milestone(id="m3", row=3, deadline="når vi er klar", activity="Evaluering.", parties=())
FINDINGS = (
    Finding(code="row-is-heading", where=place_of("tabel 1, række 2"), values={"written": "Fase 1"}),
    Finding(code="row-without-activity", where=place_of("tabel 1, række 9"), values={"written": "1. juni"}),
    Finding(
        code="year-inferred",
        row=1,
        values={"written": "13. marts", "understood": "2024-03-13", "source": "titlen"},
    ),
    Finding(code="deadline-not-understood", row=3, values={"written": "når vi er klar"}),
    Finding(code="no-responsible-column"),
)
PLAN = a_plan(MARCH, MAY, UNCLEAR, findings=FINDINGS)


def page_of(plan: Plan, language: Language = "da") -> str:
    return report_page(plan, TEMPLATE, language, file="plan.docx")


def test_a_row_stands_as_written_and_as_understood_with_its_due_date_and_parties() -> None:
    said = Markup(page_of(PLAN)).text
    row = said[said.index("Række 2 ·") : said.index("Række 3 ·")]
    for part in ("Maj 2024", "1.–31. maj 2024", "omtrentlig", "Mandag den 27. maj 2024", "Budget"):
        assert part in row
    assert "Boligorganisationerne (skrevet »Alle boligorganisationer«)" in row


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_finding_is_told_and_stands_beside_its_row(language: Language) -> None:
    said = Markup(page_of(PLAN, language)).text
    for finding in FINDINGS:
        assert finding.message(language) in said
    row = {"da": "Række", "en": "Row"}[language]
    last = said[said.index(f"{row} 3 ·") :]
    assert FINDINGS[3].message(language) in last


def test_errors_and_warnings_are_listed_first_the_gravest_at_the_top_with_a_link_to_the_row() -> None:
    page = page_of(PLAN)
    first = page[page.index("Se på dette først") : page.index("Alle milepæle")]
    assert first.index(">Fejl<") < first.index(">Advarsel<")
    assert 'href="#row-3"' in first
    assert ">Bemærk<" not in first


def test_a_row_stands_under_its_phase() -> None:
    said = Markup(page_of(PLAN)).text
    assert "Fase 1 Organisationsbestyrelsen" in said[: said.index("Række 2 ·")]


def test_what_is_no_milestone_is_told_with_its_place() -> None:
    said = Markup(page_of(PLAN)).text
    left_out = said[said.index("Rækker, der ikke er milepæle") :]
    assert "tabel 1, række 2" in left_out
    assert "tabel 1, række 9" in left_out


def test_the_parties_stand_with_all_their_names_and_the_groups_with_their_members() -> None:
    said = Markup(page_of(PLAN)).text
    assert "Slagelse Boligselskab id sb · 1 milepæl Også skrevet »SB«" in said
    assert "Gruppe: Slagelse Boligselskab og FOB" in said


def test_the_page_needs_nothing_but_itself_and_runs_no_script() -> None:
    elements = Markup(page_of(PLAN)).elements
    assert not {"script", "img", "iframe"} & {tag for tag, _ in elements}
    assert not any("src" in names for _, names in elements)


def page_saying(text: str) -> str:
    """The page when every cell, every name and every finding says the text."""
    milestones = tuple(
        replace(
            each,
            deadline=text,
            activity=text,
            responsible=text,
            where=place_of(text),
            phase=text,
            checklist=tuple(text for _ in each.checklist),
        )
        for each in PLAN.milestones
    )
    parties = tuple(
        Party(id=each.id, name=text, aliases=tuple(text for _ in each.aliases), members=each.members)
        for each in PLAN.parties
    )
    findings = tuple(
        replace(each, where=each.where and place_of(text), values=dict.fromkeys(each.values, text))
        for each in FINDINGS
    )
    plan = replace(PLAN, title=text, milestones=milestones, parties=parties, findings=findings)
    return report_page(plan, TEMPLATE, "da", file=text)


PLAIN = Markup(page_saying("x")).elements


@given(nasty=NASTY)
@settings(deadline=None)
def test_the_elements_of_the_page_are_the_same_whatever_the_cells_say(nasty: str) -> None:
    assert PLAIN == Markup(page_saying(f"x{nasty}")).elements


@needs_chromium
@pytest.mark.parametrize("width", [1100, 360])
def test_the_page_fits_the_window_and_its_policy(width: int, tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_text(page_of(PLAN), encoding="utf-8")
    with a_page(width) as (page, complaints):
        page.goto(f"file://{tmp_path}/plan.html")
        assert 0 == overhang(page)
        assert [] == complaints
