"""`--as-of`, or RETTIDIG_AS_OF: the clock of any command, moved for a trial."""

import inspect

import pytest

from service.cli.app import COMMANDS, TIMELESS, program
from tests.cli.conftest import Rettidig

MOMENT = "2024-03-01T07:59"


def test_every_command_that_knows_time_takes_a_moment() -> None:
    taking = {
        command.name or command.callback.__name__
        for command in program([]).registered_commands
        if command.callback is not None and "as_of" in inspect.signature(command.callback).parameters
    }
    assert COMMANDS.keys() - TIMELESS == taking


@pytest.mark.parametrize("arguments", [["when", "maj 2024"], ["who", "SB"], ["rules"]])
def test_a_moved_clock_is_told_of_loudly_and_only_to_people(rettidig: Rettidig, arguments: list[str]) -> None:
    plain = rettidig(*arguments, "--json")
    moved = rettidig(*arguments, "--json", "--as-of", MOMENT)
    assert (0, plain.out) == (moved.code, moved.out)
    assert MOMENT in moved.err
    assert "" == plain.err


def test_the_moment_of_the_environment_is_told_of_just_so_and_the_option_wins(rettidig: Rettidig) -> None:
    assert "2024-02-01T09:00" in rettidig("who", "SB", AS_OF="2024-02-01T09:00").err
    both = rettidig("who", "SB", "--as-of", MOMENT, AS_OF="2024-02-01T09:00")
    assert MOMENT in both.err
    assert "2024-02-01" not in both.err


def test_a_moment_that_is_none_is_refused_in_a_sentence(rettidig: Rettidig) -> None:
    said = rettidig("when", "maj 2024", "--as-of", "yesterday")
    assert (2, "") == (said.code, said.out)
    assert said.err.startswith("--as-of: ")


def test_the_moment_is_that_of_the_command(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes", "--as-of", "2024-03-01T09:00")
    settings = {"RECIPIENTS__SB__EMAIL": "sb@example.dk"}
    coming = rettidig("upcoming", "--days", "14", "--json", "--as-of", "2024-03-10T09:00", **settings).lines
    assert {"2024-03"} == {line["at"][:7] for line in coming}
