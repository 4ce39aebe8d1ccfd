"""From the cells of a plan to the card: Teams shows each text as it stands, and the buttons are ours."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from hypothesis import example, given

from service.messages.card import texts_in
from service.messages.cleaning import one_line
from service.messages.composing import Writer
from service.messages.reminder import Links
from service.reminders.notice import Channel, Occasion
from tests.factories import a_hearer
from tests.injections.paper import AT, CELLS, STATIONERY, TODAY, TRIED, harmless, plan_saying, standings_of
from tests.injections.readers import markdown, needs_parsers

pytestmark = needs_parsers
TOLD = (Occasion.OVERDUE, Occasion.AHEAD, Occasion.AWAITING)
HOME = "https://frister.example.dk"
LINKS = Links(feed=f"{HOME}/feed/t", done={f"m{row}": f"{HOME}/m/{row}" for row in range(1, 4)})
PLAIN = {
    *("document", "paragraph", "text"),
    *("paragraph_open", "inline", "text_special", "paragraph_close"),
}


def card(cells: Sequence[str]) -> bytes:
    plan = plan_saying(cells)
    told = list(zip(standings_of(plan), TOLD, strict=True))
    to = a_hearer("sb", Channel.TEAMS, name=cells[-1])
    writer = Writer(plan=plan, key=b"key", stationery=STATIONERY)
    return writer.reminder(told, to, on=TODAY, at=AT, message_id="<1@example.dk>", links=LINKS).body


def texts(part: Any) -> Iterator[str]:
    """What is shown as Markdown: the texts, and what a client shows that cannot show the card."""
    if isinstance(part, dict):
        yield from (part[name] for name in ("text", "fallbackText") if name in part)
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from texts(each)


def silent(part: Any) -> Any:
    """The card without those texts."""
    if isinstance(part, dict):
        return {name: silent(each) for name, each in part.items() if name not in {"text", "fallbackText"}}
    return [silent(each) for each in part] if isinstance(part, list) else part


@cache
def plain(cells: int) -> Any:
    """The card with nothing in it that tries anything, without its texts."""
    return silent(json.loads(card(harmless(cells))))


@TRIED
@given(cells=CELLS)
@example(cells=["[klik](https://evil.example)", "&lt;b&gt; &#42;", "1. maj", "{{DATE(2024)}}"])
def test_a_card_shows_its_texts_as_they_stand(cells: list[str]) -> None:
    made = card(cells)
    shown = json.loads(made)
    assert silent(shown) == plain(len(cells))
    written = list(texts(shown))
    for text, read in zip(written, markdown(written), strict=True):
        assert read.kinds <= PLAIN
        assert read.texts[0] == read.texts[1]
        assert "{{" not in text
    said = " ".join(texts_in(made))
    assert one_line(cells[0]).replace("\u200b", "")[:60] in said
