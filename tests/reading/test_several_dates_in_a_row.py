"""A table with several columns of dates: each date is a milestone, called by the name of its column."""

from datetime import date

import pytest

from service.plan.as_json import plan_as_json
from service.plan.as_yaml import plan_as_yaml
from service.plan.place import Spot
from service.plan.plan import Plan
from service.reading.formats.plan_yaml import load
from service.reading.formats.source import Source
from service.reading.from_yaml import plan_from_tree
from service.reading.reader import understand
from tests.reading.plan_documents import Cells, document

MEETINGS: Cells = [
    ("Udvalg", "Frist for sager", "Møde"),
    ("Økonomiudvalget", "1. marts", "14. marts"),
    ("Byrådet", "10. december", "8. januar"),
]


def read(table: Cells, *above: str) -> Plan:
    return understand(document(*above, table))


def said(plan: Plan) -> list[tuple[int, str, str]]:
    return [(each.row, each.activity, str(each.window.ends_on)) for each in plan.milestones]


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings]


def test_each_date_is_a_milestone_of_its_row_called_by_its_column() -> None:
    plan = read(MEETINGS, "Mødeplan 2024")

    assert said(plan) == [
        (1, "Frist for sager: Økonomiudvalget", "2024-03-01"),
        (1, "Møde: Økonomiudvalget", "2024-03-14"),
        (2, "Frist for sager: Byrådet", "2024-12-10"),
        (2, "Møde: Byrådet", "2025-01-08"),
    ]
    assert [plan.party(each.parties[0]).name for each in plan.milestones[::2]] == [
        "Økonomiudvalget",
        "Byrådet",
    ]


def test_the_columns_that_were_read_so_are_told_in_one_note() -> None:
    (finding,) = [each for each in read(MEETINGS).findings if each.code == "columns-of-dates-read"]

    assert finding.severity == "note"
    assert "»Frist for sager | Møde«" in finding.message("da")


def test_ids_stay_when_rows_move_and_dates_change() -> None:
    before = read(MEETINGS, "Mødeplan 2024")
    after = read([MEETINGS[0], MEETINGS[2], ("Økonomiudvalget", "2. marts", "15. marts")], "Mødeplan 2024")

    assert len({each.id for each in before.milestones}) == 4
    assert {each.id: each.activity for each in before.milestones} == {
        each.id: each.activity for each in after.milestones
    }


def test_each_finding_names_the_column_it_is_about() -> None:
    plan = read(MEETINGS, "Mødeplan 2024")

    for milestone in plan.milestones:
        (told,) = plan.told_of()[milestone.id]
        assert told.code == "year-inferred"
        assert told.where == milestone.where
        assert milestone.activity.startswith(told.where.name_of(Spot.COLUMN))


def test_dates_alone_are_a_plan_whose_columns_say_what_happens() -> None:
    plan = read([("Frist for sager", "Møde"), ("1. marts 2024", "14. marts 2024")])

    assert said(plan) == [(1, "Frist for sager", "2024-03-01"), (1, "Møde", "2024-03-14")]


def test_names_that_count_are_names_although_they_begin_with_a_figure() -> None:
    plan = read(
        [
            ("Sag", "1. behandling", "2. behandling"),
            ("Budget", "20. august 2024", "10. september 2024"),
            ("Takster", "", "3. oktober 2024"),
            ("Regnskab", "Ikke relevant", "4. november 2024"),
        ]
    )

    assert said(plan) == [
        (1, "1. behandling: Budget", "2024-08-20"),
        (1, "2. behandling: Budget", "2024-09-10"),
        (2, "2. behandling: Takster", "2024-10-03"),
        (3, "2. behandling: Regnskab", "2024-11-04"),
    ]
    assert codes(plan).count("cell-without-date") == 1


@pytest.mark.parametrize("names", [("Efterår", "Forår"), ("Efterår 2023", "Forår 2024")])
def test_below_terms_each_date_stands_in_the_year_of_its_term(names: tuple[str, str]) -> None:
    plan = read(
        [
            ("Aktivitet", *names),
            ("Start", "1. september", "1. februar"),
            ("Eksamen", "10. januar", "10. juni"),
        ],
        "Kalender 2023/24",
    )

    assert [str(each.window.ends_on) for each in plan.milestones] == [
        "2023-09-01",
        "2024-02-01",
        "2024-01-10",
        "2024-06-10",
    ]


