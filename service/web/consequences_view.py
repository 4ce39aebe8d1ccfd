"""What no longer fits, or only just, since something before it is late or has moved: as the page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.consequence_wording import first_in_words, slack_in_words
from service.messages.entry import due_in_words
from service.messages.wording import sentence_case
from service.reminders.consequences import Dependency, tightest


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What must be over first, in words; `id` is that of its milestone."""

    id: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """One milestone in words; `room` is the least that is left after any of those `before` it."""

    fits: bool
    room: str
    due: str
    activity: str
    before: tuple[Before, ...]


def pressed(found: Iterable[Dependency], language: Language) -> tuple[Pressed, ...]:
    """The milestones that are pressed, those with the least room first."""
    by_milestone: dict[str, list[Dependency]] = {}
    for each in tightest(each for each in found if each.is_pressed):
        by_milestone.setdefault(each.then.milestone.id, []).append(each)
    return tuple(_pressed(those, language) for those in by_milestone.values())


def _pressed(those: list[Dependency], language: Language) -> Pressed:
    milestone = those[0].then.milestone
    return Pressed(
        fits=those[0].fits,
        room=slack_in_words(language, those[0]),
        due=sentence_case(due_in_words(language, milestone)),
        activity=one_line(milestone.activity),
        before=tuple(
            Before(id=each.first.milestone.id, line=f"{first_in_words(language, each)}.") for each in those
        ),
    )
