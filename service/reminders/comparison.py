"""What a change of rules changes: the messages of two rehearsals of one plan beside each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from service.reminders.digest import Collected
from service.reminders.notice import Channel, Occasion

# What says the same but leaves on another day is the same message moved; further off it is another one.
FURTHEST_MOVE = timedelta(14)


class Pair(NamedTuple):
    before: Collected
    after: Collected


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`moves` say the same on another day, `changes` something else on the same day; all in order of time."""

    comes: tuple[Collected, ...]
    goes: tuple[Collected, ...]
    moves: tuple[Pair, ...]
    changes: tuple[Pair, ...]
    same: int


def compare(before: Iterable[Collected], after: Iterable[Collected]) -> Comparison:
    """The messages of two rehearsals, each of which is in order of time."""
    gone, come, same = _without_the_same(list(before), list(after))
    gone, come, moves = _paired(gone, come, by_day=False)
    gone, come, changes = _paired(gone, come, by_day=True)
    return Comparison(comes=tuple(come), goes=tuple(gone), moves=moves, changes=changes, same=same)


Content = frozenset[tuple[str, Occasion]]
Reader = tuple[str, Channel]


def _reader(message: Collected) -> Reader:
    return message.hearer.recipient, message.hearer.channel


def _content(message: Collected) -> Content:
    return frozenset((notice.milestone, notice.occasion) for notice in message.notices)


def _distance(message: Collected, other: Collected) -> timedelta:
    return abs(other.on - message.on)


def _without_the_same(
    before: list[Collected], after: list[Collected]
) -> tuple[list[Collected], list[Collected], int]:
    def identity(message: Collected) -> tuple[object, ...]:
        return *_reader(message), message.on, _content(message)

    common = set(map(identity, before)) & set(map(identity, after))
    gone = [message for message in before if identity(message) not in common]
    come = [message for message in after if identity(message) not in common]
    return gone, come, len(before) - len(gone)


def _paired(
    gone: Sequence[Collected], come: Sequence[Collected], *, by_day: bool
) -> tuple[list[Collected], list[Collected], tuple[Pair, ...]]:
    """Pairs that say the same on another day or, by day, something else on the same one; and the rest."""

    def likeness(message: Collected) -> tuple[object, ...]:
        if not by_day:
            return *_reader(message), _content(message)
        is_invite = message.hearer.channel is Channel.INVITE
        return *_reader(message), message.on, _content(message) if is_invite else None

    waiting = defaultdict[tuple[object, ...], list[Collected]](list)
    for message in come:
        waiting[likeness(message)].append(message)
    pairs: list[Pair] = []
    for message in gone:
        near = [each for each in waiting[likeness(message)] if _distance(message, each) <= FURTHEST_MOVE]
        if near:
            nearest = min(near, key=partial(_distance, message))
            waiting[likeness(message)].remove(nearest)
            pairs.append(Pair(message, nearest))
    left, taken = {id(pair.before) for pair in pairs}, {id(pair.after) for pair in pairs}
    return (
        [message for message in gone if id(message) not in left],
        [message for message in come if id(message) not in taken],
        tuple(pairs),
    )
