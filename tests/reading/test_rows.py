"""What a row is: a milestone, the rest of one, or something else that is told."""

from collections import Counter

import pytest
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
    assert {finding.where.in_words("da") for finding in plan.findings} == {
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


def test_a_heading_paragraph_above_each_table_gives_its_rows_month_and_year() -> None:
    march: Cells = [("Dato", "Aktivitet"), ("5.", "Kickoff"), ("19.", "Workshop")]
    april: Cells = [("Dato", "Aktivitet"), ("9.", "Møde")]

    plan = plan_rows(document("Procesplan", "2024", "Marts", march, "April", april))

    assert [row.dated for row in plan.rows] == ["5. Marts", "19. Marts", "9. April"]
    assert {row.heading_year for row in plan.rows} == {2024}
    assert codes(plan).count("row-is-period") == 3


def test_the_date_of_the_document_above_its_only_table_is_no_heading() -> None:
    table: Cells = [("Dato", "Aktivitet"), ("5. maj", "Møde")]

    assert plan_rows(document("Plan for 2025", "November 2024", table)).rows[0].heading_year is None


def test_a_column_of_months_completes_the_column_of_days_beside_it() -> None:
    table: Cells = [
        ("Måned", "Dag", "Emne"),
        ("Januar", "8.", "Møde"),
        ("", "22.", "Syn"),
        ("Marts", "", "Regnskab"),
    ]

    plan = plan_rows(document(table))

    assert [row.dated for row in plan.rows] == ["8. Januar", "22. Januar", "Marts"]
    assert codes(plan) == ["deadline-carried"] * 3


def test_a_column_of_years_is_carried_down_to_the_months_beside_it() -> None:
    table: Cells = [
        ("År", "Måned", "Emne"),
        ("2023", "November", "Udkast"),
        ("2024", "Januar", "Høring"),
        ("", "Marts", "Vedtagelse"),
    ]

    plan = plan_rows(document(table))

    assert [(row.dated, row.heading_year) for row in plan.rows] == [
        ("November", 2023),
        ("Januar", 2024),
        ("Marts", 2024),
    ]


def test_a_week_counts_where_the_date_beside_it_is_missing() -> None:
    plan = plan_rows(
        document([("Uge", "Dato", "Møde"), ("3", "18-01-2022", "Opstart"), ("17", "", "Høring")])
    )

    assert [row.deadline for row in plan.rows] == ["18-01-2022", "uge 17"]


def test_a_header_in_another_order_begins_anew_within_a_table() -> None:
    plan = read(
        ("Maj 2024", "Rapport", "SB"),
        ("Aktivitet", "Tidspunkt", "Hvem"),
        ("Udbud", "juni 2024", "FOB"),
    )

    assert [(row.deadline, row.activity) for row in plan.rows] == [
        ("Maj 2024", "Rapport"),
        ("juni 2024", "Udbud"),
    ]


def test_a_table_without_names_tells_how_its_columns_were_read() -> None:
    plan = plan_rows(
        document([("Byggeudvalget", "Oplæg til program", "Marts 2019"), ("", "Forslag", "15.4.2019")])
    )

    assert codes(plan) == ["columns-without-names"]
    assert plan.findings[0].values["deadline"] == "3"


def test_a_dash_is_no_activity() -> None:
    assert codes(read(("Maj 2025", "Brev", "SB"), ("April 2025", "-", "-"))) == ["row-without-activity"]


def test_a_list_that_ends_in_dates_is_a_plan_where_there_is_no_other() -> None:
    plan = plan_rows(
        document("Tidplan", "Reviderad: 3 maj 2022", "Samråd: kvartal 2 2023", "Antagande: mars 2024")
    )

    assert [(row.activity, row.deadline) for row in plan.rows] == [
        ("Samråd", "kvartal 2 2023"),
        ("Antagande", "mars 2024"),
    ]


def test_a_dated_list_counts_where_no_table_is_the_plan() -> None:
    contacts: Cells = [("Navn", "Telefon"), ("Formanden", "00 00 00 00")]

    plan = plan_rows(document(contacts, "13. maj 2024: Byrådet godkender", "15. maj 2024: Høring"))

    assert [row.activity for row in plan.rows] == ["Byrådet godkender", "Høring"]


def test_one_item_below_its_heading_belongs_to_the_list() -> None:
    plan = plan_rows(
        document([("Deadline", "Ansvarlig", "Aktivitet"), ("Juni 2022", "", "Start")], "2023", "Maj: Slut")
    )

    assert [(row.dated, row.heading_year) for row in plan.rows] == [("Juni 2022", None), ("Maj", 2023)]


def test_a_table_without_rows_is_told_and_no_trouble() -> None:
    assert codes(plan_rows(document([]))) == ["table-without-deadlines"]


SAID = (
    "Maj 2024",
    "1. juni 2024",
    "do.",
    "Fase 1",
    "Afventer",
    "Brev sendes.",
    "og mere",
    "SB",
    "I alt",
    "8.",
)
NAMES = ("Dato", "Aktivitet", "Hvem")
CELL = st.sampled_from(["", *SAID, "Januar", "2025", "-", '"', *NAMES])
HEADERS = (
    HEADER,
    ("Måned", "Dag", "Emne"),
    ("Uge", "Dato", "Emne"),
    ("Frist", "Møde", "Udvalg"),
    ("1.", "2.", "3."),
)


@pytest.mark.parametrize("header", HEADERS)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=12))
def test_no_row_is_dropped_in_silence(header: tuple[str, ...], table: list[tuple[str, str, str]]) -> None:
    rows = [("Marts", "1. marts 2024", "Start."), *table]
    plan = plan_rows(document([header, *rows]))

    places = {row.where for row in plan.rows} | {finding.where for finding in plan.findings}
    told = {place.in_words("da").partition(", kolonne")[0] for place in places}
    filled = {f"tabel 1, række {place}" for place, row in enumerate(rows, start=2) if set(row) - {"", *NAMES}}
    whole_tables_told = "table-without-deadlines" in codes(plan)
    assert whole_tables_told or filled <= told
    numbers = list(dict.fromkeys(row.number for row in plan.rows))
    assert numbers == list(range(1, len(numbers) + 1))
