"""A cell of the responsible column is split into the parties it names, each as written."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reading.responsible import split_cells, split_responsible

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "examples" / "parties.csv"
MADE = HERE / "party_cells.csv"


def cells(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (line["cell"], tuple(party.strip() for party in line["parties"].split("|") if party.strip()))
            for line in csv.DictReader(file, delimiter=";")
        ]


@pytest.mark.parametrize(("cell", "parties"), cells(SAMPLE))
def test_every_cell_of_the_sample_is_right(cell: str, parties: tuple[str, ...]) -> None:
    assert split_responsible(cell) == parties


def test_of_our_own_cells_ninety_eight_in_a_hundred_are_right() -> None:
    made = cells(MADE)

    wrong = [cell for cell, parties in made if split_responsible(cell) != parties]

    assert len(wrong) <= 0.02 * len(made), wrong


@pytest.mark.parametrize(
    "joiner",
    [
        *(
            "/",
            " / ",
            " + ",
            ", ",
            " & ",
            " og ",
            " samt ",
            "; ",
            "\n",
            " og/eller ",
            " eller ",
            " och ",
            " and ",
        ),
        *(" i samarbejde med ", " sammen med ", " i samarbeid med ", " tillsammans med ", " together with "),
    ],
)
def test_every_joiner_separates_two_parties(joiner: str) -> None:
    assert split_responsible(f"Byrådet{joiner}Boligselskabet") == ("Byrådet", "Boligselskabet")


@pytest.mark.parametrize(
    "name",
    [
        "Børne- og Ungeudvalget",
        "Klima-, Energi- og Forsyningsministeriet",
        "Teknik, Plan og Landdistriktsudvalget",
        "Center Kultur og Fritid",
        "Udvalget for Kultur og Oplevelser",
        "Plan, Miljø og Teknik",
        "bygg- och miljönämnden",
        "Avd./enhetsleder",
        "Corporate Policy and Resources Committee",
        "Head of Planning and Development",
        "Slagelse Bolig A/S",
        "Slagelse Kommune v/ borgmesteren",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "Økonomiudvalget samt {}", "{} samt Økonomiudvalget", "KL/{}"])
def test_a_name_with_a_joiner_in_it_stays_one_wherever_it_stands(name: str, frame: str) -> None:
    assert name in split_responsible(frame.format(name))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Slagelse Boligselskab (SB)", "Slagelse Boligselskab (SB)"),
        ("MR (kirkeværge)", "MR (kirkeværge)"),
        ("Per (suppleant: Ida)", "Per (suppleant: Ida)"),
        ("Per (80 %)", "Per"),
        ("1. Per", "Per"),
        ("1. Næstformand", "1. Næstformand"),
        ("Vej & Park A/S", "Vej & Park A/S"),
        (
            "Geodatastyrelsen (tidl. Kort- og Matrikelstyrelsen)",
            "Geodatastyrelsen (tidl. Kort- og Matrikelstyrelsen)",
        ),
        ("Økonomiudvalget (ekstraordinært møde):", "Økonomiudvalget"),
        ("Byrådet, seminar fra kl. 15.00 – 17.00:", "Byrådet"),
        ("Kontorsjef skriver oversendelsesbrev.", "Kontorsjef"),
        ("Udarbejdes af forvaltningen", "forvaltningen"),
        ("Ansvarlig: Sekretariatet", "Sekretariatet"),
    ],
)
def test_aliases_are_kept_and_remarks_are_dropped(cell: str, kept: str) -> None:
    assert split_responsible(cell) == (kept,)


def test_an_and_at_the_start_of_a_line_is_no_part_of_the_name() -> None:
    assert split_responsible("Forvaltning\nog fagudvalg") == ("Forvaltning", "fagudvalg")


NAMES = st.sampled_from(
    ["SB", "Byrådet", "Slagelse Kommune (SK)", "Børne- og Ungeudvalget", "KL", "Rektor", "Boligorg."]
)


@given(st.lists(NAMES, min_size=1, max_size=5, unique=True), st.sampled_from(["/", " + ", "; ", " samt "]))
def test_parties_come_apart_as_they_were_put_together(names: list[str], joiner: str) -> None:
    assert split_responsible(joiner.join(names)) == tuple(names)


@given(st.text(max_size=200))
def test_any_text_gives_names_without_blanks_at_their_ends(cell: str) -> None:
    parties = split_responsible(cell)

    assert all(party and party == party.strip() for party in parties)
    assert len(set(parties)) == len(parties)


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("1. Direktionen 2. Byrådet", ("Direktionen", "Byrådet")),
        ("1. viceborgmester", ("1. viceborgmester",)),
        ("1. viceborgmester og 2. viceborgmester", ("1. viceborgmester", "2. viceborgmester")),
        ("Kassereren fremskaffer tal", ("Kassereren",)),
        ("Registry to circulate papers", ("Registry",)),
        ("Kommunalbestyrelsen efter indstilling fra Økonomiudvalget", ("Kommunalbestyrelsen",)),
        ("Forvaltning (udarbejder) og udvalg (godkender)", ("Forvaltning", "udvalg")),
        ("Sundhedschefen (i samråd med HR)", ("Sundhedschefen", "HR")),
        ("Boligforeningen AAB, afdeling 23", ("Boligforeningen AAB, afdeling 23",)),
        ("Behandles i Byrådet", ("Byrådet",)),
        ("Forvaltningen indstiller, og Byrådet beslutter", ("Forvaltningen", "Byrådet")),
        (
            "Forvaltningen indstiller, Teknik- og Miljøudvalget godkender",
            ("Forvaltningen", "Teknik- og Miljøudvalget"),
        ),
        ("Byrådet beslutter, om udvalget skal inddrages", ("Byrådet",)),
        ("Formand indkalder, sekretær referent", ("Formand", "sekretær")),
        ("Skoleleder orienterer personale, forældre og elever", ("Skoleleder",)),
    ],
)
def test_what_a_party_does_and_on_whose_word_is_no_name(cell: str, parties: tuple[str, ...]) -> None:
    assert split_responsible(cell) == parties


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Lars Nielsen, Plan og Miljø", ("Lars Nielsen, Plan og Miljø",)),
        ("Lars Nielsen, projektleder", ("Lars Nielsen, projektleder",)),
        ("Lars Nielsen, Plan og Mette Holm, Økonomi", ("Lars Nielsen, Plan", "Mette Holm, Økonomi")),
        ("Lars Nielsen, Mette Holm", ("Lars Nielsen", "Mette Holm")),
        ("Slagelse Kommune, Teknik og Miljø", ("Slagelse Kommune, Teknik og Miljø",)),
        ("Slagelse Kommune, Økonomiudvalget", ("Slagelse Kommune", "Økonomiudvalget")),
        ("Slagelse Kommune, Teknik og Miljø og FOB", ("Slagelse Kommune", "Teknik og Miljø", "FOB")),
    ],
)
def test_a_department_behind_a_comma_belongs_to_the_one_before_it(
    cell: str, parties: tuple[str, ...]
) -> None:
    assert split_responsible(cell) == parties


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Department for Education and Ofsted", ("Department for Education", "Ofsted")),
        ("Department for Business and Trade", ("Department for Business and Trade",)),
        ("Department of Chemistry and Biology", ("Department of Chemistry and Biology",)),
    ],
)
def test_a_field_of_government_is_told_from_a_name(cell: str, parties: tuple[str, ...]) -> None:
    assert split_responsible(cell) == parties


def test_two_fields_of_work_are_two_parties_where_the_plan_names_one_of_them_alone() -> None:
    assert split_cells(["Indkøb", "Indkøb og Ejendom"])[1] == ("Indkøb", "Ejendom")
    assert split_cells(["Byrådet", "Indkøb og Ejendom"])[1] == ("Indkøb og Ejendom",)
