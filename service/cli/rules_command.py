"""`rules`: the rules in force, in words."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

import typer

from service.cli.options import Json
from service.cli.output import phrase, print_json, reply_language, tell
from service.cli.trial import command_settings
from service.configured import rules_of
from service.messages.wording import day_and_month, listed, sentence_case, short_date
from service.reminders.notice import Channel, Recipient
from service.reminders.preferences import Digest, Pause, Preferences
from service.reminders.rules import Rules
from service.reminders.timing import Timing
from service.reminders.workdays import A_LEAP_YEAR, WORKED_ON, WeekDay, Workdays


def register(app: typer.Typer) -> None:
    app.command()(rules)


def rules(*, json: Json = False) -> None:
    """Vis med ord, hvornår hvem mindes om hvad."""
    settings = command_settings()
    people = [each.recipient for each in settings.configured_recipients()]
    said = [*in_words(rules_of(settings)), *wishes_in_words(people)]
    if json:
        print_json(said)
    else:
        for sentence in said:
            tell(f"- {sentence}")


def in_words(rules: Rules) -> Iterator[str]:
    """The effective rules, a sentence each."""
    yield from _sending(rules)
    always = list(_timing(rules.timing, rules.overdue_on))
    yield from always
    yield _overview(rules.overview)
    yield from _ending(rules)
    for special in rules.special:
        for sentence in _timing(special.change(rules.timing), rules.overdue_on):
            if sentence not in always:
                yield f"{special.name}: {sentence}"
    if rules.special:
        yield phrase(
            "Gælder flere for en milepæl, går dens egen regel forud for det, modtageren selv har valgt, "
            "det for partens, partens for fasens og fasens for dem om fristens slags.",
            "Where several are about a milestone, its own rule goes before what the recipient has "
            "chosen, that before the party's, the party's before the phase's and the phase's before "
            "those about the kind of deadline.",
        )


def wishes_in_words(people: Sequence[Recipient]) -> Iterator[str]:
    """What recipients want otherwise than everybody, and what a pause means if there is one."""
    for person in people:
        name = (
            phrase("Koordinatoren", "The coordinator")
            if person.is_coordinator
            else phrase(f"Modtageren {person.key.upper()}", f"Recipient {person.key.upper()}")
        )
        for sentence in (*_wishes(person.preferences), *_calendar(person)):
            yield f"{name}: {sentence}"
    if any(person.preferences.pauses for person in people):
        yield phrase(
            "I en pause sendes intet, heller ikke invitationer. Koordinatoren får imens det, som ingen anden "
            "hører om; bagefter samles alt, der stadig gælder, i én besked den første arbejdsdag.",
            "In a pause nothing is sent, invitations neither. Meanwhile the coordinator gets what nobody "
            "else hears of; afterwards all that still holds comes in one message on the first working day.",
        )


def _wishes(preferences: Preferences) -> Iterator[str]:
    if preferences.digest:
        yield _collected(preferences.digest)
    if preferences.ahead is not None:
        yield _ahead(preferences.ahead)
    for pause in preferences.pauses:
        yield phrase("Holder pause {}.", "Pauses {}.").format(_pause(pause))


def _calendar(person: Recipient) -> Iterator[str]:
    """How deadlines come into its calendar, when not as they do by default."""
    ways = {
        phrase("får invitationer", "is invited"): Channel.INVITE in person.channels,
        phrase("abonnerer på en kalender", "subscribes to a calendar"): person.preferences.feed,
        phrase(
            "får fristerne skrevet i sin egen kalender (CalDAV)",
            "has deadlines written into a calendar of its own (CalDAV)",
        ): person.preferences.collection,
    }
    match [way for way, is_wanted in ways.items() if is_wanted]:
        case []:
            yield phrase("Får intet i kalenderen.", "Gets nothing in a calendar.")
        case [way] if Channel.INVITE not in person.channels:
            yield phrase(
                f"{sentence_case(way)} i stedet for at få invitationer.",
                f"{sentence_case(way)} instead of getting invitations.",
            )
        case [_, _, *_] as several:
            danish, english = listed("da", several), listed("en", several)
            yield phrase(
                f"{sentence_case(danish)}; hver frist står så flere gange i kalenderen.",
                f"{sentence_case(english)}; each deadline then stands in calendars more than once.",
            )


def _pause(pause: Pause) -> str:
    language = reply_language()
    last = short_date(language, pause.last)
    if pause.first == date.min:
        return phrase(f"til og med {last}", f"until {last}, that day included")
    first = short_date(language, pause.first)
    return phrase(f"fra {first} til og med {last}", f"from {first} to {last}, both included")


def _sending(rules: Rules) -> Iterator[str]:
    at, quiet = f"{rules.send_at:%H:%M}", f"{rules.quiet_from:%H:%M}"
    yield phrase(
        f"Beskeder sendes kl. {at} på arbejdsdage i {rules.workdays.country} ({rules.timezone}), "
        f"ingen efter kl. {quiet}.",
        f"Messages leave at {at} on working days in {rules.workdays.country} ({rules.timezone}), "
        f"none after {quiet}.",
    )
    yield phrase(
        "En påmindelse, der falder på en fridag, sendes arbejdsdagen før, aldrig efter fristen.",
        "A reminder that falls on a day off leaves on the working day before, never after the due date.",
    )
    yield from _closed(rules.workdays)
    yield _collected(rules.digest)


def _closed(workdays: Workdays) -> Iterator[str]:
    """The days beside weekends and public holidays on which nobody works."""
    language = reply_language()
    yearly = sorted(date(A_LEAP_YEAR, month, day) for month, day in workdays.closed_yearly)
    if yearly:
        said = [_stretch(*run, partial(day_and_month, language)) for run in _runs(yearly)]
        yield phrase(
            f"Hvert år holdes der også lukket {listed('da', said)}.",
            f"Every year is closed as well: {listed('en', said)}.",
        )
    if workdays.closed:
        said = [_stretch(*run, partial(short_date, language)) for run in _runs(sorted(workdays.closed))]
        yield phrase(f"Der er lukket {listed('da', said)}.", f"Closed are {listed('en', said)}.")


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Days that follow each other, as the first and the last of them."""
    places = groupby(enumerate(days), key=lambda pair: pair[1] - timedelta(pair[0]))
    for _, group in places:
        run = [day for _, day in group]
        yield run[0], run[-1]


