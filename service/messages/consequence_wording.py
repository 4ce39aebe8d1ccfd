"""What comes after something that is late or has moved, in words."""

from collections.abc import Sequence

from service.errors import Language
from service.messages.cleaning import one_line, shortened
from service.messages.phrases import Phrase
from service.messages.wording import in_language, short_date
from service.messages.wording import say as say_of_messages
from service.plan.milestone import Milestone
from service.reminders.consequences import Dependency

_ACTIVITY = 90  # letters
_MOST = 5  # lines in a message

PHRASES: dict[str, Phrase] = {
    "slack.none": Phrase("har ingen dato endnu", "has no date yet"),
    "slack.zero": Phrase("ingen luft", "no room to spare"),
    "slack.left": Phrase("{days}s luft", "{days} to spare"),
    "slack.short": Phrase("{days} for tidligt", "{days} too early"),
    "days.one": Phrase("1 dag", "1 day"),
    "days.many": Phrase("{count} dage", "{count} days"),
    "workdays.one": Phrase("1 arbejdsdag", "1 working day"),
    "workdays.many": Phrase("{count} arbejdsdage", "{count} working days"),
    "follower": Phrase("{date}: {activity} – {slack}", "{date}: {activity} – {slack}"),
    "follower.undated": Phrase("{activity} – {slack}", "{activity} – {slack}"),
    "after": Phrase("efter", "after"),
    "after.days": Phrase("mindst {days} efter", "at least {days} after"),
    "first": Phrase(
        "Kommer {after} »{activity}«, som tidligst er overstået {date}",
        "Comes {after} “{activity}”, which is over on {date} at the earliest",
    ),
    "first.done": Phrase(
        "Kommer {after} »{activity}«, som var overstået {date}",
        "Comes {after} “{activity}”, which was over on {date}",
    ),
}


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)


def slack_in_words(language: Language, dependency: Dependency) -> str:
    """As in "3 dages luft (1 arbejdsdag)", "5 dage for tidligt (3 arbejdsdage)"."""
    slack, workdays = dependency.slack, dependency.slack_in_workdays
    if slack is None:
        return say(language, "slack.none")
    if slack == 0:
        return say(language, "slack.zero")
    days = say(language, "slack.left" if slack > 0 else "slack.short", days=_counted(language, "days", slack))
    return days if workdays is None else f"{days} ({_counted(language, 'workdays', workdays)})"


def follower_in_words(language: Language, dependency: Dependency) -> str:
    """What comes after, and with how much room."""
    milestone = dependency.then.milestone
    return say(
        language,
        "follower" if milestone.due_on else "follower.undated",
        date=short_date(language, milestone.due_on) if milestone.due_on else "",
        activity=_named(milestone),
        slack=slack_in_words(language, dependency),
    )


def first_in_words(language: Language, dependency: Dependency) -> str:
    """What it comes after, and when that can be over."""
    days = _counted(language, "days", dependency.days)
    return say(
        language,
        "first.done" if dependency.first.settled else "first",
        after=say(language, "after.days" if dependency.days else "after", days=days),
        activity=_named(dependency.first.milestone),
        date=short_date(language, dependency.over_on),
    )


def consequences_in_words(language: Language, milestone: str, found: Sequence[Dependency]) -> tuple[str, ...]:
    """What it leads to that a milestone is late or has moved; the last line counts what is left out."""
    lines = [
        f"{first_in_words(language, each)} – {slack_in_words(language, each)}"
        if each.then.milestone.id == milestone
        else follower_in_words(language, each)
        for each in found[:_MOST]
    ]
    rest = len(found) - len(lines)
    return (*lines, say_of_messages(language, "more", count=rest)) if rest else tuple(lines)


def _named(milestone: Milestone) -> str:
    return shortened(one_line(milestone.activity).rstrip("."), _ACTIVITY)


def _counted(language: Language, what: str, count: int) -> str:
    return say(language, f"{what}.{'one' if abs(count) == 1 else 'many'}", count=abs(count))
