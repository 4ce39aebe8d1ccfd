"""How many milestones of labelled plans are read right; `tools.accuracy` prints it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.plan import Plan
from service.reading.formats import read_document
from service.reading.reader import understand

Label = Mapping[str, Any]
"""One row of NAME.expected.json. `also` are ends that are as right; without `parties` they are not judged."""
_LABELS = ".expected.json"
_BRACKET = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class PlanScore:
    """One plan: whether its rows are as many as labelled, and what is wrong in them."""

    name: str
    rows_right: bool
    labelled: int
    wrong: tuple[str, ...]


def score_plans(folder: Path) -> Iterator[PlanScore]:
    for labels in sorted(folder.glob(f"*{_LABELS}")):
        name = labels.name.removesuffix(_LABELS)
        document = next(path for path in folder.glob(f"{name}.*") if path != labels)
        # Files of our own need no child process to be read in.
        plan = understand(read_document(document))
        yield score_plan(plan, json.loads(labels.read_text(encoding="utf-8")), document.name)


def score_plan(plan: Plan, labels: Sequence[Label], name: str) -> PlanScore:
    parties = {party.id: party for party in plan.parties}
    found = [
        faults(milestone, label, parties) for milestone, label in zip(plan.milestones, labels, strict=False)
    ]
    missing = len(labels) - len(found)
    wrong = [f"{name} {place}: {what}" for place, what in enumerate(found, start=1) if what]
    return PlanScore(
        name=name,
        rows_right=len(plan.milestones) == len(labels),
        labelled=len(labels),
        wrong=(*wrong, *[f"{name}: a row is missing"] * missing),
    )


def faults(milestone: Milestone, label: Label, parties: Mapping[str, Party]) -> str:
    """What is wrong of window, activity and parties; "" when all three are right."""
    window = milestone.window
    ends = [end and end.isoformat() for end in (window.starts_on, window.ends_on)]
    named = [parties[party] for party in milestone.parties]
    told = {
        f"{milestone.deadline!r} is {ends}": ends in [[label["start"], label["end"]], *label.get("also", ())],
        f"activity {milestone.activity!r}": milestone.activity.startswith(label["activity_prefix"]),
        f"parties {[party.name for party in named]}": "parties" not in label or _are(named, label["parties"]),
    }
    return ", ".join(what for what, right in told.items() if not right)


def _are(parties: Sequence[Party], written: Sequence[str]) -> bool:
    forms = [{name.casefold() for name in (party.name, *party.aliases)} for party in parties]
    wanted = [{name.casefold(), _BRACKET.sub("", name).casefold()} for name in written]
    return len(forms) == len(wanted) and all(form & want for form, want in zip(forms, wanted, strict=True))
