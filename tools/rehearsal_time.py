"""What a rehearsal in full costs beside reading the plan: `python -m tools.rehearsal_time [ROUNDS] [PLAN]`.

Processor seconds of the whole command and its child, each way once in every round, medians over the rounds.
The ratios are what counts: seconds are others on another machine.
"""

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "config" / "procesplan.docx"
FOUR_YEARS = ("--from", "2024-01-01", "--to", "2027-12-31")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    plan = sys.argv[2] if len(sys.argv) > 2 else str(PLAN)  # noqa: PLR2004 - the second argument
    ways = {
        "read": ("read", plan, "--json"),
        "rehearse, subjects only": ("rehearse", plan, "--json"),
        "rehearse, in full": ("rehearse", plan, "--json", "--full"),
        "four years, subjects only": ("rehearse", plan, *FOUR_YEARS, "--json"),
        "four years, in full": ("rehearse", plan, *FOUR_YEARS, "--json", "--full"),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    lines: dict[str, int] = {}
    for _ in range(rounds):
        for name, arguments in ways.items():
            seconds, lines[name] = cost(arguments)
            spent[name].append(seconds)
    beside = median(spent["read"])
    print(f"{'':28}{'messages':>9}{'CPU s':>8}{'of read':>9}")  # noqa: T201 - a table for people
    for name, found in spent.items():
        count = "" if name == "read" else str(lines[name])
        print(f"{name:28}{count:>9}{median(found):>8.2f}{median(found) / beside:>9.2f}")  # noqa: T201


def cost(arguments: tuple[str, ...]) -> tuple[float, int]:
    """The processor seconds of one command and all that it started, and the lines it wrote."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(  # noqa: S603 - the program itself
        (sys.executable, "-m", "service", *arguments), cwd=ROOT, capture_output=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, ended.stdout.count(b"\n")


if __name__ == "__main__":
    main()
