"""Messages as lines of a terminal, and prose that is wrapped for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Self

from rich.text import Text

from service.errors import Language
from service.messages.cleaning import shortened
from service.messages.rehearsal_wording import say
from service.reminders.digest import Collected
from service.reminders.notice import Channel

WIDEST = 100
LONGEST_NAME = 18
TIED = "\u00a0"  # between what belongs together on a line

_LEAST_SUBJECT = 20


def plain(text: str, width: int, *, style: str = "", indent: int = 0) -> Iterator[Text]:
    """The text wrapped; nothing in it is taken for markup."""
    for line in wrap(text, width, subsequent_indent=" " * indent, break_on_hyphens=False):
        yield Text(line.replace(TIED, " "), style=style)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How wide the columns of a list of messages are."""

    name: int
    channels: Mapping[Channel, str]
    width: int

    @classmethod
    def of(cls, messages: Iterable[Collected], language: Language, width: int) -> Self:
        names = (len(message.hearer.recipient) for message in messages)
        words = {channel: say(language, f"channel.{channel}") for channel in Channel}
        room = max(map(len, words.values()))
        return cls(
            name=min(max(names, default=0), LONGEST_NAME),
            channels={channel: f"{word:<{room}}" for channel, word in words.items()},
            width=width,
        )

    def line(self, lead: str, message: Collected, subject: str) -> Text:
        """Whom it is to, over which channel, and as much of the subject as fits."""
        name = shortened(message.hearer.recipient, self.name)
        head = f"{lead}{name:<{self.name}}  {self.channels[message.hearer.channel]}  "
        return Text(head + shortened(subject, max(self.width - len(head), _LEAST_SUBJECT)))
