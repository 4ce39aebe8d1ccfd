"""`rehearse`: every message of a stretch of time, nothing sent; as a calendar, as JSON, as a page."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.comparison import contrast_as_json, show_contrast
from service.cli.files import write_whole
from service.cli.options import Json, PlanPath, Year
from service.cli.output import caution, phrase, print_json, reply_language, tell
from service.cli.rehearsal_calendar import show_calendar
from service.cli.trial import command_settings
from service.cli.unclear import has_errors, tell_unclear
from service.configured import office_of, stationery_of
from service.errors import RettidigError
from service.messages.composing import Stationery, Writer
from service.messages.mailbox import Mailbox
from service.messages.outlook import message_as_json
from service.messages.rehearsal import KEY, Contrast, Rehearsal, in_full
from service.messages.rehearsal_page import rehearsal_page
from service.messages.rehearsal_wording import say
from service.plan.plan import Plan
from service.reading.reader import read_plan
from service.reminders.comparison import compare as compared
from service.reminders.recipients import hearers, stand_ins
from service.reminders.rehearsal import first_standings, rehearse, span_of
from service.settings import Settings, outweighed


class BackwardsError(RettidigError):
    da = "--to {until} ligger før --from {since}; byt dem om."
    en = "--to {until} is before --from {since}; swap them."


class NoDatesError(RettidigError):
    da = "{file}: planen har ingen datoer. Skriv selv en periode med --from og --to."
    en = "{file}: the plan has no dates. Write a stretch of time with --from and --to."


def register(app: typer.Typer) -> None:
    app.command("rehearse")(rehearse_document)


Day = datetime | None
_DAY = {"formats": ["%Y-%m-%d"], "metavar": "ÅÅÅÅ-MM-DD"}
From = Annotated[
    Day, typer.Option("--from", help="Fra denne dag; ellers fra før den første i planen.", **_DAY)
]
To = Annotated[Day, typer.Option("--to", help="Til denne dag; ellers til efter planens sidste.", **_DAY)]


def rehearse_document(
    file: PlanPath,
    since: From = None,
    until: To = None,
    year: Year = None,
    *,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="SIDE.HTML", help="Skriv en side med et årsblik og hver besked."),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", metavar="REGLER.TOML", help="Vis, hvad andre regler ændrer."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Med --json: hver besked i sin fulde længde.")] = False,
    json: Json = False,
) -> None:
    """Vis, hvad der ville blive sendt i en periode. Intet sendes."""
    settings = command_settings()
    found = read_plan(file, year)
    first, last = _span(found, since, until, file)
    rehearsal = rehearsed(found, settings, first, last)
    contrast = _contrast(rehearsal, found, compare) if compare else None
    if report:
        write_whole(report, rehearsal_page(rehearsal, contrast, reply_language(), file=file.name), file)
    if json:
        _print(rehearsal, contrast, full=full)
    else:
        _show(rehearsal, contrast, report)
    if has_errors(rehearsal.plan):
        raise typer.Exit(1)


def _show(rehearsal: Rehearsal, contrast: Contrast | None, report: Path | None) -> None:
    tell_unclear(rehearsal.plan.findings)
    if report:
        tell(phrase(f"Skrevet: {report}", f"Written: {report}"))
    if contrast:
        show_contrast(contrast)
    elif not report:
        show_calendar(rehearsal)


def _span(plan: Plan, since: Day, until: Day, file: Path) -> tuple[date, date]:
    """The days that were asked for; where none was, those that hold all of the plan."""
    whole = None if since and until else span_of(plan)
    if whole is None and not (since and until):
        raise NoDatesError(file=file.name)
    first = since.date() if since else whole[0] if whole else date.min
    last = until.date() if until else whole[1] if whole else date.max
    if last < first:
        raise BackwardsError(since=first, until=last)
    return first, last


def rehearsed(found: Plan, settings: Settings, since: date, until: date) -> Rehearsal:
    """A plan under these settings; stand-ins hear of it while nobody is configured."""
    office = office_of(settings)
    plan, told, findings = office.settle(found)
    stationery = stationery_of(settings)
    if settings.configured_recipients():
        plan = replace(plan, findings=(*plan.findings, *findings))
    else:
        people = stand_ins(plan, settings.language)
        told, stationery = hearers(people), _answered_by(stationery, people[-1].name, people[-1].emails[0])
    return Rehearsal(
        plan=plan,
        since=since,
        until=until,
        rules=office.rules,
        told=tuple(told),
        writer=Writer(plan=plan, key=KEY, stationery=stationery),
        stand=tuple(first_standings(plan, since)),
        messages=tuple(rehearse(plan, told, office.rules, since, until)),
    )


def _contrast(before: Rehearsal, found: Plan, draft: Path) -> Contrast:
    """The same plan and days with what a draft changes of the shared setup."""
    after = rehearsed(found, command_settings(draft), before.since, before.until)
    for setting, stronger in outweighed(draft):
        caution(say(reply_language(), "outweighed", setting=setting, stronger=stronger))
    comparison = compared(before.messages, after.messages)
    return Contrast(before=before, after=after, other=draft.name, comparison=comparison)


def _answered_by(stationery: Stationery, name: str, address: str) -> Stationery:
    """With a coordinator who stands in for the one that is not configured yet."""
    sender = replace(stationery.sender, reply_to=Mailbox(address=address, name=name))
    return replace(stationery, sender=sender, coordinator_name=name)


def _print(rehearsal: Rehearsal, contrast: Contrast | None, *, full: bool) -> None:
    """One object a line, to which `full` adds the message itself; or the contrast as one object."""
    if contrast:
        print_json(contrast_as_json(contrast))
        return
    outlook, timezone = rehearsal.outlook, rehearsal.writer.stationery.zone.key
    if full:
        for each in in_full(rehearsal):
            said = message_as_json(each.message)
            print_json({**outlook.as_json(each.collected, timezone), "message": said})
    else:
        for message in outlook.messages:
            print_json(outlook.as_json(message, timezone))
