"""`upcoming`: what leaves in the next days."""

from datetime import timedelta
from typing import Annotated

import typer

from service.bootstrap import Parts, open_parts
from service.cli.options import Json
from service.cli.output import console, phrase, print_json, table, tell
from service.cli.trial import command_settings
from service.errors import RettidigError
from service.messages.outlook import Outlook
from service.reminders.digest import collect
from service.reminders.schedule import schedule
from service.settings import Settings
from service.storage import plans


class NoPlanImportedError(RettidigError):
    da = "Der er ikke indlæst nogen plan endnu. Kør »rettidig import FIL« først."
    en = "No plan has been imported yet. Run “rettidig import FILE” first."


def register(app: typer.Typer) -> None:
    app.command()(upcoming)


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
        plan=plan,
        stand=stand,
        messages=collect((notice for notice in owed if notice.at > now), rules),
        told=told,
        rules=rules,
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
