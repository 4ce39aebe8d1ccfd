from tests.cli.conftest import Rettidig


def test_done_stops_the_reminders_and_can_be_undone(rettidig: Rettidig, plan: str) -> None:
    settings = {"AS_OF": "2024-03-01T09:00", "RECIPIENTS__SB__EMAIL": "sb@example.dk"}
    rettidig("import", plan, "--yes", **settings)

    def told_of_meeting() -> int:
        lines = rettidig("upcoming", "--days", "14", "--json", **settings).lines
        return sum(line["subject"].startswith("Frist 13. marts") for line in lines)

    before = told_of_meeting()
    assert before > 0
    assert 0 == rettidig("done", "5", **settings).code
    assert 0 == told_of_meeting()
    rettidig("done", "5", "--undo", **settings)
    assert before == told_of_meeting()


def test_done_names_what_it_does_not_know(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    said = rettidig("done", "m-nowhere")
    assert 2 == said.code
    assert "m-nowhere" in said.err


def test_upcoming_without_a_plan_says_what_to_do(rettidig: Rettidig) -> None:
    said = rettidig("upcoming", "--json")
    assert (2, "") == (said.code, said.out)
    assert "rettidig import" in said.err
