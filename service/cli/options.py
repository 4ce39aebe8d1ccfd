"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="JSON på stdout, intet andet.")]
PlanPath = Annotated[Path, typer.Argument(metavar="FIL", help="Dokumentet med planen.")]
Year = Annotated[
    int | None,
    typer.Option("--year", min=1900, max=2200, metavar="ÅR", help="Året, når planen ikke nævner det."),
]