def _stretch(first: date, last: date, in_words: Callable[[date], str]) -> str:
    return in_words(first) if first == last else f"{in_words(first)} – {in_words(last)}"


def _collected(digest: Digest) -> str:
    collected = {
        "none": phrase("Alt fra samme dag samles i én besked.", "All of a day comes in one message."),
        "weekly": phrase("Alt samles i én besked om ugen.", "All of a week comes in one message."),
        "monthly": phrase("Alt samles i én besked om måneden.", "All of a month comes in one message."),
    }
    return collected[digest]


def _ahead(days: tuple[int, ...]) -> str:
    if not days:
        return phrase("De mindes om fristen på dagen.", "They are reminded on the due date.")
    ahead = [str(number) for number in days]
    return phrase(
        f"De mindes om fristen {listed('da', ahead)} dage før og på dagen.",
        f"They are reminded {listed('en', ahead)} days before the due date and on the day.",
    )


def _overview(digest: Digest) -> str:
    told = {
        "none": phrase(
            "Koordinatoren mindes den første arbejdsdag i måneden om det, der mangler en dato.",
            "On the first working day of each month the coordinator is reminded of what has no date yet.",
        ),
        "weekly": phrase(
            "Den første arbejdsdag i ugen får koordinatoren et overblik over hele planen.",
            "On the first working day of each week the coordinator gets an overview of the whole plan.",
        ),
        "monthly": phrase(
            "Den første arbejdsdag i måneden får koordinatoren et overblik over hele planen.",
            "On the first working day of each month the coordinator gets an overview of the whole plan.",
        ),
    }
    return told[digest]


