"""`doctor` and `test-send`: whether what is set up works."""

from typing import Annotated

import typer

from service.bootstrap import open_parts
from service.cli.checks import Check, check_everything
from service.cli.collection_checks import collection_checks
from service.cli.options import Json
from service.cli.output import print_json, tell
from service.cli.sample_sending import send_test
from service.cli.trial import command_settings


def register(app: typer.Typer) -> None:
    app.command()(doctor)
    app.command("test-send")(send_test_message)


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
