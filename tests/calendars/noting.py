"""Takes note of every calendar object that the product makes during a test, in this process or in another."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from service.demo.mailbox import DemoMailbox
from service.messages.collection import ComposedResource
from service.messages.feed import ComposedFeed
from service.messages.invite import ComposedInvite

Note = Callable[[bytes], object]


def take_note(patch: pytest.MonkeyPatch, note: Note) -> None:
    """From now on `note` is called with each object that is composed, or that arrives at a test's mailbox."""
    for made in (ComposedInvite, ComposedFeed, ComposedResource):
        patch.setattr(made, "__new__", _noting_what_is_made(made.__new__, note))
    patch.setattr(DemoMailbox, "_keep", _noting_what_arrives(DemoMailbox._keep, note))  # noqa: SLF001 - a tap


def calendar_objects(raw: bytes) -> Iterator[bytes]:
    """The text/calendar parts of a mail."""
    if b"text/calendar" in raw:
        for part in message_from_bytes(raw, policy=default).walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                yield content


def _noting_what_is_made(make: Callable[..., Any], note: Note) -> Callable[..., Any]:
    def made(*arguments: Any, **named: Any) -> Any:
        composed = make(*arguments, **named)
        note(composed.ics)
        return composed

    return made


def _noting_what_arrives(keep: Callable[..., None], note: Note) -> Callable[..., None]:
    def kept(mailbox: DemoMailbox, envelope: Any) -> None:
        keep(mailbox, envelope)
        for ics in calendar_objects(envelope.original_content or b""):
            note(ics)

    return kept
