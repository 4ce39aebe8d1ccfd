"""Every phrase of the coordinator's overview in Danish and English."""

from service.errors import Language
from service.messages.phrases import Phrase
from service.messages.wording import in_language

PHRASES: dict[str, Phrase] = {
    "title.monthly": Phrase("Overblik {month}", "Overview {month}"),
    "title.weekly": Phrase("Overblik uge {week}, {year}", "Overview week {week}, {year}"),
    "subject": Phrase("{title}: {summary}", "{title}: {summary}"),
    "summary.none": Phrase("intet udestår", "nothing is outstanding"),
    "opening": Phrase("Sådan står {plan} {date}.", "This is how {plan} stands on {date}."),
    "opening.items": Phrase("Først det, der er til dig i dag.", "First what is for you today."),
    # --- how many, as the tiles and the subject say it -----------------------------------------------------
    "sum.late": Phrase("over fristen", "overdue"),
    "sum.unanswered": Phrase("ubesvaret", "unanswered"),
    "sum.unreachable": Phrase("kan ikke nås", "not reached"),
    "sum.undated": Phrase("uden dato", "undated"),
    "sum.coming": Phrase("på vej", "coming up"),
    "sum.done": Phrase("udført", "done"),
    # --- the sections --------------------------------------------------------------------------------------
    "late": Phrase("Over fristen", "Overdue"),
    "late.history": Phrase(
        "{count} mere var passeret længe før, planen blev læst ind; dem rykkes der ikke for.",
        "{count} more had passed long before the plan was read in; they are not chased.",
    ),
    "above": Phrase("Heraf står {count} øverst.", "Of these {count} stand at the top."),
    "unanswered": Phrase("Ubesvaret", "Unanswered"),
    "unanswered.says": Phrase(
        "Her er der mindet, men ingen har meldt noget. Et opkald hjælper måske.",
        "Reminders went out and nobody reported anything. A call may help.",
    ),
    "unreachable": Phrase("Kan ikke nås", "Not reached"),
    "undated": Phrase("Uden dato", "Without a date"),
    "coming": Phrase("På vej til og med {until}", "Coming up until {until}"),
    "done": Phrase("Udført siden {since}", "Done since {since}"),
    # --- a line --------------------------------------------------------------------------------------------
    "items.one": Phrase("1 punkt", "1 item"),
    "items.many": Phrase("{count} punkter", "{count} items"),
    "told.none": Phrase("De ansvarlige er ikke mindet om det", "Those responsible were not reminded of it"),
    "told.one": Phrase("Mindet {last}; ingen har meldt noget", "Reminded {last}; nothing reported"),
    "told.many": Phrase(
        "Mindet {days} gange, senest {last}; ingen har meldt noget",
        "Reminded {days} times, last on {last}; nothing reported",
    ),
    "told.last": Phrase("Mindet senest {last}", "Last reminded {last}"),
    "started": Phrase("I gang siden {date}", "Under way since {date}"),
    "snoozed": Phrase("Påmindelser udskudt til {until} af {by}", "Reminders put off until {until} by {by}"),
    "handed-over": Phrase("Givet videre til {to} den {date}", "Handed over to {to} on {date}"),
    "reported.done": Phrase("Meldt udført af {by}", "Reported as done by {by}"),
    "reported.not-relevant": Phrase("Meldt ikke relevant af {by}", "Reported as not relevant by {by}"),
    "unheard": Phrase("Ingen modtager", "No recipient"),
    "unheard.one": Phrase(
        "1 åbent punkt; koordinatoren får påmindelserne", "1 open item; the coordinator gets its reminders"
    ),
    "unheard.many": Phrase(
        "{count} åbne punkter; koordinatoren får påmindelserne",
        "{count} open items; the coordinator gets their reminders",
    ),
    "failing.mail": Phrase("Mail kom ikke frem {date}", "Mail did not arrive on {date}"),
    "failing.teams": Phrase("Kort i Teams kom ikke frem {date}", "Teams card did not arrive on {date}"),
    "failing.calendar": Phrase(
        "Kalenderen kan ikke opdateres siden {date}", "Calendar not brought up to date since {date}"
    ),
    "failing.code": Phrase("Svaret var {code}", "The answer was {code}"),
    "failing.dead": Phrase("Der sendes ikke mere dertil", "Nothing more is sent there"),
    "away": Phrase("Holder pause", "Away"),
    "away.instead": Phrase(
        "{name} holder pause til og med {last}; derfor kommer det til dig",
        "{name} pauses until {last}, that day included; that is why it comes to you",
    ),
    "away.until": Phrase("Til og med {last}", "Until {last}, that day included"),
    "away.between": Phrase("{first} til og med {last}", "{first} to {last}, both included"),
    "between.both": Phrase(
        "I planen efter {before} og før {after}", "In the plan after {before}, before {after}"
    ),
    "between.before": Phrase("I planen efter {before}", "In the plan after {before}"),
    "between.after": Phrase("I planen før {after}", "In the plan before {after}"),
    "row": Phrase("»{deadline}: {activity}«", "“{deadline}: {activity}”"),
    "settle.by": Phrase("Datoen bør ligge fast inden {date}", "The date should be fixed before {date}"),
    "settle.late": Phrase(
        "Datoen burde have ligget fast {date}", "The date should have been fixed by {date}"
    ),
}


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)


def counted(language: Language, what: str, count: int, **values: object) -> str:
    return say(language, f"{what}.{'one' if count == 1 else 'many'}", count=count, **values)
