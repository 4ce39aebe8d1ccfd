"""`version`: which Rettidig this is."""

import typer

from service import __version__
from service.cli.options import Json
from service.cli.output import print_json, tell


def register(app: typer.Typer) -> None:
    app.command()(version)


def version(*, json: Json = False) -> None:
    """Vis programmets version."""
    if json:
        print_json({"version": __version__})
    else:
        tell(f"Rettidig {__version__}")
