"""The labelled cells of real plans and our own list of wordings, read as a specification."""

import csv
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

from service.reading.deadline import read_deadline

_HERE = Path(__file__).parent
_FILES = (_HERE.parents[1] / "examples" / "expressions.csv", _HERE / "wordings.csv")


class Wording(NamedTuple):
    id: str
    lang: str
    text: str
    context_year: str
    start: str
    end: str
    kind: str
    certainty: str


def _wordings() -> list[Wording]:
    lines = chain.from_iterable(path.read_text(encoding="utf-8").splitlines()[1:] for path in _FILES)
    return [Wording(*row) for row in csv.reader(lines, delimiter=";")]


@pytest.mark.parametrize(
    "wording", _wordings(), ids=lambda wording: f"{wording.id}-{wording.lang}-{wording.text}"
)
def test_a_deadline_means_the_days_people_mean_by_it(wording: Wording) -> None:
    year = int(wording.context_year) if wording.context_year else None

    window = read_deadline(wording.text, year).window

    ends = [end.isoformat() if end else "" for end in (window.starts_on, window.ends_on)]
    assert (*ends, window.kind, window.certainty) == (*wording[4:],)
