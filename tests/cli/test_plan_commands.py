from collections import Counter
from datetime import datetime

from tests.cli.conftest import Rettidig

SPAN = ("--from", "2024-02-01", "--to", "2024-04-30")


def test_a_plan_can_be_rehearsed_before_anything_is_set_up(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, *SPAN, "--json")
    assert 0 == said.code, said.err
    assert {"at", "recipient", "channel", "occasion", "milestones", "subject"} == set(said.lines[0])
    assert [line["at"] for line in said.lines] == sorted(line["at"] for line in said.lines)
    assert {"bestyrelsen", "sb", "fob", "bk", "sk", "lbf", "coordinator"} >= {
        line["recipient"] for line in said.lines
    }


def test_a_rehearsal_gives_a_recipient_one_reminder_a_day_at_eight(rettidig: Rettidig, plan: str) -> None:
    reminders = [
        (line["recipient"], line["channel"], line["at"])
        for line in rettidig("rehearse", plan, *SPAN, "--json").lines
        if line["channel"] != "invite"
    ]
    assert 1 == max(Counter(reminders).values())
    assert {"08:00"} == {datetime.fromisoformat(at).strftime("%H:%M") for _, _, at in reminders}


def test_a_rehearsal_twice_is_the_same_to_the_byte(rettidig: Rettidig, plan: str) -> None:
    first = rettidig("rehearse", plan, *SPAN, "--json").out
    assert first == rettidig("rehearse", plan, *SPAN, "--json").out


def test_a_rehearsal_backwards_is_refused(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, "--from", "2024-05-01", "--to", "2024-04-01")
    assert (2, "") == (said.code, said.out)


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
