"""Every fault on purpose: `python -m tests.faults` (`make faults`), the short form with `--short`."""

import argparse
import logging
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from random import Random

import structlog
from rich.console import Console

from tests.faults.outcome import Outcome, as_page, as_table
from tests.faults.seen import Fault, Scale
from tests.faults.table import FAULTS, FULL, SHORT

DOCS = Path(__file__).parents[2] / "docs" / "faults.md"


def main() -> int:
    wanted = _arguments()
    chosen = [fault for fault in FAULTS if not wanted.only or fault.name in wanted.only]
    console = Console()
    console.print(f"seed {wanted.seed}; {'short' if wanted.short else 'full'} form")
    began = time.monotonic()
    outcomes = _all_made(chosen, wanted.seed, SHORT if wanted.short else FULL, console)
    console.print(as_table(outcomes))
    if wanted.docs:
        DOCS.write_text(as_page(outcomes, wanted.seed, time.monotonic() - began), encoding="utf-8")
    return int(any(outcome.seen.broken for outcome in outcomes))


def quiet() -> None:
    """Faults are what is made here; what the libraries say of them is in the way."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--short", action="store_true", help="a part of each, in a minute")
    parser.add_argument("--docs", action="store_true", help=f"write {DOCS.name}")
    parser.add_argument("--only", nargs="*", choices=[fault.name for fault in FAULTS], help="only these")
    return parser.parse_args()


def _all_made(chosen: Sequence[Fault], seed: int, scale: Scale, console: Console) -> list[Outcome]:
    """As many at once as there are processors, since most of each is waiting; in the order of the table."""
    with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=quiet) as pool:
        made = [pool.submit(_made, fault, seed, scale) for fault in chosen]
        for done in as_completed(made):
            outcome = done.result()
            said = "; ".join(outcome.lines)
            console.print(f"{outcome.verdict:8} {outcome.fault.name:16} {outcome.seconds:5.0f} s  {said}")
        return [each.result() for each in made]


def _made(fault: Fault, seed: int, scale: Scale) -> Outcome:
    """Make one fault in a folder of its own. Its seed depends on its name, so that it can be made alone."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rettidig-fault-", ignore_cleanup_errors=True) as folder:
        seen = fault.run(Random(f"{seed} {fault.name}"), scale, Path(folder))
    return Outcome(fault, seen, time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
