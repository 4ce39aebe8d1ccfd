"""`read`: how each row of a document was understood; as a table, as a page, as YAML to correct."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from service.bundled import TEMPLATES
from service.cli.files import write_whole
from service.cli.options import Json, PlanPath, Year
from service.cli.output import (
    console,
    phrase,
    print_json,
    reply_language,
    settings_or_none,
    table,
    tell,
)
from service.cli.unclear import has_errors
from service.configured import office_of
from service.messages.report import report_page
from service.messages.templates import Templates
from service.messages.wording import short_date, window_in_words
from service.plan.as_json import plan_as_json
from service.plan.as_yaml import plan_as_yaml
from service.plan.finding import Finding, Severity
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reading.reader import read_plan


def register(app: typer.Typer) -> None:
    app.command()(read)


def read(
    file: PlanPath,
    year: Year = None,
    *,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="PLAN.YAML", help="Skriv planen i en fil, der kan rettes i hånden."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="PLAN.HTML", help="Skriv en side til at se hver række igennem."),
    ] = None,
    json: Json = False,
) -> None:
    """Vis, hvordan hver række i planen er forstået."""
    plan = _with_unheard(read_plan(file, year))
    language = reply_language()
    if write:
        write_whole(write, plan_as_yaml(plan, language), file)
    if report:
        write_whole(report, report_page(plan, Templates(TEMPLATES), language, file=file.name), file)
    if json:
        print_json(plan_as_json(plan, language))
    elif write or report:
        _sum_up(plan)
        for written in filter(None, (write, report)):
            tell(phrase(f"Skrevet: {written}", f"Written: {written}"))
    else:
        _show(plan)
    if has_errors(plan):
        raise typer.Exit(1)


def _with_unheard(plan: Plan) -> Plan:
    """Tells the parties nobody hears for and the names that are no party, once recipients are set up."""
    settings = settings_or_none()
    if settings is None or not settings.recipients:
        return plan
    _, _, findings = office_of(settings).settle(plan)
    told = sorted((*plan.findings, *findings), key=lambda finding: finding.row or 0)
    return replace(plan, findings=tuple(told))


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
    _sum_up(plan)


def _sum_up(plan: Plan) -> None:
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
    place = finding.where.in_words(reply_language()) or phrase("hele planen", "the whole plan")
    console.print(
        f"{place}: {finding.message(reply_language())}", style=MARKS[finding.severity], markup=False
    )
