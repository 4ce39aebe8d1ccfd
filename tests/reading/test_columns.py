"""Which column is which: told by the header, by the cells, or by both."""

import pytest

from service.reading.columns import recognise
from tests.reading.plan_documents import rows

DATES = ("1. marts 2024", "April 2024", "Uge 20 2024")
TASKS = ("Sagen behandles for første gang", "Høring af de berørte parter", "Endelig vedtagelse af planen")
WHO = ("Byrådet", "Teknik- og Miljøudvalget", "KL")

HEADERS = [
    ("Deadline", "Emne/Aktivitet", "Ansvarlig(e)"),
    ("Frist", "Opgave", "Tovholder"),
    ("Dato/Deadline", "Hvad", "Ansvarlig"),
    ("Hvornår senest?", "Indhold", "Hvem"),
    ("Tidspunkt", "Milepæl", "Deltagere"),
    ("Tid", "Beskrivelse", "Udføres af"),
    ("Når", "Hva", "Hvem"),
    ("Tidsfrist", "Oppgave", "Ansvarleg"),
    ("När", "Vad", "Vem"),
    ("Datum", "Uppgift", "Ansvarig"),
    ("Due date", "Task", "Owner"),
    ("When", "What", "Who"),
    ("Daedline", "Aktivtet", "Ansvalig"),
]


@pytest.mark.parametrize("header", HEADERS, ids=" ".join)
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)])
def test_columns_are_found_by_name_in_any_order(header: tuple[str, ...], order: tuple[int, ...]) -> None:
    columns = (header[0], *DATES), (header[1], *TASKS), (header[2], *WHO)
    table = rows(list(zip(*(columns[place] for place in order), strict=True)))

    found = recognise(table)

    assert found is not None
    assert (found.deadline, found.activity, found.responsible) == tuple(
        order.index(role) for role in range(3)
    )
    assert found.header is table[0]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_columns_without_a_header_are_told_apart_by_their_dates(order: tuple[int, int]) -> None:
    columns = DATES, TASKS
    table = rows(list(zip(*(columns[place] for place in order), strict=True)))

    found = recognise(table)

    assert found is not None
    assert (found.deadline, found.activity, found.responsible) == (order.index(0), order.index(1), None)


def test_three_columns_without_a_header_are_told_apart_by_what_stands_in_them() -> None:
    found = recognise(rows(list(zip(DATES, TASKS, WHO, strict=True))))

    assert found is not None
    assert (found.deadline, found.activity, found.responsible, found.header) == (0, 1, 2, None)


def test_a_remark_behind_the_date_leaves_it_a_deadline() -> None:
    table = rows(
        [("Oppstart rørlegger", "22.03.21 (faktisk oppstart var 22.03.21)"), ("Overtakelse", "28.10.21")]
    )

    found = recognise(table)

    assert found is not None
    assert (found.deadline, found.activity) == (1, 0)


def test_numbers_notes_and_status_are_no_activity() -> None:
    header = ("Nr.", "Status", "Opgave", "Bemærkninger", "Frist", "Ansvarlig")
    data = ("1", "i gang", "Høring", "en lang bemærkning om alt muligt andet", "1. maj 2024", "KL")

    found = recognise(rows([header, data]))

    assert found is not None
    assert (found.activity, found.deadline, found.responsible) == (2, 4, 5)


def test_the_subject_is_the_activity_and_the_content_beside_it_is_not() -> None:
    header = ("Hvornår senest?", "Hvem", "Emne", "Indhold", "Noter")
    data = ("11.01", "PU", "PU møde", "Sager til dagsorden senest tirsdag kl. 12.00", "Kl. 17.30")

    found = recognise(rows([header, data]))

    assert found is not None
    assert found.activity == 2


def test_a_second_date_column_is_the_end() -> None:
    table = rows([("Opgave", "Start", "Slut"), ("Analyse", "01.02.2024", "15.03.2024")])

    found = recognise(table)

    assert found is not None
    assert (found.deadline, found.ends) == (1, 2)


def test_a_name_above_bare_numbers_is_their_unit() -> None:
    found = recognise(rows([("Uge", "Aktivitet"), ("12", "Start"), ("20", "Slut")]))

    assert found is not None
    assert (found.deadline, found.units) == (0, ("uge", ""))


@pytest.mark.parametrize(
    "table",
    [
        [("Navn", "Organisation", "Telefon"), ("Formanden", "FOB", "00 00 00 00")],
        [("Version", "Dato", "Forfatter"), ("1.0", "1. maj 2024", "AH")],
        [("Post", "Beløb"), ("Løn", "100.000"), ("I alt", "100.000")],
    ],
    ids=["contacts", "versions", "budget"],
)
def test_a_table_of_other_things_is_no_plan(table: list[tuple[str, ...]]) -> None:
    assert recognise(rows(table)) is None


def test_a_row_of_month_and_short_words_is_no_header() -> None:
    table = rows([("Dato", "Hvad", "Hvem"), ("Oktober", "Budget", "Økonomi"), ("Juni", "Slut", "HR")])

    found = recognise(table)

    assert found is not None
    assert found.header is table[0]


def test_without_names_the_party_is_the_short_name_that_comes_again() -> None:
    found = recognise(
        rows(
            [
                ("Graveren", "Oprydning efter vinteren", "Marts 2024"),
                ("Kordegnen", "Valglister lægges frem", "April 2024"),
                ("Graveren", "Plantning på kirkegården", "Maj 2024"),
                ("Kordegnen", "Indberetning", "Juni 2024"),
            ]
        )
    )

    assert found is not None
    assert (found.responsible, found.activity, found.deadline) == (0, 1, 2)
