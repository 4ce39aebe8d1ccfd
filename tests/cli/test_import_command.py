from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Rettidig

HEADING = "Deadline\tAktivitet\tAnsvarlig\n"
ROWS = (
    "13. marts 2024\tSB behandler materialet om helhedsplanen\tSB\n",
    "20. marts 2024\tFOB behandler budgettet for perioden\tFOB\n",
)
SETTINGS = {"AS_OF": "2024-03-06T09:00", "RECIPIENTS__SB__EMAIL": "sb@example.dk"}
LISTS = ("new", "moved", "reworded", "dropped", "matched", "split", "merged")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(HEADING + "".join(ROWS), encoding="utf-8")
    return path


def lists(said: Any) -> dict[str, int]:
    return {name: len(said[name]) for name in LISTS if said[name]}


def test_a_first_import_lists_what_is_new_and_what_leaves(rettidig: Rettidig, document: Path) -> None:
    said = rettidig("import", document.name, "--yes", "--json", **SETTINGS).json
    assert {"new": 2} == lists(said)
    assert "2024-03-06T09:00:00+01:00" == said["sends"]["at"]
    assert {"Frist 13. marts 2024: SB behandler materialet om helhedsplanen"} <= {
        message["subject"] for message in said["sends"]["messages"]
    }


def test_importing_again_says_that_nothing_changed_and_sends_nothing(
    rettidig: Rettidig, document: Path
) -> None:
    rettidig("import", document.name, "--yes", **SETTINGS)
    assert {} == lists(rettidig("import", document.name, "--json", "--yes", **SETTINGS).json)
    said = rettidig("import", document.name, **SETTINGS)
    assert 0 == said.code
    assert "Planen siger det samme som før." in said.out
    assert "Intet bliver sendt" in said.out


def test_a_moved_row_keeps_its_id(rettidig: Rettidig, document: Path) -> None:
    first, second = rettidig("import", document.name, "--yes", "--json", **SETTINGS).json["new"]
    document.write_text(HEADING + ROWS[1] + ROWS[0].replace("13.", "14."), encoding="utf-8")
    said = rettidig("import", document.name, "--yes", "--json", **SETTINGS).json
    assert ({"moved": 1, "matched": 1}, [first]) == (lists(said), said["moved"])
    assert second != first


def test_a_pair_that_is_not_the_same_is_shown_with_its_likeness_before_anything_is_stored(
    rettidig: Rettidig, document: Path
) -> None:
    rettidig("import", document.name, "--yes", **SETTINGS)
    document.write_text(HEADING + ROWS[0].replace("behandler", "godkender") + ROWS[1], encoding="utf-8")
    said = rettidig("import", document.name, stdin="n\n", **SETTINGS)
    assert 1 == said.code
    assert "% ens med række 1: SB behandler materialet" in said.out
    assert {"reworded": 1, "matched": 1} == lists(
        rettidig("import", document.name, "--yes", "--json", **SETTINGS).json
    )


def test_a_wrong_pair_is_corrected_by_the_id_in_the_yaml(rettidig: Rettidig, document: Path) -> None:
    first, second = rettidig("import", document.name, "--yes", "--json", **SETTINGS).json["new"]
    document.write_text(HEADING + "3. april 2024\tEvaluering\tSB\n" + ROWS[1], encoding="utf-8")
    preview = rettidig("import", document.name, stdin="n\n", **SETTINGS).out
    assert ("Ny: " in preview, "Udgået: " in preview, "Flyttet: " in preview) == (True, True, False)
    rettidig("read", document.name, "--write", "plan.yaml")
    corrected = document.with_name("plan.yaml")
    lines = corrected.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if line.startswith("  - id: m"))
    lines[place] = f"  - id: {first}\n"
    corrected.write_text("".join(lines), encoding="utf-8")
    said = rettidig("import", "plan.yaml", "--yes", "--json", **SETTINGS).json
    assert ([first], []) == (said["moved"], said["dropped"])
    assert second not in said["moved"]


def test_a_program_that_asks_for_json_only_looks(rettidig: Rettidig, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(
        "Deadline\tAktivitet\tAnsvarlig\n13. marts\tBudget\tSB\n1. maj 2024\tRegnskab\tFOB\n"
    )
    looked = rettidig("import", "plan.txt", "--json", **SETTINGS)
    assert (0, False, 2) == (looked.code, looked.json["imported"], len(looked.json["new"]))
    meant = rettidig("import", "plan.txt", "--json", "--yes", **SETTINGS)
    assert (True, looked.json["new"]) == (meant.json["imported"], meant.json["new"])


def test_where_nobody_can_answer_the_answer_is_no(rettidig: Rettidig, plan: str) -> None:
    assert 1 == rettidig("import", plan, **SETTINGS).code
    assert 22 == len(rettidig("import", plan, "--json", **SETTINGS).json["new"])


def test_errors_of_the_reading_are_shown_and_end_with_1(rettidig: Rettidig, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Deadline\tAktivitet\tAnsvarlig\n13. marts\tBudget\tSB\n")
    said = rettidig("import", "plan.txt", "--yes", **SETTINGS)
    assert 1 == said.code
    assert "har intet årstal" in " ".join(said.err.split())
