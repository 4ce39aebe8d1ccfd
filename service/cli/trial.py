"""`--as-of`, which moves the clock of a command for a trial, and the settings that come with it."""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import caution, settings_or_none
from service.settings import Settings, clock_shift, load_settings

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIDSPUNKT", help="Lad som om det er fx 2024-03-01T07:59."),
]

_as_of: ContextVar[str | None] = ContextVar("as_of", default=None)


def with_as_of(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the option `--as-of`; a clock that is moved by any setting is told of loudly."""
    signature = inspect.signature(command)
    option = inspect.Parameter("as_of", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=AsOf)

    @wraps(command)
    def at_its_moment(*arguments: object, as_of: str | None, **options: object) -> None:
        _as_of.set(as_of)
        if settings := command_settings() if as_of else settings_or_none():
            for finding in clock_shift(settings):
                caution(finding.message(settings.language))
        command(*arguments, **options)

    parameters = [*signature.parameters.values(), option]
    at_its_moment.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined] # for typer
    at_its_moment.__annotations__ = {**command.__annotations__, "as_of": AsOf}
    return at_its_moment


def command_settings(draft: Path | None = None) -> Settings:
    """The settings of the command that runs, perhaps with those of a draft; raises only RettidigError."""
    return load_settings(draft, as_of=_as_of.get())
