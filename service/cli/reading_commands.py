"""`read`, `when` and `who`: how documents, deadlines and responsible cells are understood."""

import sys
from typing import Annotated, Any

import typer

from service.cli.options import Json, PlanPath, Year
from service.cli.output import complain, console, phrase, print_json, reply_language, table, tell
from service.messages.wording import short_date, window_in_words
from service.plan.as_json import finding_as_json, plan_as_json, window_as_json
from service.plan.finding import Finding, Severity
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reading.deadline import read_deadline
from service.reading.reader import read_plan
from service.reading.responsible import split_responsible

FromFile = Annotated[
    str | None, typer.Option("--file", metavar="-", help="Én tekst pr. linje fra stdin (skriv -).")
]


def register(app: typer.Typer) -> None:
    app.command()(read)
    app.command()(when)
    app.command()(who)


def read(file: PlanPath, year: Year = None, *, json: Json = False) -> None:
    """Vis, hvordan hver række i planen er forstået."""
    plan = read_plan(file, year)
    if json:
        print_json(plan_as_json(plan, reply_language()))
    else:
        _show(plan)
    if any(finding.severity is Severity.ERROR for finding in plan.findings):
        raise typer.Exit(1)


def _show(plan: Plan) -> None:
    tell(plan.title)
    activity = phrase("Aktivitet", "Activity")
    headings = (
        "#",
        phrase("Som skrevet", "As written"),
        phrase("Som forstået", "As understood"),
        activity,
        phrase("Ansvarlig", "Responsible"),
    )
    rows = (_row(plan, milestone) for milestone in plan.milestones)
    console.print(table(headings, rows, widest=headings.index(activity)))
    for finding in plan.findings:
        _tell_finding(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in plan.findings)
    tell(
        phrase(
            f"{len(plan.milestones)} milepæle, {len(plan.parties)} ansvarlige, "
            f"{len(plan.findings)} bemærkninger, heraf {errors} fejl.",
            f"{len(plan.milestones)} milestones, {len(plan.parties)} parties, "
            f"{len(plan.findings)} findings, {errors} of them errors.",
        )
    )


def _row(plan: Plan, milestone: Milestone) -> tuple[str, ...]:
    names = ", ".join(plan.party(party).name for party in milestone.parties)
    count = len(milestone.checklist)
    papers = phrase(f" [{count} dokumenter skal med]", f" [{count} documents required]") if count else ""
    return (
        str(milestone.row),
        milestone.deadline,
        _understood(milestone),
        milestone.activity + papers,
        names or phrase("ingen", "nobody"),
    )


def _understood(milestone: Milestone) -> str:
    """The window in words, and the due date where it is another day than the last one."""
    language = reply_language()
    if milestone.due_on is None:
        return phrase("ingen dato endnu", "no date yet")
    words = window_in_words(language, milestone.window)
    if milestone.due_on == milestone.window.last_day:
        return words
    return words + phrase("; frist ", "; due ") + short_date(language, milestone.due_on)


MARKS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def _tell_finding(finding: Finding) -> None:
    place = finding.where or phrase("hele planen", "the whole plan")
    console.print(
        f"{place}: {finding.message(reply_language())}", style=MARKS[finding.severity], markup=False
    )


def when(
    text: Annotated[str | None, typer.Argument(metavar="TEKST")] = None,
    year: Year = None,
    file: FromFile = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvilke dage en frist betyder, fx "Primo marts 2024"."""
    for line in _texts(text, file):
        written, _, of_year = line.partition("\t")
        found = _window(written, int(of_year) if of_year.strip().isdecimal() else year)
        if json:
            print_json(found)
        else:
            first, last = found["starts_on"] or "…", found["ends_on"] or "…"
            tell(f"{first} – {last}  {found['kind']}, {found['certainty']}")
            for finding in found["findings"]:
                tell(f"  {finding['message']}")


def _window(text: str, year: int | None) -> dict[str, Any]:
    deadline = read_deadline(text, year)
    findings = [finding_as_json(finding, reply_language()) for finding in deadline.findings]
    return {"text": text, **window_as_json(deadline.window), "findings": findings}


def who(
    text: Annotated[str | None, typer.Argument(metavar="TEKST")] = None,
    file: FromFile = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvem en celle med ansvarlige nævner."""
    for line in _texts(text, file):
        names = list(split_responsible(line))
        if json:
            print_json({"text": line, "parties": names})
        else:
            tell("\n".join(names) or phrase("ingen", "nobody"))


def _texts(text: str | None, file: str | None) -> list[str]:
    if file == "-":
        return [line.rstrip("\r\n") for line in sys.stdin]
    if text is None or file is not None:
        complain(phrase("Skriv en tekst, eller --file - for linjer fra stdin.", "Write a text, or --file -."))
        raise typer.Exit(2)
    return [text]
