"""The short form of every fault; `make faults` makes the full one and prints its figures."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.seen import Fault
from tests.faults.table import FAULTS, SHORT

SEED = 2024


@pytest.mark.no_cover
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_target_holds(fault: Fault, tmp_path: Path) -> None:
    seen = fault.run(Random(f"{SEED} {fault.name}"), SHORT, tmp_path)
    if seen.not_run:
        pytest.skip(seen.not_run)
    assert not seen.broken, seen
