from tests.cli.conftest import Rettidig

PEOPLE = {
    "COORDINATOR__EMAIL": "k@example.dk",
    "RECIPIENTS__SB__EMAIL": "sb@example.dk",
    "RECIPIENTS__FOB__EMAIL": "fob@example.dk",
    "RECIPIENTS__FOB__PAUSE": "2024-03-25..2024-04-12",
}
START = {"AS_OF": "2024-02-01T09:00", **PEOPLE}
APRIL = {"AS_OF": "2024-04-01T09:00", **PEOPLE}


def test_the_overview_says_where_the_whole_plan_stands(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes", **START)
    rettidig("done", "5", "--by", "Mette", AS_OF="2024-03-14T09:00", **PEOPLE)
    said = rettidig("overview", LANGUAGE="en", **APRIL).out
    assert "6 overdue" in said
    assert "No recipient: Landsbyggefonden" in said
    assert "Done since 1 March 2024 (1)" in said
    found = rettidig("overview", "--json", **APRIL).json
    assert (found["on"], found["since"], found["until"]) == ("2024-04-01", "2024-03-01", "2024-05-02")
    assert [row["row"] for row in found["late"]] == [1, 2, 4, 6, 7, 3]
    assert [row["settled"]["by"] for row in found["done"]] == ["Mette"]
    undated = found["undated"][0]
    assert (undated["row"], undated["settle_by"]) == (14, "2024-11-01")
    paused = [{"recipient": "fob", "from": "2024-03-25", "to": "2024-04-12"}]
    assert found["unreachable"]["paused"] == paused


def test_a_rehearsal_shows_the_overview_of_each_month(rettidig: Rettidig, plan: str) -> None:
    lines = rettidig("rehearse", plan, "--from", "2024-02-01", "--to", "2024-04-30", "--json").lines
    digests = [line for line in lines if line["occasion"] == "digest"]
    assert [line["at"][:10] for line in digests] == ["2024-02-01", "2024-03-01", "2024-04-02"]
    assert {line["recipient"] for line in digests} == {"coordinator"}
    assert digests[0]["subject"] == "Overblik februar 2024: 2 på vej, 2 uden dato"
    assert len(digests[0]["milestones"]) == 2, "those without a date"


def test_without_a_plan_the_overview_says_what_to_do(rettidig: Rettidig) -> None:
    said = rettidig("overview", "--json")
    assert (said.code, said.out) == (2, "")
    assert "rettidig import" in said.err