def test_a_column_named_by_a_party_is_that_party_s() -> None:
    plan = read(
        [
            ("Sag", "Økonomiudvalget", "Byrådet"),
            ("Budget", "12. marts 2024", "20. marts 2024"),
            ("Takster", "13. marts 2024", "20. marts 2024"),
        ]
    )

    assert [(each.activity, each.responsible) for each in plan.milestones[:2]] == [
        ("Økonomiudvalget: Budget", "Økonomiudvalget"),
        ("Byrådet: Budget", "Byrådet"),
    ]


def test_a_name_that_says_no_more_than_date_stands_before_nothing() -> None:
    plan = read([("Dato", "Frist for tilmelding", "Hvad"), ("3. maj 2024", "19. april 2024", "Fest")])

    assert [each.activity for each in plan.milestones] == ["Fest", "Frist for tilmelding: Fest"]


@pytest.mark.parametrize(
    "header",
    [("Opgave", "Start", "Slut"), ("Opgave", "Startdato", "Frist"), ("Task", "Start date", "Due date")],
)
def test_a_start_and_an_end_are_one_window(header: tuple[str, ...]) -> None:
    (milestone,) = read([header, ("Analyse", "01.02.2024", "15.03.2024")]).milestones

    assert (milestone.window.starts_on, milestone.due_on) == (date(2024, 2, 1), date(2024, 3, 15))


def test_beside_start_and_end_there_may_be_a_deadline_of_its_own() -> None:
    plan = read(
        [
            ("Opgave", "Start", "Slut", "Frist for høring"),
            ("Analyse", "1. marts 2024", "15. april 2024", "2. maj 2024"),
        ]
    )

    assert [(each.activity, str(each.window.starts_on), str(each.due_on)) for each in plan.milestones] == [
        ("Analyse", "2024-03-01", "2024-04-15"),
        ("Frist for høring: Analyse", "2024-05-02", "2024-05-02"),
    ]


def test_bare_days_below_their_columns_take_the_month_beside_them() -> None:
    plan = read(
        [("Måned", "Frist", "Møde", "Udvalg"), ("Januar", "8.", "22.", "ØU"), ("Februar", "5.", "19.", "ØU")],
        "Mødeplan 2024",
    )

    assert said(plan) == [
        (1, "Frist: ØU", "2024-01-08"),
        (1, "Møde: ØU", "2024-01-22"),
        (2, "Frist: ØU", "2024-02-05"),
        (2, "Møde: ØU", "2024-02-19"),
    ]


def test_what_stands_empty_below_its_dates_has_the_same_dates() -> None:
    plan = read(
        [("Frist", "Møde", "Sag"), ("1. marts 2024", "14. marts 2024", "Budget"), ("", "", "Takster")]
    )

    assert said(plan)[2:] == [(2, "Frist: Takster", "2024-03-01"), (2, "Møde: Takster", "2024-03-14")]
    assert codes(plan).count("deadline-carried") == 2


def test_a_row_that_goes_on_below_belongs_to_each_of_its_dates() -> None:
    plan = read(
        [("Frist", "Møde", "Sag"), ("1. marts 2024", "14. marts 2024", "Budget og"), ("", "", "regnskab")]
    )

    assert [each.activity for each in plan.milestones] == [
        "Frist: Budget og regnskab",
        "Møde: Budget og regnskab",
    ]


def test_each_column_is_in_an_order_of_its_own() -> None:
    months = ("marts", "april", "maj", "juni", "juli", "august")
    rows = [(f"Sag {month}", f"4. {month} 2024", f"6. {month} 2025") for month in months]

    assert "deadline-out-of-order" not in codes(read([("Sag", "Frist", "Evaluering"), *rows]))


def test_rows_are_counted_once_however_many_dates_they_have() -> None:
    rows = [(f"Sag {day}", f"{day}. maj 2024", f"{day}. juni 2024" if day % 2 else "") for day in range(2, 8)]
    plan = read([("Sag", "Frist", "Møde"), *rows, ("Fase 2: Slut", "", ""), ("", "8. maj 2024", "")])

    left_out = [code for code in codes(plan) if code.startswith("row-")]
    assert len(rows) + 2 == len({each.row for each in plan.milestones}) + len(left_out)
    assert sorted({each.row for each in plan.milestones}) == list(range(1, len(rows) + 2 - len(left_out) + 1))


def test_the_plan_is_the_same_plan_after_yaml() -> None:
    plan = read(MEETINGS, "Mødeplan 2024")
    source = Source(name="plan.yaml", content=plan_as_yaml(plan, "en").encode())

    back = plan_from_tree(load(source), source.name)

    assert plan_as_json(plan, "da")["milestones"] == plan_as_json(back, "da")["milestones"]
    assert [each.where for each in plan.milestones] == [each.where for each in back.milestones]
