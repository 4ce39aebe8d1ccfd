"""`run`, `demo`, `doctor`, `test-send`, `feed` and `version`: the service itself."""

import os
import sys
from typing import Annotated

import typer

from service import __version__
from service.bootstrap import Parts, daemon_of, on_duty, open_parts, site_of, web_of
from service.cli.checks import Check, check_everything
from service.cli.collection_checks import collection_checks
from service.cli.links_command import subject_of_feed
from service.cli.options import Json
from service.cli.output import caution, phrase, print_json, reply_language, tell
from service.cli.sample_sending import send_test
from service.cli.trial import command_settings
from service.configured import base_url_of
from service.daemon import EXIT_DEAD
from service.demo.terminal import perform
from service.errors import RettidigError
from service.importing import plan_to_come
from service.logs import set_up_logs
from service.settings import Settings, cautions
from service.web.feed_content import compose


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
    app.command()(doctor)
    app.command("test-send")(send_test_message)
    app.command()(feed)
    app.command()(version)


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


def doctor(*, json: Json = False) -> None:
    """Gennemgå opsætningen: planen, modtagerne, databasen, mailserveren, kalenderne."""
    settings = command_settings()
    found = check_everything(settings)
    with open_parts(settings) as parts:
        found += collection_checks(parts)
    if json:
        print_json([{"check": check.name, "fine": check.fine, "sentence": check.sentence} for check in found])
    else:
        for check in found:
            _tell_check(check)
    if not all(check.fine for check in found):
        raise typer.Exit(1)


def _tell_check(check: Check) -> None:
    tell(f"{'✓' if check.fine else '✗'} {check.name}: {check.sentence}")


def send_test_message(
    recipient: Annotated[str, typer.Argument(metavar="MODTAGER", help="Modtagerens nøgle, fx SB.")],
    *,
    json: Json = False,
) -> None:
    """Send en prøvebesked til én modtager over alle dens kanaler, og sig med rene ord, hvordan det gik."""
    settings = command_settings()
    with open_parts(settings) as parts:
        found = send_test(settings, parts, recipient)
    if json:
        print_json(
            [{"channel": check.name, "fine": check.fine, "sentence": check.sentence} for check in found]
        )
    else:
        for check in found:
            _tell_check(check)
    if not all(check.fine for check in found):
        raise typer.Exit(1)


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


def version(*, json: Json = False) -> None:
    """Vis programmets version."""
    if json:
        print_json({"version": __version__})
    else:
        tell(f"Rettidig {__version__}")
