"""A rehearsal as one page: the year, who gets how much, and each message as its reader sees it."""

import json
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from service.errors import Language
from service.messages.appointment import appointment_in, slot_in_words
from service.messages.card_text import card_text
from service.messages.cleaning import one_line
from service.messages.contrast_page import contrast_shown
from service.messages.email import Mail
from service.messages.rehearsal import Contrast, Rehearsal, Rehearsed, in_full
from service.messages.rehearsal_wording import say, sum_in_words, tally_in_words
from service.messages.templates import source_hash
from service.messages.wording import at_time, listed, long_date, month_in_words, sentence_case, short_date
from service.reminders.digest import Collected
from service.reminders.notice import Channel, Occasion
from service.reminders.rehearsal import Tally, burdens, count_by

# From how many messages on a day is a shade darker in the year.
_SHADES = (1, 3, 6)

_TONES = {
    Occasion.DUE: "today",
    Occasion.OVERDUE: "late",
    Occasion.ESCALATED: "late",
    Occasion.UNREACHABLE: "late",
    Occasion.AWAITING: "undated",
    Occasion.ANSWERED: "news",
    Occasion.CHANGED: "news",
    Occasion.CANCELLED: "news",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A recipient; `mark` is the class of all that is for it."""

    mark: str
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A day of the year. `readers` are the marks of who gets something, `shade` 0 where nobody does."""

    day: int
    anchor: str
    shade: int
    readers: str
    says: str
    is_off: bool
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The weeks of a month from Monday to Sunday, None for days of other months."""

    heading: str
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar shows of an invitation."""

    method: str
    summary: str
    when: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message. One of `mail` and `card` is set."""

    reader: Reader
    channel: str
    occasion: str
    tone: str
    subject: str
    mail: Mail | None
    card: Mapping[str, Any] | None
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    anchor: str
    heading: str
    counted: str
    readers: str
    due: tuple[str, ...]
    messages: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How much each reader gets in a month, in the order of the readers, and all of them together."""

    heading: str
    tallies: tuple[tuple[Reader, Tally], ...]
    total: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the parts of the page are made from."""

    rehearsal: Rehearsal
    language: Language
    readers: Mapping[str, Reader]

    def marks(self, messages: Iterable[Collected]) -> str:
        return " ".join(sorted({self.readers[each.hearer.recipient].mark for each in messages}))

    @property
    def due_on(self) -> dict[date, list[str]]:
        """The activities that are due, by day."""
        found = defaultdict(list)
        for standing in self.rehearsal.stand:
            if standing.milestone.due_on:
                found[standing.milestone.due_on].append(one_line(standing.milestone.activity))
        return found


def rehearsal_page(rehearsal: Rehearsal, contrast: Contrast | None, language: Language, *, file: str) -> str:
    """A page that needs nothing but itself; `file` is the name of the document."""
    page = _Page(rehearsal=rehearsal, language=language, readers=_readers(rehearsal.messages))
    templates, messages = rehearsal.writer.stationery.templates, rehearsal.messages
    found = burdens(messages)
    return templates.html(
        "rehearsal/rehearsal.html",
        language=language,
        phrase=partial(say, language),
        card_text=card_text,
        in_attribute=in_attribute,
        script_hash=source_hash(templates.text("rehearsal/mails.js")),
        title=one_line(rehearsal.plan.title),
        file=one_line(file),
        since=short_date(language, rehearsal.since),
        until=short_date(language, rehearsal.until),
        counted=sum_in_words(language, messages),
        sums=_sums(messages),
        readers=list(page.readers.values()),
        years=list(_years(page)),
        lines=list(_lines(page)),
        total=_line(page, say(language, "total"), messages),
        most=[(reader, found[key].most) for key, reader in page.readers.items()],
        contrast=contrast_shown(contrast, language) if contrast else None,
        months=list(_months(page)),
    )


def in_attribute(html: str) -> Markup:
    """A whole document as a value between single quotes: a third shorter than with everything escaped."""
    return Markup(html.replace("&", "&amp;").replace("'", "&#39;"))  # noqa: S704 - that is what is escaped


def _readers(messages: Sequence[Collected]) -> dict[str, Reader]:
    names = {message.hearer.recipient: one_line(message.hearer.name) for message in messages}
    return {
        key: Reader(mark=f"r{number}", key=key, name=name or key)
        for number, (key, name) in enumerate(sorted(names.items()), start=1)
    }


def _sums(messages: Sequence[Collected]) -> dict[str, int]:
    tally = count_by(messages, lambda _message: None).get(None, Tally())
    return {
        "reminders": tally.reminders,
        "invites": tally.invites,
        "recipients": len({message.hearer.recipient for message in messages}),
        "days": len({message.on for message in messages}),
    }


def _years(page: _Page) -> Iterator[tuple[str, list[Month]]]:
    """Each year of the rehearsal with those of its months that belong to it."""
    rehearsal = page.rehearsal
    by_day = {day: list(group) for day, group in groupby(rehearsal.messages, key=lambda each: each.on)}
    due_on = page.due_on
    for year in range(rehearsal.since.year, rehearsal.until.year + 1):
        first = rehearsal.since.month if year == rehearsal.since.year else 1
        last = rehearsal.until.month if year == rehearsal.until.year else 12
        months = [_month(page, date(year, number, 1), by_day, due_on) for number in range(first, last + 1)]
        yield say(page.language, "year", year=year), months


def _month(
    page: _Page,
    month: date,
    by_day: Mapping[date, Sequence[Collected]],
    due_on: Mapping[date, Sequence[str]],
) -> Month:
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    return Month(
        heading=month_in_words(page.language, month),
        weeks=tuple(
            tuple(
                _cell(page, day, by_day.get(day, ()), day in due_on) if day.month == month.month else None
                for day in week
            )
            for week in weeks
        ),
    )


def _cell(page: _Page, day: date, messages: Sequence[Collected], is_due: bool) -> Cell:  # noqa: FBT001
    names = sorted({page.readers[message.hearer.recipient].name for message in messages})
    said = [listed(page.language, names)] if names else []
    if is_due:
        said.append(say(page.language, "due.day"))
    return Cell(
        day=day.day,
        anchor=f"d-{day}",
        shade=sum(len(messages) >= least for least in _SHADES),
        readers=page.marks(messages),
        says=sentence_case(f"{long_date(page.language, day)}: {'; '.join(said)}"),
        is_off=not page.rehearsal.rules.workdays.includes(day),
        is_due=is_due,
    )


def _lines(page: _Page) -> Iterator[Line]:
    by_month = groupby(page.rehearsal.messages, key=lambda message: message.on.replace(day=1))
    for month, group in by_month:
        yield _line(page, month_in_words(page.language, month), list(group))


def _line(page: _Page, heading: str, messages: Sequence[Collected]) -> Line:
    by_reader = count_by(messages, lambda message: message.hearer.recipient)
    return Line(
        heading=heading,
        tallies=tuple((reader, by_reader.get(key, Tally())) for key, reader in page.readers.items()),
        total=count_by(messages, lambda _message: None).get(None, Tally()),
    )


def _months(page: _Page) -> Iterator[tuple[str, list[Day]]]:
    """The days with messages, month by month."""
    due_on = page.due_on
    written = groupby(in_full(page.rehearsal), key=lambda each: each.collected.on)
    days = ((day, _day(page, day, list(group), due_on.get(day, ()))) for day, group in written)
    for month, group in groupby(days, key=lambda pair: pair[0].replace(day=1)):
        yield month_in_words(page.language, month), [day for _, day in group]


def _day(page: _Page, day: date, written: Sequence[Rehearsed], due: Sequence[str]) -> Day:
    messages = [each.collected for each in written]
    tally = count_by(messages, lambda _message: None)[None]
    clock = messages[0].at.astimezone(page.rehearsal.writer.stationery.zone).time()
    return Day(
        anchor=f"d-{day}",
        heading=sentence_case(at_time(page.language, long_date(page.language, day), clock)),
        counted=tally_in_words(page.language, tally),
        readers=page.marks(messages),
        due=tuple(due),
        messages=tuple(_shown(page, each) for each in written),
    )


def _shown(page: _Page, rehearsed: Rehearsed) -> Shown:
    hearer, message = rehearsed.collected.hearer, rehearsed.message
    content = message.content
    is_invite = hearer.channel is Channel.INVITE
    return Shown(
        reader=page.readers[hearer.recipient],
        channel=hearer.channel.value,
        occasion="" if is_invite else say(page.language, f"occasion.{message.occasion}"),
        tone="news" if is_invite else _TONES.get(message.occasion, "coming"),
        subject=message.subject,
        mail=content if isinstance(content, Mail) else None,
        card=None if isinstance(content, Mail) else json.loads(content)["attachments"][0]["content"],
        entry=_entry(page, content) if isinstance(content, Mail) else None,
    )


def _entry(page: _Page, mail: Mail) -> Entry | None:
    if mail.invitation is None:
        return None
    appointment = appointment_in(mail.invitation.ics)
    return Entry(
        method=appointment.method,
        summary=appointment.summary,
        when=slot_in_words(appointment, page.language, page.rehearsal.writer.stationery.zone),
        description=appointment.description,
    )
