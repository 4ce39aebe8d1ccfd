"""What messages say in words: their phrases in the language of the reader, dates, times and windows."""

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache

from babel.dates import format_date

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.phrases import PHRASES, Phrase
from service.plan.milestone import Milestone
from service.plan.window import Certainty, Kind, Window

_LOCALES: dict[Language, str] = {"da": "da", "en": "en_GB"}
_LONG_DATE: Phrase = Phrase("EEEE 'den' d. MMMM y", "EEEE d MMMM y")
_SHORT_DATE: Phrase = Phrase("d. MMMM y", "d MMMM y")
_MONTH: Phrase = Phrase("MMMM y", "MMMM y")
_DAY_AND_MONTH: Phrase = Phrase("d. MMMM", "d MMMM")
_DAY: Phrase = Phrase("d.", "d")
_CLOCK: Phrase = Phrase("%H.%M", "%H:%M")


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)


def in_language(language: Language, phrase: Phrase) -> str:
    return phrase.da if language == "da" else phrase.en


def counted(language: Language, what: str, count: int) -> str:
    return say(language, f"count.{what}.{'one' if count == 1 else 'many'}", count=count)


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def quoted(language: Language, text: str) -> str:
    return say(language, "quoted", text=text)


def listed(language: Language, names: Sequence[str]) -> str:
    """As in "A", "A og B", "A, B og C"."""
    *first, last = names or ("",)
    return f"{', '.join(first)} {say(language, 'and')} {last}" if first else last


def days_left(language: Language, days: int | None) -> str:
    match days:
        case None:
            return say(language, "days.none")
        case 0:
            return say(language, "days.today")
        case 1:
            return say(language, "days.tomorrow")
        case -1:
            return say(language, "days.over.one")
        case _:
            return say(language, "days.left" if days > 0 else "days.over.many", days=abs(days))


def long_date(language: Language, day: date) -> str:
    """As in "onsdag den 20. marts 2024"."""
    return _date(language, day, _LONG_DATE)


def short_date(language: Language, day: date) -> str:
    """As in "20. marts 2024"."""
    return _date(language, day, _SHORT_DATE)


def day_and_month(language: Language, day: date) -> str:
    """As in "20. marts"."""
    return _date(language, day, _DAY_AND_MONTH)


def month_in_words(language: Language, day: date) -> str:
    """As in "Marts 2024"."""
    return sentence_case(month_of(language, day))


def month_of(language: Language, day: date) -> str:
    """As in "marts 2024"."""
    return _date(language, day, _MONTH)


def at_time(language: Language, day_in_words: str, clock: time | None) -> str:
    if clock is None:
        return day_in_words
    return say(language, "date.at", date=day_in_words, time=clock_in_words(language, clock))


def clock_in_words(language: Language, clock: time) -> str:
    return clock.strftime(in_language(language, _CLOCK))


def window_in_words(language: Language, window: Window) -> str:
    """The days of a window: "1.–10. marts 2024", "senest 1. maj 2024", "fra 1. maj 2024", "" for none."""
    match window.starts_on, window.ends_on:
        case None, None:
            return ""
        case None, date() as end:
            return say(language, "date.by", end=short_date(language, end))
        case date() as start, None:
            return say(language, "date.from", start=short_date(language, start))
        case date() as start, date() as end:
            return _stretch(language, start, end)
    raise AssertionError


def as_the_plan_says(language: Language, milestone: Milestone) -> str:
    """The wording of the plan and the days it was taken to mean: "»Primo marts 2024« (1.–10. marts 2024)".

    Nothing where the plan names the very day, and no days where they would only repeat the wording.
    """
    window, written = milestone.window, one_line(milestone.deadline)
    if not written or (window.kind is Kind.DAY and window.certainty is Certainty.EXACT):
        return ""
    days = window_in_words(language, window)
    meant = f" ({days})" if days and days.casefold() not in written.casefold() else ""
    return quoted(language, written) + meant


@lru_cache(4096)
def _date(language: Language, day: date, pattern: Phrase) -> str:
    return format_date(day, in_language(language, pattern), locale=_LOCALES[language])


def _stretch(language: Language, start: date, end: date) -> str:
    last = short_date(language, end)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{_date(language, start, _DAY)}–{last}"
    return f"{_date(language, start, _DAY_AND_MONTH if start.year == end.year else _SHORT_DATE)} – {last}"
