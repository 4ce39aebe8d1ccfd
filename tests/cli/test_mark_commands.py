"""`done` and `mark`: what was reported by telephone."""

from pathlib import Path

import pytest

from tests.cli.conftest import Rettidig

AT = {"AS_OF": "2024-03-01T09:00", "RECIPIENTS__SB__EMAIL": "sb@example.dk"}


@pytest.fixture
def imported(rettidig: Rettidig, plan: str) -> Rettidig:
    assert rettidig("import", plan, "--yes", **AT).code == 0
    return rettidig


def kinds(rettidig: Rettidig, milestone: str) -> list[str]:
    return [mark["kind"] for mark in rettidig("mark", milestone, "--json", **AT).json["marks"]]


def test_everything_that_can_be_reported_can_be_said(imported: Rettidig) -> None:
    for said in (["started"], ["snoozed", "2024-03-08"], ["handed-over", "FOB"], ["not-relevant"]):
        assert imported("mark", "5", *said, "--by", "Mette", **AT).code == 0, said
    assert kinds(imported, "5") == ["started", "snoozed", "handed-over", "not-relevant"]


def test_a_mark_is_shown_with_its_number_and_undone_by_it(imported: Rettidig) -> None:
    (made,) = imported("mark", "5", "started", "--by", "Mette", "--json", **AT).json["marks"]
    assert (made["kind"], made["by"]) == ("started", "Mette")
    shown = imported("mark", "5", **AT).out
    assert "started" in shown
    assert "Mette" in shown
    assert imported("mark", "5", "undone", str(made["id"]), **AT).code == 0
    assert kinds(imported, "5") == []


@pytest.mark.parametrize(
    "said",
    [
        ["finished"],
        ["snoozed"],
        ["snoozed", "2024-05-01"],
        ["handed-over", "nobody"],
        ["ticked", "99"],
        ["undone", "99"],
        ["started", "yesterday"],
    ],
)
def test_what_makes_no_sense_is_one_line_and_exit_code_2(imported: Rettidig, said: list[str]) -> None:
    refused = imported("mark", "5", *said, **AT)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.strip()
    assert kinds(imported, "5") == []


def test_done_twice_says_who_was_first(imported: Rettidig) -> None:
    imported("done", "5", "--by", "Mette", **AT)
    again = imported("done", "5", **AT)
    assert again.code == 2
    assert "Mette" in again.err


def test_a_key_for_programs_and_a_coordinators_link_are_made_and_closed(imported: Rettidig) -> None:
    made = imported("links", "api", "--json", **AT).json
    assert len(made["api"]) == 43
    link = imported("links", "coordinator", "--json", BASE_URL="https://frister.example.dk", **AT).json
    assert link["coordinator"].startswith("https://frister.example.dk/plan/")
    assert {each["kind"] for each in imported("links", "--json", **AT).json} == {"api", "coordinator", "feed"}
    assert imported("links", "api", "--revoke", "--json", **AT).json == {"key": "api", "revoked": 1}
    closed = imported("links", "coordinator", "--revoke", "--json", **AT).json
    assert closed == {"key": "coordinator", "revoked": 2}


def test_a_row_of_several_dates_is_named_by_the_id_of_the_one_that_is_meant(
    rettidig: Rettidig, tmp_path: Path
) -> None:
    lines = ("Sag;Frist;Møde;Ansvarlig", "Budget;1. marts 2024;14. marts 2024;SB")
    (tmp_path / "plan.csv").write_text("\n".join(lines), encoding="utf-8")
    assert rettidig("import", "plan.csv", "--yes", **AT).code == 0

    refused = rettidig("mark", "1", "started", **AT)
    ids = [each["id"] for each in rettidig("read", "plan.csv", "--json").json["milestones"]]

    assert refused.code == 2
    assert all(each in refused.err for each in ids)
    assert rettidig("mark", ids[1], "started", **AT).code == 0
