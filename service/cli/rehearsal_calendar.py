"""A rehearsal for the terminal: the months, who hears how often on which day, and then every message."""

from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, repeat, zip_longest

from rich.text import Text

from service.cli.message_lines import LONGEST_NAME, TIED, WIDEST, Columns, plain
from service.cli.output import console, reply_language
from service.errors import Language
from service.messages.card import texts_in
from service.messages.cleaning import one_line, shortened
from service.messages.composing import Message
from service.messages.email import Mail
from service.messages.rehearsal import Rehearsal, in_full
from service.messages.rehearsal_wording import say, sum_in_words
from service.messages.wording import at_time, long_date, month_in_words, sentence_case, short_date
from service.reminders.digest import Collected
from service.reminders.rehearsal import Tally, count_by
from service.reminders.workdays import Workdays

_GRID = 30
_INDENT = 10


def show_calendar(rehearsal: Rehearsal, *, full: bool) -> None:
    """On stdout, as wide as the terminal is, and readable from 60 columns on; `full`: what each says."""
    width = min(console.width, WIDEST)
    for line in _calendar(rehearsal, reply_language(), width, full=full):
        console.print(line, soft_wrap=True)


def _calendar(rehearsal: Rehearsal, language: Language, width: int, *, full: bool) -> Iterator[Text]:
    yield from plain(one_line(rehearsal.plan.title), width, style="bold")
    since, until = short_date(language, rehearsal.since), short_date(language, rehearsal.until)
    yield from plain(say(language, "span", since=since, until=until), width)
    yield from plain(f"{sum_in_words(language, rehearsal.messages)}.", width)
    if not rehearsal.messages:
        return
    yield from plain(say(language, "legend"), width, style="dim")
    by_month = {month: list(group) for month, group in groupby(rehearsal.messages, key=_month_of)}
    for month in _months(rehearsal.since, rehearsal.until):
        yield from _month(month, by_month.get(month, []), rehearsal.rules.workdays, language, width)
    yield Text()
    yield Text(say(language, "messages"), style="bold")
    yield from _list(rehearsal, language, width, full=full)


def _month_of(message: Collected) -> date:
    return message.on.replace(day=1)


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = (month.replace(day=28) + timedelta(4)).replace(day=1)


def _month(
    month: date, messages: Sequence[Collected], workdays: Workdays, language: Language, width: int
) -> Iterator[Text]:
    yield Text()
    heading = month_in_words(language, month)
    if not messages:
        yield Text(f"{heading}: {say(language, 'month.none')}", style="dim")
        return
    yield Text(heading, style="bold")
    days = {message.on for message in messages}
    tallies = count_by(messages, lambda message: message.hearer.recipient)
    beside = [_of_recipient(name, tally) for name, tally in sorted(tallies.items())]
    for left, right in zip_longest(_grid(month, days, workdays, language), beside):
        line = Text.assemble(left or " " * _GRID, "   ", right or "")
        line.rstrip()
        yield line
    yield Text()
    for day, group in groupby(messages, key=lambda message: message.on):
        tallies = count_by(group, lambda message: message.hearer.recipient)
        said = ", ".join(f"{name}{TIED}{_short(tally)}" for name, tally in sorted(tallies.items()))
        label = say(language, "day", weekday=_weekday(language, day), day=day.day)
        yield from plain(f"{label:<{_INDENT}}{said}", width, indent=_INDENT)


def _of_recipient(name: str, tally: Tally) -> str:
    return f"{shortened(name, LONGEST_NAME):<{LONGEST_NAME}} {_short(tally):>7}"


def _short(tally: Tally) -> str:
    """Reminders and invitations, as in 3+8."""
    return f"{tally.reminders}+{tally.invites}" if tally.invites else str(tally.reminders)


def _grid(month: date, marked: Container[date], workdays: Workdays, language: Language) -> Iterator[Text]:
    """The weeks of a month; days with messages have a star, days off are dim."""
    heading = "".join(f"{name:>3} " for name in say(language, "weekdays").split())
    yield Text(heading.ljust(_GRID), style="dim")
    monday = month - timedelta(month.weekday())
    while monday.replace(day=1) <= month:
        week = (monday + timedelta(number) for number in range(7))
        cells = [_cell(day, marked, workdays) if day.month == month.month else "    " for day in week]
        yield Text.assemble(*cells, " " * (_GRID - 4 * len(cells)))
        monday += timedelta(7)


def _cell(day: date, marked: Container[date], workdays: Workdays) -> Text:
    if day in marked:
        return Text(f"{day.day:>3}*", style="bold green")
    return Text(f"{day.day:>3} ", style="" if workdays.includes(day) else "dim")


def _weekday(language: Language, day: date) -> str:
    return say(language, "weekdays").split()[day.weekday()]


def _list(rehearsal: Rehearsal, language: Language, width: int, *, full: bool) -> Iterator[Text]:
    columns = Columns.of(rehearsal.messages, language, width)
    says = (_body(each.message, width) for each in in_full(rehearsal)) if full else repeat(())
    zone = rehearsal.writer.stationery.zone
    for at, group in groupby(zip(rehearsal.messages, says, strict=False), key=lambda pair: pair[0].at):
        yield Text()
        local = at.astimezone(zone)
        moment = at_time(language, long_date(language, local.date()), local.time())
        yield Text(sentence_case(moment), style="bold")
        for message, body in group:
            yield columns.line("  ", message, rehearsal.outlook.subject(message))
            yield from body


def _body(message: Message, width: int) -> tuple[Text, ...]:
    """What a message says as plain text, between empty lines."""
    content = message.content
    said = content.text.splitlines() if isinstance(content, Mail) else texts_in(content)
    lines = (line for text in said for line in [*plain(text, width - _INDENT)] or [Text()])
    return Text(), *(Text(" " * _INDENT).append(line) if line else line for line in lines), Text()
