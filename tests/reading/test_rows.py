"""What a row is: a milestone, the rest of one, or something else that is told."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from service.plan.finding import Severity
from service.reading.rows import PlanRows, plan_rows
from tests.reading.plan_documents import Cells, document

HEADER = ("Deadline", "Aktivitet", "Ansvarlig")


def read(*table: tuple[str, ...]) -> PlanRows:
    return plan_rows(document([HEADER, *table]))


def codes(plan: PlanRows) -> list[str]:
    return [finding.code for finding in plan.findings]


def test_a_row_broken_over_the_page_is_one_milestone() -> None:
    first: Cells = [HEADER, ("Maj 2024", "Hvis dette kan godkendes, bliver", "Byrådet")]
    second: Cells = [("", "der tale om en samlet afstemning.", ""), ("Juni 2024", "Slut.", "Byrådet")]

    plan = plan_rows(document("2Samlet procesplan", first, "3Samlet procesplan", second))

    assert [(row.number, row.activity) for row in plan.rows] == [
        (1, "Hvis dette kan godkendes, bliver der tale om en samlet afstemning."),
        (2, "Slut."),
    ]
    assert codes(plan) == ["row-joined"]


def test_a_new_sentence_at_the_top_of_a_page_belongs_to_the_row_before() -> None:
    first: Cells = [HEADER, ("Maj 2024", "Planen vedtages.", "Byrådet")]
    second: Cells = [HEADER, ("", "Den sendes derefter til KL.", "")]

    plan = plan_rows(document(first, second))

    assert [row.activity for row in plan.rows] == ["Planen vedtages. Den sendes derefter til KL."]


def test_a_word_cut_at_the_page_break_is_made_whole() -> None:
    plan = read(("Maj 2024", "Udarbejdelse af prækvalifikations-", "SB"), ("", "materialet", ""))

    assert plan.rows[0].activity == "Udarbejdelse af prækvalifikationsmaterialet"


def test_an_empty_date_under_a_date_is_the_same_date() -> None:
    plan = read(("1. maj 2024", "Brev sendes.", "SB"), ("", "Lokale bestilles.", "FOB"))

    assert [row.dated for row in plan.rows] == ["1. maj 2024", "1. maj 2024"]
    assert [row.deadline for row in plan.rows] == ["1. maj 2024", ""]
    assert codes(plan) == ["deadline-carried"]


def test_ditto_marks_repeat_the_cell_above() -> None:
    marks = ("do.", '"', "-”-", "samme dato", "Samme fase", "same as above", "som ovenfor")
    plan = read(("1. maj 2024", "Brev", "SB"), *((mark, f"Opgave {mark}", '"') for mark in marks))

    assert {row.dated for row in plan.rows} == {"1. maj 2024"}
    assert {row.responsible for row in plan.rows} == {"SB"}
    assert len(plan.rows) == len(marks) + 1


def test_month_headings_are_carried_down_to_bare_days() -> None:
    plan = read(
        ("Januar 2024", "", ""),
        ("11.", "Møde", "PU"),
        ("tirsdag d. 23.", "Møde", "MR"),
        ("Februar", "Februar", "Februar"),
        ("8.-10.", "Kursus", "PU"),
        ("", "Syn", "MR"),
    )

    assert [row.dated for row in plan.rows] == [
        "11. Januar 2024",
        "tirsdag d. 23. Januar 2024",
        "8.-10. Februar",
        "8.-10. Februar",
    ]
    assert {row.heading_year for row in plan.rows} == {2024}
    assert Counter(codes(plan))["row-is-period"] == 2


def test_rows_that_are_no_milestones_are_told_with_the_reason() -> None:
    plan = plan_rows(
        document(
            "Tidsplan for projektet",
            [
                HEADER,
                ("Fase 1: Forberedelse", "", ""),
                ("Uge 12 2024", "Start", "SK"),
                HEADER,
                ("Tidsplan for projektet", "", ""),
                ("Uge 20 2024", "Slut", "SK"),
                ("", "I alt 2 opgaver", ""),
                ("* Ret til ændringer forbeholdes", "", ""),
                ("3. maj 2024", "", "SK"),
            ],
        ),
    )

    assert [row.activity for row in plan.rows] == ["Start", "Slut"]
    assert codes(plan) == [
        "row-is-heading",
        "row-is-header",
        "row-is-page-title",
        "row-is-note",
        "row-is-note",
        "row-without-activity",
    ]
    assert {finding.where for finding in plan.findings} == {
        f"tabel 2, række {place}" for place in (2, 4, 5, 7, 8, 9)
    }
    assert plan.findings[-1].severity is Severity.ERROR


def test_a_plan_over_two_tables_goes_on_and_other_tables_are_told() -> None:
    contacts: Cells = [("Navn", "Organisation", "Telefon"), ("Formanden", "FOB", "00 00 00 00")]
    first: Cells = [HEADER, ("1. maj 2024", "Brev", "SB")]
    second: Cells = [("2. maj 2024", "Møde", "FOB")]

    plan = plan_rows(document(contacts, first, second))

    assert [(row.number, row.activity, row.responsible) for row in plan.rows] == [
        (1, "Brev", "SB"),
        (2, "Møde", "FOB"),
    ]
    assert codes(plan) == ["table-without-deadlines"]


def test_two_date_columns_are_one_range() -> None:
    plan = plan_rows(document([("Opgave", "Start", "Slut"), ("Analyse", "01.02.2024", "15.03.2024")]))

    assert plan.rows[0].deadline == "01.02.2024 – 15.03.2024"


CELL = st.sampled_from(
    ["", "Maj 2024", "1. juni 2024", "do.", "Fase 1", "Afventer", "Brev sendes.", "og mere", "SB", "I alt"]
)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=12))
def test_no_row_is_dropped_in_silence(table: list[tuple[str, str, str]]) -> None:
    plan = plan_rows(document([HEADER, ("1. marts 2024", "Start.", "SB"), *table]))

    filled = sum(any(row) for row in table)
    left_out = [code for code in codes(plan) if code.startswith("row-")]
    assert len(plan.rows) + len(left_out) == filled + 1
    assert [row.number for row in plan.rows] == list(range(1, len(plan.rows) + 1))
