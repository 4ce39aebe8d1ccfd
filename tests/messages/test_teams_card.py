"""A reminder as an Adaptive Card that workflows, Teams and phones take."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.messages.card import Shape, compose_card, escaped, texts_in
from service.messages.cleaning import one_line
from service.messages.reminder import Reminder
from service.reminders.notice import Occasion

Remind = Callable[..., Reminder]
Golden = Callable[[str, str], None]

ON = date(2024, 3, 20)


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _parts(child)


def _card(raw: bytes) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(raw)["attachments"][0]["content"]
    return card


def test_a_card_says_what_was_approved(milestones: SimpleNamespace, remind: Remind, golden: Golden) -> None:
    reminder = remind(
        ON,
        (milestones.primo, Occasion.OVERDUE),
        (milestones.council, Occasion.AHEAD),
        (milestones.undated, Occasion.AWAITING),
    )
    card = json.loads(compose_card(reminder, Shape.ENVELOPE))

    golden("several.card.json", json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def test_a_bare_card_is_the_same_card_without_its_envelope(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    reminder = remind(ON, (milestones.board, Occasion.DUE))

    assert json.loads(compose_card(reminder, Shape.BARE)) == _card(compose_card(reminder, Shape.ENVELOPE))


def test_a_card_is_of_a_version_that_workflows_and_phones_take(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    card = _card(compose_card(remind(ON, (milestones.council, Occasion.AHEAD)), Shape.ENVELOPE))

    assert card["version"] == "1.4"
    assert card["fallbackText"]
    assert {part["type"] for part in _parts(card) if "type" in part} <= {
        "AdaptiveCard",
        "TextBlock",
        "Container",
        "ActionSet",
        "Action.OpenUrl",
    }
    assert all(part["wrap"] for part in _parts(card) if part.get("type") == "TextBlock")


def test_a_card_without_links_has_no_buttons(milestones: SimpleNamespace, remind: Remind) -> None:
    reminder = remind(ON, (milestones.board, Occasion.DUE), plan_url=None, feed_url=None)
    silent = replace(reminder, items=(replace(reminder.items[0], done_url=None),))
    card = _card(compose_card(silent, Shape.ENVELOPE))

    assert not [part for part in _parts(card) if part.get("type") == "Action.OpenUrl"]


def test_five_hundred_deadlines_stay_below_the_limit_and_the_rest_is_counted(
    milestones: SimpleNamespace, remind: Remind
) -> None:
    reminder = remind(ON, *[(milestones.council, Occasion.AHEAD)] * 500)
    raw = compose_card(reminder, Shape.ENVELOPE)
    shown = [part for part in _parts(json.loads(raw)) if part.get("type") == "Container"]

    assert len(raw) <= 18_000
    assert len(shown) >= 10
    assert f"\\+ {500 - len(shown)} mere" in [part.get("text") for part in _parts(json.loads(raw))]


def test_a_date_at_the_start_of_a_line_is_no_list() -> None:
    assert escaped("1. maj 2024") == "1\\. maj 2024"
    assert escaped("- punkt") == "\\- punkt"
    assert escaped("Beløb: 1. rate") == "Beløb: 1. rate"


def test_a_date_function_of_adaptive_cards_is_not_carried_out() -> None:
    assert "{{" not in escaped("{{DATE(2024-01-01T00:00:00Z, SHORT)}}{{{")


@settings(max_examples=300)
@given(text=st.text(max_size=80) | st.text(st.sampled_from("*_[](){}`~\\<>#+-=.1a !|&;"), max_size=40))
@example(text="[tryk her](https://evil.example)")
@example(text="1) punkt")
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    plain = one_line(text)
    page = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").parse(escaped(text))
    inline = [token for block in page for token in block.children or []]

    assert {block.type for block in page} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {token.type for token in inline} <= {"text", "text_special"}
    assert "".join(token.content for token in inline).replace("\u200b", "") == plain.replace("\u200b", "")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=3000) | st.just("😀" * 3000) | st.just("*" * 3000))
def test_no_text_makes_a_card_too_large_or_invalid(
    text: str, milestones: SimpleNamespace, remind: Remind
) -> None:
    cell = replace(milestones.council, activity=text, responsible=text, deadline=text, checklist=(text,) * 40)
    reminder = remind(ON, (cell, Occasion.AHEAD), (cell, Occasion.DUE), plan_title=text, recipient_name=text)
    raw = compose_card(reminder, Shape.ENVELOPE)

    assert len(raw) <= 18_000
    assert _card(raw)["body"]


@given(text=st.text(st.characters(exclude_characters="\u200b"), max_size=80))
@settings(deadline=None, max_examples=60)
def test_the_texts_of_a_card_are_read_as_they_were_meant(
    text: str, milestones: SimpleNamespace, remind: Remind
) -> None:
    said = one_line(text) or "Punkt"
    reminder = remind(ON, (replace(milestones.board, activity=said), Occasion.AHEAD))

    assert said in texts_in(compose_card(reminder, Shape.ENVELOPE))
