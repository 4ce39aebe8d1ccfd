"""`feed`: a calendar as a subscriber gets it."""

import sys
from typing import Annotated

import typer

from service.bootstrap import open_parts, site_of
from service.cli.links_command import subject_of_feed
from service.cli.output import caution, phrase
from service.cli.trial import command_settings
from service.configured import base_url_of
from service.web.feed_content import compose


def register(app: typer.Typer) -> None:
    app.command()(feed)


def feed(
    party: Annotated[str, typer.Argument(metavar="ANSVARLIG|plan|coordinator")] = "plan",
    *,
    whole: Annotated[
        bool, typer.Option("--all", help="Også det, der ligger langt tilbage eller fremme.")
    ] = False,
) -> None:
    """Skriv en kalender (iCalendar) på stdout: en ansvarligs, hele planens eller koordinatorens."""
    settings = command_settings()
    with open_parts(settings) as parts:
        subject = subject_of_feed(parts, party)
        site = site_of(parts, language=settings.language, base_url=base_url_of(settings))
        with parts.database.read() as connection:
            composed = compose(site, connection, subject, whole=whole)
    for milestone in composed.left_out:
        caution(
            phrase(f"{milestone} kan ikke stå i en kalender.", f"{milestone} cannot stand in a calendar.")
        )
    sys.stdout.buffer.write(composed.ics)
