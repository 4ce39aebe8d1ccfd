"""What the coordinator is told when somebody could not be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.entry import Entry
from service.messages.letter import Letter, greeting, why
from service.messages.tone import Tone
from service.messages.wording import quoted, say
from service.reminders.reasons import Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """One address that took nothing. `where` is the mailbox, or that it was in Teams or a calendar.

    `what` is what came of it, a word of `undelivered.` in the phrases; `advice` what is wrong and what to do,
    in the language of the letter; `subject` that of the message which failed, if there was one, `key` the
    recipient's name in the settings. `is_dead`: nothing more is sent there.
    """

    name: str
    where: str
    what: str
    advice: str
    subject: str
    key: str
    is_dead: bool


KINDS: dict[str, str] = {Ending.NOT_WRITTEN: "unwritten", Ending.NOT_READ: "unread"}
"""What a letter about nothing else is called; the others tell who was not reached."""


def letter_of_alert(
    language: Language, *, reader: str, plan_title: str, unreached: Sequence[Unreached]
) -> Letter:
    """A letter about those who were not reached, in the order in which that was found out."""
    names = dict.fromkeys(one_line(each.name) for each in unreached)
    number = "one" if len(names) == 1 else "many"
    values = {"name": next(iter(names)), "count": len(names), "plan": one_line(plan_title)}
    kinds = {KINDS.get(each.what, "unreachable") for each in unreached}
    kind = kinds.pop() if len(kinds) == 1 else "unreachable"
    entries = tuple(_entry(language, each) for each in unreached)
    return Letter(
        language=language,
        subject=say(language, f"subject.{kind}.{number}", **values),
        preheader=entries[0].activity,
        headline=say(language, f"headline.{kind}.{number}", **values),
        greeting=greeting(language, reader),
        opening=say(language, f"opening.{kind}", plan=quoted(language, one_line(plan_title))),
        entries=entries,
        questions="",
        why=why(language, reader),
    )


def _entry(language: Language, unreached: Unreached) -> Entry:
    rest = "unreachable.dead" if unreached.is_dead else "unreachable.tried-again"
    if unreached.what in KINDS:
        rest = "unreachable.kept-at"
    return Entry(
        tone=Tone.LATE,
        mark="",
        due=f"{one_line(unreached.name)} · {unreached.where}",
        was=_message(language, unreached.subject),
        says=say(language, rest, recipient=unreached.key.upper()),
        activity=unreached.advice,
        responsible="",
        checklist=(),
        done_url=None,
        reported=say(language, f"undelivered.{unreached.what}"),
    )


def _message(language: Language, subject: str) -> str:
    title = quoted(language, one_line(subject))
    return say(language, "unreachable.message", subject=title) if subject else ""
