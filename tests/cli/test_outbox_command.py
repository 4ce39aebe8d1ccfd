"""`rettidig outbox` as an operator types it."""

import pytest

from tests.cli.conftest import Rettidig

SETTINGS = {
    "MAIL__FROM": "frister@example.dk",
    "SMTP__HOST": "127.0.0.1",
    "SMTP__SECURITY": "none",
    "RECIPIENTS__SB__EMAIL": "sb@example.dk",
    "LANGUAGE": "en",
}


def test_its_json_is_the_counts_and_the_notices_and_nothing_else(rettidig: Rettidig) -> None:
    said = rettidig("outbox", "--json").json
    states = ["waiting", "accepted", "failed", "expired", "withdrawn", "suppressed"]
    assert ["planned", *states, "notices"] == list(said)
    assert said["planned"] == sum(said[state] for state in states)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["7", "--retry"], "No notice has the number 7"),
        (["99999999999999999999", "--cancel"], "No notice has the number 99999999999999999999"),
        (["7"], "what is to be done with them"),
        (["--cancel"], "Write the numbers"),
        (["--retry", "--cancel"], "Write only one of"),
        (["--clear", "SB"], "No address of “SB” is in trouble"),
    ],
)
def test_what_it_cannot_do_is_one_sentence(rettidig: Rettidig, arguments: list[str], says: str) -> None:
    said = rettidig("outbox", *arguments, **SETTINGS)
    assert 2 == said.code
    assert says in said.err
