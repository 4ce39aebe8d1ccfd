"""A plan as one page to look through: each row as written and as understood, with its findings beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.entry import due_in_words
from service.messages.report_wording import say
from service.messages.templates import Templates
from service.messages.wording import at_time, listed, quoted, sentence_case, window_in_words
from service.plan.finding import Finding, Severity
from service.plan.milestone import Milestone
from service.plan.party import Party
from service.plan.plan import Plan
from service.plan.window import Kind

_FINE = "fine"
# What the reader says of rows and tables that did not become milestones.
_LEFT_OUT = ("row-", "table-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding in words. `anchor` is the row it stands beside, "" for none."""

    severity: str
    message: str
    where: str
    row: int | None
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One milestone in words. `state` is the gravest of its findings, "fine" without any."""

    state: str
    anchor: str
    number: int
    where: str
    written: str
    understood: str
    certainty: str
    due: str
    phase: str
    activity: str
    who: str
    who_written: str
    checklist: tuple[str, ...]
    findings: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A party in words."""

    name: str
    id: str
    aliases: str
    members: str
    count: int


def report_page(plan: Plan, templates: Templates, language: Language, *, file: str) -> str:
    """A page that needs nothing but itself; `file` is the name of the document."""
    anchors, beside = _anchors(plan.milestones), plan.told_of()
    rows = [_row(plan, each, anchors[each.id], beside[each.id], language) for each in plan.milestones]
    placed = {row.number for row in rows}
    loose = [(each, _told(each, "", language)) for each in plan.findings if each.row not in placed]
    told = [*(words for _, words in loose), *(words for row in rows for words in row.findings)]
    left_out = [words for each, words in loose if each.code.startswith(_LEFT_OUT)]
    return templates.html(
        "report/report.html",
        language=language,
        phrase=partial(say, language),
        title=one_line(plan.title),
        file=one_line(file),
        sums=_sums(plan, len(left_out)),
        first=sorted(
            (each for each in told if each.severity != Severity.NOTE),
            key=lambda each: _gravity(each.severity),
        ),
        rows=rows,
        parties=[_known(plan, party, language) for party in plan.parties],
        left_out=left_out,
        whole=[words for each, words in loose if not each.code.startswith(_LEFT_OUT)],
    )


def _sums(plan: Plan, left_out: int) -> dict[str, int]:
    awaiting = sum(milestone.due_on is None for milestone in plan.milestones)
    found = [finding.severity for finding in plan.findings]
    return {
        "milestones": len(plan.milestones),
        "dated": len(plan.milestones) - awaiting,
        "awaiting": awaiting,
        "parties": len(plan.parties),
        "left-out": left_out,
        **{severity.value: found.count(severity) for severity in Severity},
    }


def _gravity(severity: str) -> int:
    return [*Severity].index(Severity(severity))


def _anchors(milestones: Iterable[Milestone]) -> dict[str, str]:
    """Milestone id -> its anchor; a row with several dates has one for each."""
    dates: Counter[int] = Counter()
    anchors = {}
    for milestone in milestones:
        dates[milestone.row] += 1
        number = dates[milestone.row]
        anchors[milestone.id] = f"row-{milestone.row}" if number == 1 else f"row-{milestone.row}-{number}"
    return anchors


def _told(finding: Finding, anchor: str, language: Language) -> Told:
    return Told(
        severity=finding.severity.value,
        message=one_line(finding.message(language)),
        where=one_line(finding.where.in_words(language)),
        row=finding.row,
        anchor=anchor,
    )


def _row(plan: Plan, milestone: Milestone, anchor: str, told: Iterable[Finding], language: Language) -> Row:
    findings = [_told(each, anchor, language) for each in told]
    findings.sort(key=lambda each: _gravity(each.severity))
    names = listed(language, [_name(plan, party) for party in milestone.parties])
    written = one_line(milestone.responsible)
    return Row(
        state=findings[0].severity if findings else _FINE,
        anchor=anchor,
        number=milestone.row,
        where=one_line(milestone.where.in_words(language)),
        written=one_line(milestone.deadline),
        understood=_understood(milestone, language),
        certainty=milestone.window.certainty.value,
        due=sentence_case(due_in_words(language, milestone)),
        phase=one_line(milestone.phase),
        activity=one_line(milestone.activity),
        who=names,
        who_written=quoted(language, written) if written and written != names else "",
        checklist=tuple(one_line(point) for point in milestone.checklist),
        findings=tuple(findings),
    )


def _understood(milestone: Milestone, language: Language) -> str:
    window = milestone.window
    days = window_in_words(language, window)
    said = [at_time(language, days, window.time)] if days else []
    if window.kind is Kind.RECURRING:
        said.append(say(language, "recurring"))
    return ", ".join(said) or say(language, "no.date")


def _known(plan: Plan, party: Party, language: Language) -> Known:
    return Known(
        name=one_line(party.name),
        id=one_line(party.id),
        aliases=_quoted(party.aliases, language),
        members=listed(language, [_name(plan, member) for member in party.members]),
        count=sum(party.id in milestone.parties for milestone in plan.milestones),
    )


def _quoted(names: Iterable[str], language: Language) -> str:
    return listed(language, [quoted(language, one_line(name)) for name in names])


def _name(plan: Plan, party_id: str) -> str:
    names = {party.id: party.name for party in plan.parties}
    return one_line(names.get(party_id, party_id))
