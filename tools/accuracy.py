"""How many labelled cells are read right, by language and kind: `python -m tools.accuracy [--dateparser]`.

Each group of cells is one function in MEASURES: it returns the lines to print.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from itertools import groupby
from pathlib import Path

from service.reading.deadline import read_deadline
from service.reading.responsible import split_responsible
from tools.held_out_plans import score_plans

_TESTS = Path(__file__).parent.parent / "tests"
EXAMPLES = _TESTS / "examples"
_READING = _TESTS / "reading"
HELD_OUT = _READING / "deadline" / "held_out.csv"
Ends = tuple[str, str]
"""First and last day in ISO 8601, empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A cell and what people mean by it."""

    id: str
    lang: str
    text: str
    context_year: str
    start: str
    end: str
    kind: str
    certainty: str

    @property
    def year(self) -> int | None:
        return int(self.context_year) if self.context_year else None

    @property
    def ends(self) -> Ends:
        return self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one cell was read."""

    label: Label
    ends: bool
    kind: bool
    certainty: bool
    has_finding: bool


def _labels(path: Path = EXAMPLES / "expressions.csv") -> list[Label]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Label(**row) for row in csv.DictReader(file, delimiter=";")]


def _written(*ends: date | None) -> Ends:
    first, last = (end.isoformat() if end else "" for end in ends)
    return first, last


def _score(label: Label) -> Score:
    deadline = read_deadline(label.text, label.year)
    window = deadline.window
    return Score(
        label=label,
        ends=_written(window.starts_on, window.ends_on) == label.ends,
        kind=window.kind == label.kind,
        certainty=window.certainty == label.certainty,
        has_finding=bool(deadline.findings),
    )


def _groups(scores: Sequence[Score]) -> Iterator[tuple[str, list[Score]]]:
    """By language, then by kind, then all."""
    for name in ("lang", "kind"):

        def key(score: Score, name: str = name) -> str:
            return str(getattr(score.label, name))

        for value, group in groupby(sorted(scores, key=key), key):
            yield value, list(group)
    yield "all", list(scores)


def _percent(hits: Iterable[bool]) -> str:
    answers = list(hits)
    return f"{100 * sum(answers) / len(answers):5.1f} %" if answers else "      –"


def deadlines() -> Iterator[str]:
    """Windows right at both ends, kinds, certainties; and how many wrong windows carry a finding."""
    yield from _table("deadlines", _labels())


def held_out_deadlines() -> Iterator[str]:
    """The same for held-out cells: their score since the grammar was widened to them, and at first."""
    yield "cells by people who had not seen the grammar (at first sight: 95.4, 88.4, 98.2 and 99.0 %)"
    yield from _table("held out", _labels(HELD_OUT))


def _table(title: str, labels: Iterable[Label]) -> Iterator[str]:
    yield f"{title:14}{'cells':>6}{'both ends':>11}{'kind':>9}{'certainty':>11}{'wrong, told':>13}"
    for name, group in _groups([_score(label) for label in labels]):
        told = _percent(score.has_finding for score in group if not score.ends)
        ends, kind = _percent(score.ends for score in group), _percent(score.kind for score in group)
        certainty = _percent(score.certainty for score in group)
        yield f"{name:14}{len(group):6}{ends:>11}{kind:>9}{certainty:>11}{told:>13}"


def dateparser_on_deadlines() -> Iterator[str]:
    """The same cells for dateparser's search: its hits from first to last, a month widened to its days."""
    right = [(label.lang, _by_dateparser(label) == label.ends) for label in _labels()]
    yield f"{'dateparser':14}{'cells':>6}{'both ends':>11}"
    for lang in (*sorted({lang for lang, _ in right}), "all"):
        hits = [hit for of, hit in right if lang in {of, "all"}]
        yield f"{lang:14}{len(hits):6}{_percent(hits):>11}"


def _by_dateparser(label: Label) -> Ends:
    """Favoured: it is told the language and the year, and asked for the first and last day of its finds."""
    search_dates = import_module("dateparser.search").search_dates
    languages = {"no": ["nb"]}.get(label.lang, [label.lang])
    found = [
        [
            day.date()
            for _, day in search_dates(
                label.text,
                languages=languages,
                settings={
                    "PREFER_DAY_OF_MONTH": which,
                    "PREFER_MONTH_OF_YEAR": which,
                    "DATE_ORDER": "DMY",
                    "RELATIVE_BASE": _middle_of(label.year),
                },
            )
            or ()
        ]
        for which in ("first", "last")
    ]
    return _written(min(found[0], default=None), max(found[1], default=None))


def _middle_of(year: int | None) -> datetime:
    return datetime(year or 2024, 6, 15)  # noqa: DTZ001 - dateparser wants the base of a search without zone


def responsible_cells() -> Iterator[str]:
    """Cells whose parties are all found, in order and as written."""
    yield from _responsible("responsible", EXAMPLES / "parties.csv")


def held_out_responsible_cells() -> Iterator[str]:
    yield "cells held out, after the repairs (at first sight: 92.0, 91.3, 94.0, 92.0, 92.5 and 95.3 %)"
    yield from _responsible("held out", *sorted(_READING.glob("held_out_cells*.csv")))


def _responsible(title: str, *paths: Path) -> Iterator[str]:
    texts = (path.read_text(encoding="utf-8").splitlines(keepends=True) for path in paths)
    rows = [row for lines in texts for row in csv.DictReader(lines, delimiter=";")]
    right = [(row["lang"], split_responsible(row["cell"]) == _named(row["parties"])) for row in rows]
    yield f"{title:14}{'cells':>6}{'parties':>11}"
    for lang in (*sorted({lang for lang, _ in right}), "all"):
        hits = [hit for of, hit in right if lang in {of, "all"}]
        yield f"{lang:14}{len(hits):6}{_percent(hits):>11}"


def _named(parties: str) -> tuple[str, ...]:
    return tuple(party.strip() for party in parties.split("|") if party.strip())


def held_out_plans() -> Iterator[str]:
    """Whole plans: rows found, and milestones whose window, activity and parties are all right."""
    scores = list(score_plans(_READING / "held_out_plans"))
    labelled = sum(score.labelled for score in scores)
    wrong = sum(len(score.wrong) for score in scores)
    yield "plans held out, after the repairs (at first sight: 89.2, 91.6 and 94.3 %)"
    yield f"{'held out':14}{'plans':>6}{'rows right':>12}{'milestones':>12}{'all right':>11}"
    rows, right = _percent(score.rows_right for score in scores), f"{100 * (1 - wrong / labelled):5.1f} %"
    yield f"{'plans':14}{len(scores):6}{rows:>12}{labelled:12}{right:>11}"


MEASURES: tuple[Callable[[], Iterator[str]], ...] = (
    deadlines,
    held_out_deadlines,
    responsible_cells,
    held_out_responsible_cells,
    held_out_plans,
)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.accuracy", description=__doc__)
    parser.add_argument(
        "--dateparser", action="store_true", help="score dateparser too, where it is installed"
    )
    measures = (*MEASURES, dateparser_on_deadlines) if parser.parse_args(arguments).dateparser else MEASURES
    for measure in measures:
        sys.stdout.writelines(f"{line}\n" for line in (*measure(), ""))


if __name__ == "__main__":
    main(sys.argv[1:])
