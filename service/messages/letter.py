"""What a message says, in words, in the language of its reader; mail and card only lay it out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from service.errors import Language
from service.messages.cleaning import one_line, shortened
from service.messages.entry import Entry, entry_of, mark_of, tone_of
from service.messages.overview import OverviewInWords, opening_of, without
from service.messages.overview_wording import say as overview_say
from service.messages.reminder import Item, Reminder
from service.messages.tone import Tone
from service.messages.wording import (
    at_time,
    counted,
    quoted,
    say,
    sentence_case,
    short_date,
)
from service.plan.marks import MarkKind
from service.plan.milestone import Milestone
from service.reminders.notice import Occasion

_SUBJECT_ACTIVITY = 90  # a list of mails shows about so much; the whole text stands in the mail
_PREHEADER = 140
_KINDS_COUNTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`preheader` is what a list of mails shows after the subject. Empty texts are left out.

    The pages on which the milestones of an overview are reported as done are `done_urls`.
    """

    language: Language
    subject: str
    preheader: str
    headline: str
    greeting: str
    opening: str
    entries: tuple[Entry, ...]
    questions: str
    why: str
    plan_url: str | None = field(default=None, repr=False)
    feed_url: str | None = field(default=None, repr=False)
    overview: OverviewInWords | None = None
    done_urls: Mapping[str, str] = field(default_factory=dict, repr=False)


def letter_of(reminder: Reminder, *, questions: str) -> Letter:
    """The reminder in words. `questions` says how the coordinator is reached: "reply" or "contact"."""
    language, items = reminder.language, _by_tone(reminder.items)
    entries = tuple(entry_of(language, item, reminder.on) for item in items)
    words = reminder.overview
    return Letter(
        language=language,
        subject=subject_of(reminder),
        preheader=sentence_case(words.summary) if words else _preheader(entries),
        headline=words.title if words else _headline(language, items),
        greeting=greeting(language, reminder.recipient_name),
        opening=_opening_of_overview(reminder) if words else _opening(reminder, items),
        entries=entries,
        questions=contact(language, reminder.coordinator_name, reader=reminder.recipient_name, how=questions),
        why=why(language, reminder.recipient_name),
        plan_url=reminder.plan_url,
        feed_url=reminder.feed_url,
        overview=without(language, words, {item.milestone.id for item in items}) if words else None,
        done_urls=reminder.done_urls,
    )


def _opening(reminder: Reminder, items: Sequence[Item]) -> str:
    return opening(reminder.language, _opening_key(items), reminder.plan_title, count=len(items))


def _opening_of_overview(reminder: Reminder) -> str:
    """How the plan stands; first, if there is something, what is for the coordinator on this day."""
    said = opening_of(reminder.language, reminder.plan_title, reminder.on)
    return f"{said} {overview_say(reminder.language, 'opening.items')}" if reminder.items else said


def subject_of(reminder: Reminder) -> str:
    """The subject line, also that of a card.

    About one item it does not change from day to day, so all its reminders stand in one conversation; it does
    when the deadline has passed, moved or gone, since that must not hide under a mail that was read before.
    """
    language, items = reminder.language, _by_tone(reminder.items)
    if words := reminder.overview:
        return overview_say(language, "subject", title=words.title, summary=words.summary)
    if len(items) > 1:
        summary = sentence_case(_summary(language, items))
        return say(language, "subject.several", summary=summary, plan=one_line(reminder.plan_title))
    (item,) = items
    return _subject(language, _subject_kind(item), item.milestone)


def subject_of_invite(language: Language, milestone: Milestone, kind: str = "invite") -> str:
    return _subject(language, kind, milestone)


def _subject(language: Language, kind: str, milestone: Milestone) -> str:
    due_on, clock = milestone.due_on, milestone.window.time
    return say(
        language,
        f"subject.{kind}",
        date=at_time(language, short_date(language, due_on), clock) if due_on else "",
        activity=shortened(one_line(milestone.activity), _SUBJECT_ACTIVITY),
    )


def greeting(language: Language, name: str) -> str:
    known = one_line(name)
    return say(language, "greeting", name=known) if known else say(language, "greeting.nobody")


def opening(language: Language, kind: str, plan_title: str, count: int = 1) -> str:
    return say(language, f"opening.{kind}", count=count, plan=quoted(language, one_line(plan_title)))


def contact(language: Language, coordinator: str, *, reader: str, how: str) -> str:
    """How to reach the coordinator; nothing for the coordinator's own eyes. `how` is "reply" or "contact"."""
    name = one_line(coordinator)
    return say(language, f"questions.{how}", name=name) if name and name != one_line(reader) else ""


def why(language: Language, name: str) -> str:
    known = one_line(name)
    return say(language, "why", name=known) if known else say(language, "why.nobody")


def _by_tone(items: Sequence[Item]) -> list[Item]:
    order = list(Tone)

    def rank(item: Item) -> tuple[int, date, int]:
        return order.index(tone_of(item)), item.milestone.due_on or date.max, item.milestone.row

    return sorted(items, key=rank)


def _subject_kind(item: Item) -> str:
    match item.occasion:
        case Occasion.CHANGED if item.report:
            is_undated = item.report.kind is MarkKind.HANDED_OVER and item.days is None
            return f"{item.report.kind}.undated" if is_undated else item.report.kind
        case Occasion.CHANGED if item.days is None:
            return "changed.undated"
        case Occasion.CHANGED | Occasion.CANCELLED:
            return item.occasion
        case Occasion.ANSWERED:
            return item.said
        case _:
            return tone_of(item)


def _headline(language: Language, items: Sequence[Item]) -> str:
    if len(items) > 1:
        return sentence_case(_summary(language, items))
    (item,) = items
    return sentence_case(say(language, f"headline.{tone_of(item)}", mark=mark_of(language, item)))


def _summary(language: Language, items: Sequence[Item]) -> str:
    """What is in it, short enough for a subject.

    While all is on its way, "3 frister, først 13. marts 2024"; else the most urgent kinds and the rest,
    "1 over fristen, 2 i dag, 1 ændring og 4 mere".
    """
    tones = Counter(tone_of(item) for item in items)
    dates = [item.milestone.due_on for item in items if item.milestone.due_on]
    if dates and tones.keys() <= {Tone.TODAY, Tone.COMING}:
        return say(language, "count.first", count=len(items), date=short_date(language, min(dates)))
    first = [counted(language, tone, count) for tone, count in list(tones.items())[:_KINDS_COUNTED]]
    rest = sum(list(tones.values())[_KINDS_COUNTED:])
    return ", ".join(first) + (say(language, "count.rest", count=rest) if rest else "")


def _preheader(entries: Sequence[Entry]) -> str:
    first = entries[0]
    told = [first.due, first.responsible, first.says] if len(entries) == 1 else [e.activity for e in entries]
    lead = f"{first.mark}: " if len(entries) == 1 else ""
    return shortened(lead + " · ".join(part for part in told if part), _PREHEADER)


def _opening_key(items: Sequence[Item]) -> str:
    if len(items) == 1:
        if items[0].report:
            return items[0].report.kind
        if items[0].occasion is Occasion.ANSWERED:
            return items[0].said
        return _OPENING_OF.get(items[0].occasion, tone_of(items[0]))
    return "several.undated" if {tone_of(item) for item in items} == {Tone.UNDATED} else "several"


# What the days left alone do not tell.
_OPENING_OF = {
    Occasion.OPENS: "opens",
    Occasion.ESCALATED: "escalated",
    Occasion.CHANGED: "changed",
    Occasion.CANCELLED: "cancelled",
}
