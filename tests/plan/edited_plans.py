"""Plans as they come back from a coordinator: rows moved, reworded, postponed, new and gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind, Window
from service.reading.formats import read_document
from service.reading.reader import understand

TESTS = Path(__file__).parents[1]
WORDS = ("endelig", "fælles", "kommende", "udkast til", "evt.", "ny", "revideret", "skriftlig", "kort")
FEW = 3


@cache
def real_plans() -> tuple[Plan, ...]:
    found = (TESTS / "plans" / "procesplan.docx", *sorted((TESTS / "examples" / "plans").glob("*.txt")))
    return tuple(understand(read_document(path), 2024) for path in found)


def dice(seed: int) -> Random:
    return Random(seed)


@dataclass(frozen=True, slots=True)
class Edited:
    """`truth` leads from the place in `now` to the place in `before`; a new row is not in it."""

    before: tuple[Milestone, ...]
    now: tuple[Milestone, ...]
    truth: dict[int, int]


def edited(before: Sequence[Milestone], strangers: Sequence[Milestone], random: Random) -> Edited:
    """One realistic round of corrections; `strangers` are rows to insert."""
    rows: list[tuple[int | None, Milestone]] = list(enumerate(before))
    rows = [row for row in rows if random.random() > 0.06]
    rows = [(place, _corrected(row, before, random)) for place, row in rows]
    for _ in range(random.randint(0, 1 + len(rows) // 12)):
        rows.insert(random.randint(0, len(rows)), (None, random.choice(strangers)))
    for _ in range(random.randint(0, len(rows) // 6)):
        rows.insert(random.randrange(len(rows)), rows.pop(random.randrange(len(rows))))
    now = tuple(replace(row, id=f"n{place}", row=place + 1) for place, (_, row) in enumerate(rows))
    return Edited(tuple(before), now, {at: old for at, (old, _) in enumerate(rows) if old is not None})


def _corrected(row: Milestone, others: Sequence[Milestone], random: Random) -> Milestone:
    if random.random() < 0.3:
        row = reworded(row, random)
    if random.random() < 0.25:
        row = postponed(row, random.choice((1, 7, 14, 30, 61)))
    if random.random() < 0.1:
        other = random.choice(others)
        row = replace(row, parties=other.parties, responsible=other.responsible)
    return row


def reworded(row: Milestone, random: Random) -> Milestone:
    """Up to a fifth of the words dropped, replaced or added; what has but a word or two gets one more."""
    words = row.activity.split()
    for _ in range(random.randint(1, max(1, len(words) // 5))):
        place = random.randrange(len(words))
        change = random.choice(("drop", "put", "add")) if len(words) > FEW else "add"
        if change == "drop":
            del words[place]
        elif change == "put":
            words[place] = random.choice(WORDS)
        else:
            words.insert(place, random.choice(WORDS))
    return replace(row, activity=" ".join(words))


def postponed(row: Milestone, days: int) -> Milestone:
    if row.due_on is None:
        return row
    day = row.due_on + timedelta(days)
    window = Window(starts_on=day, ends_on=day, kind=Kind.DAY, certainty=Certainty.EXACT)
    return replace(row, window=window, due_on=day, deadline=day.isoformat())
