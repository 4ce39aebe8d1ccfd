"""`rehearse` and `upcoming`: what the plan leads to."""

from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from service.bootstrap import Parts, open_parts
from service.cli.options import Json, PlanPath, Year
from service.cli.outlook import Outlook
from service.cli.output import console, phrase, print_json, table, tell
from service.cli.trial import command_settings
from service.configured import office_of
from service.errors import RettidigError
from service.plan.plan import Plan
from service.reading.reader import read_plan
from service.reminders.digest import collect
from service.reminders.recipients import hearers, stand_ins
from service.reminders.rehearsal import rehearse as rehearsal
from service.reminders.schedule import Standing, schedule
from service.settings import Settings, load_settings
from service.storage import plans


class NoPlanImportedError(RettidigError):
    da = "Der er ikke indlæst nogen plan endnu. Kør »rettidig import FIL« først."
    en = "No plan has been imported yet. Run “rettidig import FILE” first."


class BackwardsError(RettidigError):
    da = "--to {until} ligger før --from {since}; byt dem om."
    en = "--to {until} is before --from {since}; swap them."


def register(app: typer.Typer) -> None:
    app.command()(rehearse)
    app.command()(upcoming)


def rehearse(
    file: PlanPath,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="ÅÅÅÅ-MM-DD")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="ÅÅÅÅ-MM-DD")],
    year: Year = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvad der ville blive sendt i en periode. Intet sendes."""
    if until < since:
        raise BackwardsError(since=since.date(), until=until.date())
    settings = load_settings()
    outlook = _rehearsed(read_plan(file, year), settings, since.date(), until.date())
    _show_messages(outlook, settings, json=json)


def _rehearsed(found: Plan, settings: Settings, since: date, until: date) -> Outlook:
    """The messages of a stretch of time; stand-ins hear them while nobody is configured."""
    office = office_of(settings)
    plan, told, _ = office.settle(found)
    told = told or hearers(stand_ins(plan, settings.language))
    stand = [Standing(milestone=milestone, since=since) for milestone in plan.milestones]
    return Outlook(plan=plan, stand=stand, messages=rehearsal(plan, told, office.rules, since, until))


def upcoming(
    days: Annotated[int, typer.Option(min=1, max=1000, metavar="DAGE")] = 30,
    *,
    json: Json = False,
) -> None:
    """Vis, hvad der bliver sendt de næste dage."""
    settings = command_settings()
    with open_parts(settings) as parts:
        outlook = _coming(parts, timedelta(days))
    _show_messages(outlook, settings, json=json)


def _coming(parts: Parts, ahead: timedelta) -> Outlook:
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
        stand = plans.standings(connection)
    if latest is None:
        raise NoPlanImportedError
    rules, now = parts.office.rules, parts.clock.now()
    plan, told, _ = parts.office.settle(latest.plan)
    owed = schedule(plan, stand, told, rules, rules.local_day(now + ahead))
    return Outlook(
        plan=plan, stand=stand, messages=collect((notice for notice in owed if notice.at > now), rules)
    )


def _show_messages(outlook: Outlook, settings: Settings, *, json: bool) -> None:
    shown = [outlook.as_json(message, settings.timezone) for message in outlook.messages]
    if json:
        for message in shown:
            print_json(message)
        return
    headings = (
        phrase("Hvornår", "When"),
        phrase("Til", "To"),
        phrase("Kanal", "Channel"),
        phrase("Anledning", "Occasion"),
        phrase("Emne", "Subject"),
    )
    fields = ("recipient", "channel", "occasion", "subject")
    console.print(table(headings, ((each["at"][:16], *(each[field] for field in fields)) for each in shown)))
    tell(phrase(f"{len(shown)} beskeder.", f"{len(shown)} messages."))
