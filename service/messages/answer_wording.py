"""What calendars answered, in Danish and English."""

from datetime import date

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.phrases import Phrase
from service.messages.wording import at_time, day_and_month, in_language, quoted, short_date
from service.reminders.responses import Response, Said

PHRASES: dict[str, Phrase] = {
    # --- one answer, for the coordinator
    Said.ACCEPTED: Phrase("{name} har takket ja i kalenderen", "{name} accepted in the calendar"),
    Said.DECLINED: Phrase("{name} har takket nej i kalenderen", "{name} declined in the calendar"),
    Said.TENTATIVE: Phrase("{name} kommer måske", "{name} may come"),
    Said.DELEGATED: Phrase("{name} har overladt det til en anden", "{name} has left it to somebody else"),
    Said.PROPOSED: Phrase("{name} foreslår {proposed}", "{name} proposes {proposed}"),
    # --- those who answered alike, beside a milestone
    "unreachable.names": Phrase("Kan ikke nås: {names}", "Not reached: {names}"),
    "declined.names": Phrase("Takket nej: {names}", "Declined: {names}"),
    "proposed.names": Phrase("Foreslår {proposed}: {names}", "Propose {proposed}: {names}"),
    "tentative.names": Phrase("Måske: {names}", "Perhaps: {names}"),
    "delegated.names": Phrase("Overladt til en anden: {names}", "Left to somebody else: {names}"),
    "accepted.names": Phrase("Takket ja: {names}", "Accepted: {names}"),
    "outdated.names": Phrase(
        "Har kun svaret på en tidligere dato: {names}", "Answered for an earlier date only: {names}"
    ),
}


def answer_in_words(language: Language, name: str, response: Response, on: date) -> str:
    """What somebody's calendar said, and why: "SB foreslår 12. marts kl. 10.00: »Ferie«"."""
    proposed = proposed_in_words(language, response, on)
    said = say(language, response.said, name=one_line(name), proposed=proposed)
    return f"{said}: {quoted(language, response.comment)}" if response.comment else said


def proposed_in_words(language: Language, response: Response, on: date) -> str:
    """The day and hour, with the year where it is not that of `on`; "" where none is proposed."""
    day = response.proposed_on
    if day is None:
        return ""
    written = day_and_month(language, day) if day.year == on.year else short_date(language, day)
    return at_time(language, written, response.proposed_time)


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)
