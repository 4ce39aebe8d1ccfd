"""Programs that know nothing of ours and say what they find: a browser's rules for HTML, mail, Markdown."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.javascript import ask, is_there

HERE = Path(__file__).parent
needs_parsers = pytest.mark.skipif(not is_there(HERE), reason="its parsers are not installed")

# What a cell may stand in as text. Every other attribute has to be the template's own to the letter.
MAY_SAY = frozenset({"title", "aria-label", "alt", "value", "content", "data-mail"})

LONG = "long"
"""The class of a heading with much in it; how long a text is may be told from outside."""


class Page(NamedTuple):
    """The elements in their order with the attributes that do something, how many comments, and all text."""

    elements: list[tuple[str, tuple[tuple[str, str], ...]]]
    comments: int
    text: str


class Mail(NamedTuple):
    headers: list[str]
    writers: list[list[str]]
    readers: list[list[str]]
    subject: str
    html: str
    files: list[list[str]]


class Markdown(NamedTuple):
    """The kinds of nodes that each reader finds in a text, and what each shows of it."""

    kinds: set[str]
    texts: tuple[str, str]


def page(html: str) -> Page:
    """As a browser reads it (parse5)."""
    found = ask(HERE, {"kind": "page", "text": html})
    elements = [
        (tag, tuple((name, _fixed(name, value)) for name, value in attributes if value != LONG))
        for tag, attributes in found["elements"]
    ]
    return Page(elements, found["comments"], " ".join(found["text"].split()))


def mail(raw: bytes) -> Mail:
    """As postal-mime reads it; `readers` are all whom it names, openly or not."""
    found = ask(HERE, {"kind": "mail", "text": raw.decode("latin-1")})
    readers = found["to"] + found["others"]
    return Mail(found["headers"], found["from"], readers, found["subject"], found["html"], found["files"])


def markdown(texts: Sequence[str]) -> Iterable[Markdown]:
    """As commonmark (the standard's own) and markdown-it (which shows Adaptive Cards) read each text."""
    for found in ask(HERE, {"kind": "markdown", "text": list(texts)}):
        first, second = found["texts"]
        yield Markdown(set(found["kinds"]), (first, second))


def _fixed(name: str, value: str) -> str:
    """A link may carry a name in its query, and leads where the template says."""
    return "" if name in MAY_SAY else value.partition("?")[0] if name == "href" else value
