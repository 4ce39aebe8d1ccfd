"""`rehearse`: every message of a stretch of time, nothing sent; as a calendar, as JSON, as a page."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import Json, PlanPath, Year
from service.cli.trial import command_settings
from service.cli.unclear import has_errors
from service.reading.reader import read_plan


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
    full: Annotated[bool, typer.Option("--full", help="Vis hver besked i sin fulde længde.")] = False,
    json: Json = False,
) -> None:
    """Vis, hvad der ville blive sendt i en periode. Intet sendes."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        # A process of its own reads the document; what it takes to write messages is loaded meanwhile.
        reading = beside.submit(read_plan, file, year)
        from service.cli import rehearsing  # noqa: PLC0415

        plan = reading.result()
    days = rehearsing.days_of(plan, since, until, file)
    rehearsal = rehearsing.rehearsed(plan, command_settings(), days)
    contrast = rehearsing.contrasted(rehearsal, plan, compare) if compare else None
    if report:
        rehearsing.write_page(rehearsal, contrast, report, file)
    if json:
        rehearsing.print_messages(rehearsal, contrast, full=full)
    else:
        rehearsing.show(rehearsal, contrast, report, full=full)
    if has_errors(rehearsal.plan):
        raise typer.Exit(1)
