"""How commands answer: JSON alone on stdout, or words and tables for people; complaints on stderr."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.errors import Language, RettidigError
from service.messages.cleaning import on_screen
from service.settings import Settings, load_settings

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

# What JSON may hold as it is, and a terminal obeys or hides: C1 controls, line ends, marks of direction.
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


@cache
def settings_or_none() -> Settings | None:
    """The settings for a command that can do without them; None when they cannot be read."""
    try:
        return load_settings()
    except RettidigError:
        return None


def reply_language() -> Language:
    """The language of the settings; Danish when they cannot be read."""
    settings = settings_or_none()
    return settings.language if settings else "da"


def phrase(da: str, en: str) -> str:
    return da if reply_language() == "da" else en


def complain(sentence: str) -> None:
    errors.print(escape(on_screen(sentence)), style="red", soft_wrap=True)


def caution(sentence: str) -> None:
    errors.print(escape(on_screen(sentence)), style="yellow", soft_wrap=True)


def tell(sentence: str) -> None:
    console.print(escape(on_screen(sentence)), soft_wrap=True)


def print_json(value: object, indent: int | None = None) -> None:
    """One JSON value on one line, so that a stream of them can be read; or indented, for people."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    sys.stdout.write(_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n")


def agreed(question: str) -> bool:
    """Whether the person at the keyboard says yes; where nobody is, the answer is no."""
    try:
        answer = console.input(f"{question} [{phrase('j/n', 'y/n')}] ", markup=False)
    except EOFError:
        return False
    return answer.strip().casefold() in {"j", "ja", "y", "yes"}


def table(headings: Sequence[str], rows: Iterable[Iterable[str]], *, widest: int | None = None) -> Table:
    """Rows of plain text; nothing in a cell is taken for markup. `widest` is the column with the prose."""
    drawn = Table(show_lines=True, expand=True)
    for place, heading in enumerate(headings):
        if len(heading) == 1:
            drawn.add_column(heading, no_wrap=True)
            continue
        drawn.add_column(
            heading, overflow="fold", ratio=None if widest is None else 5 if place == widest else 2
        )
    for row in rows:
        drawn.add_row(*(escape(on_screen(cell)) for cell in row))
    return drawn
