"""What a change of rules changes, as a part of the page of a rehearsal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.rehearsal import Contrast, Rehearsal
from service.messages.rehearsal_wording import contrast_in_words, say
from service.messages.wording import short_date
from service.reminders.digest import Collected


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A number before and after."""

    then: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message in a list; `instead` is what it says or when it leaves with the other rules."""

    when: str
    name: str
    channel: str
    subject: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastShown:
    heading: str
    sum: str
    burdens: tuple[tuple[str, tuple[Turn, ...]], ...]
    lists: tuple[tuple[str, tuple[Told, ...]], ...]


def contrast_shown(contrast: Contrast, language: Language) -> ContrastShown:
    found, before, after = contrast.comparison, contrast.before, contrast.after
    names = _names((*before.messages, *after.messages))
    lists = {
        "comes": [_told(after, message, language) for message in found.comes],
        "goes": [_told(before, message, language) for message in found.goes],
        "moves": [
            _told(after, pair.before, language, instead=short_date(language, pair.after.on))
            for pair in found.moves
        ],
        "changes": [
            _told(before, pair.before, language, instead=after.outlook.subject(pair.after))
            for pair in found.changes
        ],
    }
    return ContrastShown(
        heading=say(language, "contrast", other=one_line(contrast.other)),
        sum=contrast_in_words(language, found),
        burdens=tuple(_burdens(contrast, names)),
        lists=tuple((kind, tuple(told)) for kind, told in lists.items() if told),
    )


def _names(messages: Sequence[Collected]) -> dict[str, str]:
    return {each.hearer.recipient: one_line(each.hearer.name) or each.hearer.recipient for each in messages}


def _burdens(contrast: Contrast, names: dict[str, str]) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    for key, (then, now) in contrast.burdens.items():
        yield (
            names[key],
            (
                Turn(then=then.tally.reminders, now=now.tally.reminders),
                Turn(then=then.most, now=now.most),
                Turn(then=then.tally.invites, now=now.tally.invites),
            ),
        )


def _told(rehearsal: Rehearsal, message: Collected, language: Language, *, instead: str = "") -> Told:
    return Told(
        when=short_date(language, message.on),
        name=one_line(message.hearer.name) or message.hearer.recipient,
        channel=message.hearer.channel.value,
        subject=rehearsal.outlook.subject(message),
        instead=instead,
    )
