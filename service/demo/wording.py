"""Every phrase of the demo's page in Danish and English."""

from service.errors import Language
from service.messages.phrases import Phrase
from service.messages.wording import in_language

PHRASES: dict[str, Phrase] = {
    "title": Phrase("Rettidig – prøv det", "Rettidig – try it"),
    "says": Phrase(
        "Planens tid løber hurtigt her. Alt bliver på denne maskine; intet er sendt til nogen.",
        "The plan's time runs fast here. Everything stays on this machine; nothing is sent to anybody.",
    ),
    "overview": Phrase("Overblik", "Overview"),
    "mails": Phrase("Mails", "Mails"),
    "teams": Phrase("Teams", "Teams"),
    "feeds": Phrase("Kalendere", "Calendars"),
    "plan": Phrase("Planen", "The plan"),
    "clock": Phrase("Uret i prøven viser", "The clock of the demo shows"),
    "progress": Phrase("Fra {start} til {end}", "From {start} to {end}"),
    "latest": Phrase("Senest modtaget", "Latest received"),
    "nothing": Phrase("Der er ikke kommet noget endnu.", "Nothing has come yet."),
    "outbox": Phrase("Udbakken", "The outbox"),
    "received": Phrase(
        "Modtaget her: {mails} mails ({invites} med en kalenderinvitation) og {cards} Teams-kort. "
        "En besked samler alt, hvad en modtager skal mindes om den dag.",
        "Received here: {mails} mails ({invites} with a calendar invite) and {cards} Teams cards. "
        "One message holds everything that its reader is reminded of that day.",
    ),
    "everybody": Phrase("alle", "everybody"),
    "invite": Phrase("Invitation", "Invite"),
    "choose": Phrase(
        "Vælg en mail for at se den, som modtageren ser den.", "Choose a mail to see it as its reader does."
    ),
    "back": Phrase("Alle mails", "All mails"),
    "from": Phrase("Fra", "From"),
    "to": Phrase("Til", "To"),
    "at": Phrase("Modtaget", "Received"),
    "as.text": Phrase("Samme mail som ren tekst", "The same mail as plain text"),
    "raw": Phrase("Mailen, som den kom", "The mail as it came"),
    "appointment.REQUEST": Phrase("Til kalenderen", "For the calendar"),
    "appointment.CANCEL": Phrase("Aflyst i kalenderen", "Cancelled in the calendar"),
    "older": Phrase("{count} ældre vises ikke", "{count} older ones are not shown"),
    "bot": Phrase("Workflows", "Workflows"),
    "channel": Phrase("Kanal: {name}", "Channel: {name}"),
    "feeds.says": Phrase(
        "Hver ansvarlig har sin egen kalender at abonnere på. Siden viser, hvordan man gør.",
        "Each party has its own calendar to subscribe to. Its page shows how.",
    ),
    "open": Phrase("Åbn siden", "Open the page"),
}


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)