def _ending(rules: Rules) -> Iterator[str]:
    done_by = {
        "any": phrase(
            "Er flere ansvarlige, er det udført, når en af dem melder det; de andre får besked.",
            "With several parties it is done when one of them says so; the others are told.",
        ),
        "each": phrase(
            "Er flere ansvarlige, er det udført, når hver af dem har meldt det.",
            "With several parties it is done when each of them has said so.",
        ),
    }
    yield done_by[rules.done_by]
    when_done = {
        "update": phrase(
            "Er det udført før dagen, får det et flueben i kalenderen.",
            "What is done before its day gets a tick in calendars.",
        ),
        "cancel": phrase(
            "Er det udført før dagen, tages det ud af kalenderen.",
            "What is done before its day is taken off calendars.",
        ),
    }
    yield when_done[rules.when_done]
    yield (
        phrase(
            "Et tidsrum på flere dage står i kalenderen fra første til sidste dag.",
            "A window of several days stands in calendars from its first day to its last.",
        )
        if rules.whole_windows
        else phrase(
            "Et tidsrum på flere dage står i kalenderen på sin frist, som foreløbig når den er omtrentlig.",
            "A window of several days stands in calendars on its due date, tentative when it is vague.",
        )
    )
    yield phrase(
        "Udskudte påmindelser kommer igen den valgte dag; på fristen og efter den kommer de i alle fald.",
        "Reminders put off return on the chosen day; on the due date and after it they come in any case.",
    )


def _timing(timing: Timing, overdue_on: WeekDay | None) -> Iterator[str]:
    yield phrase(
        "Når et tidsrum på flere dage begynder, får de ansvarlige besked.",
        "When a window of several days opens, the responsible parties are told.",
    )
    yield (
        phrase(
            f"Varer det {timing.half_way_from} dage eller mere, får de også besked midtvejs.",
            f"If it lasts {timing.half_way_from} days or more, they are told in its middle too.",
        )
        if timing.half_way_from
        else phrase("Midtvejs siges der intet.", "Nothing is said in its middle.")
    )
    yield _ahead(timing.ahead)
    if timing.half_way_from and timing.ahead_long != timing.ahead:
        yield _ahead_long(timing.half_way_from, timing.ahead_long)
    yield _overdue(timing.overdue_every, overdue_on)
    yield (
        phrase(
            f"{timing.escalate_after} dage efter fristen får koordinatoren besked.",
            f"{timing.escalate_after} days after the due date the coordinator is told.",
        )
        if timing.escalate_after
        else phrase("Koordinatoren får ikke særskilt besked.", "The coordinator is not told by itself.")
    )


def _ahead_long(least: int, days: tuple[int, ...]) -> str:
    if not days:
        return phrase(
            f"Varer et tidsrum {least} dage eller mere, er det kun på dagen.",
            f"If a window lasts {least} days or more, it is only on the day.",
        )
    danish, english = (listed(language, [str(number) for number in days]) for language in ("da", "en"))
    return phrase(
        f"Varer et tidsrum {least} dage eller mere, er det i stedet {danish} dage før.",
        f"If a window lasts {least} days or more, it is {english} days before instead.",
    )


_ON_WEEKDAYS = {
    "monday": ("mandag", "Monday"),
    "tuesday": ("tirsdag", "Tuesday"),
    "wednesday": ("onsdag", "Wednesday"),
    "thursday": ("torsdag", "Thursday"),
    "friday": ("fredag", "Friday"),
}


def _overdue(every: int, on: WeekDay | None) -> str:
    if not every:
        return phrase("Er fristen passeret, mindes de ikke mere.", "Once it has passed, they hear no more.")
    if every == 1:
        return phrase(
            "Er fristen passeret, mindes de hver arbejdsdag, til den er meldt udført.",
            "Once it has passed, they are reminded every working day until it is done.",
        )
    if on is None:
        return phrase(
            f"Er fristen passeret, mindes de hver {every}. arbejdsdag, til den er meldt udført.",
            f"Once it has passed, they are reminded every {every} working days until it is done.",
        )
    return _overdue_together(every, *_ON_WEEKDAYS[on])


def _overdue_together(every: int, dag: str, day: str) -> str:
    weeks = every // len(WORKED_ON)
    if weeks == 1:
        return phrase(
            f"Er fristen passeret, mindes de hver {dag} om alt, der er for sent, til det er meldt udført.",
            f"Once it has passed, they are reminded every {day} of all that is late, until it is done.",
        )
    if weeks:
        return phrase(
            f"Er fristen passeret, mindes de {dag} hver {weeks}. uge om alt, der er for sent, "
            "til det er meldt udført.",
            f"Once it has passed, they are reminded on {day} every {weeks} weeks of all that is late, "
            "until it is done.",
        )
    return phrase(
        f"Er fristen passeret, mindes de hver {dag} og hver {every}. arbejdsdag derefter om alt, der er for "
        "sent, til det er meldt udført.",
        f"Once it has passed, they are reminded every {day} and every {every} working days after it of all "
        "that is late, until it is done.",
    )
