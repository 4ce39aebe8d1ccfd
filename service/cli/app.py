"""The program: its commands, and how it ends (0 fine, 1 findings of severity error, 2 could not be read)."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import typer

from service.cli.output import complain, phrase, reply_language
from service.cli.trial import with_as_of
from service.errors import RettidigError
from service.logs import log_failure, set_up_logs

# Where each command stands. Only the module that is asked for is loaded: `when` needs no database and no
# web server, and answers in a third of the time without them.
COMMANDS = {
    "read": "read_command",
    "when": "reading_commands",
    "who": "reading_commands",
    "import": "import_command",
    "rehearse": "rehearse_command",
    "upcoming": "upcoming_command",
    "overview": "overview_command",
    "answers": "answers_command",
    "done": "mark_commands",
    "mark": "mark_commands",
    "consequences": "consequences_command",
    "rules": "rules_command",
    "outbox": "outbox_command",
    "links": "links_command",
    "run": "running_commands",
    "demo": "running_commands",
    "doctor": "checking_commands",
    "test-send": "checking_commands",
    "feed": "feed_command",
    "version": "version_command",
    "record": "record_command",
    "export": "person_commands",
    "erase": "person_commands",
    "backup": "backup_commands",
    "restore": "backup_commands",
}


# The demo brings its own clock, and a version has no time.
TIMELESS = frozenset({"demo", "version"})

# sysexits.h EX_SOFTWARE
EXIT_SOFTWARE = 70
UNEXPECTED = (
    "Der skete en fejl i programmet ({kind}). Intet er gemt halvt; meld den gerne med linjerne ovenfor.",
    "Something went wrong in the program ({kind}). Nothing is half stored; please report the lines above.",
)


def main() -> NoReturn:
    """Run one command. What the user can mend is one sentence on stderr and exit code 2."""
    set_up_logs("warning", "text")
    try:
        program(sys.argv[1:])()
    except RettidigError as error:
        complain(error.sentence(reply_language()))
        sys.exit(2)
    except BrokenPipeError:
        # `rettidig read plan.docx | head` is no failure.
        sys.stderr.close()
        sys.exit(0)
    except Exception as broken:  # noqa: BLE001 - the last net: a user is told one sentence, the log where it was
        log_failure("command-failed", broken)
        complain(phrase(*UNEXPECTED).format(kind=type(broken).__name__))
        sys.exit(EXIT_SOFTWARE)
    sys.exit(0)


def program(arguments: Sequence[str]) -> typer.Typer:
    """The command that the arguments name, or all of them for `--help` and for a slip of the finger."""
    app = typer.Typer(
        name="rettidig",
        help="Læser jeres procesplan og minder alle ansvarlige om deres frister i tide.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    # A callback keeps the name of a command in place when it is the only one loaded.
    app.callback()(lambda: None)
    named = COMMANDS.get(arguments[0]) if arguments else None
    for module in [named] if named else dict.fromkeys(COMMANDS.values()):
        import_module(f"service.cli.{module}").register(app)
    for command in app.registered_commands:
        if command.callback and command.callback.__name__ not in TIMELESS:
            command.callback = with_as_of(command.callback)
    return app
