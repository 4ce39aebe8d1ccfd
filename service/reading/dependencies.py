"""What comes after what, as the wording and the order of a plan suggest it.

Each rule is a function over the rows that one can read aloud; it gives proposals with the words that speak
for them. Nothing is proposed that the plan does not say: it is easier to add what is missing than to find
what is wrong.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from service.plan.dependencies import without_detours
from service.plan.finding import Finding
from service.plan.milestone import Predecessor
from service.plan.plan import Plan
from service.reading.dependency_rows import Row, Rows, rows_of, things_in
from service.reading.dependency_words import (
    AFTER_A_HEARING,
    AFTER_APPROVAL,
    ANSWERS,
    COMES_IN,
    COUNTED,
    DECIDES,
    DRAFTS,
    HANDS_IN,
    HEARING,
    HEARING_OF,
    IS_A_HEARING,
    ON_THE_BASIS_OF,
    OPENS_A_HEARING,
    ORDINALS,
    RECOMMENDS,
    SENDS,
    THEN,
)

_MOST_ROWS = 1000  # more is no plan that people made
_BESIDE = 5  # rows; so near, two rows that name nothing are about the same
_QUOTED = 80  # letters
_SENTENCE_END = re.compile(r"(?<=\w{3})\.\s")


class Proposal(NamedTuple):
    """The place of a row and that of one that comes after it; `written` are the words that say so."""

    first: int
    then: int
    written: str


def with_proposals(plan: Plan) -> Plan:
    """The plan with what its rows come after by their own words, and a note for each reason."""
    if len(plan.milestones) > _MOST_ROWS:
        return plan
    reasons: dict[int, dict[int, str]] = {place: {} for place in range(len(plan.milestones))}
    for each in _proposals(rows_of(plan)):
        reasons[each.then].setdefault(each.first, each.written)
    kept = without_detours({then: sorted(firsts) for then, firsts in reasons.items()})
    milestones = tuple(
        replace(milestone, after=tuple(Predecessor(id=plan.milestones[first].id) for first in kept[place]))
        for place, milestone in enumerate(plan.milestones)
    )
    told = (each for then in kept for each in _told(plan, then, kept[then], reasons[then]))
    return replace(plan, milestones=milestones, findings=(*plan.findings, *told))


def _proposals(rows: Rows) -> Iterator[Proposal]:
    """What is recommended comes first, since it tells what rows are about that do not say so themselves."""
    recommended = list(_recommended(rows))
    rows = rows.lending({each.then: rows.rows[each.first].matter for each in recommended})
    yield from recommended
    for rule in RULES:
        yield from rule(rows)


def _told(plan: Plan, then: int, firsts: Sequence[int], reasons: Mapping[int, str]) -> Iterator[Finding]:
    milestone = plan.milestones[then]
    for written in dict.fromkeys(reasons[first] for first in firsts):
        rows = [str(plan.milestones[first].row) for first in firsts if reasons[first] == written]
        values = {"rows": ", ".join(rows), "written": written}
        yield Finding(code="after-proposed", row=milestone.row, where=milestone.where, values=values)


# The rules -----------------------------------------------------------------------------------------------


def _recommended(rows: Rows) -> Iterator[Proposal]:
    """What is recommended for approval in the Byråd comes before what the Byråd then approves of it."""
    for row, said in rows.saying(RECOMMENDS):
        receivers = rows.names.reached(said["to"])
        for later in rows.below(row) if receivers else ():
            if later.approves and later.acting & receivers and later.may_be_about(row):
                yield Proposal(row.place, later.place, _quoted(said))
            if RECOMMENDS.search(later.text):
                break


def _answered(rows: Rows) -> Iterator[Proposal]:
    """What is sent to somebody comes before what they first say or decide about it."""
    sent = {row.place: said for row, said in rows.saying(SENDS)}
    waited_for = {place: rows.names.reached(said["to"]) for place, said in sent.items()}
    for row in rows.rows:
        answers = ANSWERS.search(row.text) is not None
        for first in rows.above(row) if row.approves or answers else ():
            answering = row.acting & waited_for.get(first.place, frozenset())
            apart = row.place - first.place
            is_beside = (apart <= _BESIDE and row.may_be_about(first)) or (apart == 1 and answers)
            if answering and (row.is_about(first) or is_beside):
                yield Proposal(first.place, row.place, _quoted(sent[first.place]))
                waited_for[first.place] -= answering
                break


def _sent_when_approved(rows: Rows) -> Iterator[Proposal]:
    """What is handed in or sent on was approved before it, since the last time that it was sent."""
    for row in rows.rows:
        said = HANDS_IN.search(row.text) or SENDS.search(row.text)
        for first in rows.above(row) if said else ():
            is_right_above = row.place - first.place == 1 and first.may_be_about(row)
            if not (first.is_about(row) or is_right_above):
                continue
            if HANDS_IN.search(first.text) or SENDS.search(first.text):
                break
            if first.approves:
                yield Proposal(first.place, row.place, _quoted(said))


def _approved_when_drafted(rows: Rows) -> Iterator[Proposal]:
    """What is drafted comes before the first approval of it."""
    for row, said in rows.saying(DRAFTS):
        approvals = (later for later in rows.below(row) if later.approves and later.is_about(row))
        yield from _then(row, approvals, said)


def _heard(rows: Rows) -> Iterator[Proposal]:
    """The decision to hear people comes before the hearing, and that before the decision on it."""
    for row, said in rows.saying(OPENS_A_HEARING):
        hearings = (each for each in rows.below(row, within=_BESIDE) if IS_A_HEARING.search(each.text))
        yield from _then(row, (each for each in hearings if each.may_be_about(row)), said)
    for row, said in rows.saying(HEARING_OF):
        approvals = (each for each in rows.below(row) if each.approves and each.matter & row.matter)
        yield from _then(row, (each for each in approvals if DECIDES.search(each.text)), said)


def _come_in(rows: Rows) -> Iterator[Proposal]:
    """Answers, applications and bids come in before they are gone through."""
    for gone_through, source in (*COMES_IN, (AFTER_A_HEARING, HEARING)):
        for row, said in rows.saying(gone_through):
            yield from _after(row, (first for first in rows.above(row) if source.search(first.text)), said)


def _counted(rows: Rows) -> Iterator[Proposal]:
    """The second reading comes after the first one: that of the same people where there are several."""
    counted = {row.place: said for row, said in rows.saying(COUNTED)}
    for place, said in counted.items():
        row = rows.rows[place]
        before = [
            each
            for each in rows.above(row)
            if each.place in counted and _is_next(said, after=counted[each.place])
        ]
        same = sorted(
            (each for each in before if each.acting and each.acting == row.acting),
            key=lambda each: not each.is_about(row),
        )
        alone = before if len(before) == 1 and before[0].may_be_about(row) else []
        yield from _after(row, same or alone, said)


def _is_next(said: re.Match[str], *, after: re.Match[str]) -> bool:
    numbers = [ORDINALS[each["number"].casefold()] for each in (after, said)]
    return numbers[1] - numbers[0] == 1 and said["what"].casefold() == after["what"].casefold()


def _said_to_follow(rows: Rows) -> Iterator[Proposal]:
    """What begins with "herefter" comes after the row right above."""
    for row, said in rows.saying(THEN):
        yield from _after(row, rows.above(row, within=1), said)


def _after_approval(rows: Rows) -> Iterator[Proposal]:
    """What follows "efter godkendelse i Byrådet", "når planen er vedtaget": the nearest row that does so."""
    for row, said in rows.saying(AFTER_APPROVAL):
        named = rows.names.reached(said["whose"] or "")
        what = {stem for _, stem in things_in(said["what"] or "")}
        approvals = (
            first
            for first in rows.above(row)
            if first.approves
            and (first.acting & named or not named)
            and (what & (first.matter | first.vague) if what else first.may_be_about(row))
        )
        yield from _after(row, approvals, said)


def _based_on(rows: Rows) -> Iterator[Proposal]:
    """What is done "på baggrund af analysen" comes after the nearest row that is about it."""
    for row, said in rows.saying(ON_THE_BASIS_OF):
        what = {stem for _, stem in things_in(said["what"])}
        yield from _after(row, (first for first in rows.above(row) if what & first.matter), said)


RULES: tuple[Callable[[Rows], Iterator[Proposal]], ...] = (
    _answered,
    _sent_when_approved,
    _approved_when_drafted,
    _heard,
    _come_in,
    _counted,
    _said_to_follow,
    _after_approval,
    _based_on,
)


def _after(row: Row, firsts: Iterable[Row], said: re.Match[str]) -> Iterator[Proposal]:
    """That the row comes after the first of the given rows."""
    for first in firsts:
        yield Proposal(first.place, row.place, _quoted(said))
        return


def _then(row: Row, laters: Iterable[Row], said: re.Match[str]) -> Iterator[Proposal]:
    """That the first of the given rows comes after the row."""
    for later in laters:
        yield Proposal(row.place, later.place, _quoted(said))
        return


def _quoted(said: re.Match[str] | None) -> str:
    """The words from where they begin to the end of the sentence, as many as are worth quoting."""
    text = " ".join(said.string[said.start() :].split()) if said else ""
    sentence = _SENTENCE_END.split(text, maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= _QUOTED else f"{sentence[: _QUOTED - 1].rsplit(' ', 1)[0]} …"
