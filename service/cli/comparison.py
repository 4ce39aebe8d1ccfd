"""What a change of rules changes, for the terminal and for other programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from service.cli.message_lines import LONGEST_NAME, WIDEST, Columns, plain
from service.cli.output import console, reply_language
from service.errors import Language
from service.messages.cleaning import shortened
from service.messages.rehearsal import Contrast, Rehearsal
from service.messages.rehearsal_wording import contrast_in_words, say
from service.reminders.comparison import Pair
from service.reminders.digest import Collected
from service.reminders.rehearsal import Burden

_COLUMN = 20


def contrast_as_json(contrast: Contrast) -> dict[str, Any]:
    """Messages as `rehearse --json` has them, and how many each recipient gets before and after."""
    before, after, found = contrast.before, contrast.after, contrast.comparison
    return {
        "comes": [_as_json(after, message) for message in found.comes],
        "goes": [_as_json(before, message) for message in found.goes],
        "moves": [
            {"before": _as_json(before, pair.before), "after": _as_json(after, pair.after)}
            for pair in found.moves
        ],
        "changes": [
            {"before": _as_json(before, pair.before), "after": _as_json(after, pair.after)}
            for pair in found.changes
        ],
        "same": found.same,
        "counts": {
            name: {"before": _burden_as_json(then), "after": _burden_as_json(now)}
            for name, (then, now) in contrast.burdens.items()
        },
    }


def _as_json(rehearsal: Rehearsal, message: Collected) -> dict[str, Any]:
    return rehearsal.outlook.as_json(message, rehearsal.writer.stationery.zone.key)


def _burden_as_json(burden: Burden) -> dict[str, int]:
    return {
        "reminders": burden.tally.reminders,
        "invites": burden.tally.invites,
        "most_in_a_month": burden.most,
    }


def show_contrast(contrast: Contrast) -> None:
    """On stdout: how much each recipient hears, then what comes, goes, moves and changes."""
    width = min(console.width, WIDEST)
    for line in _lines(contrast, reply_language(), width):
        console.print(line, soft_wrap=True)


def _lines(contrast: Contrast, language: Language, width: int) -> Iterator[Text]:
    found = contrast.comparison
    yield from plain(say(language, "contrast", other=contrast.other), width, style="bold")
    yield from plain(contrast_in_words(language, found), width)
    yield Text()
    yield from _burden_lines(contrast, language)
    columns = Columns.of((*contrast.before.messages, *contrast.after.messages), language, width)
    for kind, messages, rehearsal in (
        ("comes", found.comes, contrast.after),
        ("goes", found.goes, contrast.before),
    ):
        yield from _heading(language, kind, messages)
        for message in messages:
            yield columns.line(f"  {message.on}  ", message, rehearsal.outlook.subject(message))
    yield from _heading(language, "moves", found.moves)
    for then, now in found.moves:
        yield columns.line(f"  {then.on} → {now.on}  ", now, contrast.after.outlook.subject(now))
    yield from _heading(language, "changes", found.changes)
    for pair in found.changes:
        yield from _change(contrast, pair, columns)


def _heading(language: Language, kind: str, found: Sequence[object]) -> Iterator[Text]:
    if found:
        yield Text()
        yield Text(f"{say(language, f'contrast.{kind}')} ({len(found)})", style="bold")


def _change(contrast: Contrast, pair: Pair, columns: Columns) -> Iterator[Text]:
    """The day stands once, what was said and what is said instead below each other."""
    lead = f"  {pair.before.on}  "
    yield columns.line(lead, pair.before, contrast.before.outlook.subject(pair.before))
    yield columns.line(f"{'→ ':>{len(lead)}}", pair.after, contrast.after.outlook.subject(pair.after))


def _burden_lines(contrast: Contrast, language: Language) -> Iterator[Text]:
    headings = [say(language, f"contrast.{what}") for what in ("reminders", "most", "invites")]
    yield Text(" " * LONGEST_NAME + "".join(f"{heading:>{_COLUMN}}" for heading in headings), style="dim")
    for name, (then, now) in contrast.burdens.items():
        pairs = (
            (then.tally.reminders, now.tally.reminders),
            (then.most, now.most),
            (then.tally.invites, now.tally.invites),
        )
        cells = "".join(f"{_turn(*pair):>{_COLUMN}}" for pair in pairs)
        yield Text(f"{shortened(name, LONGEST_NAME):<{LONGEST_NAME}}{cells}")


def _turn(then: int, now: int) -> str:
    return str(now) if then == now else f"{then} → {now}"
