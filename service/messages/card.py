"""A reminder as an Adaptive Card for a Teams workflow."""

import json
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from service.errors import Language
from service.messages.cleaning import one_line, shortened
from service.messages.entry import Entry
from service.messages.letter import Letter, letter_of
from service.messages.overview import Sum
from service.messages.overview_lines import Line
from service.messages.reminder import Reminder
from service.messages.tone import Tone
from service.messages.wording import say

# Workflows refuse a card of 28 kB after they have answered 202; failures were seen from 20 kB on.
_LIMIT = 18_000
_LONGEST_TEXT = 500
_LONGEST_POINT = 150
_LONGEST_CHECKLIST = 10
_LONGEST_LINE = 150
# How many lines of each section of an overview are tried; none always fits.
_LINES_SHOWN = (12, 8, 5, 3, 2, 1, 0)

_COLOURS = {
    Tone.LATE: "Attention",
    Tone.TODAY: "Warning",
    Tone.NEWS: "Accent",
    Tone.COMING: "Good",
    Tone.UNDATED: "Default",
}

_MARKDOWN = re.compile(r"[\\`*_\[\]~<>|]")
# What makes a list or a heading at the start of a line. "1. maj 2024" is a list to Markdown, and some
# clients number it anew.
_AT_LINE_START = re.compile(r"^(\d+)(?=[.)])|^(?=[-+#])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]~<>|.)+#-])")
# Adaptive Cards replaces {{DATE(...)}} and {{TIME(...)}} in every text.
_FUNCTION = re.compile(r"\{(?=\{)")
_ENTITY = re.compile(r"&(?=#?\w+;)")


class Shape(StrEnum):
    """What the workflow behind the webhook was built to take: Microsoft's template, or the card alone."""

    ENVELOPE = "envelope"
    BARE = "bare"


def compose_card(reminder: Reminder, shape: Shape) -> bytes:
    """The reminder as a card."""
    return card_of(letter_of(reminder, questions="contact"), shape)


def card_of(letter: Letter, shape: Shape) -> bytes:
    """Any letter as JSON (UTF-8), never above 18 kB: what does not fit is counted in a last line.

    Version 1.4 is the highest that workflows take; the elements are those of 1.2, the highest on phones.
    """
    frame = len(_encoded(_card(letter, [], hidden=len(letter.entries)), shape))
    fitting = _fitting(letter, _LIMIT - frame)
    hidden = len(letter.entries) - len(fitting)
    cards = (
        _encoded(_card(letter, fitting, hidden=hidden, lines_shown=lines_shown), shape)
        for lines_shown in _LINES_SHOWN
    )
    return next(card for card in cards if len(card) <= _LIMIT)


def escaped(text: str) -> str:
    """Text that Teams shows as it stands: no Markdown, no card function, no character reference."""
    plain = _ENTITY.sub("&\u200b", _MARKDOWN.sub(r"\\\g<0>", one_line(text)))
    return _FUNCTION.sub("{\u200b", _AT_LINE_START.sub(r"\1\\", plain))


def texts_in(card: bytes) -> list[str]:
    """All that a card says, in order, as it is read in Teams."""
    return [_ESCAPED.sub(r"\1", text).replace("\u200b", "") for text in _texts(json.loads(card))]


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for each in part.values():
            yield from _texts(each)


def _fitting(letter: Letter, room: int) -> list[Any]:
    """The first items that fit, each as one container."""
    fitting: list[Any] = []
    marked = len(letter.entries) > 1 or letter.overview is not None
    for entry in letter.entries:
        container = _container(letter.language, entry, marked=marked)
        room -= len(json.dumps(container, ensure_ascii=False).encode()) + len(", ")
        if room < 0:
            break
        fitting.append(container)
    return fitting


def _card(letter: Letter, containers: Sequence[Any], hidden: int, lines_shown: int = 0) -> dict[str, Any]:
    more = [_text(say(letter.language, "more", count=hidden), isSubtle=True)] if hidden else []
    questions = [_text(letter.questions, isSubtle=True, spacing="Medium")] if letter.questions else []
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "fallbackText": escaped(letter.subject),
        "body": [
            _text(letter.headline, size="Large", weight="Bolder"),
            _text(letter.opening, spacing="Small"),
            *containers,
            *more,
            *_overview(letter, lines_shown),
            *questions,
        ],
        "actions": list(_links(letter)),
    }


