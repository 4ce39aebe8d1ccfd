"""`run` and `demo`: the service itself."""

import os
import sys
from typing import Annotated

import typer

from service.bootstrap import Parts, on_duty, open_parts, site_of
from service.cli.output import caution, phrase, reply_language, tell
from service.cli.trial import command_settings
from service.configured import base_url_of
from service.daemon import EXIT_DEAD
from service.demo.terminal import perform
from service.errors import RettidigError
from service.importing import plan_to_come
from service.logs import set_up_logs
from service.serving import daemon_of, web_of
from service.settings import Settings, cautions


class NobodyToRemindError(RettidigError):
    da = "Ingen modtagere er sat op. Sæt fx RETTIDIG_RECIPIENTS__SB__EMAIL og RETTIDIG_COORDINATOR__EMAIL."
    en = (
        "Nobody is set up to be reminded. Set RETTIDIG_RECIPIENTS__SB__EMAIL and RETTIDIG_COORDINATOR__EMAIL."
    )


class NoRelayError(RettidigError):
    da = (
        "Modtagere har en mailadresse, men RETTIDIG_SMTP__HOST er ikke sat; skriv navnet på jeres mailserver."
    )
    en = (
        "Recipients have an e-mail address, but RETTIDIG_SMTP__HOST is not set; write your mail relay's name."
    )


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(demo)


def run() -> None:
    """Hold øje med planen og send påmindelser, til programmet stoppes."""
    settings = command_settings()
    set_up_logs(settings.log.level, settings.log.format)
    for finding in cautions(settings):
        caution(finding.message(settings.language))
    configured = settings.configured_recipients()
    if not configured:
        raise NobodyToRemindError
    with open_parts(settings) as parts:
        if parts.relay is None and any(each.recipient.emails for each in configured):
            raise NoRelayError
        with on_duty(parts):
            _warn_of_the_unheard(settings, parts)
            code = _serve(settings, parts)
    sys.exit(code)


def _warn_of_the_unheard(settings: Settings, parts: Parts) -> None:
    """Say at start who would hear nothing; the plan itself is looked at in the first round."""
    plan = plan_to_come(parts.database, parts.plan_file)
    for finding in parts.office.settle(plan)[2] if plan else ():
        caution(finding.message(settings.language))


def _serve(settings: Settings, parts: Parts) -> int:
    site = site_of(parts, language=settings.language, base_url=base_url_of(settings))
    daemon = daemon_of(parts, site)
    daemon.stop_on_signals()
    web = web_of(settings, parts).start()
    try:
        code = daemon.run(ready=lambda: tell(phrase("Rettidig kører.", "Rettidig is running.")))
        if code == EXIT_DEAD:
            # An orderly end would wait for the thread that hangs, and no supervisor would start us again.
            os._exit(code)
        return code
    finally:
        web.stop()


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
    seconds: Annotated[float, typer.Option(min=0, help="Hvor længe de to år varer.")] = 120,
    *,
    exit_at_end: Annotated[
        bool, typer.Option("--exit", help="Slut, når den sidste besked er sendt.")
    ] = False,
) -> None:
    """Se to års påmindelser på to minutter; intet forlader maskinen."""
    set_up_logs("error", "text")
    perform(reply_language(), port=port, seconds=seconds, exit_at_end=exit_at_end)
