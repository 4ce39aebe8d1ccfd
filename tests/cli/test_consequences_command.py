from pathlib import Path

import pytest

from tests.cli.conftest import Rettidig

PLAN = """Deadline\tAktivitet\tAnsvarlig
10. marts 2024\tBestyrelsen indstiller budgettet til Byrådet\tBestyrelsen
13. marts 2024\tByrådet vedtager budgettet\tByrådet
20. marts 2024\tBudgettet indsendes\tBestyrelsen
5. april 2024\tSommerfest\tBestyrelsen
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_before_an_import_there_is_nothing_to_show(rettidig: Rettidig) -> None:
    said = rettidig("consequences")
    assert (2, "") == (said.code, said.out)


def test_the_whole_order_is_shown_with_the_room_there_is(rettidig: Rettidig, document: Path) -> None:
    rettidig("import", document.name, "--yes", AS_OF="2024-03-01T09:00")
    said = rettidig("consequences", AS_OF="2024-03-01T09:00").out
    assert "→ Række 2  2024-03-13  Byrådet vedtager budgettet: 3 dages luft (3 arbejdsdage)" in said
    assert "Passer ikke længere" not in said
    assert "Sommerfest" not in said


def test_what_no_longer_fits_stands_first(rettidig: Rettidig, document: Path) -> None:
    rettidig("import", document.name, "--yes", AS_OF="2024-03-01T09:00")
    said = rettidig("consequences", LANGUAGE="en", AS_OF="2024-03-15T09:00").out
    first = said[: said.index("The whole order:")]
    assert "Row 1  2024-03-10  Bestyrelsen indstiller budgettet til Byrådet  – over on 2024-03-15" in first
    assert "→ Row 2  2024-03-13  Byrådet vedtager budgettet: 2 days too early (2 working days)" in first
    assert "Row 3" not in first


def test_a_milestone_is_shown_with_what_comes_after_it_and_how_long_it_can_wait(
    rettidig: Rettidig, document: Path
) -> None:
    rettidig("import", document.name, "--yes", AS_OF="2024-03-01T09:00")
    said = rettidig("consequences", "2", AS_OF="2024-03-01T09:00")
    assert "Kan udskydes 7 dage" in said.out
    assert 2 == said.out.count("→")
    assert 2 == rettidig("consequences", "9").code


def test_other_programs_get_the_chains(rettidig: Rettidig, document: Path) -> None:
    ids = rettidig("import", document.name, "--yes", "--json", AS_OF="2024-03-01T09:00").json["new"]
    said = rettidig("consequences", "--json", AS_OF="2024-03-15T09:00").json
    assert (None, None, [ids[1]]) == (said["milestone"], said["room"], said["no_longer_fit"])
    ((first, second),) = said["chains"]
    assert first == {
        "first": ids[0],
        "then": ids[1],
        "days": 0,
        "over_on": "2024-03-15",
        "due_on": "2024-03-13",
        "slack": -2,
        "slack_in_workdays": -2,
        "fits": False,
    }
    assert (ids[1], ids[2], 5) == (second["first"], second["then"], second["slack"])
    about = rettidig("consequences", ids[1], "--json", AS_OF="2024-03-01T09:00").json
    assert (ids[1], 7, [2]) == (about["milestone"], about["room"], [len(chain) for chain in about["chains"]])


def test_an_import_shows_what_no_longer_fits_before_anything_is_stored(
    rettidig: Rettidig, document: Path
) -> None:
    ids = rettidig("import", document.name, "--yes", "--json", AS_OF="2024-03-01T09:00").json["new"]
    changed = PLAN.replace("10. marts", "12. marts").replace("13. marts", "11. marts")
    document.write_text(changed, encoding="utf-8")
    (told,) = rettidig("import", document.name, "--json", AS_OF="2024-03-02T09:00").json["consequences"]
    assert (ids[0], ids[1], -1, False) == (told["first"], told["then"], told["slack"], told["fits"])