def _overview(letter: Letter, lines_shown: int) -> Iterator[dict[str, Any]]:
    """How many there are of each kind, and of each section the first lines."""
    if letter.overview is None:
        return
    for row in (letter.overview.sums[:3], letter.overview.sums[3:]):
        yield {"type": "ColumnSet", "spacing": "Medium", "columns": [_sum(each) for each in row]}
    for section in letter.overview.sections if lines_shown else ():
        shown = [text for line in section.lines[:lines_shown] for text in _line(line)]
        hidden = len(section.lines[lines_shown:])
        says = [_text(section.says, isSubtle=True, spacing="None")] if section.says else []
        more = [_text(say(letter.language, "more", count=hidden), isSubtle=True)] if hidden else []
        heading = _text(section.heading, weight="Bolder", size="Medium")
        items = [heading, *says, *shown, *more]
        yield {"type": "Container", "separator": True, "spacing": "Medium", "items": items}


def _sum(each: Sum) -> dict[str, Any]:
    number = _text(str(each.count), size="Large", weight="Bolder", color=_COLOURS[each.tone])
    label = _text(each.label, isSubtle=True, spacing="None")
    return {"type": "Column", "width": "stretch", "items": [number, label]}


def _line(line: Line) -> Iterator[dict[str, Any]]:
    when = f"{line.when} · {line.mark}" if line.mark else line.when
    yield _text(when, color=_COLOURS[line.tone], weight="Bolder", spacing="Small")
    yield _text(shortened(line.what, _LONGEST_LINE), spacing="None")
    if line.notes:
        yield _text(" · ".join(line.notes), isSubtle=True, spacing="None")


def _container(language: Language, entry: Entry, *, marked: bool) -> dict[str, Any]:
    """`marked`: with how near it is, which for a single item the headline says already."""
    mark = [_text(entry.mark, color=_COLOURS[entry.tone], weight="Bolder")] if marked and entry.mark else []
    actions = [_open(say(language, "done"), entry.done_url)] if entry.done_url else []
    return {
        "type": "Container",
        "separator": True,
        "spacing": "Medium",
        "items": [
            *mark,
            _text(entry.due, weight="Bolder", size="Medium", spacing="None"),
            _text(entry.activity, spacing="Small"),
            *(
                _text(line, isSubtle=True, spacing="None")
                for line in (entry.was, entry.reported, entry.says, entry.responsible, *entry.notes)
                if line
            ),
            *_checklist(language, entry),
            *_consequences(language, entry),
            *([{"type": "ActionSet", "actions": actions}] if actions else []),
        ],
    }


def _checklist(language: Language, entry: Entry) -> Iterator[dict[str, Any]]:
    points = entry.checklist
    if entry.ready:
        yield _text(entry.ready, isSubtle=True, spacing="None")
    if not points:
        return
    heading = "checklist.left" if entry.ready else "checklist"
    yield _text(say(language, heading), weight="Bolder", spacing="Small")
    for point in points[:_LONGEST_CHECKLIST]:
        yield _text(f"☐ {shortened(point, _LONGEST_POINT)}", spacing="None")
    if hidden := len(points[_LONGEST_CHECKLIST:]):
        yield _text(say(language, "more", count=hidden), isSubtle=True, spacing="None")


def _consequences(language: Language, entry: Entry) -> Iterator[dict[str, Any]]:
    if entry.consequences:
        yield _text(say(language, "consequences"), weight="Bolder", spacing="Small")
        yield from (_text(line, spacing="None") for line in entry.consequences)


def _links(letter: Letter) -> Iterator[dict[str, Any]]:
    for label, url in [("plan.open", letter.plan_url), ("feed.open", letter.feed_url)]:
        if url:
            yield _open(say(letter.language, label), url)


def _text(text: str, **look: object) -> dict[str, Any]:
    return {"type": "TextBlock", "text": escaped(shortened(text, _LONGEST_TEXT)), "wrap": True, **look}


def _open(title: str, url: str) -> dict[str, Any]:
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def _encoded(card: dict[str, Any], shape: Shape) -> bytes:
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    message = {"type": "message", "attachments": [attachment]} if shape is Shape.ENVELOPE else card
    return json.dumps(message, ensure_ascii=False).encode()
