"""The program: its commands, and how it ends (0 fine, 1 findings of severity error, 2 could not be read)."""

import sys
from typing import NoReturn

import typer

from service.cli import outbox_commands, plan_commands, reading_commands, running_commands
from service.cli.output import complain, reply_language
from service.errors import RettidigError

app = typer.Typer(
    name="rettidig",
    help="Læser jeres procesplan og minder alle ansvarlige om deres frister i tide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for commands in (reading_commands, plan_commands, running_commands, outbox_commands):
    commands.register(app)


def main() -> NoReturn:
    """Run one command. What the user can mend is one sentence on stderr and exit code 2."""
    try:
        app()
    except RettidigError as error:
        complain(error.sentence(reply_language()))
        sys.exit(2)
    except BrokenPipeError:
        # `rettidig read plan.docx | head` is no failure.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0)
